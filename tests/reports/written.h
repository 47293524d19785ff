// What a format makes of a report, whether it takes the report or its records.
#ifndef BULKHEAD_TESTS_REPORTS_WRITTEN_H_
#define BULKHEAD_TESTS_REPORTS_WRITTEN_H_

#include <string>
#include <vector>

#include "harness/judge/fates.h"
#include "reports/writer.h"

namespace bulkhead::sample {

// A journal from which such a report might have come.
inline std::vector<Record> RecordsOf(const RunReport& report) {
  std::vector<Record> records{report.plan};
  for (const auto& [id, trial] : report.decisive) {
    records.emplace_back(BlockStarted{trial.plan.block, trial.plan.cell, 0, id, 1, -1, 5});
    records.emplace_back(SignalIntent{id, 1, 4712, 9, "the trial is over", 6});
    records.emplace_back(trial);
  }
  for (const BrokenCell& broken : report.broken) records.emplace_back(broken);
  for (const Leak& leak : report.leaks) records.emplace_back(leak);
  if (report.complete) records.emplace_back(report.end);
  return records;
}

inline std::string Written(const Writer& writer, const RunReport& report,
                           const WriteOptions& options = {}) {
  if (writer.write != nullptr) return writer.write(report, options).text;
  const auto lines = writer.records();
  std::string text = lines->Head();
  for (const Record& record : RecordsOf(report)) {
    const auto* trial = std::get_if<Trial>(&record);
    JudgedTrial judged;
    bool known = false;
    for (const Scenario& scenario : report.plan.scenarios) {
      if (trial == nullptr || scenario.manifest.name != trial->plan.cell.scenario) continue;
      judged = JudgeTrial(scenario.manifest, *trial);
      known = true;
    }
    text += lines->Line(record, known ? &judged : nullptr);
  }
  return text;
}

}  // namespace bulkhead::sample

#endif  // BULKHEAD_TESTS_REPORTS_WRITTEN_H_
