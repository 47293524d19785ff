#include "harness/cli/application.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>

#include "harness/base/suggest.h"
#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/option_values.h"
#include "harness/os/signals.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  bulkhead run                        all installed claims\n"
    "  bulkhead run 'crash.*'              some of them\n"
    "  bulkhead run my-lab.toml            claims of your own\n"
    "  bulkhead explain crash.process-contained\n"
    "  bulkhead report latest --format markdown\n";

std::string ExitCodes() {
  std::string text = "Exit codes:\n";
  for (const int code :
       {kAsExpected, kUnexpected, kUsage, kOpen, kUnfit, kNothingRan, kInterrupted}) {
    text += fmt::format("  {:<4} {}\n", code, wording::MeaningOfExit(code));
  }
  return text;
}

std::string Help() {
  std::string text =
      "bulkhead: breaks processes and threads on purpose and reports who survives\n\n"
      "Usage: bulkhead COMMAND [OPTIONS]\n\nCommands:\n";
  for (const Command& command : Commands()) {
    text += fmt::format("  {:<8} {}\n", command.name, command.summary);
  }
  return text +
         "\n  bulkhead COMMAND --help   all options of a command\n"
         "  bulkhead --version        the version\n\n" +
         kExamples + "\n" + ExitCodes();
}

// As typed, with quotes where a shell would need them.
std::string CommandLine(const std::vector<std::string>& arguments) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,@%";
  std::string line = "bulkhead";
  for (const std::string& argument : arguments) {
    line += ' ';
    if (!argument.empty() && argument.find_first_not_of(kSafe) == std::string::npos) {
      line += argument;
      continue;
    }
    line += '\'';
    for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

// One message, maybe of several lines (the problems of a claim file).
void Complain(const Stream& err, std::string_view program, std::string_view message) {
  for (;;) {
    const std::size_t end = message.find('\n');
    err.Line(fmt::format("{}: {}", err.Paint(Tone::kStrong, program), message.substr(0, end)));
    if (end == std::string_view::npos) return;
    message.remove_prefix(end + 1);
  }
}

std::string RefuseExtra(const CLI::App& app, const std::string& extra) {
  if (!extra.starts_with('-')) return "unexpected argument \"" + extra + "\"";
  const std::string word = extra.substr(0, extra.find('='));
  std::vector<std::string> options;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    for (const std::string& name : option->get_snames()) options.push_back("-" + name);
  }
  const std::string nearest = Nearest(word, options);
  return "unknown option \"" + word + "\"" +
         (nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)");
}

ColorChoice ChoiceOf(const std::vector<std::string>& arguments) {
  // Needed before the arguments are parsed, because complaints about them are coloured, too.
  if (std::ranges::find(arguments, "--color=never") != arguments.end()) return ColorChoice::kNever;
  return ColorChoice::kAuto;
}

int RunCommand(const Command& command, const std::vector<std::string>& arguments, std::FILE* out,
               std::FILE* err) {
  const std::string program = "bulkhead " + std::string(command.name);
  const GetEnv env = [](const char* name) { return std::getenv(name); };
  Context context{MakeConsole(out, err, ChoiceOf(arguments), env), CommandLine(arguments), env};
  const auto refuse = [&](const std::string& message) {
    Complain(context.console.err, program, message + "; see `" + program + " --help`");
    return kUsage;
  };

  CLI::App app(std::string(command.summary), program);
  app.allow_extras();  // refused below, with a suggestion
  app.get_formatter()->column_width(28);
  ColorChoice color = ColorChoice::kAuto;
  AddOption(
      app, "--color", color,
      [](const std::string& text) {
        return ParseWord<ColorChoice>(text, {{"auto", ColorChoice::kAuto},
                                             {"always", ColorChoice::kAlways},
                                             {"never", ColorChoice::kNever}});
      },
      "auto, always or never; NO_COLOR and CLICOLOR_FORCE are heeded")
      ->type_name("WHEN");
  const Action action = command.add(app);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend() - 1));
  } catch (const CLI::CallForHelp&) {
    context.console.out.Write(app.help());
    return kAsExpected;
  } catch (const CLI::ValidationError& error) {
    Complain(context.console.err, program, error.what());
    return kUsage;
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  }
  const std::vector<std::string> extras = app.remaining();
  if (!extras.empty()) return refuse(RefuseExtra(app, extras.front()));

  context.console = MakeConsole(out, err, color, env);
  const Expected<int> code = action(context);
  if (code) return *code;
  Complain(context.console.err, program, code.error().message);
  return ExitCodeOfError(code.error());
}

int Dispatch(const std::vector<std::string>& arguments, std::FILE* out, std::FILE* err) {
  const std::string first = arguments.empty() ? "" : arguments.front();
  if (first == "--help" || first == "-h" || first == "help") {
    std::fputs(Help().c_str(), out);
    return kAsExpected;
  }
  if (first == "--version" || first == "-V") {
    std::fputs("bulkhead " BULKHEAD_VERSION "\n", out);
    return kAsExpected;
  }
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    if (command.name == first) {
      try {
        return RunCommand(command, arguments, out, err);
      } catch (const std::exception& error) {  // ours to mend: memory ran out, or a bug
        fmt::print(err, "bulkhead {}: internal error: {}\n", first, error.what());
        return kUnfit;
      }
    }
    names.emplace_back(command.name);
  }
  fmt::print(err, "bulkhead: {}{}; see `bulkhead --help`\n",
             first.empty() ? "no command" : "unknown command \"" + first + "\"",
             Accepted(first, names));
  return kUsage;
}

}  // namespace

int RunApplication(const std::vector<std::string>& arguments, std::FILE* out, std::FILE* err) {
  // Before the first line is written: who stops reading must not end a run.
  os::PrepareSupervisorSignals();
  const int code = Dispatch(arguments, out, err);
  const std::string why = WhyNotWritten(out);
  if (why.empty()) return code;
  fmt::print(err, "bulkhead: the output could not be written: {}\n", why);
  const bool worse = code == kUsage || code == kNothingRan || code == kInterrupted;
  return worse ? code : kUnfit;
}

}  // namespace bulkhead
