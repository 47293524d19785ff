#include "reports/content.h"

#include <fmt/format.h>

#include <map>

#include "harness/model/names.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

std::map<CellKey, const CellResult*> CellsOf(const RunReport& report) {
  std::map<CellKey, const CellResult*> cells;
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) cells.emplace(cell.cell, &cell);
  }
  return cells;
}

Point MakePoint(std::string_view title, std::string text) {
  return {std::string(title), std::move(text)};
}

}  // namespace

std::vector<Point> MethodOf(const RunReport& report, const Translator& tr) {
  return {
      MakePoint(
          tr("Trials."),
          std::string(tr(
              "One trial makes a victim and some bystanders, breaks the victim, and then asks "
              "every bystander: is it there (the kernel says so)? does it act (it answers a "
              "question put after the fault)? is its memory what it was (a canary is verified "
              "whole)? Trials are counted, not bystanders: those of one trial share one fate."))),
      MakePoint(
          tr("Fired or void."),
          std::string(tr("A trial counts only if its fault is seen to have taken effect, by two "
                         "independent signs where two exist. The others are void: excluded, "
                         "counted, shown."))),
      MakePoint(
          tr("Controls."),
          std::string(tr("In no-fault trials everybody must live. In positive controls a "
                         "bystander is truly hit, and must be reported hit: this shows that the "
                         "observer is not blind. If a control fails, the claim is "
                         "inconclusive."))),
      MakePoint(
          tr("Stopping rule,"),
          tr.Format("fixed before the run: a cell stops early when every claim that reads it has "
                    "seen its finding {} times. Such a cell is marked; its rate is not an "
                    "estimate.",
                    wording::Count(report.plan.stopping.enough, tr))),
      MakePoint(
          tr("Blocks."),
          std::string(tr("Trials of one block share a memory layout; each block has a new one. "
                         "The column \"layouts\" counts them."))),
      MakePoint(
          tr("Journal first."),
          std::string(tr("Everything is written down before it takes effect and can be judged "
                         "again: bulkhead judge RUN."))),
  };
}

std::vector<Point> StatisticsOf(const RunReport& report, const Translator& tr) {
  const RunPlan& plan = report.plan;
  const std::string confidence = wording::Percent(plan.confidence, tr);
  return {
      MakePoint(
          tr("Bounds."),
          tr.Format("Exact binomial bounds (Clopper-Pearson), one-sided, at {}. With no finding "
                    "in n trials the rate is at most b: a larger rate would have shown itself in "
                    "n trials with {} probability. As a check: b is about 3/n at 95 %.",
                    confidence, confidence)),
      MakePoint(tr("Several claims."),
                tr.FormatPlural("Each bound holds at {} for its own cell. {} claim at {} is not "
                                "jointly at {}: among many, some bound may be missed by chance.",
                                "Each bound holds at {} for its own cell. {} claims at {} are not "
                                "jointly at {}: among many, some bound may be missed by chance.",
                                plan.claims.size(), confidence,
                                wording::Count(plan.claims.size(), tr), confidence, confidence)),
  };
}

std::string ControlsOf(const RunReport& report, const Translator& tr) {
  ControlTally no_fault, positive;
  for (const auto& [key, cell] : CellsOf(report)) {
    no_fault.run += cell->no_fault.run, no_fault.passed += cell->no_fault.passed;
    positive.run += cell->positive.run, positive.passed += cell->positive.passed;
  }
  return tr.Format("Controls of this run: no fault, {}; positive, {}.",
                   wording::Controls(no_fault, tr), wording::Controls(positive, tr));
}

std::vector<std::string> LimitsOf(const RunReport& report, const Translator& tr) {
  std::vector<std::string> limits{
      std::string(tr("It speaks of this machine, kernel, configuration and load, and of the faults "
                     "that were injected. Other faults and other machines may behave otherwise.")),
      std::string(tr("No counterexample in n trials leaves a rate up to the bound. It is a bound, "
                     "not a zero.")),
      std::string(
          tr("Observation changes what is observed: units carry signal handlers, canaries and a "
             "channel to the supervisor, and core dumps follow the policy named above."))};
  std::uint64_t races = 0;
  for (const Scenario& scenario : report.plan.scenarios) races += scenario.manifest.Races();
  if (races > 0) {
    limits.emplace_back(
        tr("A seed does not replay a race or a memory layout; how often a trial of "
           "a race showed the same again is printed with its cell."));
  }
  return limits;
}

std::vector<const CellResult*> LimitedCells(const RunReport& report) {
  std::vector<const CellResult*> limited;
  for (const auto& [key, cell] : CellsOf(report)) {
    if (cell->void_trials > 0 || cell->troubled > 0 || cell->executed < cell->planned ||
        cell->counted < cell->executed) {
      limited.push_back(cell);
    }
  }
  return limited;
}

std::vector<Point> GlossaryOf(const Translator& tr) {
  const auto point = [&](std::string_view word, std::string_view meaning) {
    return Point{std::string(word), std::string(meaning)};
  };
  std::vector<Point> words{
      point(tr("unit"), tr("one thing that executes and may die: a thread or a process")),
      point(tr("victim, bystander"),
            tr("the unit that is broken, and those that should not notice")),
      point(tr("vehicle"),
            tr("how units are kept apart: threads of one process, forked processes, ...")),
      point(tr("fault"),
            tr("what is done to the victim: a store through a null pointer, abort(), a hang")),
      point(tr("scenario"),
            tr("the small program that carries a fault, or a probe that only looks")),
      point(tr("trial"), tr("one execution of one scenario in one vehicle")),
      point(tr("cell"), tr("fault by vehicle: the trials that answer one question")),
      point(tr("fate"), tr("what became of one unit: exited, signaled, intact, corrupt, stalled, "
                           "leaked, unkillable or lost")),
      point(tr("canary"), tr("memory with known content; whatever damages it is seen")),
      point(tr("fired, void"),
            tr("the fault was seen to take effect, or it was not and the trial is excluded")),
      point(tr("bound"), tr("the largest (≤) or smallest (≥) rate that the trials leave open")),
      point(tr("rate"), tr("k of n, with both bounds; one bound where none (≤) or all (≥) of the "
                           "trials show it")),
      point(tr("replayed"),
            tr("of a race: the same seed was run again; how often it showed the same again")),
      point(tr("spoilt"), tr("harness or machine failed in the trial; it is excluded and counted")),
  };
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    words.push_back({fmt::format("{} {}", wording::Symbol(outcome.value), outcome.name),
                     std::string(tr(wording::Meaning(outcome.value)))});
  }
  return words;
}

}  // namespace bulkhead
