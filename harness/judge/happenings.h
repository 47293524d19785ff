// One trial's observations, sorted by unit in a single pass: what the rest of the judge asks of.
//
// Runs in: anywhere.  Borrows the trial, which must outlive it.  Internal to harness/judge.
#ifndef BULKHEAD_JUDGE_HAPPENINGS_H_
#define BULKHEAD_JUDGE_HAPPENINGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "harness/model/fate.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"

namespace bulkhead {

// Position in Trial::observations: the order in which the supervisor learned of things.
using Place = std::size_t;
inline constexpr Place kNowhere = ~Place{0};

// Where each kind of event of one unit stands; the first, unless said otherwise.
struct UnitLog {
  Place firing = kNowhere;
  Place returned = kNowhere;
  Place ended = kNowhere;
  Place task_gone = kNowhere;
  Place not_reaped = kNowhere;
  Place closed = kNowhere;
  Place target_read = kNowhere;
  Place oom_killed = kNowhere;
  Place faulted = kNowhere;     // last
  Place doing = kNowhere;       // last
  Place challenged = kNowhere;  // last, after the arming
  Place answered = kNowhere;    // last, after the arming
  Place silent = kNowhere;      // last, after the arming
};

class Happenings {
 public:
  explicit Happenings(const Trial& trial);

  const Trial& trial() const { return trial_; }
  const VehicleTraits& traits() const { return traits_; }
  std::uint32_t bystanders() const { return trial_.plan.bystanders; }
  std::uint32_t units() const { return bystanders() + 1; }  // victim and bystanders
  std::uint32_t host() const { return bystanders() + 1; }   // index; only with traits().has_host
  std::string Name(std::uint32_t unit) const;

  const UnitLog& log(std::uint32_t unit) const { return logs_[unit < logs_.size() ? unit : 0]; }
  bool Has(std::uint32_t unit) const { return unit < logs_.size(); }
  // First arming of any unit; kNowhere when none was armed.
  Place armed() const { return armed_; }
  // Whether the observation at `place` may speak of what the arming led to.
  bool AfterArming(Place place) const { return armed_ == kNowhere || place > armed_; }

  // Is the unit a process of its own, or a thread of the host?
  bool IsProcess(std::uint32_t unit) const;
  // The unit whose `Ended` is this unit's: itself, or the host.
  std::uint32_t ProcessOf(std::uint32_t unit) const;

  template <typename T>
  const T* Get(Place place) const {
    return place == kNowhere ? nullptr : std::get_if<T>(&trial_.observations[place].event);
  }
  const Ended* EndedOf(std::uint32_t unit) const { return Get<Ended>(log(ProcessOf(unit)).ended); }

  // Where the supervisor's ledger first has `signal` (0: any) for the process, before `before`.
  Place InLedger(std::uint32_t process, int signal, Place before) const;
  // The process was ended by a signal that the supervisor had sent it.
  bool EndedBySupervisor(std::uint32_t unit) const;
  // An answer to the last challenge after the arming; null when there is none.
  const Answered* AnswerOf(std::uint32_t unit) const;

 private:
  const Trial& trial_;
  const VehicleTraits& traits_;
  std::vector<UnitLog> logs_;
  Place armed_ = kNowhere;
};

// The functions of fates.h for callers that have the happenings already.
Fate FateOf(const Happenings& happenings, std::uint32_t unit);
Fired FiredOf(const Manifest& manifest, const Happenings& happenings);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_HAPPENINGS_H_
