#include "harness/cli/terminal_progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A stream into memory that is declared to be a terminal or not.
class Captured {
 public:
  explicit Captured(bool terminal) {
    stream_.file = open_memstream(&text_, &size_);
    stream_.terminal = terminal;
  }
  ~Captured() {
    std::fclose(stream_.file);
    std::free(text_);
  }
  const Stream& stream() const { return stream_; }
  std::string text() const {
    std::fflush(stream_.file);
    return {text_, size_};
  }

 private:
  char* text_ = nullptr;
  std::size_t size_ = 0;
  Stream stream_;
};

RunPlan MakePlan() {
  RunPlan plan;
  plan.run_id = "20261121T100032Z-7f3a2c";
  plan.claims.resize(2);
  plan.claims[0].id = "crash.contained";
  plan.claims[1].id = "memory.private";
  return plan;
}

RunReport MakeReport(const RunPlan& plan) {
  RunReport report;
  report.plan = plan;
  report.complete = true;
  report.end.accounting = {.planned = 10,
                           .executed = 8,
                           .skipped = 2,
                           .broken = 0,
                           .skipped_because = {{"stopped early", 2}}};
  for (const Claim& claim : plan.claims) {
    Verdict verdict;
    verdict.claim = claim.id;
    verdict.outcome = Outcome::kSupported;
    report.verdicts.push_back(verdict);
  }
  return report;
}

Progress At(std::uint64_t done, std::uint64_t planned) {
  Progress progress;
  progress.done = done;
  progress.planned = planned;
  return progress;
}

