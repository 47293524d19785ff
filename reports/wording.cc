#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>

#include "harness/base/msgid.h"
#include "harness/model/names.h"
#include "reports/text.h"

namespace bulkhead::wording {
namespace {

// The text in `language` ("pt_BR" finds "pt"), else in English, else in the original, else any.
std::string InLanguage(const std::map<std::string, std::string>& texts, std::string_view language,
                       std::string_view original, std::string* chosen) {
  const std::string_view base = language.substr(0, language.find_first_of("_-.@"));
  auto found = texts.end();
  for (const std::string_view wanted : {language, base, std::string_view("en"), original}) {
    if (found == texts.end()) found = texts.find(std::string(wanted));
  }
  if (found == texts.end()) found = texts.begin();
  if (found == texts.end()) return "";
  if (chosen) *chosen = found->first;
  return text::OneLine(found->second);
}

// With the first letter large, also where it is one of Portuguese's (U+00E0 to U+00FE).
std::string Capital(std::string_view text) {
  std::string out(text);
  if (out.starts_with('\xc3') && out.size() > 1 && static_cast<unsigned char>(out[1]) >= 0xa0) {
    out[1] = static_cast<char>(static_cast<unsigned char>(out[1]) - 0x20);
  } else if (!out.empty()) {
    out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  }
  return out;
}

}  // namespace

std::string_view Symbol(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSupported:
      return "✔";
    case Outcome::kRefuted:
      return "✘";
    case Outcome::kConditional:
      return "◐";
    case Outcome::kInconclusive:
      return "?";
    case Outcome::kNotApplicable:
      return "–";
    case Outcome::kBroken:
      return "!";
  }
  return "?";
}

std::string_view Symbol(CellState state) {
  switch (state) {
    case CellState::kHolds:
      return "✔";
    case CellState::kViolated:
      return "✘";
    case CellState::kOpen:
      return "?";
    case CellState::kNotApplicable:
      return "–";
    case CellState::kBroken:
      return "!";
  }
  return "?";
}

std::string Word(Outcome outcome) {
  std::string word(NameOf(outcome));
  for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return word;
}

std::string Percent(double rate, const Translator& tr) {
  if (!(rate > 0)) return "0 %";
  if (rate >= 1) return "100 %";
  if (rate < 0.0001) return "< " + tr.Number("0.01 %");
  if (rate >= 0.9995) return "> " + tr.Number("99.9 %");
  std::string digits = fmt::format("{:.{}f}", rate * 100, rate < 0.1 ? 2 : 1);
  if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
  return tr.Number(digits) + " %";
}

std::string Count(std::uint64_t count, const Translator& tr) { return tr(Message::Count(count)); }

std::string Counted(std::uint64_t count, std::string_view one) {
  return fmt::format("{} {}{}", Count(count), one, count == 1 ? "" : "s");
}

std::string Took(Nanoseconds time, const Translator& tr) {
  const double seconds = static_cast<double>(time) / kSecond;
  if (seconds < 59.95) return tr.Number(fmt::format("{:.1f} s", seconds));
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  return fmt::format("{} min {} s", Count(whole / 60, tr), whole % 60);
}

std::string About(Nanoseconds time, const Translator& tr) {
  const double seconds = static_cast<double>(time) / kSecond;
  if (seconds < 5) return std::string(tr("some seconds"));
  if (seconds < 95) return tr.Format("about {:.0f} s", std::ceil(seconds / 5) * 5);
  if (seconds < 5700) return tr.Format("about {:.0f} min", seconds / 60);
  return tr.Format("about {:.0f} h", seconds / 3600);
}

std::string Relative(Nanoseconds time, const Translator& tr) {
  if (std::abs(time) < 5 * kMicrosecond) return tr.Number("0.00 ms");
  if (std::abs(time) < kSecond) {
    return tr.Number(fmt::format("{:+.2f} ms", static_cast<double>(time) / kMillisecond));
  }
  return tr.Number(fmt::format("{:+.2f} s", static_cast<double>(time) / kSecond));
}

