// What became of one unit, and whether the fault certainly happened.  Two axes, never derived from
// each other.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_FATE_H_
#define BULKHEAD_MODEL_FATE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/base/clock.h"
#include "harness/model/message.h"

namespace bulkhead {

// Who ended a unit, as far as the evidence explains it.
enum class Cause {
  kFault,       // a fault of its own, seen by its own handler and by the kernel
  kSelf,        // it asked for its end: raise, abort, exit
  kProcess,     // a thread that ended because its process did
  kSupervisor,  // a signal in the supervisor's ledger
  kOom,         // cgroup memory events say so
  kUnknown,     // not explained; never folded into the expected one
};

struct Exited {
  std::optional<int> code;  // empty: a thread that ended while its process lives
  Cause by = Cause::kSelf;
};
// An exit code and a signal are different types: exit(139) is not SIGSEGV.
struct Signaled {
  int signal = 0;
  std::optional<int> si_code;  // from the unit's own handler
  std::optional<std::uint64_t> address;
  bool core = false;
  Cause by = Cause::kUnknown;
};
struct Intact {};
struct Corrupt {
  std::uint64_t offset = 0;  // of the first wrong word, bytes from the start of the canary
  std::uint64_t words = 0;   // wrong 64-bit words
};
struct Stalled {
  Nanoseconds waited = 0;
};
struct Leaked {
  std::vector<int> pids;
};
struct Unkillable {};
struct Lost {
  std::string why;
};

using Fate = std::variant<Exited, Signaled, Intact, Corrupt, Stalled, Leaked, Unkillable, Lost>;

// Did the fault certainly happen?  `confirmed_by` names the channels that say so.
struct Fired {
  enum class State { kFired, kVoid, kUnknown };
  State state = State::kUnknown;
  std::vector<std::string> confirmed_by;
  Message why_not;  // for kVoid and kUnknown
};

bool IsDead(const Fate& fate);           // exited, signaled
std::string Describe(const Fate& fate);  // "signaled SIGSEGV (fault)", "intact", "corrupt at 0x40"
std::string SignalName(int signal);      // "SIGSEGV", "SIGRTMIN+3", "signal 99"
std::optional<int> SignalNumber(const std::string& name);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_FATE_H_
