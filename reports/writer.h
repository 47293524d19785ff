// One report format: a pure function of a RunReport.  writer_table.cc is the only list of them;
// adding a format is one file and one line there.
//
// A document is one text, and files beside it where one text would not do: figures of a lab report,
// evidence that would make a page too large.
//
// No writer asks a clock, a locale, the environment or a file; the same report and options give the
// same bytes.  Foreign text (claim files, plugins, what crashing units wrote) is never trusted:
// each writer passes it through reports/text.h and escapes it for its own format.  Writers cannot
// fail.
//
// Runs in: anywhere.
#ifndef BULKHEAD_REPORTS_WRITER_H_
#define BULKHEAD_REPORTS_WRITER_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/lab.h"
#include "harness/model/run_report.h"
#include "reports/record_writer.h"

namespace bulkhead {

// `name` is relative to where the document lies, "figures/rates.svg"; the document refers to it so.
struct File {
  std::string name;
  std::string bytes;
};

struct Document {
  // NOLINTNEXTLINE(google-explicit-constructor): nearly all documents are one text
  Document(std::string only) : text(std::move(only)) {}
  Document(std::string main, std::vector<File> others)
      : text(std::move(main)), beside(std::move(others)) {}

  std::string text;
  std::vector<File> beside;
};

struct WriteOptions {
  int width = 80;               // terminal only: columns; less than 60 is taken as 60
  bool color = false;           // terminal only; colour is never the only carrier
  std::string language = "en";  // of documents for people; claims fall back to en, then original
  bool verbose = false;         // terminal only: every cell
  bool names = false;           // of hosts and people, left out of documents for people otherwise
  bool junit_cells = false;     // junit only: a testcase for each cell, not for each claim
  const RunReport* baseline = nullptr;  // an earlier run to compare with; borrowed
  const LabSheet* lab = nullptr;        // lab formats only: who, why, predictions; borrowed
};

struct Writer {
  std::string_view name;       // as typed after --format: "markdown"
  std::string_view file_name;  // in the run directory: "report.md"; empty: stdout only
  std::string_view summary;    // one line for --help
  // Exactly one of `write` and `records`: a document of the whole report, or lines made record by
  // record, however many there are.
  Document (*write)(const RunReport&, const WriteOptions&) = nullptr;
  bool for_people = false;  // speaks WriteOptions::language; programs read English
  std::unique_ptr<RecordWriter> (*records)() = nullptr;
};

std::span<const Writer> Writers();
const Writer* FindWriter(std::string_view name);  // nullptr: no such format
// The formats that `name` stands for: one, "csv" for all of its tables, or none.
std::vector<const Writer*> FindWriters(std::string_view name);
std::vector<std::string> WriterNames();  // all that FindWriters() knows, for "accepted: ..."

// The formats themselves, each in the file of its name.
Document WriteTerminal(const RunReport& report, const WriteOptions& options);
Document WriteResultsJson(const RunReport& report, const WriteOptions& options);
Document WriteMarkdown(const RunReport& report, const WriteOptions& options);
Document WriteHtml(const RunReport& report, const WriteOptions& options);
Document WriteLab(const RunReport& report, const WriteOptions& options);
Document WriteLabHtml(const RunReport& report, const WriteOptions& options);
Document WriteLabLatex(const RunReport& report, const WriteOptions& options);
Document WriteGithub(const RunReport& report, const WriteOptions& options);
Document WriteJunit(const RunReport& report, const WriteOptions& options);
Document WriteTap(const RunReport& report, const WriteOptions& options);
Document WriteKtap(const RunReport& report, const WriteOptions& options);
Document WriteCsvClaims(const RunReport& report, const WriteOptions& options);
Document WriteCsvCells(const RunReport& report, const WriteOptions& options);
Document WritePrometheus(const RunReport& report, const WriteOptions& options);
Document WriteTrace(const RunReport& report, const WriteOptions& options);
std::unique_ptr<RecordWriter> WriteCsvTrials();
std::unique_ptr<RecordWriter> WriteJournal();

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_WRITER_H_
