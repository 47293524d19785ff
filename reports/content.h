// What every document for people says in the same words: the method, the limits of the evidence,
// the glossary.  Plain text in the reader's language; each format escapes and arranges it.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_CONTENT_H_
#define BULKHEAD_REPORTS_CONTENT_H_

#include <string>
#include <vector>

#include "harness/model/run_report.h"
#include "reports/translator.h"

namespace bulkhead {

struct Point {
  std::string title;  // "Fired or void."
  std::string text;
};

// How the answers were found, in the order in which one would ask.
std::vector<Point> MethodOf(const RunReport& report, const Translator& tr);
// What the bounds are, in short.
std::vector<Point> StatisticsOf(const RunReport& report, const Translator& tr);
// How often the controls of the run behaved as they must; a cell of several claims counts once.
std::string ControlsOf(const RunReport& report, const Translator& tr);
// What the evidence does not say, whatever the run.
std::vector<std::string> LimitsOf(const RunReport& report, const Translator& tr);
// Cells in which not every planned trial counts, once each, in the order of their names.
std::vector<const CellResult*> LimitedCells(const RunReport& report);
// Words and what they mean; the verdict words with their symbols last.
std::vector<Point> GlossaryOf(const Translator& tr);

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_CONTENT_H_
