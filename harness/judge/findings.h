// What one trial shows of the thing that a claim looks for.
//
// Runs in: anywhere.  Internal to harness/judge; fates.h has the public face (Shows).
#ifndef BULKHEAD_JUDGE_FINDINGS_H_
#define BULKHEAD_JUDGE_FINDINGS_H_

#include <string>
#include <vector>

#include "harness/judge/happenings.h"
#include "harness/model/claim.h"
#include "harness/model/message.h"

namespace bulkhead {

// A trial with everything derived from it, once for all claims that read its cell.
struct Examined {
  Examined(const Manifest& manifest, const Trial& trial);

  const Manifest& manifest;
  Happenings happenings;
  std::vector<Fate> fates;  // victim and bystanders
};

struct Look {
  bool shown = false;
  // Not empty: the trial cannot say, and why.  Then it does not count for this claim.
  Message unclear;
};
Look LookFor(const Experiment& experiment, const Examined& trial);

// Why a treatment trial does not count for any claim, though it fired; empty when it counts.
Message WhySpoilt(const Examined& trial);

// "the victim", "bystander 1"
Message TheUnit(const Happenings& happenings, std::uint32_t unit);

// What a reading says, matched against the tokens that the judge computes from the seed.
enum class Sight { kOwn, kForeign, kOther };
Sight SightOf(const Happenings& happenings, std::uint32_t unit, const Reading& reading);
// "added", "total" and "base" are counts, not tokens.
bool IsCount(const std::string& reading);

// Shown when a counter is not the sum of what was added to it.  `through` limits
// the question to what this unit reports of the total; kNoUnit: the last report of each group.
inline constexpr std::uint32_t kNoUnit = ~0u;
Look UpdatesLost(const Examined& trial, std::uint32_t through = kNoUnit);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_FINDINGS_H_
