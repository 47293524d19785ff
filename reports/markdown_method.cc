#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "harness/base/msgid.h"
#include "harness/model/names.h"
#include "reports/markdown_parts.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead::markdown {
namespace {

// Fields of the envelope whose values name a host or a person: compared, never shown.
bool IsPrivate(std::string_view key) {
  static constexpr std::array<std::string_view, 10> kPrivate{
      "host", "hostname", "nodename", "fqdn", "domainname",
      "user", "username", "login",    "home", "machine-id"};
  while (!key.empty()) {
    const std::size_t end = std::min(key.find_first_of("._"), key.size());
    if (std::find(kPrivate.begin(), kPrivate.end(), key.substr(0, end)) != kPrivate.end()) {
      return true;
    }
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return false;
}

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Host and user names, and the names of home directories, out of `value`.
std::string Redact(const Envelope& envelope, std::string value, const Translator& tr) {
  const std::string_view hidden = tr("(name)");
  for (const EnvelopeField& field : envelope.fields) {
    const std::string& name = field.value;
    if (!IsPrivate(field.key) || name.size() < 3 || name == "root") continue;
    for (std::size_t at = 0; (at = value.find(name, at)) != std::string::npos;) {
      const std::size_t end = at + name.size();
      const bool whole = (at == 0 || !IsWord(value[at - 1]) || !IsWord(name.front())) &&
                         (end == value.size() || !IsWord(value[end]) || !IsWord(name.back()));
      if (whole) {
        value.replace(at, name.size(), hidden);
        at += hidden.size();
      } else {
        at = end;
      }
    }
  }
  constexpr std::string_view kHome = "/home/";
  for (std::size_t at = 0; (at = value.find(kHome, at)) != std::string::npos;) {
    const std::size_t from = at + kHome.size();
    const std::size_t end = std::min(value.find_first_of("/ :;,'\"", from), value.size());
    value.replace(at, end - at, "~");
    ++at;
  }
  return value;
}

}  // namespace

std::string Method(const RunReport& report, const Translator& tr) {
  const RunPlan& plan = report.plan;
  const std::string confidence = wording::Percent(plan.confidence, tr);
  const std::string rules[]{
      std::string(
          tr("**Trials.** One trial makes a victim and some bystanders, breaks the victim, and "
             "then asks every bystander: is it there (the kernel says so)? does it act (it answers "
             "a question put after the fault)? is its memory what it was (a canary is verified "
             "whole)? Trials are counted, not bystanders: those of one trial share one fate.")),
      std::string(
          tr("**Fired or void.** A trial counts only if its fault is seen to have taken effect, by "
             "two independent signs where two exist. The others are void: excluded, counted, "
             "shown.")),
      std::string(
          tr("**Controls.** In no-fault trials everybody must live. In positive controls a "
             "bystander is truly hit, and must be reported hit: this shows that the observer is "
             "not blind. If a control fails, the claim is inconclusive.")),
      tr.Format("**Bounds.** Exact binomial bounds (Clopper-Pearson), one-sided, at {}. With no "
                "finding in n trials the rate is at most b: a larger rate would have shown itself "
                "in n trials with {} probability. As a check: b is about 3/n at 95 %.",
                confidence, confidence),
      tr.Format("**Stopping rule**, fixed before the run: a cell stops early when every claim that "
                "reads it has seen its finding {} times. Such a cell is marked; its rate is not an "
                "estimate.",
                wording::Count(plan.stopping.enough, tr)),
      tr.FormatPlural("**Several claims.** Each bound holds at {} for its own cell. {} claim at {} "
                      "are not jointly at {}: among many, some bound may be missed by chance.",
                      "**Several claims.** Each bound holds at {} for its own cell. {} claims at "
                      "{} are not jointly at {}: among many, some bound may be missed by chance.",
                      plan.claims.size(), confidence, wording::Count(plan.claims.size(), tr),
                      confidence, confidence),
      std::string(
          tr("**Blocks.** Trials of one block share a memory layout; each block has a new one. The "
             "column \"layouts\" counts them.")),
      std::string(
          tr("**Journal first.** Everything is written down before it takes effect and can be "
             "judged again: `bulkhead judge RUN`.")),
  };
  std::string out = fmt::format("## {}\n\n", tr("Method"));
  int number = 0;
  for (const std::string& rule : rules) out += fmt::format("{}. {}\n", ++number, rule);
  out += "\n";
  ControlTally no_fault, positive;
  std::map<CellKey, const CellResult*> cells;  // a cell that several claims read counts once
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) cells.emplace(cell.cell, &cell);
  }
  for (const auto& [key, cell] : cells) {
    no_fault.run += cell->no_fault.run, no_fault.passed += cell->no_fault.passed;
    positive.run += cell->positive.run, positive.passed += cell->positive.passed;
  }
  out += tr.Format("Controls of this run: no fault, {}; positive, {}.",
                   wording::Controls(no_fault, tr), wording::Controls(positive, tr));
  return out + "\n\n";
}

