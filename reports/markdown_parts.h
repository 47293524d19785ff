// The parts of report.md, and what makes foreign text harmless in Markdown.  Used by markdown*.cc
// alone.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_MARKDOWN_PARTS_H_
#define BULKHEAD_REPORTS_MARKDOWN_PARTS_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_report.h"
#include "reports/translator.h"

namespace bulkhead::markdown {

// GitHub refuses step summaries above 1 MiB; the rest of the document needs the difference.
inline constexpr std::size_t kMostBytesOfSections = 600'000;
inline constexpr std::size_t kMostDecisive = 20;
inline constexpr std::size_t kMostEvents = 40;
inline constexpr std::size_t kMostRows = 400;   // of any table
inline constexpr std::size_t kMostText = 1000;  // columns of one foreign text

// Foreign text as one harmless line: markup of Markdown and HTML shows as it was typed.
std::string Escape(std::string_view foreign, std::size_t most = kMostText);
// A name in a code span where that is possible, else escaped.
std::string Code(std::string_view foreign);
// Several foreign lines as an HTML <pre> block.
std::string Preformatted(std::string_view foreign);
// "| a | b |\n"; the cells are finished Markdown.
std::string TableRow(const std::vector<std::string>& cells);
std::string TableHead(const std::vector<std::string_view>& titles);

// What has been shown already, across the sections of one document.
struct Shown {
  std::map<std::uint64_t, std::string> decisive;  // trial -> claim in whose section it is
  std::size_t not_shown = 0;                      // timelines beyond kMostDecisive
};

// The section of report.verdicts[index].  `language`: of the claims, which may speak more than the
// program does.  `brief`: heading and verdict only.
std::string ClaimSection(const RunReport& report, std::size_t index, std::string_view language,
                         const Translator& tr, bool brief, Shown& shown);

std::string SurvivalTable(const RunReport& report, const Translator& tr);
std::string Method(const RunReport& report, const Translator& tr);
std::string Environment(const RunReport& report, bool names, const Translator& tr);
std::string Limits(const RunReport& report, const Shown& shown, const Translator& tr);
std::string Glossary(const Translator& tr);

}  // namespace bulkhead::markdown

#endif  // BULKHEAD_REPORTS_MARKDOWN_PARTS_H_
