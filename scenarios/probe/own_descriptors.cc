// Each bystander opens two files under numbers of its own.  The victim replaces what the first
// number means by a file of its own and closes the second; bystanders then read through both.
// System calls: nothing that a compiler could remove.
//
// The numbers lie far above what the harness and the C library use.
//
// Runs in: unit.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

// Above what a zygote has open, and below 64: see descriptor_limit.cc.
int Replaced(std::uint32_t bystander) { return 29 + static_cast<int>(bystander); }
int Closed(std::uint32_t bystander) { return 46 + static_cast<int>(bystander); }
static_assert(kMostUnits <= 17);

// Makes `number` stand for a new file that holds `token`.
void Install(int number, std::uint64_t token) {
  const int file = memfd_create("bulkhead-token", MFD_CLOEXEC);
  Require(file >= 0);
  Require(pwrite(file, &token, sizeof(token), 0) == sizeof(token));
  Require(dup3(file, number, O_CLOEXEC) == number);
  close(file);
}

void Report(bh_unit* unit, const char* name, int number) {
  std::uint64_t token = 0;
  if (pread(number, &token, sizeof(token), 0) == sizeof(token)) {
    bulkhead::plugin::Reading(unit, name, token);
  } else {
    bulkhead::plugin::Gone(unit, name);
  }
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  if (unit->index == kVictim) return;
  Install(Replaced(unit->index), unit->token);
  Install(Closed(unit->index), unit->token);
}

void Act(bh_unit* unit) {
  for (std::uint32_t i = 1; i < unit->count; ++i) {
    Install(Replaced(i), unit->token);
    close(Closed(i));
  }
}

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  Report(unit, "descriptor", Replaced(unit->index));
  Report(unit, "closed", Closed(unit->index));
}

void Hit(bh_unit* unit, std::uint64_t foreign) {
  Install(Replaced(unit->index), foreign);
  close(Closed(unit->index));
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "own-descriptors",
    .summary = "The victim replaces and closes the descriptor numbers that the bystanders read.",
    .tags = {"descriptors"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
