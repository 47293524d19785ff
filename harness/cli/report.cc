// `bulkhead report RUN`: writes the report of a stored run, from its journal, in any format.
//
// Runs in: anywhere.  Starts no unit.
#include <filesystem>
#include <memory>

#include "harness/cli/command.h"
#include "harness/cli/option_values.h"
#include "harness/cli/run_options.h"
#include "harness/cli/stored_run.h"
#include "harness/os/file.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

struct ReportOptions {
  std::string run;
  std::vector<const Writer*> formats;
  std::string output = "-";
  std::string language = "en";
  bool verbose = false;
};

Expected<int> Report(const ReportOptions& options, const Context& context) {
  const Console& console = context.console;
  std::vector<const Writer*> writers = options.formats;
  if (writers.empty()) writers.push_back(FindWriter("terminal"));
  const bool to_stdout = options.output == "-";
  if (!to_stdout && writers.size() > 1) {
    return FailUser("-o: one file for several formats; accepted: one --format, or -o -");
  }
  std::error_code ignored;
  if (!to_stdout &&
      std::filesystem::exists(std::filesystem::symlink_status(options.output, ignored))) {
    return FailUser("-o: " + options.output +
                    " exists, and nothing is ever overwritten; accepted: a file that does not "
                    "exist yet, or - for stdout");
  }
  const auto stored = ReadStoredRun(options.run);
  if (!stored) return tl::make_unexpected(stored.error());
  if (stored->torn) {
    console.err.Line("note: the journal was cut off after " + std::to_string(stored->records) +
                     " records; this is the report of what is there");
  }
  WriteOptions write;
  write.width = console.out.Width();
  write.color = to_stdout && console.out.color;
  write.language = options.language;
  write.verbose = options.verbose;
  for (const Writer* writer : writers) {
    const std::string text = writer->write(stored->report, write);
    if (to_stdout) {
      console.out.Write(text);
    } else if (auto written = os::WriteFile(options.output, text); !written) {
      return FailUser("-o: " + written.error().message + "; accepted: a file that can be written");
    }
  }
  return stored->report.exit_code;
}

}  // namespace

Action AddReport(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  app.add_option("run", options->run, "run directory, journal file, name of a run, or latest")
      ->type_name("RUN");
  AddListOption(app, "--format", options->formats, ParseFormat,
                FormatHelp() + "; default: terminal")
      ->type_name("NAME");
  AddOption(app, "-o,--output", options->output, ParseText,
            "file to write, a new one; - is stdout, the default")
      ->type_name("FILE");
  AddLanguageOption(app, options->language);
  app.add_flag("-v,--verbose", options->verbose, "every cell (terminal)");
  app.footer("Exits as the run itself did.");
  return [options](const Context& context) { return Report(*options, context); };
}

}  // namespace bulkhead
