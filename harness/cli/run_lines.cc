#include "harness/cli/run_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/model/names.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr std::size_t kLeast = 40;        // columns
constexpr std::size_t kWord = 17;         // columns of the words: "!– not-applicable"
constexpr std::size_t kText = kWord + 2;  // where what it is about begins
constexpr std::size_t kBar = 10;

std::size_t WidthOf(const Face& face) { return std::max(face.width, kLeast); }

// `text` with `word` before it, wrapped; the word takes its column alone.
std::vector<std::string> Labelled(Tone tone, std::string_view word, std::string_view text,
                                  const Face& face) {
  std::vector<std::string> lines;
  std::string head = face.stream->Paint(tone, text::PadLeft(word, kWord)) + "  ";
  for (const std::string& line : text::Wrap(text, WidthOf(face) - kText)) {
    lines.push_back(head + line);
    head.assign(kText, ' ');
  }
  return lines;
}

// k and n with the bound, the witness, or the ratio: what the verdict stands on.
std::string Decisive(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  if (verdict.outcome == Outcome::kNotApplicable) return std::string(tr("not on this machine"));
  const std::string result = wording::Result(claim, verdict, tr);
  if (claim.quantifier == Quantifier::kRatio) return result;
  return fmt::format("{}/{}, {}", wording::Count(verdict.found, tr),
                     wording::Count(verdict.counted, tr), result);
}

std::string Evidence(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  std::string text = Decisive(claim, verdict, tr);
  if (const std::string news = News(claim, verdict); !news.empty()) text += ", " + news;
  if (verdict.as_expected == false && claim.expect) {
    text += ", " + tr.Format("expected {}", NameOf(*claim.expect));
  }
  return text;
}

bool IsOfBystanders(Finding finding) {
  switch (finding) {
    case Finding::kBystanderDied:
    case Finding::kBystanderStopped:
    case Finding::kBystanderDamaged:
    case Finding::kBystanderAffected:
    case Finding::kSilentDamage:
      return true;
    default:
      return false;
  }
}

double Seconds(Nanoseconds time) { return static_cast<double>(time) / kSecond; }

std::uint64_t PercentOf(const Progress& progress) {
  return progress.planned == 0 ? 100 : progress.done * 100 / progress.planned;
}

// "0:54", "12:07", "1:02:07".
std::string Clock(double seconds) {
  const auto all = static_cast<std::uint64_t>(std::llround(seconds));
  if (all < 3600) return fmt::format("{}:{:02}", all / 60, all % 60);
  return fmt::format("{}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60);
}

std::string UnitLine(const RunningUnit& unit, const Translator& tr) {
  const std::string who =
      unit.pid == 0 ? unit.name : tr.Format("{} (process {})", unit.name, unit.pid);
  switch (unit.stage) {
    case UnitStage::kStarting:
      return tr.Format("{} is being set up", who);
    case UnitStage::kReady:
      return tr.Format("{} is set up and waits", who);
    case UnitStage::kActing:
      return tr.Format("{} was told to act and is not back", who);
    case UnitStage::kReturned:
      return tr.Format("{} has acted and is back", who);
    case UnitStage::kAsked:
      return tr.Format("{} was asked for a sign of life", who);
    case UnitStage::kAnswered:
      return tr.Format("{} has given a sign of life", who);
    case UnitStage::kSilent:
      return tr.Format("{} has not answered in time", who);
    case UnitStage::kEnded:
      return tr.Format("{} has ended", who);
  }
  return who;
}

}  // namespace

Tone ToneOf(const Verdict& verdict) {
  if (verdict.as_expected == false || verdict.outcome == Outcome::kBroken) return Tone::kBad;
  switch (verdict.outcome) {
    case Outcome::kSupported:
      return Tone::kGood;
    case Outcome::kInconclusive:
      return Tone::kOpen;
    case Outcome::kNotApplicable:
      return Tone::kDim;
    default:
      return Tone::kStrong;  // refuted and conditional are results, not failures
  }
}

std::string PlanLine(const RunPlan& plan, const Translator& tr) {
  const PlanSize size = SizeOf(plan);
  const std::uint64_t cells = plan.cells.size();
  const std::string claims = tr.FormatPlural("{} claim", "{} claims", plan.claims.size(),
                                             wording::Count(plan.claims.size(), tr));
  const std::string trials =
      tr.FormatPlural("{} trial", "{} trials", size.trials, wording::Count(size.trials, tr));
  const std::string where =
      size.not_applicable > 0
          ? tr.FormatPlural("{} in {} of {} cell", "{} in {} of {} cells", cells, trials,
                            wording::Count(cells - size.not_applicable, tr),
                            wording::Count(cells, tr))
          : tr.FormatPlural("{} in {} cell", "{} in {} cells", cells, trials,
                            wording::Count(cells, tr));
  std::string line =
      fmt::format("{}, {}, {}", claims, where,
                  tr.FormatPlural("{} job", "{} jobs", plan.jobs, wording::Count(plan.jobs, tr)));
  if (plan.estimate > 0) line += ", " + wording::About(plan.estimate, tr);
  if (!plan.profile.empty()) line += " " + tr.Format("(profile {})", plan.profile);
  return line;
}

std::vector<std::string> PlanLines(const RunPlan& plan, const Face& face) {
  return Labelled(Tone::kStrong, face.tr("Starting"), PlanLine(plan, face.tr), face);
}

