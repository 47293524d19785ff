// The sections of a lab report, in the order in which they are taught.  The tool fills in what it
// knows: apparatus, method, results.  Theory, discussion and conclusion are the reader's own work:
// there are questions in their place, and never answers.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_LAB_SECTIONS_H_
#define BULKHEAD_REPORTS_LAB_SECTIONS_H_

#include "harness/model/lab.h"
#include "reports/lab/page.h"
#include "reports/writer.h"

namespace bulkhead::lab {

Page MakePage(const RunReport& report, const WriteOptions& options);

// What the sections are made of.
struct Material {
  const RunReport& report;
  const WriteOptions& options;
  const LabSheet& sheet;
  const Translator& tr;
};

Section Objective(const Material& from);
Section Theory(const Material& from);
Section Hypothesis(const Material& from);
Section Apparatus(const Material& from);
Section Method(const Material& from);
Section Results(const Material& from);
Section Statistics(const Material& from);
Section Discussion(const Material& from);
Section Conclusion(const Material& from);
Section References(const Material& from);
Section Appendix(const Material& from);

// ---- Predictions.

enum class Standing {
  kCounts,
  kLate,      // entered after the run began
  kRepeated,  // the same person has said something of the same claim before
};
Standing StandingOf(const Material& from, const Prediction& prediction);
std::string PredictedWord(const Prediction& prediction, const Translator& tr);
const Verdict* VerdictOf(const RunReport& report, const std::string& claim);
// Whether the verdict decides what a prediction can be held against.
bool IsDecided(const Verdict& verdict);

}  // namespace bulkhead::lab

#endif  // BULKHEAD_REPORTS_LAB_SECTIONS_H_
