#include "harness/cli/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/judge/bounds.h"
#include "harness/model/names.h"
#include "reports/next_steps.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr std::size_t kMostEvents = 12;  // of a decisive trial

std::string Joined(const std::vector<Message>& conditions) {
  std::string out;
  for (const Message& condition : conditions) {
    out += (out.empty() ? "" : "; ") + condition.English();
  }
  return out;
}

// What the person can do about it.
std::string Next(const RunReport& report, std::size_t index) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  if (claim.quantifier == Quantifier::kAlways && verdict.outcome == Outcome::kInconclusive &&
      !verdict.control_failed) {
    const std::uint64_t needed = TrialsForBound(claim.target, report.plan.confidence);
    // Not planned, rather than planned and void, skipped or troubled.
    const auto few = [&](const CellResult& cell) {
      return cell.state == CellState::kOpen && cell.planned > 0 && cell.planned < needed;
    };
    if (std::ranges::any_of(verdict.cells, few)) {
      return fmt::format("needs {} trials per cell: leave out --trials", needed);
    }
  }
  return NextSteps(report, index).front();
}

double Seconds(Nanoseconds time) { return static_cast<double>(time) / kSecond; }

}  // namespace

std::string Field(std::string_view key, std::string_view value) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+:/%@#,<>*~";
  const std::string harmless = text::OneLine(value);
  if (!harmless.empty() && harmless.find_first_not_of(kPlain) == std::string::npos) {
    return fmt::format(" {}={}", key, harmless);
  }
  std::string quoted;
  for (const char c : harmless) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format(" {}=\"{}\"", key, quoted);
}

std::string RunRecord(const RunPlan& plan, const std::string& directory) {
  std::string line = "run" + Field("id", plan.run_id) + Field("version", plan.tool_version);
  const std::string_view kernel = wording::EnvelopeValue(plan.envelope, "kernel.release");
  if (!kernel.empty()) line += Field("kernel", kernel);
  line += fmt::format(" seed={:#x} jobs={} confidence={}", plan.seed, plan.jobs, plan.confidence);
  if (!plan.blind.empty()) line += Field("blind", fmt::format("{}", fmt::join(plan.blind, ",")));
  return line + Field("directory", directory);
}

std::string PlanRecord(const RunPlan& plan) {
  const PlanSize size = SizeOf(plan);
  std::string line = "plan";
  if (!plan.profile.empty()) line += Field("profile", plan.profile);
  line += fmt::format(" claims={} cells={} not_applicable={} trials={} jobs={}", plan.claims.size(),
                      plan.cells.size(), size.not_applicable, size.trials, plan.jobs);
  if (plan.estimate > 0) line += fmt::format(" estimate={:.0f}", Seconds(plan.estimate));
  return line;
}

std::string ProgressRecord(const Progress& progress) {
  std::string line =
      fmt::format("progress done={} planned={} elapsed={:.0f} rate={:.0f}", progress.done,
                  progress.planned, Seconds(progress.elapsed), progress.rate);
  if (!progress.running.empty()) line += Field("running", CellName(progress.running.front().cell));
  return line;
}

std::string VerdictRecord(const Claim& claim, const Verdict& verdict) {
  std::string line =
      "verdict" + Field("outcome", NameOf(verdict.outcome)) + Field("claim", verdict.claim);
  if (claim.quantifier != Quantifier::kRatio) {
    line += fmt::format(" n={} k={}", verdict.counted, verdict.found);
  } else if (!verdict.ratio) {
    line += " samples=0";
  }
  if (verdict.ratio) {
    line += fmt::format(" samples={} ratio={:.4g} low={:.4g} high={:.4g}", verdict.ratio->samples,
                        verdict.ratio->ratio, verdict.ratio->low, verdict.ratio->high);
  } else if (claim.quantifier == Quantifier::kAlways && verdict.worst_upper < 1.0) {
    line += fmt::format(" upper={:.5f}", verdict.worst_upper);
  }
  if (verdict.witness) line += fmt::format(" witness={}", *verdict.witness);
  if (!verdict.holds_in.empty()) {
    line += Field("holds_in", Joined(verdict.holds_in));
  }
  if (!verdict.fails_in.empty()) {
    line += Field("fails_in", Joined(verdict.fails_in));
  }
  line += Field("expected", wording::ExpectationWord(claim, verdict));
  if (verdict.outcome == Outcome::kNotApplicable) line += Field("why", verdict.sentence.English());
  return line;
}

std::string CellRecord(const std::string& claim, const CellResult& cell) {
  std::string line =
      "cell" + Field("state", NameOf(cell.state)) + Field("claim", claim) +
      Field("cell", CellName(cell.cell)) +
      fmt::format(" n={} k={} lower={:.5f} upper={:.5f} void={} troubled={}", cell.counted,
                  cell.found, cell.lower, cell.upper, cell.void_trials, cell.troubled);
  if (cell.replays > 0) {
    line += fmt::format(" replays={} replayed={}", cell.replays, cell.replayed);
  }
  if (!cell.reason.empty()) line += Field("reason", cell.reason.English());
  return line;
}

std::string SlowRecord(const RunningTrial& trial) {
  return "slow" + Field("cell", CellName(trial.cell)) +
         fmt::format(" trial={} arm={} for={:.1f}", trial.trial, NameOf(trial.arm),
                     Seconds(trial.for_ns));
}

std::string LeakRecord(const Leak& leak) {
  std::string line = "leak";
  if (!leak.cell.scenario.empty()) {
    line += Field("cell", CellName(leak.cell)) + fmt::format(" block={}", leak.block);
  }
  return line + Field("what", leak.what);
}

std::vector<std::string> AttentionRecords(const RunReport& report) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    if (!wording::NeedsAttention(verdict)) continue;
    lines.push_back(
        "attention" + Field("outcome", NameOf(verdict.outcome)) + Field("claim", verdict.claim) +
        Field("expected", wording::ExpectationWord(wording::ClaimOf(report, i), verdict)) +
        Field("controls", verdict.control_failed ? "failed" : "passed") +
        Field("why", verdict.sentence.English()) + Field("next", Next(report, i)));
    const Trial* trial = wording::DecisiveTrial(report, verdict);
    if (trial == nullptr) continue;
    for (const TimelineRow& row : TimelineOf(*trial, Detail::kMain, kMostEvents).rows) {
      lines.push_back("evidence" + Field("claim", verdict.claim) +
                      Field("trial", fmt::format("{}", trial->plan.id)) + Field("at", row.when) +
                      Field("unit", row.unit) + Field("word_of", row.word_of) +
                      Field("what", row.what));
    }
  }
  return lines;
}

std::string SummaryRecord(const RunReport& report) {
  std::string line = fmt::format("summary claims={}", report.verdicts.size());
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    std::string key(outcome.name);
    std::ranges::replace(key, '-', '_');
    line += fmt::format(" {}={}", key,
                        std::ranges::count(report.verdicts, outcome.value, &Verdict::outcome));
  }
  const auto unexpected = std::ranges::count_if(
      report.verdicts, [](const Verdict& verdict) { return verdict.as_expected == false; });
  return line + fmt::format(" unexpected={} leaks={} interrupted={} took={:.1f} exit={}",
                            unexpected, report.leaks.size(), report.end.interrupted ? "yes" : "no",
                            Seconds(report.end.took), report.exit_code);
}

}  // namespace bulkhead
