// Profiles: how much a run shall be.  The one table from which the plan, the help and `list` take
// what each of them means.
//
// What it costs is the number of trials that a bound needs: ten times as many for each digit.
// Trials whose victim hangs are waited for, 20 to 60 ms each instead of less than one, so that
// `deep` asks a tenth of the claims that read such cells; it would take days otherwise.  `smoke`
// is no evidence: it shows that every fault, vehicle, observer and judgement works here.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_PROFILE_H_
#define BULKHEAD_SUPERVISOR_PROFILE_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace bulkhead {

struct Profile {
  std::string_view name;
  std::string_view summary;
  // The bound that a clean cell shall reach is the claim's target (1 % where it names none), but at
  // least so loose and at most so loose.  `strictest_waiting`: of claims that read a cell whose
  // victim may hang.
  double strictest = 0.0;
  double strictest_waiting = 0.0;
  double loosest = 1.0;
  std::uint64_t measure_trials = 0;  // each yields a series, not one finding
  std::uint64_t no_fault = 0;        // controls
  // Of a fault they are by turns a kill, a broken word and a stop: with one, only the first.
  std::uint64_t positive = 0;
  // What stays undecided because so few trials cannot decide it does not show in the exit code.
  bool undecided_is_fine = false;

  double BoundFor(double target, bool waits) const {
    return std::max(std::min(target, loosest), waits ? strictest_waiting : strictest);
  }
};

inline constexpr std::array kProfiles{
    // clang-format off
    Profile{"quick", "bounds of 1 %, 20 trials per measure; minutes",
            0.0, 0.0, 1.0, 20, 20, 5, false},
    Profile{"full", "bounds of 0.1 %, 40 trials per measure; the better part of an hour",
            0.0, 0.0, 0.001, 40, 40, 10, false},
    Profile{"deep", "bounds of 0.01 % (0.1 % where victims hang), 100 trials per measure; hours",
            0.0, 0.001, 0.0001, 100, 100, 20, false},
    Profile{"smoke", "3 trials per cell (bounds of 64 %: no evidence), 2 per measure; seconds, for "
                     "the CI of others; what so few cannot decide leaves the exit code at 0",
            0.64, 0.64, 1.0, 2, 1, 1, true},
    // clang-format on
};

inline constexpr const Profile& kDefaultProfile = kProfiles[0];

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_PROFILE_H_
