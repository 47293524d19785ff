// Opens files until its process may open no more, keeps them and goes on.  Each call must give a
// descriptor, and the last one EMFILE: anything else aborts.
//
// Runs in: unit.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "scenarios/limit/limit.h"

namespace {

using bulkhead::scenarios::Require;

// Few, so that the table need not grow: see probe/descriptor_limit.cc.
constexpr int kSome = 24;

void Act(bh_unit*) {
  const int lowest = open("/dev/null", O_RDONLY | O_CLOEXEC);
  Require(lowest >= 0);
  bulkhead::scenarios::LimitTo(RLIMIT_NOFILE, static_cast<rlim_t>(lowest) + kSome);
  while (open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0) {
  }
  Require(errno == EMFILE);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "descriptors-exhausted",
    .summary = "Opens files until its process may open no more.",
    .tags = {"failure", "limit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
