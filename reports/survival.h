// Fault by vehicle: in how many trials nobody but the victim suffered.  The matrix that documents
// show; each of its cells is taken from the claim that asked the widest question about it.
//
// Runs in: anywhere.  Pure functions; what they return borrows from the report.
#ifndef BULKHEAD_REPORTS_SURVIVAL_H_
#define BULKHEAD_REPORTS_SURVIVAL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_report.h"

namespace bulkhead {

// What a claim asked of the bystanders.  The order is that of width, the widest first.
enum class SurvivalQuestion {
  kWell,    // there, acting, memory whole
  kActs,    // there and acting
  kThere,   // there
  kWhole,   // memory whole
  kSilent,  // somebody's memory was damaged and nobody noticed
  kEnds,    // no claim asked: read from how the bystanders ended
};

struct SurvivalEntry {
  const CellResult* cell = nullptr;
  std::size_t verdict = 0;  // index in RunReport::verdicts of the claim it is taken from
  SurvivalQuestion question = SurvivalQuestion::kEnds;
  // Trials in which all was well; empty: some, and the counts do not tell how many.
  std::optional<std::uint64_t> well;
  bool blind = false;  // a control failed
  bool open = false;   // not decided

  bool Counts() const { return cell->counted > 0; }
  // ✔ always, ✘ never, ◐ sometimes, ? a control failed or nothing counted, – not here, ! broken
  std::string_view Symbol() const;
};

struct SurvivalMatrix {
  std::vector<VehicleKind> vehicles;  // columns, the weakest isolation first
  std::map<std::string, std::map<VehicleKind, SurvivalEntry>> faults;  // rows
};

SurvivalMatrix SurvivalOf(const RunReport& report);

// One letter for what was asked, empty for kWell: s, d, m, q, o.
std::string_view MarkOf(SurvivalQuestion question);

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_SURVIVAL_H_
