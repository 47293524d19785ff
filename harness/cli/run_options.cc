#include "harness/cli/run_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "harness/base/suggest.h"
#include "harness/cli/language_option.h"
#include "harness/cli/option_values.h"
#include "harness/model/names.h"
#include "reports/text.h"

namespace bulkhead {
namespace {

constexpr std::uint64_t kMostTrials = 100'000'000;
constexpr std::uint64_t kMostJobs = 256;

// A reader of one of some words, for AddOption.
template <typename T>
auto OneOf(std::vector<std::pair<std::string, T>> words) {
  return [words = std::move(words)](const std::string& text) { return ParseWord<T>(text, words); };
}

auto CountIn(std::uint64_t least, std::uint64_t most) {
  return [=](const std::string& text) { return ParseCount(text, least, most); };
}

Expected<VehicleKind> ParseVehicle(const std::string& text) {
  if (const auto vehicle = FindVehicle(text)) return *vehicle;
  return FailUser("found \"" + text + "\"" + Accepted(text, VehicleNames()));
}

std::vector<std::string> FileFormats() {
  std::vector<std::string> names = WriterNames();
  std::erase_if(names,
                [](const std::string& name) { return FindWriters(name)[0]->file_name.empty(); });
  return names;
}

// As lines that fit beside the names of options.
std::string Wrapped(const std::string& text) {
  constexpr std::size_t kWidth = 52;
  std::string all;
  for (const std::string& line : text::Wrap(text, kWidth)) all += (all.empty() ? "" : "\n") + line;
  return all;
}

std::string ListOf(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void AddSelection(CLI::App& app, RunOptions& options) {
  app.add_option("claims", options.claims,
                 "claim files (*.toml), or patterns over the ids of the installed claims; none: "
                 "all installed claims")
      ->type_name("CLAIM");
  AddListOption(app, "-e,--exclude", options.excluded, ParseText, "leave claims out, by id")
      ->type_name("GLOB");
  AddListOption(app, "--tag", options.tags, ParseText, "only scenarios that carry the tag")
      ->type_name("TAG");
  AddListOption(app, "--fault", options.faults, ParseText, "only scenarios of that name")
      ->type_name("GLOB");
  AddListOption(app, "--vehicle", options.vehicles, ParseVehicle, "only these vehicles")
      ->type_name("NAME");
  AddPluginOptions(app, options.plugins, options.scenario_directory);
  AddAllowOption(app, options.allowed);
}

std::vector<std::pair<std::string, Profile>> ProfilesByName() {
  std::vector<std::pair<std::string, Profile>> profiles;
  for (const Profile& profile : kProfiles) profiles.emplace_back(profile.name, profile);
  return profiles;
}

std::string ProfileHelp() {
  std::string text = "how much; --trials and --bound go before its bound";
  for (const Profile& profile : kProfiles) {
    text += fmt::format("\n{}: {}", profile.name, profile.summary);
  }
  return text;
}

void AddAmounts(CLI::App& app, RunOptions& options) {
  AddOption(app, "--profile", options.profile, OneOf<Profile>(ProfilesByName()), ProfileHelp())
      ->type_name("NAME");
  CLI::Option* trials =
      AddOption(app, "--trials", options.trials, CountIn(1, kMostTrials),
                "trials per cell, measures too, instead of as many as the bound needs")
          ->type_name("N");
  AddOption(app, "--bound", options.bound, ParseRate,
            "upper bound that a clean cell shall reach, instead of each claim's target (0.01: "
            "299 trials)")
      ->type_name("P")
      ->excludes(trials);
  AddOption(app, "--confidence", options.confidence, ParseConfidence, "of all bounds; 0.95")
      ->type_name("C");
  AddOption(app, "--seed", options.seed, ParseSeed, "of every random choice; default: random")
      ->type_name("S");
  options.jobs = std::max(1u, std::thread::hardware_concurrency()) + 1;
  AddOption(app, "-j,--jobs", options.jobs, CountIn(1, kMostJobs),
            "trials at the same time; default: one more than CPUs, for some wait")
      ->type_name("N");
  AddTimeoutOption(app, options.timeout);
  AddOption(app, "--core", options.core,
            OneOf<CorePolicy>(
                {{"off", CorePolicy::kOff}, {"on", CorePolicy::kOn}, {"as-is", CorePolicy::kAsIs}}),
            "core dumps of units: off (default), on or as-is")
      ->type_name("POLICY");
  // Not for use: the proof that verdicts come out of the evidence (tests/selfproof).
  AddListOption(app, "--blind", options.blind,
                OneOf<std::string>({{"canary", "canary"},
                                    {"injection", "injection"},
                                    {"challenge", "challenge"},
                                    {"wait", "wait"}}),
                "do not look, or do not act")
      ->group("");
  app.add_flag("-n,--dry-run", options.dry_run, "show the plan, run and write nothing");
}

void AddOutput(CLI::App& app, RunOptions& options) {
  AddOption(app, "-o,--output", options.output, ParseText,
            "directory of the run, new or empty; default: bulkhead-runs/<time>-<id>")
      ->type_name("DIR");
  AddListOption(app, "--format", options.formats, ParseFileFormat,
                Wrapped("reports to write there, default: html and markdown (json always); "
                        "`bulkhead report --help` "
                        "describes them: " +
                        ListOf(FileFormats())))
      ->type_name("NAME");
  AddJunitLevel(app, options.junit_cells);
  AddLanguageOption(app, options.show.language);
  AddLabOptions(app, options.lab, "predictions.toml, if it is here; the run takes it along");
  CLI::Option* quiet = app.add_flag("-q,--quiet", options.show.quiet, "only the summary");
  app.add_flag("-v,--verbose", options.show.verbose, "every cell")->excludes(quiet);
  AddOption(app, "--progress", options.show.progress,
            OneOf<ProgressStyle>({{"auto", ProgressStyle::kAuto},
                                  {"bar", ProgressStyle::kBar},
                                  {"plain", ProgressStyle::kPlain},
                                  {"none", ProgressStyle::kNone}}),
            "auto, bar (a live line), plain (records) or none")
      ->type_name("STYLE");
  AddOption(app, "--message-format", options.events, OneOf<bool>({{"text", false}, {"json", true}}),
            "text, or json: stdout gets a line of JSON per event, stderr what people read")
      ->type_name("FORMAT")
      ->excludes("--dry-run");
}

}  // namespace

void AddRunOptions(CLI::App& app, RunOptions& options) {
  AddSelection(app, options);
  AddAmounts(app, options);
  AddOutput(app, options);
}

void AddPluginOptions(CLI::App& app, std::vector<std::string>& plugins, std::string& directory) {
  AddListOption(app, "--plugin", plugins, ParseText, "one more scenario plugin (.so)")
      ->type_name("FILE");
  AddOption(app, "--scenarios", directory, ParseText,
            "take the scenario plugins of this directory instead of the installed ones")
      ->type_name("DIR");
}

void AddAllowOption(CLI::App& app, std::vector<Danger>& allowed) {
  AddListOption(app, "--allow", allowed,
                OneOf<Danger>({{"heavy", Danger::kHeavy}, {"hazard", Danger::kHazard}}),
                "run scenarios of this danger class, too: heavy or hazard")
      ->type_name("CLASS");
}

void AddTimeoutOption(CLI::App& app, Nanoseconds& timeout) {
  AddOption(app, "--timeout", timeout, ParseDuration,
            "of one trial, after which it counts as hung; 5s")
      ->type_name("TIME");
}

void AddLanguageOption(CLI::App& app, std::string& language) {
  const auto parse = [](const std::string& text) {
    return ParseLanguage(text).map([](Language found) { return std::string(CodeOf(found)); });
  };
  AddOption(app, "--lang", language, parse, "language of the claims: en, id or pt")
      ->type_name("LANG");
}

void AddJunitLevel(CLI::App& app, bool& cells) {
  AddOption(app, "--junit-level", cells, OneOf<bool>({{"claim", false}, {"cell", true}}),
            "a testcase for each claim (default) or for each cell")
      ->type_name("LEVEL");
}

Expected<std::vector<const Writer*>> ParseFormat(const std::string& text) {
  if (auto writers = FindWriters(text); !writers.empty()) return writers;
  return FailUser("found \"" + text + "\"" + Accepted(text, WriterNames()));
}

Expected<std::vector<const Writer*>> ParseFileFormat(const std::string& text) {
  auto writers = FindWriters(text);
  if (!writers.empty() && !writers[0]->file_name.empty()) return writers;
  return FailUser("found \"" + text + "\"" + Accepted(text, FileFormats()));
}

std::vector<const Writer*> Distinct(const std::vector<const Writer*>& writers) {
  std::vector<const Writer*> once;
  for (const Writer* writer : writers) {
    if (std::ranges::find(once, writer) == once.end()) once.push_back(writer);
  }
  return once;
}

std::string FormatHelp() {
  std::string help;
  for (const Writer& writer : Writers()) {
    help += "\n" + Wrapped(fmt::format("{}: {}", writer.name, writer.summary));
  }
  return help + "\n" + Wrapped("csv: all three of csv-claims, csv-cells and csv-trials");
}

}  // namespace bulkhead
