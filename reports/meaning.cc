// The meanings of the words that reports use.  Every string of this file is a message of the
// catalogs (script/catalogs); who prints one translates it.
#include "reports/wording.h"

namespace bulkhead::wording {

std::string_view Meaning(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSupported:
      return "the evidence is on the claim's side, within the bound that is printed with it";
    case Outcome::kRefuted:
      return "there is a counterexample, and no cell supports the claim";
    case Outcome::kConditional:
      return "it holds under some conditions and fails under others; both are named";
    case Outcome::kInconclusive:
      return "the evidence does not decide it; the reason is given";
    case Outcome::kNotApplicable:
      return "this machine cannot run the experiment";
    case Outcome::kBroken:
      return "the harness or a plugin failed; this says nothing of the claim";
  }
  return "";
}

std::string_view Meaning(Finding finding) {
  switch (finding) {
    case Finding::kBystanderDied:
      return "a bystander is gone";
    case Finding::kBystanderStopped:
      return "a bystander is gone, or does not act any more";
    case Finding::kBystanderDamaged:
      return "a bystander's memory is not what it was";
    case Finding::kBystanderAffected:
      return "a bystander is gone, does not act any more, or its memory is not what it was";
    case Finding::kSilentDamage:
      return "everybody lives and acts, and some memory is not what it was";
    case Finding::kThreadOutlived:
      return "the process has ended and a thread of it still acts";
    case Finding::kForeignSeen:
      return "a unit sees what another one did";
    case Finding::kForeignMissed:
      return "a unit does not see what another one did";
    case Finding::kRegionShared:
      return "a unit sees what another one did, or their memory regions overlap";
    case Finding::kMisplaced:
      return "what one process owns reached another, or did not reach its own threads, or what was "
             "passed on purpose did not arrive";
    case Finding::kUpdatesLost:
      return "a counter is not the sum of what was added to it";
  }
  return "";
}

std::string_view Meaning(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::kAlways:
      return "one counterexample speaks against it; many trials without one bound how often one "
             "may occur";
    case Quantifier::kMay:
      return "one witnessed occurrence supports it; trials without one only bound how often it "
             "occurs";
    case Quantifier::kRatio:
      return "the interval of a measured ratio decides";
  }
  return "";
}

std::string_view MeaningOfExit(int code) {
  switch (code) {
    case 0:
      return "all as expected";
    case 1:
      return "some verdict is not as expected";
    case 2:
      return "usage or bad input";
    case 3:
      return "nothing unexpected, but some claim is inconclusive or not all was executed";
    case 4:
      return "a control failed, or the harness or a plugin broke";
    case 5:
      return "nothing ran";
    case 130:
      return "interrupted; the report covers what was finished";
    default:
      return "not a code of this program";
  }
}

}  // namespace bulkhead::wording
