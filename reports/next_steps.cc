#include "reports/next_steps.h"

#include <fmt/format.h>

#include "harness/model/vehicle.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

// As one word of a shell.
std::string Quoted(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+/:%@,";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// The claim as it is typed: installed ones by id; of others, which were named by their file, the
// file.
std::string Typed(const RunPlan& plan, const Claim& claim, const Verdict& verdict) {
  const bool by_file =
      !claim.file.empty() && plan.command_line.find(claim.file) != std::string::npos;
  return Quoted(text::OneLine(by_file ? claim.file : verdict.claim));
}

}  // namespace

std::vector<std::string> NextSteps(const RunReport& report, std::size_t index) {
  const Verdict& verdict = report.verdicts[index];
  const std::string claim = Typed(report.plan, wording::ClaimOf(report, index), verdict);
  std::vector<std::string> steps{"bulkhead explain " + claim};
  const Trial* trial = wording::DecisiveTrial(report, verdict);
  if (trial != nullptr && (verdict.as_expected == false || verdict.control_failed)) {
    const CellKey& cell = trial->plan.cell;
    steps.push_back(fmt::format("bulkhead run {} --fault {} --vehicle {}", claim,
                                Quoted(text::OneLine(cell.scenario)), TraitsOf(cell.vehicle).name));
  }
  if (verdict.outcome == Outcome::kInconclusive || verdict.outcome == Outcome::kBroken ||
      verdict.control_failed) {
    steps.emplace_back("bulkhead doctor");
  }
  return steps;
}

}  // namespace bulkhead
