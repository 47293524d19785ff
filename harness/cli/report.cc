// `bulkhead report RUN`: writes the report of a stored run, from its journal, in any format.
//
// Runs in: anywhere.  Starts no unit.
#include <memory>
#include <optional>

#include "harness/cli/command.h"
#include "harness/cli/documents.h"
#include "harness/cli/lab_sheet.h"
#include "harness/cli/option_values.h"
#include "harness/cli/record_documents.h"
#include "harness/cli/run_options.h"
#include "harness/cli/stored_run.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

struct ReportOptions {
  std::string run;
  std::vector<const Writer*> formats;
  std::string output = "-";
  std::string language = "en";
  std::string baseline;
  bool junit_cells = false;
  bool verbose = false;
  bool names = false;
  LabOptions lab;
};

// What `baseline` names, if anything.
Expected<std::optional<StoredRun>> ReadBaseline(const std::string& baseline) {
  if (baseline.empty()) return std::optional<StoredRun>();
  auto stored = ReadStoredRun(baseline);
  if (!stored) return FailUser("--baseline: " + stored.error().message);
  return std::optional<StoredRun>(std::move(*stored));
}

// The sheet and the predictions of a lab report.
Expected<LabSheet> ReadLab(const LabOptions& options, const std::string& journal,
                           const Stream& err) {
  std::string note;
  auto sheet = ReadLabSheet(options, note);
  if (!sheet) return sheet;
  if (!note.empty()) err.Line("note: " + note);
  if (auto done = AddPredictions(options, journal, *sheet); !done) {
    return tl::make_unexpected(done.error());
  }
  return sheet;
}

Expected<int> Report(const ReportOptions& options, const Context& context) {
  const Console& console = context.console;
  std::vector<const Writer*> writers = Distinct(options.formats);
  if (writers.empty()) writers.push_back(FindWriter("terminal"));
  const Destination destination(options.output, writers.size() > 1);
  if (destination.IsStdout() && writers.size() > 1) {
    return FailUser("several formats are several files; accepted: -o DIR, or one --format");
  }
  for (const Writer* writer : writers) {
    if (!destination.IsStdout() && writers.size() > 1 && writer->file_name.empty()) {
      return FailUser("--format: " + std::string(writer->name) +
                      " is for a screen and has no file of its own; accepted: it alone");
    }
  }
  const auto stored = ReadStoredRun(options.run);
  if (!stored) return tl::make_unexpected(stored.error());
  const auto baseline = ReadBaseline(options.baseline);
  if (!baseline) return tl::make_unexpected(baseline.error());
  if (stored->torn) {
    console.err.Line("note: the journal was cut off after " + std::to_string(stored->records) +
                     " records; this is the report of what is there");
  }
  WriteOptions write;
  write.language = options.language;
  write.width = console.out.Width();
  write.color = destination.IsStdout() && console.out.color;
  write.verbose = options.verbose;
  write.names = options.names;
  write.junit_cells = options.junit_cells;
  write.baseline = *baseline ? &(*baseline)->report : nullptr;
  LabSheet lab;
  if (AnyLab(writers)) {
    auto sheet = ReadLab(options.lab, stored->journal, console.err);
    if (!sheet) return tl::make_unexpected(sheet.error());
    lab = std::move(*sheet);
    write.lab = &lab;
  }
  std::vector<RecordDocument> by_record;
  for (const Writer* writer : writers) {
    if (writer->records != nullptr) {
      if (destination.IsStdout()) {
        by_record.push_back({writer, ""});
        continue;
      }
      auto path = destination.NewFile(writer->file_name);
      if (!path) return tl::make_unexpected(path.error());
      by_record.push_back({writer, *path});
      continue;
    }
    const Document document = writer->write(stored->report, write);
    if (!destination.IsStdout()) {
      auto done = destination.Write(writer->file_name, document);
      if (!done) return tl::make_unexpected(done.error());
      continue;
    }
    console.out.Write(document.text);
    if (!document.beside.empty()) {
      console.err.Line("note: " + std::to_string(document.beside.size()) +
                       " more files belong to it; -o DIR writes them all");
    }
  }
  if (auto done = WriteRecordDocuments(stored->journal, by_record, &console.out); !done) {
    return FailUser("-o: " + done.error().message + "; accepted: a place that can be written");
  }
  return stored->report.exit_code;
}

}  // namespace

Action AddReport(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  app.add_option("run", options->run, "run directory, journal file, name of a run, or latest")
      ->type_name("RUN");
  AddListOption(app, "--format", options->formats, ParseFormat,
                "one or several; default: terminal" + FormatHelp())
      ->type_name("NAME");
  AddOption(app, "-o,--output", options->output, ParseText,
            "new file, or directory for new files; - is stdout, the default")
      ->type_name("FILE");
  AddJunitLevel(app, options->junit_cells);
  AddLanguageOption(app, options->language);
  AddOption(app, "--baseline", options->baseline, ParseText,
            "an earlier run: what changed since (html)")
      ->type_name("RUN");
  app.add_flag("--names", options->names, "with the names of hosts and people, left out otherwise");
  app.add_flag("-v,--verbose", options->verbose, "every cell (terminal)");
  AddLabOptions(app, options->lab, "those that the run took along");
  app.footer("Exits as the run itself did.");
  return [options](const Context& context) { return Report(*options, context); };
}

}  // namespace bulkhead