std::string Environment(const RunReport& report, const Translator& tr) {
  const RunPlan& plan = report.plan;
  std::string out = fmt::format("## {}\n\n{}\n\n", tr("Environment"),
                                tr("The answers may depend on everything in this table. Names of "
                                   "hosts and of people are left out."));
  out += TableHead({tr("what"), tr("value")});
  std::size_t hidden = 0, rows = 0;
  for (const EnvelopeField& field : plan.envelope.fields) {
    if (IsPrivate(field.key)) {
      ++hidden;
      continue;
    }
    if (rows++ == kMostRows) break;
    out += TableRow({Code(field.key), Escape(Redact(plan.envelope, field.value, tr))});
  }
  out += TableRow({std::string(tr("jobs")), wording::Count(plan.jobs, tr)});
  if (!plan.profile.empty()) {
    const std::string profile =
        plan.estimate > 0
            ? tr.Format("{}, thought to take {}", plan.profile, wording::About(plan.estimate, tr))
            : plan.profile;
    out += TableRow({std::string(tr("profile")), Escape(profile)});
  }
  for (const std::string& what : plan.cleaned_up) {
    out += TableRow({std::string(tr("before the run")), Escape(Redact(plan.envelope, what, tr))});
  }
  out +=
      TableRow({std::string(tr("command")), Escape(Redact(plan.envelope, plan.command_line, tr))});
  if (hidden == 0) return out + "\n";
  return out + "\n" +
         tr.FormatPlural("{} field not shown.", "{} fields not shown.", hidden,
                         wording::Count(hidden, tr)) +
         "\n\n";
}

