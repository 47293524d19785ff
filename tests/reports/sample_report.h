// A fixed run with all six outcomes, a ratio, a failed control, and text of the kind that broken or
// hostile programs produce.  The golden files are made of it.
#ifndef BULKHEAD_TESTS_REPORTS_SAMPLE_REPORT_H_
#define BULKHEAD_TESTS_REPORTS_SAMPLE_REPORT_H_

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/run_report.h"

namespace bulkhead::sample {

// Control characters, a terminal escape, invalid UTF-8, a turn of direction, markup, table syntax.
inline const std::string kHostile =
    "\x1b[31mred\x1b[0m \x01\x07 \xff\xc3( \xe2\x80\xae | `tick` <b>bold</b> </script> [x](y) \x7f";

inline CellKey Cell(const char* scenario, VehicleKind vehicle) { return {scenario, vehicle}; }

inline CellResult Clean(const char* scenario, VehicleKind vehicle, std::uint64_t typical) {
  CellResult cell;
  cell.cell = Cell(scenario, vehicle);
  cell.state = CellState::kHolds;
  cell.planned = cell.executed = cell.counted = 299;
  cell.upper = 0.00997;
  cell.blocks = 10;
  cell.no_fault = cell.positive = {20, 20, {}};
  cell.victim_fates = {{"signaled SIGSEGV (fault)", 299}};
  cell.bystander_fates = {{"intact", 598}};
  cell.typical = typical;
  return cell;
}

inline CellResult Violated(const char* scenario, VehicleKind vehicle, std::uint64_t n,
                           std::uint64_t k, std::uint64_t witness) {
  CellResult cell = Clean(scenario, vehicle, 0);
  cell.state = CellState::kViolated;
  cell.reason = std::to_string(k) + " of " + std::to_string(n) + " show it";
  cell.executed = cell.counted = n;
  cell.found = k;
  cell.lower = 0.861;
  cell.upper = 1;
  cell.stopped_early = n < 299;
  cell.typical.reset();
  cell.witness = witness;
  cell.bystander_fates = {{"signaled SIGSEGV (process)", 2 * n}};
  return cell;
}

inline Claim MakeClaim(std::string id, Quantifier quantifier, Finding finding,
                       std::optional<Outcome> expect, std::string en) {
  Claim claim;
  claim.id = std::move(id);
  claim.quantifier = quantifier;
  claim.text["en"] = std::move(en);
  claim.original = "en";
  claim.sources = {{"S0", "000_25bf4434ecb5de68.txt", "id", "Kemandirian"}};
  claim.experiment.tags = {"fatal"};
  claim.experiment.finding = finding;
  claim.expect = expect;
  claim.file = "scenarios/claims/crash.toml";
  claim.line = 12;
  return claim;
}

inline Verdict MakeVerdict(const Claim& claim, Outcome outcome, std::string sentence,
                           std::vector<CellResult> cells) {
  Verdict verdict;
  verdict.claim = claim.id;
  verdict.outcome = outcome;
  verdict.sentence = std::move(sentence);
  verdict.cells = std::move(cells);
  for (const CellResult& cell : verdict.cells) {
    verdict.counted += cell.counted;
    verdict.found += cell.found;
    if (!verdict.witness) verdict.witness = cell.witness;
  }
  if (outcome == Outcome::kSupported) verdict.worst_upper = 0.00997;
  // As the judge does it: what is not decided contradicts nothing.
  const bool decided = outcome == Outcome::kSupported || outcome == Outcome::kRefuted ||
                       outcome == Outcome::kConditional;
  if (claim.expect && (decided || *claim.expect == outcome)) {
    verdict.as_expected = *claim.expect == outcome;
  }
  return verdict;
}

inline Trial MakeTrial(std::uint64_t id, CellKey cell, std::vector<Observation> seen) {
  Trial trial;
  trial.plan = {id, 3, std::move(cell), Arm::kTreatment, Hit::kNone, 0x5eed + id, 2};
  trial.started = 12 * kSecond;
  trial.took = 2 * kMillisecond;
  trial.observations = std::move(seen);
  return trial;
}

inline Trial CrashTrial(std::uint64_t id, CellKey cell, bool siblings_die) {
  constexpr Nanoseconds kUs = kMicrosecond;
  std::vector<Observation> seen{
      {90 * kUs, 0, Launched{4711}},
      {110 * kUs, 1, Launched{4712}},
      {180 * kUs, 0, Ready{4711}},
      {200 * kUs, 1, Ready{4712}},
      {210 * kUs, 2, Ready{4713}},
      {300 * kUs, 0, Armed{}},
      {320 * kUs, 0, Firing{}},
      {330 * kUs, 0, Faulted{SIGSEGV, SEGV_MAPERR, 0, 0x401136, 4711}},
      {420 * kUs, 0, Ended{true, SIGSEGV, false, 100, 200, 3400}},
      {430 * kUs, 0, ChannelClosed{}},
  };
  for (std::uint32_t unit = 1; unit <= 2; ++unit) {
    if (siblings_die) {
      seen.push_back({(430 + unit) * kUs, unit, Ended{true, SIGSEGV, false, 0, 0, 3400}});
    } else {
      seen.push_back({(440 + unit) * kUs, unit, Challenged{}});
      seen.push_back({(500 + 9 * unit) * kUs, unit, Answered{true, 0, 0, 17}});
    }
  }
  return MakeTrial(id, std::move(cell), std::move(seen));
}

// Every kind of observation once, with hostile names.
inline Trial EveryEvent(std::uint64_t id, CellKey cell) {
  constexpr Nanoseconds kMs = kMillisecond;
  Trial trial = MakeTrial(id, std::move(cell),
                          {{1 * kMs, 0, Launched{99}},
                           {2 * kMs, 0, Ready{99}},
                           {3 * kMs, 0, Armed{}},
                           {4 * kMs, 0, Firing{}},
                           {5 * kMs, 0, Faulted{SIGBUS, BUS_ADRERR, 0x7f00, 0x10, 99}},
                           {6 * kMs, 0, Returned{}},
                           {7 * kMs, 1, TaskGone{}},
                           {8 * kMs, 1, Doing{'S', 5000000, 202}},
                           {9 * kMs, 1, TargetRead{true}},
                           {10 * kMs, 1, Challenged{}},
                           {11 * kMs, 1, Answered{false, 0x40, 2, 5}},
                           {12 * kMs, 2, Silent{100 * kMs}},
                           {13 * kMs, 2, ChannelClosed{}},
                           {14 * kMs, 1, Reading{kHostile, 0xabc, false}},
                           {15 * kMs, 1, Reading{"global", TokenOf(0x5eed + id, 0), false}},
                           {16 * kMs, 1, Reading{"environment", 0, true}},
                           {17 * kMs, 1, Region{"stack", 0x7ffc0000, 8192}},
                           {18 * kMs, 0, Samples{"thread", {1, 2, 3}}},
                           {19 * kMs, 2, SignalSent{SIGKILL, "the trial is over"}},
                           {20 * kMs, 2, NotReaped{}},
                           {21 * kMs, 2, Garbage{kHostile}},
                           {2000 * kMs, 0, Ended{false, 139, false, 1, 2, 3}}});
  trial.output = "terminate called\n" + kHostile + "\n";
  return trial;
}

inline RunReport Sample() {
  RunReport report;
  RunPlan& plan = report.plan;
  plan.run_id = "20260115-101500-5eed";
  plan.tool_version = "0.1.0";
  plan.command_line = "bulkhead run /home/alice/my-lab.toml --seed 0x5eed";
  plan.started = "2026-01-15T10:15:00Z";
  plan.seed = 0x5eed;
  plan.jobs = 2;
  plan.profile = "quick";
  plan.estimate = 130 * kSecond;
  plan.cleaned_up = {
      "cleaned up after the run of process 4711, which was killed: 2 processes, 1 directory"};
  plan.envelope.fields = {{"aslr", "2"},
                          {"cpu.model", "Example CPU @ 2.40GHz"},
                          {"cwd", "/home/alice/work on buildhost7"},
                          {"host.name", "buildhost7"},
                          {"kernel.release", "6.1.0-44-amd64"},
                          {"kernel.version", kHostile},
                          {"user.name", "alice"}};

  const auto add = [&](Claim claim, Verdict verdict) {
    plan.claims.push_back(std::move(claim));
    report.verdicts.push_back(std::move(verdict));
  };

  Claim contained = MakeClaim("crash.process-contained", Quantifier::kAlways,
                              Finding::kBystanderAffected, Outcome::kSupported,
                              "A crash of one process leaves the others running and intact.");
  contained.text["id"] = "Jika satu proses mengalami crash, proses lain tidak terpengaruh.";
  contained.text["pt"] = "A falha de um processo não afeta os outros.";
  contained.original = "id";
  contained.rationale["en"] = "Every fatal fault of the catalogue, in every process vehicle.";
  add(contained,
      MakeVerdict(
          contained, Outcome::kSupported,
          "No counterexample in 598 counted trials over 2 cells; in each the rate "
          "is at most 1.00 % at 95 % on this machine.",
          {Clean("null-store", VehicleKind::kFork, 5), Clean("abort", VehicleKind::kExec, 6)}));
  report.decisive[5] = CrashTrial(5, Cell("null-store", VehicleKind::kFork), false);

  const Claim hostile =
      MakeClaim("memory.process-private", Quantifier::kAlways, Finding::kForeignSeen,
                Outcome::kSupported, "A store is not visible elsewhere: " + kHostile);
  add(hostile, MakeVerdict(hostile, Outcome::kRefuted, "Refuted in trial 17: " + kHostile,
                           {Violated("evil|`name`</script>", VehicleKind::kFork, 20, 20, 17)}));
  report.decisive[17] = EveryEvent(17, Cell("evil|`name`</script>", VehicleKind::kFork));

  const Claim siblings =
      MakeClaim("crash.thread-siblings-continue", Quantifier::kAlways, Finding::kBystanderStopped,
                Outcome::kConditional, "If one thread fails, the others still work.");
  Verdict depends = MakeVerdict(siblings, Outcome::kConditional,
                                "Holds in 1 of 2 cells: it depends on the fault.",
                                {Clean("pthread-exit", VehicleKind::kThread, 31),
                                 Violated("null-store", VehicleKind::kThread, 20, 20, 32)});
  depends.holds_in = {Message("pthread-exit in thread")};
  depends.fails_in = {Message("null-store in thread: the process ends by SIGSEGV")};
  add(siblings, depends);
  report.decisive[32] = CrashTrial(32, Cell("null-store", VehicleKind::kThread), true);

  const Claim hang =
      MakeClaim("crash.hang-contained", Quantifier::kAlways, Finding::kBystanderAffected,
                Outcome::kSupported, "A process that hangs leaves the others working.");
  CellResult open = Clean("spin-hang", VehicleKind::kFork, 41);
  open.state = CellState::kOpen;
  open.reason = "72 of 299 counted: in 227 the fault had no effect";
  open.counted = 72;
  open.void_trials = 220;
  open.troubled = 7;
  open.upper = 0.0408;
  add(hang, MakeVerdict(hang, Outcome::kInconclusive,
                        "No counterexample in 72 counted trials; the bound 4.08 % is above the "
                        "target 1.00 %.",
                        {open}));

  const Claim blind =
      MakeClaim("corruption.process-contained", Quantifier::kAlways, Finding::kBystanderDamaged,
                std::nullopt, "Memory corrupted by one process damages no other.");
  CellResult unseen = Clean("wild-store", VehicleKind::kFork, 51);
  unseen.state = CellState::kOpen;
  unseen.reason = "the positive control failed";
  unseen.positive = {20, 19,
                     Message("trial 52: bystander 1 was hit by corrupt and reported intact")};
  Verdict failed = MakeVerdict(blind, Outcome::kInconclusive,
                               "A control failed: the observer may be blind.", {unseen});
  failed.control_failed = true;
  failed.witness = 52;
  Trial& control = report.decisive[52] =
      CrashTrial(52, Cell("wild-store", VehicleKind::kFork), false);
  control.plan.arm = Arm::kPositive;
  control.plan.hit = Hit::kCorrupt;
  add(blind, failed);

  const Claim pidns =
      MakeClaim("crash.namespace-contained", Quantifier::kAlways, Finding::kBystanderDied,
                std::nullopt, "A crash inside a PID namespace stays inside.");
  CellResult refused;
  refused.cell = Cell("null-store", VehicleKind::kPidns);
  refused.state = CellState::kNotApplicable;
  refused.reason = "PID namespaces are refused: clone3: Operation not permitted";
  refused.planned = 299;
  add(pidns, MakeVerdict(pidns, Outcome::kNotApplicable, "No cell can be run on this machine.",
                         {refused}));

  const Claim broken =
      MakeClaim("resource.process-own-descriptors", Quantifier::kAlways, Finding::kForeignSeen,
                std::nullopt, "Each process has a descriptor table of its own.");
  CellResult ruined;
  ruined.cell = Cell("descriptor-table", VehicleKind::kFork);
  ruined.state = CellState::kBroken;
  ruined.reason = "the plugin ended by SIGSEGV while it was being loaded";
  ruined.planned = 10;
  add(broken,
      MakeVerdict(broken, Outcome::kBroken, "Its only plugin could not be loaded.", {ruined}));
  report.broken = {{ruined.cell, ruined.reason.English()}};

  Claim slower =
      MakeClaim("cost.process-creation-slower", Quantifier::kRatio, Finding::kBystanderAffected,
                Outcome::kSupported, "Creating a process takes longer than creating a thread.");
  slower.experiment.ratio = RatioSpec{"process", "thread", 1.0};
  Verdict ratio = MakeVerdict(slower, Outcome::kSupported,
                              "process / thread = 7.42 (95 % interval 7.10 to 7.80), above 1.", {});
  ratio.ratio = RatioResult{900, 92300.0, 12440.0, 7.42, 7.1, 7.8, 0xb007, 10000};
  add(slower, ratio);

  const Claim race = MakeClaim("race.shared-memory-processes-lose-updates", Quantifier::kMay,
                               Finding::kUpdatesLost, Outcome::kSupported,
                               "Processes that share memory can lose updates.");
  CellResult seen = Violated("lost-updates-plain", VehicleKind::kFork, 26, 20, 91);
  seen.lower = 0.594;
  seen.upper = 0.897;
  seen.replays = 9;
  seen.replayed = 7;
  seen.state = CellState::kHolds;
  seen.reason = Message();
  add(race,
      MakeVerdict(race, Outcome::kSupported, "Witnessed in trial 91, and 19 times more.", {seen}));

  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) {
      PlannedCell planned{cell.cell, cell.planned, 20, 20, ""};
      if (cell.state == CellState::kNotApplicable) planned.not_applicable = cell.reason.English();
      plan.cells.push_back(planned);
      Scenario scenario;
      scenario.manifest.name = cell.cell.scenario;
      scenario.manifest.summary = "stores through a null pointer";
      scenario.manifest.tags = {"fatal"};
      scenario.manifest.ends = {{EndKind::kSignal, SIGSEGV}};
      if (cell.cell.scenario == "descriptor-table" || cell.cell.scenario[0] == 'l') {
        scenario.manifest.kind = ScenarioKind::kProbe;
      }
      plan.scenarios.push_back(scenario);
    }
  }
  report.leaks = {
      {3, Cell("null-store", VehicleKind::kFork), "process 4711 (orphan of a unit), ended"}};
  report.end.accounting = {
      2600,
      2000,
      580,
      20,
      {{"the cell had found enough", 279}, {"PID namespaces are refused", 301}}};
  report.end.took = 107 * kSecond;
  report.complete = true;
  report.journal_digest = std::string(64, 'a');
  report.exit_code = 4;
  return report;
}

}  // namespace bulkhead::sample

#endif  // BULKHEAD_TESTS_REPORTS_SAMPLE_REPORT_H_
