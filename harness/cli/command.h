// The commands of `bulkhead`.  Adding one: a file that defines its Add function, its declaration
// here, and its line in the table of command.cc.
//
// Runs in: supervisor.
#ifndef BULKHEAD_CLI_COMMAND_H_
#define BULKHEAD_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "harness/base/error.h"
#include "harness/cli/console.h"

namespace bulkhead {

struct Context {
  Console console;
  std::string command_line;  // as typed, for the journal
  GetEnv env;
};

// The command itself, after its options were parsed.  Returns the exit code.
using Action = std::function<Expected<int>(const Context&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  Action (*add)(CLI::App& app);  // adds the command's options
};

std::span<const Command> Commands();

Action AddRun(CLI::App& app);
Action AddPredict(CLI::App& app);
Action AddList(CLI::App& app);
Action AddExplain(CLI::App& app);
Action AddReport(CLI::App& app);
Action AddJudge(CLI::App& app);
Action AddReplay(CLI::App& app);
Action AddDoctor(CLI::App& app);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_COMMAND_H_
