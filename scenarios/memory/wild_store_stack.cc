// Stores one word into a local variable of a bystander: a stack is private by convention only.
//
// What is guarded must be known before there are units.  So the bystander's stack is that of a
// coroutine, started in `setup` and left suspended: its frame is alive, its address is known and
// nobody else uses it.  The address of the local leaves its function, so the compiler keeps it; the
// store is volatile.
//
// Runs in: zygote (setup) and unit.
#include <ucontext.h>

#include "scenarios/common.h"

namespace {

constexpr std::size_t kStackBytes = 256 * 1024;
constexpr std::size_t kWords = 32;

ucontext_t g_creator;
ucontext_t g_coroutine;
bh_unit* g_setup = nullptr;
std::uint64_t* g_local = nullptr;

BH_KEEP void Suspended() {
  std::uint64_t local[kWords] = {};
  g_local = local;
  bulkhead::plugin::Guard(g_setup, 1, local, sizeof(local));
  swapcontext(&g_coroutine, &g_creator);  // never resumed
  bulkhead::plugin::Opaque(&local[0]);    // alive until here
}

void Setup(bh_unit* unit) {
  using bulkhead::scenarios::Require;
  g_setup = unit;
  Require(getcontext(&g_coroutine) == 0);
  g_coroutine.uc_stack.ss_sp =
      bulkhead::scenarios::MapAnonymous(kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE);
  g_coroutine.uc_stack.ss_size = kStackBytes;
  g_coroutine.uc_link = &g_creator;
  makecontext(&g_coroutine, Suspended, 0);
  Require(swapcontext(&g_creator, &g_coroutine) == 0);
  Require(g_local != nullptr);
}

void Act(bh_unit* unit) {
  volatile std::uint64_t* word = bulkhead::plugin::Opaque(g_local) + unit->seed % kWords;
  *word = unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "wild-store-stack",
    .summary = "Stores a word into a local variable on a bystander's stack.",
    .tags = {"corruption", "memory", "stack"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
};
