#include "harness/cli/glossary.h"

#include <algorithm>
#include <array>

namespace bulkhead {
namespace {

constexpr auto kWords = std::to_array<GlossaryWord>({
    {"arm",
     "which kind of trial it is: treatment (with the fault), no-fault control, positive control",
     "each cell has all three; only treatment trials are counted for the verdict"},
    {"block", "some trials of one cell that share a zygote, and with it one memory layout",
     "several blocks per cell, so that no verdict hangs on one lucky layout"},
    {"bound",
     "the rate that the counted trials do not exclude: exact binomial (Clopper-Pearson), one-sided",
     "--bound asks for a smaller one, --confidence sets how sure it shall be"},
    {"bystander", "a unit that nothing is done to; whether it survives whole is the question", ""},
    {"canary", "a pattern in a bystander's memory; when it has changed, somebody wrote there", ""},
    {"cell", "one scenario in one vehicle: the trials that answer one question",
     "written scenario/vehicle; `bulkhead explain CLAIM` shows those of a claim"},
    {"challenge", "a question that a bystander has to answer: who answers is alive and acts", ""},
    {"claim",
     "a sentence with an id, sources, a quantifier and an experiment; data, from a claim file",
     "`bulkhead list claims` shows them"},
    {"control", "a trial whose result is known beforehand: it tests the observers, not the claim",
     "no-fault: everybody must live, act and be whole; positive: a bystander is truly hit and "
     "must be reported"},
    {"creator", "the role of the unit that started the others: the parent", ""},
    {"envelope",
     "what the answer may depend on: kernel, CPU, mitigations, libc, limits, privileges ...",
     "envelope.json in the run directory"},
    {"evidence", "what was observed of one trial: events of the kernel and of the units, in order",
     "all of it is in the journal, from which every verdict follows"},
    {"fate",
     "what became of one unit: exited, signaled, intact, corrupt, stalled, leaked, unkillable or "
     "lost",
     ""},
    {"fault", "what is done to the victim: a store through null, abort(), a spin, a held lock ...",
     "`bulkhead list faults` shows them"},
    {"finding", "what a claim looks for in each counted trial, as bystander-affected",
     "for `always` it is a violation, for `may` a witness"},
    {"fired", "whether the fault certainly took effect; never guessed from the fate of the victim",
     "a trial in which it did not is void"},
    {"journal", "the record of everything that was observed, written before anything is judged",
     "`bulkhead judge RUN` judges it again"},
    {"partner", "the role of a unit that shares something with the victim on purpose", ""},
    {"profile", "how much a run shall be: the bound of its cells, its controls, its measurements",
     "`bulkhead list profiles` shows them, --profile chooses one"},
    {"quantifier", "how a claim is meant: always, may or ratio",
     "`bulkhead explain VERDICT` shows what each of them needs"},
    {"replay",
     "a second trial of the same seed in the same memory layout, right after the first of a race",
     "a seed does not replay a race: the reports say how often the second showed it again"},
    {"role", "what a unit is for in its trial: victim, bystander, creator or partner", ""},
    {"run", "one campaign: a directory with journal, results, reports and manifest",
     "`bulkhead run` makes one; `bulkhead report RUN` shows it again"},
    {"scenario", "a plugin's runnable: a fault for the victim, a probe, or a measurement",
     "`bulkhead list scenarios` shows them"},
    {"target", "the largest upper bound with which an `always` claim still counts as supported",
     "1 % unless the claim says otherwise: 299 trials without a violation"},
    {"trial", "one execution of one scenario in one vehicle with one seed, in one arm", ""},
    {"unit", "one thing that executes and may die: a thread or a process", ""},
    {"vehicle", "how a unit is kept apart from its neighbours, from thread to container",
     "`bulkhead list vehicles` shows them"},
    {"verdict",
     "what the evidence amounts to for one claim: supported, refuted, conditional, inconclusive, "
     "not-applicable or broken",
     "`bulkhead explain supported` and so on"},
    {"victim", "the unit that the fault is done to", ""},
    {"void", "of a trial: carried out, but the fault did not certainly take effect",
     "it is not counted, neither for nor against the claim"},
    {"witness", "the first trial that shows the finding; the report has its timeline", ""},
    {"zygote", "a process that has loaded one plugin and starts its trials, apart from the harness",
     ""},
});

constexpr std::string_view kDecidedExit =
    "0 when the claim expects it or expects nothing, 1 when it expects another verdict";

constexpr auto kGuides = std::to_array<VerdictGuide>({
    {Outcome::kSupported,
     "every cell is without a violation, and its upper bound is at most the target",
     "one certain witness was seen", "the whole interval lies on the claimed side", kDecidedExit,
     "read the bound and the conditions with it: it is about this machine"},
    {Outcome::kRefuted, "some cell has a violation, and no cell supports the claim",
     "never: what was not seen may still occur", "the whole interval lies on the other side",
     kDecidedExit, "look at the decisive trial in the report: its timeline is the counterexample"},
    {Outcome::kConditional, "some cells hold, and others have a violation",
     "never: one witness anywhere supports it", "never: there is one ratio", kDecidedExit,
     "the report names where it holds and where it fails: compare the vehicles"},
    {Outcome::kInconclusive,
     "too few counted trials for the target, or controls that failed or are missing",
     "no witness was seen, or controls failed",
     "the claimed limit lies within the interval, or samples are missing",
     "3, or 4 when a control failed",
     "leave out --trials, or ask for less with --bound; after a failed control: bulkhead doctor"},
    {Outcome::kNotApplicable, "this machine can run none of its cells", "the same", "the same",
     "5 when nothing at all ran; otherwise the other verdicts decide",
     "bulkhead doctor says what is missing, bulkhead explain CLAIM says it per cell"},
    {Outcome::kBroken, "a plugin, the harness or the machine failed where the answer would be",
     "the same", "the same", "4",
     "the report says what failed and how; mend the plugin or the machine and run again"},
});

}  // namespace

std::span<const GlossaryWord> Glossary() { return kWords; }

const GlossaryWord* FindWord(std::string_view word) {
  const auto* found = std::ranges::find(kWords, word, &GlossaryWord::word);
  return found == kWords.end() ? nullptr : found;
}

const VerdictGuide& GuideOf(Outcome outcome) {
  return *std::ranges::find(kGuides, outcome, &VerdictGuide::outcome);
}

}  // namespace bulkhead