std::string Measured(double nanoseconds, const Translator& tr) {
  if (!std::isfinite(nanoseconds)) return "–";
  if (nanoseconds < 1e3) return tr.Number(fmt::format("{:.0f} ns", nanoseconds));
  if (nanoseconds < 1e6) return tr.Number(fmt::format("{:.1f} µs", nanoseconds / 1e3));
  if (nanoseconds < 1e9) return tr.Number(fmt::format("{:.2f} ms", nanoseconds / 1e6));
  return tr.Number(fmt::format("{:.2f} s", nanoseconds / 1e9));
}

std::string Hex(std::uint64_t value) { return fmt::format("{:#x}", value); }

std::string Rate(const CellResult& cell, const Translator& tr) {
  if (cell.counted == 0) return "–";
  if (cell.found == 0) return "≤ " + Percent(cell.upper, tr);
  if (cell.found == cell.counted) return "≥ " + Percent(cell.lower, tr);
  const double rate = static_cast<double>(cell.found) / static_cast<double>(cell.counted);
  return tr.Format("{}, {} to {}", Percent(rate, tr), Percent(cell.lower, tr),
                   Percent(cell.upper, tr));
}

std::string Replayed(const CellResult& cell, const Translator& tr) {
  return tr.Format("replayed {} of {}", Count(cell.replayed, tr), Count(cell.replays, tr));
}

std::string Ratio(const RatioResult& ratio, const Translator& tr) {
  if (ratio.samples == 0 || !std::isfinite(ratio.ratio)) return "–";
  return tr.Number(fmt::format("{:.2f} ({:.2f}–{:.2f})", ratio.ratio, ratio.low, ratio.high));
}

std::string Result(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  if (claim.quantifier == Quantifier::kRatio) {
    return verdict.ratio ? Ratio(*verdict.ratio, tr) : "–";
  }
  if (verdict.control_failed) {
    return verdict.witness ? tr.Format("trial {}", *verdict.witness) : "–";
  }
  if (verdict.witness && verdict.found > 0) return tr.Format("trial {}", *verdict.witness);
  if (verdict.outcome == Outcome::kSupported) return "≤ " + Percent(verdict.worst_upper, tr);
  std::optional<double> upper;
  for (const CellResult& cell : verdict.cells) {
    if (cell.counted > 0) upper = std::max(upper.value_or(0), cell.upper);
  }
  return upper ? "≤ " + Percent(*upper, tr) : "–";
}

std::string Expectation(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  if (!verdict.as_expected) {
    if (!claim.expect) return "";
    return tr.Format("The claim expects {}; that is not decided.", NameOf(*claim.expect));
  }
  if (*verdict.as_expected) return std::string(tr("This is as expected."));
  if (!claim.expect) return std::string(tr("This is not as expected."));
  return tr.Format("This is not as expected (that was: {}).", NameOf(*claim.expect));
}

std::string_view ExpectationWord(const Claim& claim, const Verdict& verdict) {
  if (verdict.as_expected) return *verdict.as_expected ? Msgid("yes") : Msgid("no");
  return claim.expect ? Msgid("undecided") : Msgid("none");
}

std::string Why(const Verdict& verdict, const Translator& tr) {
  const Message& sentence = verdict.sentence;
  const std::string before = Capital(NameOf(verdict.outcome)) + ": ";
  // "Inconclusive: {}." has the rest as its only part.
  if (sentence.parts().size() == 1 && sentence.one() == before + "{}.") {
    return Capital(tr(sentence.parts()[0])) + ".";
  }
  const std::string said = tr(sentence);
  return said.starts_with(before) ? Capital(said.substr(before.size())) : said;
}

std::string ReplayCommand(const RunPlan& plan, std::uint64_t trial) {
  return fmt::format("bulkhead replay {}#{}", text::OneLine(plan.run_id), trial);
}