std::string Limits(const RunReport& report, const Shown& shown, const Translator& tr) {
  std::string out = fmt::format("## {}\n\n", tr("Limits of this evidence"));
  for (const std::string_view limit :
       {tr("It speaks of this machine, kernel, configuration and load, and of the faults that were "
           "injected. Other faults and other machines may behave otherwise."),
        tr("No counterexample in n trials leaves a rate up to the bound. It is a bound, not a "
           "zero."),
        tr("Observation changes what is observed: units carry signal handlers, canaries and a "
           "channel to the supervisor, and core dumps follow the policy named above.")}) {
    out += fmt::format("- {}\n", limit);
  }
  if (shown.not_shown > 0) {
    out +=
        "- " +
        tr.Format("{} decisive trials are shown; {} are not.",
                  wording::Count(shown.decisive.size(), tr), wording::Count(shown.not_shown, tr)) +
        "\n";
  }
  out += "\n";
  std::map<CellKey, const CellResult*> cells;
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) {
      const bool limited = cell.void_trials > 0 || cell.troubled > 0 ||
                           cell.executed < cell.planned || cell.counted < cell.executed;
      if (limited) cells.emplace(cell.cell, &cell);
    }
  }
  if (!cells.empty()) {
    out += tr("Cells in which not every planned trial counts:");
    out += "\n\n" + TableHead({tr("cell"), tr("planned"), tr("executed"), tr("counted"), tr("void"),
                               tr("spoilt"), tr("why")});
    std::size_t rows = 0;
    for (const auto& [key, cell] : cells) {
      if (rows++ == kMostRows) {
        out += "\n" +
               tr.Format("Showing {} of {} cells.", wording::Count(kMostRows, tr),
                         wording::Count(cells.size(), tr)) +
               "\n";
        break;
      }
      const std::string why = cell->reason.empty() && cell->stopped_early
                                  ? std::string(tr("stopped early"))
                                  : tr(cell->reason);
      out += TableRow({Code(CellName(key)), wording::Count(cell->planned, tr),
                       wording::Count(cell->executed, tr), wording::Count(cell->counted, tr),
                       wording::Count(cell->void_trials, tr), wording::Count(cell->troubled, tr),
                       Escape(why)});
    }
    out += "\n";
  }
  const auto list = [&](std::string_view title, const auto& things, const auto& show) {
    if (things.empty()) return;
    out += fmt::format("{}\n\n", title);
    for (std::size_t i = 0; i < things.size() && i < kMostRows; ++i) {
      out += "- " + show(things[i]) + "\n";
    }
    if (things.size() > kMostRows) {
      out += "- " + tr.Format("and {} more", wording::Count(things.size() - kMostRows, tr)) + "\n";
    }
    out += "\n";
  };
  list(tr("Broken, so that nothing can be said:"), report.broken, [](const BrokenCell& broken) {
    return fmt::format("{}: {}", Code(CellName(broken.key)), Escape(broken.why));
  });
  list(tr("Left behind by trials, then cleaned up:"), report.leaks, [&](const Leak& leak) {
    return tr.Format("{}, block {}: {}", Code(CellName(leak.cell)), leak.block, Escape(leak.what));
  });
  return out;
}

std::string Glossary(const Translator& tr) {
  // The anchor is that of the link in the summary, whatever the heading is called.
  std::string out = fmt::format("<a id=\"glossary\"></a>\n\n## {}\n\n", tr("Glossary"));
  static constexpr std::array<std::array<const char*, 2>, 14> kWords{{
      {Msgid("unit"), Msgid("one thing that executes and may die: a thread or a process")},
      {Msgid("victim, bystander"),
       Msgid("the unit that is broken, and those that should not notice")},
      {Msgid("vehicle"),
       Msgid("how units are kept apart: threads of one process, forked processes, ...")},
      {Msgid("fault"),
       Msgid("what is done to the victim: a store through a null pointer, `abort()`, a hang")},
      {Msgid("scenario"),
       Msgid("the small program that carries a fault, or a probe that only looks")},
      {Msgid("trial"), Msgid("one execution of one scenario in one vehicle")},
      {Msgid("cell"), Msgid("fault by vehicle: the trials that answer one question")},
      {Msgid("fate"), Msgid("what became of one unit: exited, signaled, intact, corrupt, stalled, "
                            "leaked, unkillable or lost")},
      {Msgid("canary"), Msgid("memory with known content; whatever damages it is seen")},
      {Msgid("fired, void"),
       Msgid("the fault was seen to take effect, or it was not and the trial is excluded")},
      {Msgid("bound"), Msgid("the largest (≤) or smallest (≥) rate that the trials leave open")},
      {Msgid("rate"),
       Msgid("k of n, with both bounds; one bound where none (≤) or all (≥) of the trials show "
             "it")},
      {Msgid("replayed"),
       Msgid("of a race: the same seed was run again; how often it showed the same again")},
      {Msgid("spoilt"),
       Msgid("harness or machine failed in the trial; it is excluded and counted")},
  }};
  for (const auto& [word, meaning] : kWords) {
    out += fmt::format("- **{}**: {}\n", tr(word), tr(meaning));
  }
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    out += fmt::format("- **{} {}**: {}\n", wording::Symbol(outcome.value), outcome.name,
                       tr(wording::Meaning(outcome.value)));
  }
  return out + "\n";
}

}  // namespace bulkhead::markdown