std::string News(const Claim& claim, const Verdict& verdict) {
  if (verdict.found == 0 || claim.quantifier == Quantifier::kRatio ||
      !IsOfBystanders(claim.experiment.finding)) {
    return "";
  }
  const bool news = verdict.as_expected == false || verdict.outcome == Outcome::kRefuted ||
                    verdict.outcome == Outcome::kConditional;
  if (!news) return "";
  std::map<std::string, std::uint64_t> fates;
  for (const CellResult& cell : verdict.cells) {
    if (cell.found == 0) continue;
    for (const auto& [fate, times] : cell.bystander_fates) {
      if (fate != "intact") fates[fate] += times;
    }
  }
  if (fates.empty()) return "";
  const std::string& most =
      std::ranges::max_element(fates, {}, [](const auto& entry) { return entry.second; })->first;
  constexpr std::string_view kSignaled = "signaled ";
  return text::OneLine(most.starts_with(kSignaled) ? most.substr(kSignaled.size()) : most);
}

std::vector<std::string> VerdictLines(const Claim& claim, const Verdict& verdict,
                                      std::size_t id_width, const Face& face) {
  const std::string head =
      text::PadLeft(fmt::format("{}{} {}", verdict.as_expected == false ? "!" : "",
                                wording::Symbol(verdict.outcome), NameOf(verdict.outcome)),
                    kWord);
  const std::string id = text::OneLine(verdict.claim);
  const std::string evidence = Evidence(claim, verdict, face.tr);
  const std::size_t width = WidthOf(face) - kText;
  std::string lead = face.stream->Paint(ToneOf(verdict), head) + "  ";
  // Long evidence moves to the left, out of its column, before it goes to a line of its own.
  const std::size_t beside = text::DisplayWidth(evidence) + 2;
  if (text::DisplayWidth(id) + beside <= width) {
    return {lead + text::PadRight(id, std::min(id_width, width - beside)) + "  " + evidence};
  }
  std::vector<std::string> lines;
  for (const std::string& what : {id, evidence}) {
    for (const std::string& line : text::Wrap(what, width)) {
      lines.push_back(lead + line);
      lead.assign(kText, ' ');
    }
  }
  return lines;
}

std::vector<std::string> NoteLines(std::string_view text, const Face& face) {
  return Labelled(Tone::kOpen, face.tr("note"), text::OneLine(text), face);
}

std::vector<std::string> SlowLines(const RunningTrial& trial, const Face& face) {
  return Labelled(
      Tone::kOpen, "! SLOW",
      face.tr.Format("{}: trial {} has taken {} so far", text::OneLine(CellName(trial.cell)),
                     trial.trial, wording::Took(trial.for_ns, face.tr)),
      face);
}

std::vector<std::string> LeakLines(const Leak& leak, const Face& face) {
  const std::string what = text::OneLine(leak.what);
  return Labelled(Tone::kOpen, "! LEAK",
                  leak.cell.scenario.empty()
                      ? what
                      : face.tr.Format("{}, block {}: {}", text::OneLine(CellName(leak.cell)),
                                       leak.block, what),
                  face);
}

std::vector<std::string> StatusLines(const Progress& progress, const Face& face) {
  const Translator& tr = face.tr;
  std::vector<std::string> lines;
  const auto add = [&](std::size_t indent, std::string_view text) {
    for (const std::string& line : text::Wrap(text, WidthOf(face) - indent)) {
      lines.push_back(std::string(indent, ' ') + line);
    }
  };
  add(0, tr.Format("running for {}: {} of {} trials done ({} %), {} in flight",
                   wording::Took(progress.elapsed, tr), wording::Count(progress.done, tr),
                   wording::Count(progress.planned, tr), PercentOf(progress),
                   progress.running.size()));
  for (const RunningTrial& trial : progress.running) {
    add(2, tr.Format("job {}: trial {}, {}, {}, for {}", trial.job, trial.trial,
                     text::OneLine(CellName(trial.cell)), NameOf(trial.arm),
                     wording::Took(trial.for_ns, tr)));
    for (const RunningUnit& unit : trial.units) add(4, UnitLine(unit, tr));
  }
  return lines;
}

std::string InterruptedText(int times, std::size_t in_flight, const Translator& tr) {
  if (times > 1) return std::string(tr("interrupted again: stopping the trials in flight"));
  return tr.FormatPlural(
      "interrupted: finishing {} trial in flight, then the report; once more to stop at once",
      "interrupted: finishing {} trials in flight, then the report; once more to stop at once",
      in_flight, in_flight);
}

std::string LiveLine(const Progress& progress, const Tally& tally, int width,
                     const Translator& tr) {
  const std::uint64_t percent = PercentOf(progress);
  std::string line =
      fmt::format("[{:-<{}}] {:3} %  {}/{}", std::string(kBar * percent / 100, '#'), kBar, percent,
                  wording::Count(progress.done, tr), wording::Count(progress.planned, tr));
  if (progress.rate > 0) {
    const double left = static_cast<double>(progress.planned - progress.done) / progress.rate;
    line += fmt::format(
        "  {}/s  ", wording::Count(static_cast<std::uint64_t>(std::llround(progress.rate)), tr));
    line += tr.Format("{} left", Clock(left));
  }
  if (tally.unexpected > 0) line += "  " + tr.Format("{} unexpected", tally.unexpected);
  if (tally.open > 0) line += "  " + tr.Format("{} open", tally.open);
  // What has been there for longest is what one wants to know.
  std::vector<RunningTrial> running = progress.running;
  std::ranges::stable_sort(running, std::ranges::greater(), &RunningTrial::for_ns);
  std::string before = "  ";
  for (const RunningTrial& trial : running) {
    line += before + text::OneLine(CellName(trial.cell));
    if (trial.for_ns >= kSecond) line += fmt::format(" ({:.0f} s)", Seconds(trial.for_ns));
    before = ", ";
  }
  // A full line makes some terminals wrap, and the ^C that a terminal echoes needs two columns.
  return text::Clip(line, static_cast<std::size_t>(std::max(width - 3, 20)));
}

}  // namespace bulkhead
