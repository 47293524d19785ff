#include "harness/cli/run_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/model/names.h"
#include "reports/text.h"

namespace bulkhead {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const Stream kPlain;

Face Width(std::size_t width) { return {width, &kPlain, Translator()}; }

Claim MakeClaim(const std::string& id, Quantifier quantifier = Quantifier::kAlways) {
  Claim claim;
  claim.id = id;
  claim.quantifier = quantifier;
  return claim;
}

Verdict MakeVerdict(const std::string& id, Outcome outcome) {
  Verdict verdict;
  verdict.claim = id;
  verdict.outcome = outcome;
  verdict.counted = 299;
  verdict.worst_upper = 0.00997;
  return verdict;
}

// A refuted claim whose bystanders died with their neighbour.
Verdict MakeRefuted(const std::string& id) {
  Verdict verdict = MakeVerdict(id, Outcome::kRefuted);
  verdict.found = 20;
  verdict.witness = 7;
  verdict.as_expected = false;
  CellResult cell;
  cell.found = 20;
  cell.bystander_fates = {{"intact", 500}, {"signaled SIGSEGV", 30}, {"corrupt", 3}};
  verdict.cells = {cell};
  return verdict;
}

std::string OneVerdictLine(const std::string& id, Outcome outcome) {
  const auto lines = VerdictLines(MakeClaim(id), MakeVerdict(id, outcome), 20, Width(80));
  EXPECT_THAT(lines, SizeIs(1));
  return lines.at(0);
}

TEST(VerdictLines, TheWordsAreAlignedToTheRight) {
  EXPECT_EQ(OneVerdictLine("a.b", Outcome::kSupported),
            "      ✔ supported  a.b                   0/299, ≤ 1.00 %");
  EXPECT_EQ(OneVerdictLine("a.b", Outcome::kNotApplicable),
            " – not-applicable  a.b                   not on this machine");
}

TEST(VerdictLines, TheEvidenceIsAligned) {
  const std::string a = OneVerdictLine("a", Outcome::kSupported);
  const std::string b = OneVerdictLine("long.claim", Outcome::kBroken);
  EXPECT_EQ(text::DisplayWidth(a.substr(0, a.find("0/299"))),
            text::DisplayWidth(b.substr(0, b.find("0/299"))));
}

TEST(VerdictLines, LongEvidenceMovesToTheLeftBeforeItTakesALine) {
  Verdict verdict = MakeVerdict("crash.thread-takes-process", Outcome::kSupported);
  verdict.found = verdict.counted = 14352;
  verdict.witness = 59941;
  EXPECT_THAT(VerdictLines(MakeClaim(verdict.claim), verdict, 40, Width(80)),
              ElementsAre("      ✔ supported  crash.thread-takes-process         14,352/14,352, "
                          "trial 59941"));
}

TEST(VerdictLines, TheUnexpectedIsMarkedAndSaysWhatHappenedAndWhatWasExpected) {
  Claim claim = MakeClaim("a.b");
  claim.expect = Outcome::kSupported;
  EXPECT_THAT(VerdictLines(claim, MakeRefuted("a.b"), 3, Width(80)),
              ElementsAre("       !✘ refuted  a.b  20/299, trial 7, SIGSEGV, expected supported"));
}

TEST(VerdictLines, NothingIsWiderThanAskedAndNoIdIsCut) {
  Claim claim = MakeClaim("");
  claim.expect = Outcome::kSupported;
  for (const std::string& id :
       {std::string("race.shared-memory-processes-lose-updates"), std::string(70, 'i'),
        std::string("進程崩潰不影響其他進程的記憶體和執行")}) {
    for (const std::size_t width : {40u, 60u, 80u, 120u}) {
      std::string all;
      for (const std::string& line :
           VerdictLines(claim, MakeRefuted(id), text::DisplayWidth(id), Width(width))) {
        EXPECT_LE(text::DisplayWidth(line), width) << line;
        for (const char c : line) {
          if (c != ' ') all += c;
        }
      }
      EXPECT_THAT(all, HasSubstr(id));
      EXPECT_THAT(all, EndsWith("expectedsupported"));
    }
  }
}

TEST(VerdictLines, ForeignTextIsHarmless) {
  const auto lines = VerdictLines(MakeClaim("a\x1b[2J\n"), MakeRefuted("a\x1b[2J\n"), 8, Width(80));
  for (const std::string& line : lines) EXPECT_EQ(line.find_first_of("\n\x1b"), std::string::npos);
}

TEST(News, IsHowMostOfTheBystandersEnded) {
  EXPECT_EQ(News(MakeClaim("a"), MakeRefuted("a")), "SIGSEGV");
  Verdict damaged = MakeRefuted("a");
  damaged.cells[0].bystander_fates["corrupt"] = 99;
  EXPECT_EQ(News(MakeClaim("a"), damaged), "corrupt");
}

TEST(News, ThereIsNoneOfWhatWasToBeExpected) {
  Verdict witnessed = MakeRefuted("a");
  witnessed.outcome = Outcome::kSupported;
  witnessed.as_expected = true;
  EXPECT_EQ(News(MakeClaim("a", Quantifier::kMay), witnessed), "");
  Claim other = MakeClaim("a");
  other.experiment.finding = Finding::kUpdatesLost;  // not of bystanders
  EXPECT_EQ(News(other, MakeRefuted("a")), "");
  EXPECT_EQ(News(MakeClaim("a"), MakeVerdict("a", Outcome::kSupported)), "");
}

RunPlan MakePlan() {
  RunPlan plan;
  plan.claims = {MakeClaim("a"), MakeClaim("b")};
  plan.cells.resize(3);
  for (PlannedCell& cell : plan.cells) {
    cell.treatment = 1000;
    cell.no_fault = 20;
    cell.positive = 5;
  }
  plan.cells[1].not_applicable = "no such vehicle here";
  plan.jobs = 3;
  plan.profile = "quick";
  plan.estimate = 43 * kSecond;
  return plan;
}

TEST(PlanLines, SayHowMuchOfWhat) {
  EXPECT_THAT(
      PlanLines(MakePlan(), Width(100)),
      ElementsAre("         Starting  2 claims, 2,050 trials in 2 of 3 cells, 3 jobs, about 45 s "
                  "(profile quick)"));
  RunPlan plan = MakePlan();
  plan.profile.clear();
  plan.estimate = 0;
  plan.cells[1].not_applicable.clear();
  EXPECT_EQ(PlanLine(plan), "2 claims, 3,075 trials in 3 cells, 3 jobs");
}

Progress MakeProgress() {
  Progress progress;
  progress.done = 1844;
  progress.planned = 3600;
  progress.elapsed = 12 * kSecond;
  progress.rate = 1240;
  for (std::uint32_t i = 0; i < 4; ++i) {
    progress.running.push_back(
        {i, 17 + i, {"null-store", VehicleKind::kFork}, Arm::kTreatment, kSecond * i, {}});
  }
  return progress;
}

TEST(LiveLine, NeverExceedsTheWidth) {
  for (const int width : {0, 20, 40, 80, 200}) {
    EXPECT_LE(text::DisplayWidth(LiveLine(MakeProgress(), {123, 456}, width, Translator())),
              static_cast<std::size_t>(std::max(width - 3, 20)));
  }
}

TEST(LiveLine, ShowsWhatIsLeftAndTheLongestRunningFirst) {
  EXPECT_THAT(
      LiveLine(MakeProgress(), {}, 80, Translator()),
      StartsWith("[#####-----]  51 %  1,844/3,600  1,240/s  0:01 left  null-store/fork (3 "));
}

TEST(LiveLine, CountsWhatIsUnexpectedAndWhatIsOpen) {
  const std::string line = LiveLine(MakeProgress(), {1, 2}, 80, Translator());
  EXPECT_THAT(line, HasSubstr("  1 unexpected  2 open  "));
  EXPECT_THAT(LiveLine(MakeProgress(), {}, 80, Translator()), Not(HasSubstr("open")));
}

TEST(LiveLine, SaysLongTimesWithHours) {
  Progress progress = MakeProgress();
  progress.rate = 0.25;
  EXPECT_THAT(LiveLine(progress, {}, 80, Translator()), HasSubstr("  0/s  1:57:04 left  "));
}

TEST(LiveLine, AnEmptyPlanIsDone) {
  EXPECT_THAT(LiveLine({}, {}, 80, Translator()), HasSubstr("100 %"));
}

TEST(SlowLines, NameTheTrialAndItsTime) {
  EXPECT_THAT(SlowLines(MakeProgress().running[3], Width(80)),
              ElementsAre("           ! SLOW  null-store/fork: trial 20 has taken 3.0 s so far"));
}

Leak MakeLeak(const CellKey& cell, const std::string& what) {
  Leak leak;
  leak.block = 3;
  leak.cell = cell;
  leak.what = what;
  return leak;
}

TEST(LeakLines, ForeignTextIsHarmless) {
  const Leak leak = MakeLeak({"spin", VehicleKind::kFork}, "process 7 (\x1b[31m)");
  EXPECT_THAT(LeakLines(leak, Width(80)),
              ElementsAre("           ! LEAK  spin/fork, block 3: process 7 (␛[31m)"));
  EXPECT_THAT(LeakLines(MakeLeak({}, "/dev/shm/x"), Width(80)),
              ElementsAre("           ! LEAK  /dev/shm/x"));
}

TEST(StatusLines, SayWhatEachUnitDoes) {
  Progress progress = MakeProgress();
  progress.running.resize(1);
  progress.running[0].units = {{"victim", 4711, UnitStage::kActing},
                               {"bystander 1", 0, UnitStage::kEnded}};
  EXPECT_THAT(StatusLines(progress, Width(80)),
              ElementsAre("running for 12.0 s: 1,844 of 3,600 trials done (51 %), 1 in flight",
                          "  job 0: trial 17, null-store/fork, treatment, for 0.0 s",
                          "    victim (process 4711) was told to act and is not back",
                          "    bystander 1 has ended"));
}

TEST(StatusLines, EveryStageHasItsWords) {
  std::set<std::string> said;
  for (const Named<UnitStage>& stage : NamesOf<UnitStage>()) {
    Progress progress = MakeProgress();
    progress.running.resize(1);
    progress.running[0].units = {{"victim", 0, stage.value}};
    said.insert(StatusLines(progress, Width(80)).back());
  }
  EXPECT_THAT(said, SizeIs(8));
}

TEST(InterruptedText, SaysHowManyTrialsAreFinished) {
  EXPECT_THAT(InterruptedText(1, 1, Translator()), HasSubstr("finishing 1 trial in flight"));
  EXPECT_THAT(InterruptedText(1, 3, Translator()), HasSubstr("finishing 3 trials in flight"));
  EXPECT_THAT(InterruptedText(2, 3, Translator()), HasSubstr("stopping"));
}

TEST(NoteLines, AreWrappedBesideTheirWord) {
  const auto lines = NoteLines(std::string(40, 'x') + " " + std::string(40, 'y'), Width(80));
  EXPECT_THAT(lines, ElementsAre("             note  " + std::string(40, 'x'),
                                 std::string(19, ' ') + std::string(40, 'y')));
}

}  // namespace
}  // namespace bulkhead
