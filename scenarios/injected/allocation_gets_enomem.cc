// The kernel grants no memory to one unit only, though there is enough: a seccomp filter answers
// its mmap with ENOMEM and leaves its heap where it ends.  The victim allocates, and nobody catches
// the std::bad_alloc.  `Act` is noexcept: the exception ends at the plugin's own edge.  Bystanders
// allocate as much, and for one that is refused it ends the same way.
//
// brk does not fail by an error number: it returns where the heap ends (brk(2), NOTES), and 0 is
// below whatever is asked for.  A block is larger than what any arena of the C library may hold, so
// that it has to ask; nothing is stored in it.  The operators are called by their names, and what
// they give is opaque: no compiler may leave the allocation out.
//
// Before it is refused, the victim throws and catches once, as a program that has run for a while:
// in a thread that has allocated nothing yet, even what an exception needs would be refused, and
// the dynamic linker would end the process.  The harness maps nothing in a unit that is ready.
//
// Runs in: unit.
#include <cerrno>
#include <csignal>
#include <new>

#include "scenarios/signal/refuse_call.h"

namespace {

using bulkhead::scenarios::FailWith;
using bulkhead::scenarios::RefuseCall;

constexpr std::size_t kBlock = 128 << 20;

BH_KEEP void Throw() { throw std::bad_alloc(); }

void* Allocate() { return bulkhead::plugin::Opaque(::operator new(kBlock)); }

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  try {
    Throw();
  } catch (const std::bad_alloc&) {
  }
  RefuseCall(FailWith(ENOMEM), SYS_mmap);
  RefuseCall(FailWith(0), SYS_brk);
}

void Act(bh_unit*) noexcept { ::operator delete(Allocate()); }

void Watch(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) ::operator delete(Allocate());
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "allocation-gets-enomem",
    .summary = "Allocates, which fails because seccomp injects ENOMEM into mmap.",
    .tags = {"fatal", "failure", "ends-process", "injected", "seccomp", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
