// The phrases that all formats and commands share: one word, one symbol, one way to write a number.
// Nothing here says more than the evidence does.  Words and numbers are those of the translator's
// language; without one, English with a decimal dot.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_WORDING_H_
#define BULKHEAD_REPORTS_WORDING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/model/run_report.h"
#include "reports/translator.h"

namespace bulkhead::wording {

// One column each; always shown together with the word.
std::string_view Symbol(Outcome outcome);  // ✔ ✘ ◐ ? – !
std::string_view Symbol(CellState state);  // ✔ ✘ ? – !
std::string Word(Outcome outcome);         // "NOT-APPLICABLE"
// Meanings are English, and messages of the catalogs (reports/translator.h).
std::string_view Meaning(
    Outcome outcome);  // "no counterexample, and the bound is below the target"
std::string_view Meaning(Finding finding);  // "a protected unit is gone"
std::string_view Meaning(Quantifier quantifier);
std::string_view MeaningOfExit(int code);  // "all as expected"

// "0.99 %"; never rounds something to 0 % nor something less than all to 100 %.
std::string Percent(
    double rate,
    const Translator& tr = Translator());  // two decimals below 10 %, else one if there is one
std::string Count(std::uint64_t count, const Translator& tr = Translator());  // "18,340"
// "1 trial", "2 trials"; English, for lines that programs read.  Else: tr.FormatPlural.
std::string Counted(std::uint64_t count, std::string_view one);
std::string Took(Nanoseconds time, const Translator& tr = Translator());  // "4.2 s", "1 min 47 s"
std::string About(Nanoseconds time,
                  const Translator& tr =
                      Translator());  // "about 40 s", "about 2 min", "about 3 h", "some seconds"
std::string Relative(Nanoseconds time,
                     const Translator& tr = Translator());  // "+0.12 ms", "0.00 ms"
std::string Measured(double nanoseconds, const Translator& tr = Translator());  // "12.3 µs"
std::string Hex(std::uint64_t value);

// "7.36 %, 4.98 % to 10.4 %" with both one-sided bounds, "≤ 0.99 %" for k = 0, "≥ 86.1 %" for
// k = n, "–" without counted trials.
std::string Rate(const CellResult& cell, const Translator& tr = Translator());
// "replayed 7 of 10"
std::string Replayed(const CellResult& cell, const Translator& tr = Translator());
std::string Ratio(const RatioResult& ratio,
                  const Translator& tr = Translator());  // "7.42 (7.10–7.80)"
// What decides: "≤ 0.99 %", "trial 17", "7.42 (7.10–7.80)", "–".
std::string Result(const Claim& claim, const Verdict& verdict, const Translator& tr = Translator());
// "This is as expected." "This is not as expected (that was: supported)." "The claim expects
// supported; that is not decided." "" when the claim expects nothing.
std::string Expectation(const Claim& claim, const Verdict& verdict,
                        const Translator& tr = Translator());
// In one word, for tables: "yes", "no", "undecided", "none" (expects nothing).  English, and a
// message.
std::string_view ExpectationWord(const Claim& claim, const Verdict& verdict);
// The sentence without the outcome that it begins with, for places that name the outcome already.
std::string Why(const Verdict& verdict, const Translator& tr = Translator());
// The line that repeats a trial: "bulkhead replay 20261121T...#17".
std::string ReplayCommand(const RunPlan& plan, std::uint64_t trial);
// What a replay speaks of, as a warning; empty in other runs.
std::string ReplayNotice(const RunPlan& plan, const Translator& tr = Translator());
// What was blinded on purpose, as a warning; empty in honest runs.
std::string BlindNotice(const RunPlan& plan, const Translator& tr = Translator());
// "S0, Kemandirian (id)"; "not in the notes"
std::string SourceLine(const Source& source, const Translator& tr = Translator());
// The text in `language` ("pt_BR" finds "pt"), else English, else the original, else any.
// `chosen` receives the language of what is returned.
std::string ClaimText(const Claim& claim, std::string_view language, std::string* chosen = nullptr);
// In the same way; empty when the claim has none.
std::string Rationale(const Claim& claim, std::string_view language, std::string* chosen = nullptr);

// "victim", "bystander 1": unit `index` of the trial.
std::string Unit(std::uint32_t index, const TrialPlan& plan, const Translator& tr = Translator());

// "19 claims: 14 supported, 2 refuted, ...; 18 as expected, 1 not as expected"
std::string OutcomeCounts(const RunReport& report, const Translator& tr = Translator());
// "planned 100 = executed 90 + skipped 8 + broken 2", digits alone, for programs that grep.
std::string AccountingLine(const Accounting& accounting);
// "40 of 40 behaved as they must", or with the first failure; "none was run".
std::string Controls(const ControlTally& tally, const Translator& tr = Translator());

// ---- What to show.

// Unexpected, broken, inconclusive, or with a failed control.
bool NeedsAttention(const Verdict& verdict);
// The claim of report.verdicts[index]; an empty one if the plan has none of that id.
const Claim& ClaimOf(const RunReport& report, std::size_t index);
ControlTally SumOfControls(const Verdict& verdict, ControlTally CellResult::*arm);
// The witness, the control that failed, an example without effect, else a typical trial of what was
// decided; nullptr when no trial explains the verdict or the report carries none.
const Trial* DecisiveTrial(const RunReport& report, const Verdict& verdict);
// What the decisive trial is to the verdict: "shows what was looked for".
std::string_view PartOf(const Verdict& verdict, const Trial& trial,
                        const Translator& tr = Translator());
// Cells of one verdict that are alike in state and (but for trial numbers) reason, in the order of
// the first of each.
std::vector<std::vector<const CellResult*>> AlikeCells(const Verdict& verdict);
// A control of the cell failed: nothing that was counted in it can be trusted.
bool ControlFailed(const CellResult& cell);
// The value of an envelope field, empty when it is not there.
std::string_view EnvelopeValue(const Envelope& envelope, std::string_view key);

}  // namespace bulkhead::wording

#endif  // BULKHEAD_REPORTS_WORDING_H_
