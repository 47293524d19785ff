// Starts a thread that recurses until its stack ends, and waits for it.  Frames are smaller than a
// page, so that the guard page is not jumped; each is used after the call, so that the recursion
// cannot become a loop.
//
// The thread has no alternate stack: no handler can run, and the kernel ends the whole process.
//
// Runs in: unit.
#include <pthread.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::size_t kFrameBytes = 1024;
constexpr std::size_t kStackBytes = 256 * 1024;

BH_KEEP void Descend(std::uint64_t depth) {
  volatile unsigned char frame[kFrameBytes];
  frame[0] = static_cast<unsigned char>(depth);
  if (depth != 0) Descend(depth - 1);
  bulkhead::plugin::Opaque(&frame[0]);
}

void* Work(void*) {
  Descend(UINT64_MAX);
  return nullptr;
}

void Act(bh_unit*) {
  pthread_attr_t attributes;
  Require(pthread_attr_init(&attributes) == 0);
  Require(pthread_attr_setstacksize(&attributes, kStackBytes) == 0);
  pthread_t worker;
  Require(pthread_create(&worker, &attributes, Work, nullptr) == 0);
  pthread_join(worker, nullptr);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "stack-overflow-worker",
    .summary = "Starts a thread that recurses beyond the end of its stack.",
    .tags = {"fatal", "failure", "ends-process", "memory", "stack", "thread"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .act = Act,
};
