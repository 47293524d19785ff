// The phrases that all formats and commands share: one word, one symbol, one way to write a number.
// Numbers have a dot and no locale.  Nothing here says more than the evidence does.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_WORDING_H_
#define BULKHEAD_REPORTS_WORDING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/model/run_report.h"

namespace bulkhead::wording {

// One column each; always shown together with the word.
std::string_view Symbol(Outcome outcome);  // ✔ ✘ ◐ ? – !
std::string_view Symbol(CellState state);  // ✔ ✘ ? – !
std::string Word(Outcome outcome);         // "NOT-APPLICABLE"
std::string_view Meaning(
    Outcome outcome);  // "no counterexample, and the bound is below the target"
std::string_view Meaning(Finding finding);  // "a protected unit is gone"
std::string_view Meaning(Quantifier quantifier);
std::string_view MeaningOfExit(int code);  // "all as expected"

// "0.99 %"; never rounds something to 0 % nor something less than all to 100 %.
std::string Percent(double rate);        // two decimals below 10 %, else one if there is one
std::string Count(std::uint64_t count);  // "18,340"
std::string Counted(std::uint64_t count, std::string_view one);  // "1 trial", "2 trials"
std::string Took(Nanoseconds time);                              // "4.2 s", "1 min 47 s"
std::string Relative(Nanoseconds time);                          // "+0.12 ms", "0.00 ms"
std::string Measured(double nanoseconds);                        // "12.3 µs"
std::string Hex(std::uint64_t value);

// "≤ 0.99 %" for k = 0, "≥ 86.1 %" for k > 0, "–" without counted trials.
std::string Bound(const CellResult& cell);
std::string Ratio(const RatioResult& ratio);  // "7.42 (7.10–7.80)"
// What decides: "≤ 0.99 %", "trial 17", "7.42 (7.10–7.80)", "–".
std::string Result(const Claim& claim, const Verdict& verdict);
// "as expected", "not as expected (that was: supported)", "" when the claim expects nothing.
std::string Expectation(const Claim& claim, const Verdict& verdict);
// "S0, 000_25bf.txt, Kemandirian (id)"
std::string SourceLine(const Source& source);
// The text in `language` ("pt_BR" finds "pt"), else English, else the original, else any.
// `chosen` receives the language of what is returned.
std::string ClaimText(const Claim& claim, std::string_view language, std::string* chosen = nullptr);

// "19 claims: 14 supported, 2 refuted, ...; 18 as expected, 1 not as expected"
std::string OutcomeCounts(const RunReport& report);
// "planned 100 = executed 90 + skipped 8 + broken 2", digits alone, for programs that grep.
std::string AccountingLine(const Accounting& accounting);
// "40 of 40 behaved as they must", or with the first failure; "none was run".
std::string Controls(const ControlTally& tally);

// ---- What to show.

// Unexpected, broken, inconclusive, or with a failed control.
bool NeedsAttention(const Verdict& verdict);
// The claim of report.verdicts[index]; an empty one if the plan has none of that id.
const Claim& ClaimOf(const RunReport& report, std::size_t index);
ControlTally SumOfControls(const Verdict& verdict, ControlTally CellResult::*arm);
// The witness, else a typical trial; nullptr when the report carries none.
const Trial* DecisiveTrial(const RunReport& report, const Verdict& verdict);
// Whether this trial shows what the claim looked for.
bool IsWitness(const Verdict& verdict, std::uint64_t trial);
// The value of an envelope field, empty when it is not there.
std::string_view EnvelopeValue(const Envelope& envelope, std::string_view key);

}  // namespace bulkhead::wording

#endif  // BULKHEAD_REPORTS_WORDING_H_