std::string ReplayNotice(const RunPlan& plan, const Translator& tr) {
  if (!plan.replay) return "";
  return tr.Format("This run repeats trial {} of run {}; its verdicts speak of that trial alone.",
                   plan.replay->trial.id, text::OneLine(plan.replay->run_id));
}

std::string BlindNotice(const RunPlan& plan, const Translator& tr) {
  if (plan.blind.empty()) return "";
  std::string names;
  for (const std::string& name : plan.blind) {
    names += (names.empty() ? "" : ", ") + text::OneLine(name);
  }
  return tr.Format(
      "Blinded on purpose: {}. This run tests the harness itself; its verdicts say nothing of the "
      "claims.",
      names);
}

std::string SourceLine(const Source& source, const Translator& tr) {
  if (source.note == "+") return std::string(tr("not in the notes"));
  std::string line = text::OneLine(source.note);
  if (!source.where.empty()) line += ", " + text::OneLine(source.where);
  if (!source.language.empty()) line += " (" + text::OneLine(source.language) + ")";
  return line;
}

std::string ClaimText(const Claim& claim, std::string_view language, std::string* chosen) {
  const std::string text = InLanguage(claim.text, language, claim.original, chosen);
  if (!text.empty()) return text;
  return std::string(Translator(FindLanguage(language).value_or(Language::kEnglish))("(no text)"));
}

std::string Rationale(const Claim& claim, std::string_view language, std::string* chosen) {
  return InLanguage(claim.rationale, language, claim.original, chosen);
}

std::string Unit(std::uint32_t index, const TrialPlan& plan, const Translator& tr) {
  switch (RoleOf(index, plan.bystanders, TraitsOf(plan.cell.vehicle))) {
    case Role::kVictim:
      return std::string(tr("victim"));
    case Role::kBystander:
      return tr.Format("bystander {}", index);
    case Role::kCreator:
      return std::string(tr("creator"));
    case Role::kChild:
      return index > 1 ? tr.Format("child {}", index) : std::string(tr("child"));
    case Role::kPartner:
      return std::string(tr("partner"));
    case Role::kHost:
      return std::string(tr("host"));
  }
  return "?";
}

std::string OutcomeCounts(const RunReport& report, const Translator& tr) {
  std::string outcomes;
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    const auto count =
        std::count_if(report.verdicts.begin(), report.verdicts.end(),
                      [&](const Verdict& verdict) { return verdict.outcome == outcome.value; });
    if (count == 0) continue;
    outcomes += fmt::format("{}{} {}", outcomes.empty() ? "" : ", ",
                            Count(static_cast<std::uint64_t>(count), tr), outcome.name);
  }
  if (report.verdicts.empty()) outcomes = tr("none");
  std::uint64_t expected = 0, unexpected = 0;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.as_expected) ++(*verdict.as_expected ? expected : unexpected);
  }
  const std::uint64_t claims = report.verdicts.size();
  return tr.FormatPlural("{} claim: {}; {} as expected, {} not as expected",
                         "{} claims: {}; {} as expected, {} not as expected", claims,
                         Count(claims, tr), outcomes, Count(expected, tr), Count(unexpected, tr));
}

std::string AccountingLine(const Accounting& accounting) {
  return fmt::format("planned {} = executed {} + skipped {} + broken {}", accounting.planned,
                     accounting.executed, accounting.skipped, accounting.broken);
}

std::string Controls(const ControlTally& tally, const Translator& tr) {
  if (tally.run == 0) return std::string(tr("none was run"));
  const std::string passed = Count(tally.passed, tr), run = Count(tally.run, tr);
  if (tally.passed == tally.run || tally.first_failure.empty()) {
    return tr.Format("{} of {} behaved as they must", passed, run);
  }
  return tr.Format("{} of {} behaved as they must; first failure: {}", passed, run,
                   text::OneLine(tr(tally.first_failure)));
}

