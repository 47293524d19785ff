#include <array>

#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr auto kWriters = std::to_array<Writer>({
    {"terminal", "", "what needs attention, the ledger of claims, the accounting", &WriteTerminal,
     true},
    {"json", "results.json", "every verdict and cell for programs, with a published schema",
     &WriteResultsJson},
    {"html", "report.html", "the whole report for people, one offline page for screen and paper",
     &WriteHtml, true},
    {"markdown", "report.md", "the whole report for people, also as GitHub step summary",
     &WriteMarkdown, true},
    {"lab", "lab.md", "a lab report to be finished, as Markdown with figures beside it", &WriteLab,
     true},
    {"lab-html", "lab.html", "the lab report as one page, to be read offline and printed",
     &WriteLabHtml, true},
    {"lab-latex", "lab.tex", "the lab report for LaTeX, with a macro for each number",
     &WriteLabLatex, true},
});

}  // namespace

std::span<const Writer> Writers() { return kWriters; }

const Writer* FindWriter(std::string_view name) {
  for (const Writer& writer : kWriters) {
    if (writer.name == name) return &writer;
  }
  return nullptr;
}

std::vector<std::string> WriterNames() {
  std::vector<std::string> names;
  for (const Writer& writer : kWriters) names.emplace_back(writer.name);
  return names;
}

}  // namespace bulkhead
