// The victim sends its token to each bystander as the value of a queued signal, and writes it into
// a plain global of each.  What makes that certain stands in way.h.
//
// Only threads of the trial get the signal: they publish their numbers in `prepare` and are still
// there.  A bystander blocks it and takes it when asked.  A process cannot signal out of its PID
// namespace: where the victim finds itself in another one, there is no reading of this way.
//
// Runs in: unit.
#include <sys/stat.h>
#include <sys/syscall.h>

#include <csignal>

#include "scenarios/ipc/way.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

struct Address {
  ino_t namespace_of;
  pid_t process;
  pid_t thread;
};

ino_t OwnNamespace() {
  struct stat own {};
  Require(stat("/proc/self/ns/pid", &own) == 0);
  return own.st_ino;
}

sigset_t Signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN + 1);
  return set;
}

class QueuedSignal : public bulkhead::scenarios::Way {
 public:
  static constexpr const char* kReading = "via-signal";

  bool Make(std::uint32_t bystander) {
    if (bystander != 1) return true;  // one table serves all
    addresses_ = static_cast<volatile Address*>(bulkhead::scenarios::MapAnonymous(
        kMostUnits * sizeof(Address), PROT_READ | PROT_WRITE, MAP_SHARED));
    return true;
  }

  // By system call: the C library's copies are those of the process that units were cloned from.
  void Open(bh_unit* unit) {
    volatile Address& address = addresses_[unit->index];
    address.namespace_of = OwnNamespace();
    address.process = static_cast<pid_t>(syscall(SYS_getpid));
    address.thread = static_cast<pid_t>(syscall(SYS_gettid));
    const sigset_t set = Signals();
    if (unit->index != kVictim) Require(pthread_sigmask(SIG_BLOCK, &set, nullptr) == 0);
  }

  void Send(bh_unit* unit, std::uint32_t bystander, std::uint64_t word) {
    const volatile Address& to = addresses_[bystander];
    if (to.namespace_of != addresses_[unit->index].namespace_of) return;
    siginfo_t info{};
    info.si_signo = SIGRTMIN + 1;
    info.si_code = SI_QUEUE;
    info.si_pid = addresses_[unit->index].process;
    info.si_uid = getuid();
    info.si_value.sival_ptr = reinterpret_cast<void*>(word);
    Require(syscall(SYS_rt_tgsigqueueinfo, to.process, to.thread, info.si_signo, &info) == 0);
  }

  bool Take(bh_unit*, std::uint64_t& word) {
    const sigset_t set = Signals();
    const timespec at_once{0, 0};
    siginfo_t info{};
    if (sigtimedwait(&set, &info, &at_once) < 0) return false;
    word = reinterpret_cast<std::uint64_t>(info.si_value.sival_ptr);
    return true;
  }

  bool Reaches(bh_unit* unit) {
    return addresses_[kVictim].namespace_of == addresses_[unit->index].namespace_of;
  }

 private:
  volatile Address* addresses_ = nullptr;  // of the unit with that index
};

using Over = bulkhead::scenarios::HandOver<QueuedSignal>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-signal",
    .summary = "The victim sends its token to each bystander as the value of a queued signal.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
