// Allocates until its process may map no more memory; nobody catches the std::bad_alloc.  `Act` is
// noexcept: the exception ends at the plugin's own edge.  The operator is called by its name, and
// what it gives is opaque: no compiler may leave the allocation out.
//
// Nothing is stored in the blocks, so the machine does not feel it.  The limit leaves half a block
// unused: without room for its stack to grow, the end would be SIGSEGV.
//
// Runs in: unit.
#include <csignal>
#include <new>

#include "scenarios/limit/limit.h"

namespace {

constexpr std::size_t kBlock = 16 << 20;
constexpr std::size_t kBlocks = 8;

void Act(bh_unit*) noexcept {
  using bulkhead::scenarios::AddressSpaceBytes;
  bulkhead::scenarios::LimitTo(RLIMIT_AS, AddressSpaceBytes() + kBlocks * kBlock + kBlock / 2);
  for (;;) bulkhead::plugin::Opaque(::operator new(kBlock));
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "address-space-exhausted",
    .summary = "Allocates until its process may have no more address space.",
    .tags = {"fatal", "failure", "ends-process", "memory", "heap", "limit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
