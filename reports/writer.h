// One report format: a pure function of a RunReport.  writer_table.cc is the only list of them;
// adding a format is one file and one line there.
//
// No writer asks a clock, a locale, the environment or a file; the same report and options give the
// same bytes.  Foreign text (claim files, plugins, what crashing units wrote) is never trusted:
// each writer passes it through reports/text.h and escapes it for its own format.  Writers cannot
// fail.
//
// Runs in: anywhere.
#ifndef BULKHEAD_REPORTS_WRITER_H_
#define BULKHEAD_REPORTS_WRITER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_report.h"

namespace bulkhead {

struct WriteOptions {
  int width = 80;               // terminal only: columns; less than 60 is taken as 60
  bool color = false;           // terminal only; colour is never the only carrier
  std::string language = "en";  // of the claims' texts; falls back to en, then to the original
  bool verbose = false;         // terminal only: every cell
};

struct Writer {
  std::string_view name;       // as typed after --format: "markdown"
  std::string_view file_name;  // in the run directory: "report.md"; empty: stdout only
  std::string_view summary;    // one line for --help
  std::string (*write)(const RunReport&, const WriteOptions&);
};

std::span<const Writer> Writers();
const Writer* FindWriter(std::string_view name);  // nullptr: no such format
std::vector<std::string> WriterNames();           // for "accepted: ..." messages

// The formats themselves, each in the file of its name.
std::string WriteTerminal(const RunReport& report, const WriteOptions& options);
std::string WriteResultsJson(const RunReport& report, const WriteOptions& options);
std::string WriteMarkdown(const RunReport& report, const WriteOptions& options);

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_WRITER_H_
