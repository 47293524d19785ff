// A claim: a sentence, and the experiment that decides it.  Data, read from a claim file.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_CLAIM_H_
#define BULKHEAD_MODEL_CLAIM_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/vehicle.h"
#include "harness/model/verdict.h"

namespace bulkhead {

enum class Quantifier { kAlways, kMay, kRatio };

// What is looked for in each counted trial.  For `always` its presence is a violation, for `may` a
// witness.  Stored by name: names never change their meaning.
enum class Finding {
  kBystanderDied,      // bystander-died: a protected unit is gone
  kBystanderStopped,   // bystander-stopped: ... is gone, or does not act any more
  kBystanderDamaged,   // bystander-damaged: ... has a broken canary
  kBystanderAffected,  // bystander-affected: any of the three
  kSilentDamage,       // silent-damage: everybody lives and acts, and a canary is broken
  kThreadOutlived,     // thread-outlived: the process has ended and a thread of it still acts
  kForeignSeen,        // foreign-seen: a reading shows another unit's doing
  kForeignMissed,      // foreign-missed: a reading does not show the other unit's doing
  kRegionShared,       // region-shared: a reading shows another's doing, or regions overlap
  kMisplaced,    // misplaced: what a process owns reached another one, or did not reach its own
                 // threads; or what was passed on purpose ("via-", "shared-") did not arrive
  kUpdatesLost,  // updates-lost: a counter is not the sum of what was added
};

// One place in a source note that makes the statement.
struct Source {
  std::string note;      // "S0" ...; "+" when an honest test needs it though no note says it
  std::string file;      // name of the note, may be empty
  std::string language;  // BCP 47
  std::string where;     // heading or table row in the note
  bool operator==(const Source&) const = default;
};

struct RatioSpec {
  std::string numerator;  // names of sample series
  std::string denominator;
  double than = 1.0;  // claimed: numerator / denominator > than
  bool operator==(const RatioSpec&) const = default;
};

struct Experiment {
  // The scenarios: those with any of the tags, plus the named, minus the excepted.
  std::vector<std::string> tags;
  std::vector<std::string> names;
  std::vector<std::string> except;
  std::vector<VehicleKind> vehicles;
  Finding finding = Finding::kBystanderAffected;  // unused by `ratio`
  std::vector<std::string> readings;              // only these; empty: all
  std::optional<RatioSpec> ratio;
  bool operator==(const Experiment&) const = default;
};

struct Claim {
  std::string id;  // "crash.process-contained"
  Quantifier quantifier = Quantifier::kAlways;
  std::map<std::string, std::string> text;  // by language: en, id, pt
  std::string original;                     // language of the first source
  std::vector<Source> sources;
  std::map<std::string, std::string> rationale;  // how to read the experiment, by language
  Experiment experiment;
  double target = 0.01;  // `always`: largest acceptable upper bound
  std::optional<Outcome> expect;
  std::string file;  // where it was read
  int line = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_CLAIM_H_
