#include "harness/cli/command.h"

#include <array>

namespace bulkhead {
namespace {

constexpr auto kCommands = std::to_array<Command>({
    {"run", "put claims to the test on this machine and report the verdicts", &AddRun},
    {"predict", "write down what you expect of claims, before a run", &AddPredict},
    {"list", "list claims, scenarios, vehicles or faults", &AddList},
    {"explain", "explain a claim, scenario, vehicle or verdict", &AddExplain},
    {"report", "write the report of a stored run again, in any format", &AddReport},
    {"judge", "judge the evidence of a stored run again", &AddJudge},
    {"replay", "repeat a trial of a stored run and see how often it shows the same", &AddReplay},
    {"doctor", "tell what this machine can and cannot show, and why", &AddDoctor},
});

}  // namespace

std::span<const Command> Commands() { return kCommands; }

}  // namespace bulkhead
