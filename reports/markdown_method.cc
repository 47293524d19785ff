#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "harness/model/names.h"
#include "reports/markdown_parts.h"
#include "reports/redaction.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead::markdown {
std::string Method(const RunReport& report) {
  const RunPlan& plan = report.plan;
  const std::string confidence = wording::Percent(plan.confidence);
  std::string out = "## Method\n\n";
  out +=
      "1. **Trials.** One trial makes a victim and some bystanders, breaks the victim, and then "
      "asks every bystander: is it there (the kernel says so)? does it act (it answers a "
      "question put after the fault)? is its memory what it was (a canary is verified whole)? "
      "Trials are counted, not bystanders: those of one trial share one fate.\n";
  out +=
      "2. **Fired or void.** A trial counts only if its fault is seen to have taken effect, by "
      "two independent signs where two exist. The others are void: excluded, counted, shown.\n";
  out +=
      "3. **Controls.** In no-fault trials everybody must live. In positive controls a bystander "
      "is truly hit, and must be reported hit: this shows that the observer is not blind. If a "
      "control fails, the claim is inconclusive.\n";
  out += fmt::format(
      "4. **Bounds.** Exact binomial bounds (Clopper-Pearson), one-sided, at {}. With no finding "
      "in n trials the rate is at most b: a larger rate would have shown itself in n trials with "
      "{} probability. As a check: b is about 3/n at 95 %.\n",
      confidence, confidence);
  out += fmt::format(
      "5. **Stopping rule**, fixed before the run: a cell stops early when every claim that reads "
      "it has seen its finding {} times. Such a cell is marked; its rate is not an estimate.\n",
      plan.stopping.enough);
  out += fmt::format(
      "6. **Several claims.** Each bound holds at {} for its own cell. {} at {} are not jointly at "
      "{}: among many, some bound may be missed by chance.\n",
      confidence, wording::Counted(plan.claims.size(), "claim"), confidence, confidence);
  out +=
      "7. **Blocks.** Trials of one block share a memory layout; each block has a new one. The "
      "column \"layouts\" counts them.\n";
  out +=
      "8. **Journal first.** Everything is written down before it takes effect and can be judged "
      "again: `bulkhead judge RUN`.\n\n";
  ControlTally no_fault, positive;
  std::map<CellKey, const CellResult*> cells;  // a cell that several claims read counts once
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) cells.emplace(cell.cell, &cell);
  }
  for (const auto& [key, cell] : cells) {
    no_fault.run += cell->no_fault.run, no_fault.passed += cell->no_fault.passed;
    positive.run += cell->positive.run, positive.passed += cell->positive.passed;
  }
  out += fmt::format("Controls of this run: no fault, {}; positive, {}.\n\n",
                     wording::Controls(no_fault), wording::Controls(positive));
  return out;
}

std::string Environment(const RunReport& report, bool names) {
  const RunPlan& plan = report.plan;
  const Redaction redact(plan.envelope, names);
  std::string out = "## Environment\n\nThe answers may depend on everything in this table.";
  if (!names) out += " Names of hosts and of people are left out.";
  out += "\n\n" + TableHead({"what", "value"});
  std::size_t rows = 0;
  for (const EnvelopeField& field : redact.Fields()) {
    if (rows++ == kMostRows) break;
    out += TableRow({Code(field.key), Escape(field.value)});
  }
  out += TableRow({"jobs", fmt::format("{}", plan.jobs)});
  if (!plan.profile.empty()) {
    const std::string thought =
        plan.estimate > 0 ? ", thought to take " + wording::About(plan.estimate) : "";
    out += TableRow({"profile", Escape(plan.profile + thought)});
  }
  for (const std::string& what : plan.cleaned_up) {
    out += TableRow({"before the run", Escape(redact(what))});
  }
  out += TableRow({"command", Escape(redact(plan.command_line))});
  const std::size_t hidden = redact.Hidden();
  return out + (hidden > 0 ? fmt::format("\n{} not shown.\n\n", wording::Counted(hidden, "field"))
                           : "\n");
}