std::string LastLine(const std::string& text) {
  return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

constexpr char kAccounting[] = "planned 10 = executed 8 + skipped 2 + broken 0\n";

TEST(TerminalProgress, APipeGetsRecordsWithoutEscapes) {
  Captured out(false), err(false);
  const RunPlan plan = MakePlan();
  const RunReport report = MakeReport(plan);
  {
    TerminalProgress show({out.stream(), err.stream()}, plan, {});
    show.Begin("dir");
    show.Tick(At(1, 10));
    show.ClaimDecided(1, report.verdicts[1]);
    show.Notice("a leak");
    show.Finish(report, "dir/report.md");
  }
  EXPECT_THAT(out.text(), Not(HasSubstr("\x1b")));
  EXPECT_THAT(out.text(), Not(HasSubstr("\r")));
  EXPECT_THAT(out.text(), HasSubstr("run id=20261121T100032Z-7f3a2c "));
  EXPECT_THAT(out.text(), HasSubstr("notice text=\"a leak\"\n"));
  EXPECT_THAT(out.text(), HasSubstr("report path=dir/report.md\n"));
  EXPECT_EQ(LastLine(out.text()), kAccounting);
  EXPECT_THAT(err.text(), IsEmpty());  // a progress record only after a minute
}

TEST(TerminalProgress, EveryClaimIsShownOnce) {
  Captured out(false), err(false);
  const RunPlan plan = MakePlan();
  const RunReport report = MakeReport(plan);
  TerminalProgress show({out.stream(), err.stream()}, plan, {});
  show.ClaimDecided(1, report.verdicts[1]);
  show.Finish(report, "");
  const std::string text = out.text();
  for (const Claim& claim : plan.claims) {
    const std::string record = "verdict outcome=supported claim=" + claim.id;
    const std::size_t first = text.find(record);
    EXPECT_NE(first, std::string::npos);
    EXPECT_EQ(text.find(record, first + 1), std::string::npos);
  }
}

TEST(TerminalProgress, TheLiveLineIsClearedBeforeAnyOtherLineAndInTheEnd) {
  Captured out(true), err(true);
  const RunPlan plan = MakePlan();
  const RunReport report = MakeReport(plan);
  {
    TerminalProgress show({out.stream(), err.stream()}, plan, {});
    show.Tick(At(1, 10));
    EXPECT_THAT(err.text(), HasSubstr("1/10"));
    show.ClaimDecided(0, report.verdicts[0]);
    EXPECT_TRUE(err.text().ends_with("\r\033[K"));
  }
  {
    TerminalProgress show({out.stream(), err.stream()}, plan, {});
    show.Tick(At(2, 10));
  }
  EXPECT_TRUE(err.text().ends_with("\r\033[K"));
  EXPECT_THAT(err.text(), Not(HasSubstr("\033[?25l")));  // the cursor is never hidden
}

TEST(TerminalProgress, RedrawsAtMostTenTimesASecond) {
  Captured out(true), err(true);
  const RunPlan plan = MakePlan();
  TerminalProgress show({out.stream(), err.stream()}, plan, {});
  for (std::uint64_t i = 0; i < 1000; ++i) show.Tick(At(i, 1000));
  EXPECT_LE(std::ranges::count(err.text(), '\r'), 5);
}

TEST(TerminalProgress, OnATerminalTheAccountingIsTheLastLineToo) {
  Captured out(true), err(true);
  const RunPlan plan = MakePlan();
  TerminalProgress show({out.stream(), err.stream()}, plan, {});
  show.Finish(MakeReport(plan), "dir/report.md");
  EXPECT_THAT(out.text(), HasSubstr("  report: dir/report.md\n"));
  EXPECT_EQ(LastLine(out.text()), kAccounting);
}

TEST(TerminalProgress, QuietIsTheSummaryAlone) {
  Captured out(true), err(true);
  const RunPlan plan = MakePlan();
  const RunReport report = MakeReport(plan);
  ShowOptions options;
  options.quiet = true;
  TerminalProgress show({out.stream(), err.stream()}, plan, options);
  show.Begin("dir");
  show.Tick(At(1, 10));
  show.ClaimDecided(0, report.verdicts[0]);
  show.Finish(report, "dir/report.md");
  EXPECT_EQ(std::ranges::count(out.text(), '\n'), 3) << out.text();
  EXPECT_THAT(err.text(), IsEmpty());
}

TEST(TerminalProgress, WhatIsBlindedIsNoticedEvenInQuiet) {
  for (const bool quiet : {false, true}) {
    Captured out(false), err(false);
    RunPlan plan = MakePlan();
    plan.blind = {"canary"};
    ShowOptions options;
    options.quiet = quiet;
    TerminalProgress show({out.stream(), err.stream()}, plan, options);
    show.Begin("dir");
    EXPECT_THAT(out.text(), HasSubstr("notice text=\"Blinded on purpose: canary."));
    EXPECT_EQ(out.text().find(" blind=canary directory=dir\n") == std::string::npos, quiet);
  }
}

TEST(TerminalProgress, PlainOnATerminalIsRecords) {
  Captured out(true), err(true);
  const RunPlan plan = MakePlan();
  ShowOptions options;
  options.progress = ProgressStyle::kPlain;
  TerminalProgress show({out.stream(), err.stream()}, plan, options);
  show.Begin("dir");
  show.Tick(At(1, 10));
  EXPECT_THAT(out.text(), testing::StartsWith("run id="));
  EXPECT_THAT(err.text(), IsEmpty());
}

RunningTrial Slow(std::uint64_t trial, const std::string& scenario) {
  RunningTrial slow;
  slow.trial = trial;
  slow.cell = {scenario, VehicleKind::kFork};
  slow.for_ns = 3 * kSecond;
  return slow;
}

TEST(TerminalProgress, ACellIsSlowOnce) {
  Captured out(false), err(false);
  const RunPlan plan = MakePlan();
  TerminalProgress show({out.stream(), err.stream()}, plan, {});
  show.TrialSlow(Slow(1, "spin"));
  show.TrialSlow(Slow(2, "spin"));
  show.TrialSlow(Slow(3, "deadlock"));
  EXPECT_EQ(out.text(),
            "slow cell=spin/fork trial=1 arm=treatment for=3.0\n"
            "slow cell=deadlock/fork trial=3 arm=treatment for=3.0\n");
}

TEST(TerminalProgress, TheLiveLineCountsUnexpectedAndOpenClaims) {
  Captured out(true), err(true);
  const RunPlan plan = MakePlan();
  RunReport report = MakeReport(plan);
  report.verdicts[0].as_expected = false;
  report.verdicts[1].outcome = Outcome::kInconclusive;
  TerminalProgress show({out.stream(), err.stream()}, plan, {});
  show.ClaimDecided(0, report.verdicts[0]);
  show.ClaimDecided(1, report.verdicts[1]);
  show.Tick(At(1, 10));
  EXPECT_THAT(err.text(), HasSubstr("1 unexpected  1 open"));
}

TEST(TerminalProgress, WhoAsksIsAnsweredOnStderrEvenInQuiet) {
  for (const bool terminal : {false, true}) {
    Captured out(terminal), err(terminal);
    const RunPlan plan = MakePlan();
    ShowOptions options;
    options.quiet = true;
    TerminalProgress show({out.stream(), err.stream()}, plan, options);
    show.Asked(At(1, 10));
    EXPECT_THAT(out.text(), IsEmpty());
    EXPECT_EQ(err.text(), "running for 0.0 s: 1 of 10 trials done (10 %), 0 in flight\n");
  }
}

TEST(TerminalProgress, RecordsAreEnglishWhateverTheLanguage) {
  Captured out(false), err(false);
  const RunPlan plan = MakePlan();
  ShowOptions options;
  options.language = "id";
  TerminalProgress show({out.stream(), err.stream()}, plan, options);
  show.Interrupted(1, 2);
  show.ClaimDecided(0, MakeReport(plan).verdicts[0]);
  EXPECT_EQ(
      out.text(),
      "notice text=\"interrupted: finishing 2 trials in flight, then the report; once more to "
      "stop at once\"\nverdict outcome=supported claim=crash.contained n=0 k=0 "
      "expected=none\n");
}

}  // namespace
}  // namespace bulkhead
