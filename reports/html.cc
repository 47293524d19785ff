// report.html: the whole report for people, one offline file without script, for screen and paper.
// The parts are reports/html/*, the look is reports/html/templates/*.
//
// A page stays below 5 MB where it can: raw records go first, then the details of claims that are
// as expected are moved to files beside it, in evidence/.  What was moved is said.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reports/html/page.h"
#include "reports/html/templates.h"
#include "reports/palette.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

using html::Amount;
using html::Context;
using html::Data;

constexpr std::size_t kSoftLimit = 5'000'000;   // bytes of evidence; beyond it no raw records
constexpr std::size_t kHardLimit = 10'000'000;  // beyond it files of their own
constexpr char kIndex[] = "report.html";

struct Evidence {
  std::string page;  // the sections in their order
  std::vector<File> files;
  std::string note;
};

std::string Section(const Context& context, std::size_t index, Amount amount,
                    std::map<std::uint64_t, std::size_t>& shown) {
  return html::Render(html::kClaim, html::ClaimData(context, index, amount, shown), context);
}

std::vector<std::string> Sections(const Context& context, Amount amount) {
  std::vector<std::string> sections;
  std::map<std::uint64_t, std::size_t> shown;
  for (const std::size_t index : html::OrderOfVerdicts(context.report)) {
    sections.push_back(Section(context, index, amount, shown));
  }
  return sections;
}

std::size_t SizeOf(const std::vector<std::string>& sections) {
  std::size_t size = 0;
  for (const std::string& section : sections) size += section.size();
  return size;
}

std::string Css() { return PaletteCss() + charts::ChartCss() + std::string(html::kStyle); }

// One claim with all its details as a page of its own.
File Spilled(const Context& context, std::size_t index, const std::string& section) {
  Data page;
  page["css"] = Data(Css());
  page["run_id"] = html::Value(context.report.plan.run_id);
  page["id"] = html::Value(context.report.verdicts[index].claim);
  page["index"] = html::Value(fmt::format("{}#claim-{}", kIndex, index + 1));
  page["claim"] = Data(section);
  return {fmt::format("evidence/claim-{}.html", index + 1),
          html::Render(html::kSpilled, page, context)};
}

Evidence EvidenceOf(const Context& context) {
  Evidence evidence;
  std::vector<std::string> sections = Sections(context, Amount::kAll);
  if (SizeOf(sections) > kSoftLimit) {
    sections = Sections(context, Amount::kWithoutRaw);
    evidence.note =
        context.tr("To keep this page small it holds no raw records; they are in the journal.");
  }
  const std::vector<std::size_t> order = html::OrderOfVerdicts(context.report);
  std::size_t used = 0, moved = 0;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (used + sections[i].size() <= kHardLimit) {
      used += sections[i].size();
      evidence.page += sections[i];
      continue;
    }
    ++moved;
    // Each of these stands alone, with its own timeline.
    std::map<std::uint64_t, std::size_t> shown;
    evidence.files.push_back(
        Spilled(context, order[i], Section(context, order[i], Amount::kWithoutRaw, shown)));
    evidence.page += Section(context, order[i], Amount::kBrief, shown);
    evidence.page += fmt::format("<p><a href=\"{}\">{}</a></p>\n", evidence.files.back().name,
                                 evidence.files.back().name);
  }
  if (moved > 0) {
    evidence.note +=
        (evidence.note.empty() ? "" : " ") +
        context.tr.FormatPlural("The details of {} claim are in a file of their own, in evidence/.",
                                "The details of {} claims are in files of their own, in evidence/.",
                                moved, wording::Count(moved, context.tr));
  }
  return evidence;
}

Data Figures(const Context& context, const std::vector<charts::Figure>& figures) {
  Data list(Data::type::list);
  for (const charts::Figure& figure : figures) list << html::FigureData(context, figure, "figure-");
  return list;
}

}  // namespace

Document WriteHtml(const RunReport& report, const WriteOptions& options) {
  const Translator tr(FindLanguage(options.language).value_or(Language::kEnglish));
  const Context context{report, options, tr};
  Data page;
  page["css"] = Data(Css());
  html::AddSummary(context, page);
  html::AddLedger(context, page);
  html::AddMatrix(context, page);
  std::vector<charts::Figure> statistics;
  for (auto& figure : {charts::RateForest(report, tr), charts::RatioForest(report, tr)}) {
    if (figure) statistics.push_back(*figure);
  }
  page["has_statistics"] = Data(!statistics.empty());
  page["statistics"] = Figures(context, statistics);
  const std::vector<charts::Figure> costs = charts::CostFigures(report, tr);
  page["has_costs"] = Data(!costs.empty());
  page["costs"] = Figures(context, costs);
  Evidence evidence = EvidenceOf(context);
  page["evidence"] = Data(evidence.page);
  page["evidence_note"] = html::ValueOrNone(evidence.note);
  html::AddMethod(context, page);
  html::AddEnvironment(context, page);
  html::AddLimits(context, page);
  html::AddGlossary(context, page);
  html::AddAppendix(context, page);
  return {html::Render(html::kPage, page, context), std::move(evidence.files)};
}

}  // namespace bulkhead
