#include <algorithm>
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
    {"github", "summary.md", "a short GitHub step summary: what needs attention, then all claims",
     &WriteGithub, true},
    {"junit", "junit.xml", "JUnit XML: a claim is a testcase, an unexpected verdict a failure",
     &WriteJunit},
    {"tap", "results.tap", "TAP version 14: a claim is a test point", &WriteTap},
    {"ktap", "results.ktap", "KTAP version 1: claims, and within each its cells", &WriteKtap},
    {"csv-claims", "claims.csv", "a row for each claim", &WriteCsvClaims},
    {"csv-cells", "cells.csv", "a row for each cell of each claim", &WriteCsvCells},
    {"csv-trials", "trials.csv", "a row for each trial, with its fates", nullptr, false,
     &WriteCsvTrials},
    {"journal", "journal.jsonl", "all evidence, one JSON object per record, with a schema", nullptr,
     false, &WriteJournal},
    {"prometheus", "bulkhead.prom", "metrics for node_exporter's textfile collector",
     &WritePrometheus},
    {"trace", "trace.json", "decisive trials as Chrome trace events, for Perfetto", &WriteTrace},
});

constexpr std::string_view kCsv = "csv";
constexpr std::string_view kCsvTables = "csv-";  // how the names of its tables begin

}  // namespace

std::span<const Writer> Writers() { return kWriters; }

const Writer* FindWriter(std::string_view name) {
  for (const Writer& writer : kWriters) {
    if (writer.name == name) return &writer;
  }
  return nullptr;
}

std::vector<const Writer*> FindWriters(std::string_view name) {
  std::vector<const Writer*> found;
  for (const Writer& writer : kWriters) {
    const bool table = name == kCsv && writer.name.starts_with(kCsvTables);
    if (writer.name == name || table) found.push_back(&writer);
  }
  return found;
}

std::vector<std::string> WriterNames() {
  std::vector<std::string> names;
  for (const Writer& writer : kWriters) {
    // Before the first of them.
    const bool table = writer.name.starts_with(kCsvTables);
    if (table && std::ranges::find(names, kCsv) == names.end()) names.emplace_back(kCsv);
    names.emplace_back(writer.name);
  }
  return names;
}

}  // namespace bulkhead
