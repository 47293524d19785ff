// What a plugin says of itself: the manifest, as the supervisor holds it after checking.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_SCENARIO_H_
#define BULKHEAD_MODEL_SCENARIO_H_

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

enum class ScenarioKind { kFault, kProbe, kMeasure };
enum class Danger { kContained, kHeavy, kHazard };

// How the victim is found when the act has certainly taken effect.
enum class EndKind { kSignal, kExit, kThread, kReturn, kSpinning, kBlocked, kStopped };

struct ExpectedEnd {
  EndKind kind = EndKind::kReturn;
  int value = 0;  // signal number or exit code, else 0
  bool operator==(const ExpectedEnd&) const = default;
};

struct Manifest {
  std::string name;
  std::string summary;
  std::vector<std::string> tags;
  ScenarioKind kind = ScenarioKind::kFault;
  Danger danger = Danger::kContained;
  bool everyone_acts = false;
  bool shared_mapping = false;
  bool exclusive = false;
  std::vector<ExpectedEnd> ends;
  std::vector<std::string> needs;

  bool HasTag(std::string_view tag) const {
    for (const std::string& own : tags) {
      if (own == tag) return true;
    }
    return false;
  }
  // Whether never coming back is among the ways in which its act may end.
  bool MayHang() const {
    return MayEndBy(EndKind::kSpinning) || MayEndBy(EndKind::kBlocked) ||
           MayEndBy(EndKind::kStopped);
  }
  bool MayEndBy(EndKind kind) const {
    for (const ExpectedEnd& end : ends) {
      if (end.kind == kind) return true;
    }
    return false;
  }
  // Whether timing decides what its trials show.  A seed does not replay that: how often a second
  // trial of the same seed shows it again is measured.
  bool Races() const { return HasTag("race"); }
  bool operator==(const Manifest&) const = default;
};

// A scenario and where its plugin lies.
struct Scenario {
  Manifest manifest;
  std::string plugin_path;
  std::string plugin_digest;  // SHA-256 of the file, hex
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_SCENARIO_H_
