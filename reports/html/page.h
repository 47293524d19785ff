// The parts of report.html as data for the templates in reports/html/templates.  Every text passes
// Value(), which makes it harmless; the templates escape it.  A key of a template that nobody sets
// would render as nothing: tests/reports/html_test.cc compares the two.
//
// Runs in: anywhere.  Pure functions.  Used by reports/html*.cc alone.
#ifndef BULKHEAD_REPORTS_HTML_PAGE_H_
#define BULKHEAD_REPORTS_HTML_PAGE_H_

#include <cstddef>
#include <kainjow/mustache.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_report.h"
#include "reports/charts/figure.h"
#include "reports/translator.h"
#include "reports/writer.h"

namespace bulkhead::html {

using Data = kainjow::mustache::data;

inline constexpr std::size_t kMostRows = 400;   // of any table
inline constexpr std::size_t kMostText = 4000;  // columns of one foreign text
inline constexpr std::size_t kMostTrials = 20;  // in the table of a claim
inline constexpr std::size_t kMostEvents = 60;  // of a decisive trial

struct Context {
  const RunReport& report;
  const WriteOptions& options;
  Translator tr;
  std::string_view language() const { return CodeOf(tr.language()); }
};

// ---- html_values.cc: how values become data.

Data Value(std::string_view foreign);
// False, so that its section is left out, when there is nothing.
Data ValueOrNone(std::string_view foreign);
// A table of plain texts; the first column heads its row.  `numeric`: columns that are aligned
// right.  Columns without any text are left out; so are rows beyond kMostRows, and the note says
// it.
struct Table {
  std::string caption;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> numeric;
  std::string note;
  std::string_view css_class;
};
Data TableData(const Context& context, const Table& table);
Data FigureData(const Context& context, const charts::Figure& figure, std::string_view prefix = "");
std::string Render(std::string_view html_template, const Data& data, const Context& context);
// Indices of verdicts: unexpected first, then what needs attention, then the rest by id.
std::vector<std::size_t> OrderOfVerdicts(const RunReport& report);

// ---- html_summary.cc: banner, ledger, survival matrix.
void AddSummary(const Context& context, Data& page);
void AddLedger(const Context& context, Data& page);
void AddMatrix(const Context& context, Data& page);

// ---- html_claim.cc
// How much of a claim's section is shown; what is too large for one page comes down step by step.
enum class Amount { kAll, kWithoutRaw, kBrief };
// `shown`: trials whose timeline is on the page already, with the number of the claim that has it.
Data ClaimData(const Context& context, std::size_t index, Amount amount,
               std::map<std::uint64_t, std::size_t>& shown);

// ---- html_method.cc: method, environment, limits, glossary, appendix.
void AddMethod(const Context& context, Data& page);
void AddEnvironment(const Context& context, Data& page);
void AddLimits(const Context& context, Data& page);
void AddGlossary(const Context& context, Data& page);
void AddAppendix(const Context& context, Data& page);

}  // namespace bulkhead::html

#endif  // BULKHEAD_REPORTS_HTML_PAGE_H_
