// The options of `run`, each checked when it is parsed.
//
// Runs in: supervisor.
#ifndef BULKHEAD_CLI_RUN_OPTIONS_H_
#define BULKHEAD_CLI_RUN_OPTIONS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/clock.h"
#include "harness/cli/lab_sheet.h"
#include "harness/cli/terminal_progress.h"
#include "harness/model/scenario.h"
#include "harness/model/vehicle.h"
#include "harness/supervisor/campaign.h"
#include "harness/supervisor/profile.h"
#include "reports/writer.h"

namespace bulkhead {

struct RunOptions {
  // What.
  std::vector<std::string> claims;    // files, or patterns over ids
  std::vector<std::string> excluded;  // patterns over ids
  std::vector<std::string> tags;
  std::vector<std::string> faults;
  std::vector<VehicleKind> vehicles;
  std::vector<std::string> plugins;
  std::string scenario_directory;
  std::vector<Danger> allowed;
  // How much.
  Profile profile = kDefaultProfile;
  std::optional<std::uint64_t> trials;
  std::optional<double> bound;
  double confidence = 0.95;
  std::optional<std::uint64_t> seed;
  std::uint64_t jobs = 1;
  Nanoseconds timeout = 5 * kSecond;
  CorePolicy core = CorePolicy::kOff;
  std::vector<std::string> blind;
  bool dry_run = false;
  // What is shown and written.
  std::string output;
  std::vector<const Writer*> formats;
  bool junit_cells = false;
  ShowOptions show;
  LabOptions lab;
  bool events = false;  // on stdout, what people see on stderr
};

void AddRunOptions(CLI::App& app, RunOptions& options);

// Shared with other commands.
void AddPluginOptions(CLI::App& app, std::vector<std::string>& plugins, std::string& directory);
void AddAllowOption(CLI::App& app, std::vector<Danger>& allowed);
void AddTimeoutOption(CLI::App& app, Nanoseconds& timeout);
void AddLanguageOption(CLI::App& app, std::string& language);
void AddJunitLevel(CLI::App& app, bool& cells);
Expected<std::vector<const Writer*>> ParseFormat(const std::string& text);
// Those that have a file in the run directory.
Expected<std::vector<const Writer*>> ParseFileFormat(const std::string& text);
// Each once, in the order in which they were asked for.
std::vector<const Writer*> Distinct(const std::vector<const Writer*>& writers);
std::string FormatHelp();  // a line or two for each, after a newline

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_RUN_OPTIONS_H_