bool NeedsAttention(const Verdict& verdict) {
  if (verdict.control_failed || verdict.as_expected == false) return true;
  if (verdict.outcome == Outcome::kBroken) return true;
  return verdict.outcome == Outcome::kInconclusive && verdict.as_expected != true;
}

const Claim& ClaimOf(const RunReport& report, std::size_t index) {
  static const Claim kNone;
  const std::string& id = report.verdicts[index].claim;
  const std::vector<Claim>& claims = report.plan.claims;
  if (index < claims.size() && claims[index].id == id) return claims[index];
  const auto found =
      std::find_if(claims.begin(), claims.end(), [&](const Claim& c) { return c.id == id; });
  return found == claims.end() ? kNone : *found;
}

ControlTally SumOfControls(const Verdict& verdict, ControlTally CellResult::*arm) {
  ControlTally sum;
  for (const CellResult& cell : verdict.cells) {
    const ControlTally& tally = cell.*arm;
    sum.run += tally.run;
    sum.passed += tally.passed;
    if (sum.first_failure.empty() && !tally.first_failure.empty()) {
      sum.first_failure = Say("{}, {}", CellName(cell.cell), tally.first_failure);
    }
  }
  return sum;
}

const Trial* DecisiveTrial(const RunReport& report, const Verdict& verdict) {
  const auto find = [&](const std::optional<std::uint64_t>& id) -> const Trial* {
    if (!id) return nullptr;
    const auto found = report.decisive.find(*id);
    return found == report.decisive.end() ? nullptr : &found->second;
  };
  if (const Trial* trial = find(verdict.witness)) return trial;
  // Of a trial in which all was well nobody learns why nothing was decided.
  if (verdict.control_failed || verdict.outcome == Outcome::kBroken) return nullptr;
  for (const CellResult& cell : verdict.cells) {
    if (const Trial* trial = find(cell.witness)) return trial;
  }
  if (verdict.outcome == Outcome::kInconclusive) return nullptr;
  for (const CellResult& cell : verdict.cells) {
    if (const Trial* trial = find(cell.typical)) return trial;
  }
  return nullptr;
}

std::string_view PartOf(const Verdict& verdict, const Trial& trial, const Translator& tr) {
  if (trial.plan.arm != Arm::kTreatment) return tr("the control that failed");
  const bool shows = std::any_of(verdict.cells.begin(), verdict.cells.end(),
                                 [&](const auto& cell) { return cell.witness == trial.plan.id; });
  if (shows) return tr("shows what was looked for");
  if (verdict.outcome != Outcome::kInconclusive) return tr("a typical trial without it");
  return tr("an example of a fault without effect");
}

namespace {

// Reasons that name different trials are alike.
std::string WithoutTrialNumbers(std::string reason) {
  constexpr std::string_view kTrial = "trial ";
  for (std::size_t at = 0; (at = reason.find(kTrial, at)) != std::string::npos;) {
    at += kTrial.size();
    reason.erase(at, std::min(reason.find_first_not_of("0123456789", at), reason.size()) - at);
  }
  return reason;
}

}  // namespace

std::vector<std::vector<const CellResult*>> AlikeCells(const Verdict& verdict) {
  std::vector<std::vector<const CellResult*>> groups;
  for (const CellResult& cell : verdict.cells) {
    const auto alike = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return !cell.reason.empty() && group[0]->state == cell.state &&
             WithoutTrialNumbers(group[0]->reason.English()) ==
                 WithoutTrialNumbers(cell.reason.English());
    });
    if (alike == groups.end()) {
      groups.push_back({&cell});
    } else {
      alike->push_back(&cell);
    }
  }
  return groups;
}

bool ControlFailed(const CellResult& cell) {
  return cell.no_fault.passed < cell.no_fault.run || cell.positive.passed < cell.positive.run;
}

std::string_view EnvelopeValue(const Envelope& envelope, std::string_view key) {
  for (const EnvelopeField& field : envelope.fields) {
    if (field.key == key) return field.value;
  }
  return {};
}

}  // namespace bulkhead::wording