std::string Limits(const RunReport& report, const Shown& shown) {
  std::string out = "## Limits of this evidence\n\n";
  out +=
      "- It speaks of this machine, kernel, configuration and load, and of the faults that were "
      "injected. Other faults and other machines may behave otherwise.\n";
  out +=
      "- No counterexample in n trials leaves a rate up to the bound. It is a bound, not a zero.\n";
  out +=
      "- Observation changes what is observed: units carry signal handlers, canaries and a "
      "channel to the supervisor, and core dumps follow the policy named above.\n";
  if (shown.not_shown > 0) {
    out += fmt::format("- {} decisive trials are shown; {} are not.\n", shown.decisive.size(),
                       shown.not_shown);
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
    out += "Cells in which not every planned trial counts:\n\n";
    out += TableHead({"cell", "planned", "executed", "counted", "void", "spoilt", "why"});
    std::size_t rows = 0;
    for (const auto& [key, cell] : cells) {
      if (rows++ == kMostRows) {
        out += fmt::format("\nShowing {} of {} cells.\n", kMostRows, cells.size());
        break;
      }
      out += TableRow(
          {Code(CellName(key)), wording::Count(cell->planned), wording::Count(cell->executed),
           wording::Count(cell->counted), wording::Count(cell->void_trials),
           wording::Count(cell->troubled),
           Escape(cell->reason.empty() && cell->stopped_early ? "stopped early" : cell->reason)});
    }
    out += "\n";
  }
  const auto list = [&](const char* title, const auto& things, const auto& show) {
    if (things.empty()) return;
    out += fmt::format("{}\n\n", title);
    for (std::size_t i = 0; i < things.size() && i < kMostRows; ++i) out += show(things[i]);
    if (things.size() > kMostRows) {
      out += fmt::format("- and {} more\n", things.size() - kMostRows);
    }
    out += "\n";
  };
  list("Broken, so that nothing can be said:", report.broken, [](const BrokenCell& broken) {
    return fmt::format("- {}: {}\n", Code(CellName(broken.key)), Escape(broken.why));
  });
  list("Left behind by trials, then cleaned up:", report.leaks, [](const Leak& leak) {
    return fmt::format("- {}, block {}: {}\n", Code(CellName(leak.cell)), leak.block,
                       Escape(leak.what));
  });
  return out;
}

std::string Glossary() {
  std::string out = "## Glossary\n\n";
  static constexpr std::array<std::array<std::string_view, 2>, 13> kWords{{
      {"unit", "one thing that executes and may die: a thread or a process"},
      {"victim, bystander", "the unit that is broken, and those that should not notice"},
      {"vehicle", "how units are kept apart: threads of one process, forked processes, ..."},
      {"fault", "what is done to the victim: a store through a null pointer, `abort()`, a hang"},
      {"scenario", "the small program that carries a fault, or a probe that only looks"},
      {"trial", "one execution of one scenario in one vehicle"},
      {"cell", "fault by vehicle: the trials that answer one question"},
      {"canary", "memory with known content; whatever damages it is seen"},
      {"fired, void", "the fault was seen to take effect, or it was not and the trial is excluded"},
      {"bound", "the largest (≤) or smallest (≥) rate that the trials leave open"},
      {"rate",
       "k of n, with both bounds; one bound where none (≤) or all (≥) of the trials show it"},
      {"replayed", "of a race: the same seed was run again; how often it showed the same again"},
      {"spoilt", "harness or machine failed in the trial; it is excluded and counted"},
  }};
  for (const auto& [word, meaning] : kWords) out += fmt::format("- **{}**: {}\n", word, meaning);
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    out += fmt::format("- **{} {}**: {}\n", wording::Symbol(outcome.value), outcome.name,
                       wording::Meaning(outcome.value));
  }
  return out + "\n";
}

}  // namespace bulkhead::markdown
