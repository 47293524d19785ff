// One execution of one scenario in one vehicle with one seed in one arm, and everything that was
// observed of it.  Fates and firing are not stored here: the judge derives them, so that a better
// judge can read old evidence again.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_TRIAL_H_
#define BULKHEAD_MODEL_TRIAL_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "harness/base/clock.h"
#include "harness/base/random.h"
#include "harness/model/vehicle.h"

namespace bulkhead {

enum class Arm : std::uint32_t { kTreatment, kNoFault, kPositive };

// What a positive control does to a bystander; the observers must report exactly that.
enum class Hit : std::uint32_t {
  kNone,
  kKill,     // the supervisor kills it (a thread: its process)
  kCorrupt,  // it breaks one word of its own canary
  kStop,     // the supervisor stops it
  kProbe,    // it runs the scenario's own `hit`
};

enum class Role : std::uint32_t { kVictim, kBystander, kCreator, kPartner };

// fault x vehicle, the trials that answer one question.
struct CellKey {
  std::string scenario;
  VehicleKind vehicle = VehicleKind::kFork;
  auto operator<=>(const CellKey&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14
};

struct TrialPlan {
  std::uint64_t id = 0;  // number in the run, from 1
  std::uint64_t block = 0;
  CellKey cell;
  Arm arm = Arm::kTreatment;
  Hit hit = Hit::kNone;
  std::uint64_t seed = 0;
  std::uint32_t bystanders = 2;
};

// Units of a trial by index: 0 the victim, then the bystanders, then the host process (creator) of
// vehicles that have one.
inline constexpr std::uint32_t kVictimIndex = 0;
// What unit `index` writes in probes; the judge knows it from the seed alone.
constexpr std::uint64_t TokenOf(std::uint64_t trial_seed, std::uint32_t index) {
  return Derive(trial_seed, 0x746f6b00u + index) | 1u;
}

// ---- What can be observed, one type each.  "Unit says" marks what the unit itself sent: data to
// be
// ---- weighed, never a verdict.

// Unit says: it is set up and waits.  `tid` is that of its own PID namespace.
struct Ready {
  std::int32_t tid = 0;
};
// Kernel: the pid by which the supervisor's namespace knows the unit's process.
struct Launched {
  std::int32_t pid = 0;
};
// Supervisor: told the unit to act.
struct Armed {};
// Unit says: the act is the next thing it does (it echoes the arming token).
struct Firing {};
// Unit says: act came back.
struct Returned {};
// Unit says (its own handler on the alternate stack): the signal as it arrived.
struct Faulted {
  std::int32_t signal = 0;
  std::int32_t si_code = 0;
  std::uint64_t address = 0;
  std::uint64_t pc = 0;
  std::int32_t tid = 0;
};
// Kernel, waitid: the process has ended.
struct Ended {
  bool signaled = false;
  std::int32_t status = 0;  // exit code, or signal number
  bool core = false;
  std::int64_t user_us = 0, system_us = 0, max_rss_kib = 0;
};
// Kernel, /proc: the thread is gone and its process is not.
struct TaskGone {};
// Kernel, /proc and CPU clock: what a unit that does not answer is doing.
struct Doing {
  char state = '?';           // of /proc/PID/stat
  std::int64_t cpu_ns = 0;    // burnt since it was armed
  std::int64_t syscall = -1;  // number when blocked in one, -1 when not or unknown
};
// Kernel, process_vm_readv: the word at the victim's target holds what it stored.
struct TargetRead {
  bool stored = false;
};
// Kernel, memory events of the unit's cgroup: it ended this many for want of memory.
struct OomKilled {
  std::uint64_t times = 0;
};
// Supervisor: issued a challenge.
struct Challenged {};
// Supervisor, having verified the answer to its nonce and the digest over the whole canary.
struct Answered {
  bool digest_right = false;
  std::uint64_t offset = 0;  // unit says: first wrong byte offset and number of wrong words
  std::uint64_t words = 0;
  std::uint64_t beats = 0;  // unit says: how often it has acted
};
// Supervisor: the challenge stayed unanswered until its deadline.
struct Silent {
  Nanoseconds waited = 0;
};
// Kernel: every holder of the unit's end of the channel has closed it.
struct ChannelClosed {};
// Unit says: a reading of the scenario.  `gone`: there was nothing to read any more.
struct Reading {
  std::string name;
  std::uint64_t value = 0;
  bool gone = false;
};
struct Region {
  std::string name;
  std::uint64_t low = 0, bytes = 0;
};
struct Samples {
  std::string name;
  std::vector<std::uint64_t> values;
};
// Supervisor's ledger: a signal, written down before it was sent.
struct SignalSent {
  std::int32_t signal = 0;
  std::string why;
};
// Supervisor: it could not be reaped within the stop ladder.
struct NotReaped {};
// Supervisor: the unit sent something that is no message of the protocol.
struct Garbage {
  std::string what;
};

using Event = std::variant<Launched, Ready, Armed, Firing, Returned, Faulted, Ended, TaskGone,
                           Doing, TargetRead, OomKilled, Challenged, Answered, Silent,
                           ChannelClosed, Reading, Region, Samples, SignalSent, NotReaped, Garbage>;

struct Observation {
  Nanoseconds at = 0;      // since the trial was ordered; unit-said events carry the unit's clock
  std::uint32_t unit = 0;  // index
  Event event;
};

struct Trial {
  TrialPlan plan;
  Nanoseconds started = 0;  // since the run began
  Nanoseconds took = 0;
  std::vector<Observation> observations;  // in the order in which the supervisor learned of them
  std::string output;   // what its processes wrote to stdout and stderr, at most 4 KiB
  std::string trouble;  // what the harness failed at; empty: nothing.  Then it does not count
};

// Found after a block: descendants, shared memory objects or files that outlived their trials.
struct Leak {
  std::uint64_t block = 0;
  CellKey cell;
  std::string what;  // "process 4711 (orphan of a unit), ended"
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_TRIAL_H_
