// What one trial costs against the bare kernel calls, measured side by side in one run: on one
// processor each, as a run places four of five blocks, and over all.  Prints medians, quartiles and
// ratios; judges nothing.
//
// Runs in: a developer's terminal (target `bench`), never as a timed test.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/journal/journal.h"
#include "harness/judge/judge.h"
#include "harness/os/affinity.h"
#include "harness/os/event_loop.h"
#include "harness/os/limits.h"
#include "harness/os/machine.h"
#include "harness/os/signals.h"
#include "harness/supervisor/trial_runner.h"

namespace {

using namespace bulkhead;

constexpr int kRounds = 40;    // of all kinds, one after the other
constexpr int kPerRound = 50;  // trials of a kind in a round

// ---- Bare rounds, in a small process of their own.

class Bare {
 public:
  Bare(const std::string& program, std::span<const int> cpus) {
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0) std::exit(1);
    if (fork() == 0) {
      os::RunOn(cpus);
      dup2(to[0], 0);
      dup2(from[1], 1);
      for (int fd = 3; fd < 64; ++fd) close(fd);
      execl(program.c_str(), "bench-bare", nullptr);
      _exit(127);
    }
    close(to[0]);
    close(from[1]);
    out_ = fdopen(to[1], "w");
    in_ = fdopen(from[0], "r");
  }
  void Run(const char* kind, std::vector<double>& times) {
    std::fprintf(out_, "%s %d\n", kind, kPerRound);
    std::fflush(out_);
    long long ns = 0;
    for (int i = 0; i < kPerRound && std::fscanf(in_, "%lld", &ns) == 1; ++i) {
      times.push_back(static_cast<double>(ns));
    }
  }

 private:
  std::FILE* out_;
  std::FILE* in_;
};

// ---- Observed trials, as a campaign runs them: journaled and judged.

class Observed {
 public:
  Observed(os::EventLoop& loop, const std::string& root, VehicleKind vehicle,
           std::span<const int> cpus)
      : loop_(loop),
        cpus_(cpus.begin(), cpus.end()),
        journal_(*JournalWriter::Create(
            fmt::format("{}/bench-{}-{}.zst", Scratch(), TraitsOf(vehicle).name, cpus.size()))) {
    os::RunOn(cpus_);
    plan_.cell = {"null-store", vehicle};
    auto zygote = ZygoteProcess::Start(
        {root + "/bin/bulkhead-zygote", root + "/lib/bulkhead/scenarios/null-store.so", "", true},
        ledger_);
    if (!zygote || !(*zygote)->Attach(loop_)) {
      fmt::print(stderr, "cannot start a zygote\n");
      std::exit(1);
    }
    zygote_ = std::move(*zygote);
    RunPlan run;
    run.scenarios.push_back({zygote_->manifest(), "", ""});
    Claim claim;
    claim.id = "bench";
    claim.experiment.names = {"null-store"};
    claim.experiment.vehicles = {vehicle};
    run.claims.push_back(claim);
    PlannedCell cell;
    cell.key = plan_.cell;
    cell.treatment = kRounds * kPerRound;
    run.cells.push_back(cell);
    judge_.emplace(run);
    (void)journal_.Append(run);
  }

  void Run(std::vector<double>& times) {
    os::RunOn(cpus_);
    for (int i = 0; i < kPerRound; ++i) {
      ++plan_.id;
      plan_.seed = Derive(1, plan_.id);
      bool done = false;
      const Nanoseconds start = Now();
      TrialRunner runner(loop_, *zygote_, plan_, {}, ledger_, 0, [&](Trial trial) {
        if (!trial.trouble.empty()) {
          fmt::print(stderr, "trouble: {}\n", trial.trouble);
          std::exit(1);
        }
        const Record record(std::move(trial));
        (void)journal_.Append(record);
        judge_->Add(record);
        done = true;
      });
      runner.Start();
      while (!done) (void)loop_.RunOnce();
      times.push_back(static_cast<double>(Now() - start));
    }
  }

  std::uint64_t counted() const { return judge_->VerdictOf(0).counted; }

  static const std::string& Scratch() {
    static const std::string directory = [] {
      std::string name = "/tmp/bulkhead-bench-XXXXXX";
      if (mkdtemp(name.data()) == nullptr) std::exit(1);
      return name;
    }();
    return directory;
  }

 private:
  os::EventLoop& loop_;
  const std::vector<int> cpus_;
  const Ledger ledger_ = [](const SignalIntent&) { return true; };
  TrialPlan plan_;
  std::unique_ptr<ZygoteProcess> zygote_;
  JournalWriter journal_;
  std::optional<Judge> judge_;
};

struct Series {
  std::string name;
  std::function<void(std::vector<double>&)> run;
  std::vector<double> times;
  double Quantile(double q) {
    std::sort(times.begin(), times.end());
    return times[static_cast<std::size_t>(q * static_cast<double>(times.size() - 1))] / 1000.0;
  }
};

// Everything once, on the processors given.
struct Placement {
  Placement(os::EventLoop& loop, const std::string& root, std::span<const int> cpus)
      : bare(root + "/bin/bench-bare", cpus),
        processes(loop, root, VehicleKind::kFork, cpus),
        threads(loop, root, VehicleKind::kThread, cpus) {}

  void Round() {
    for (Series& one : series) one.run(one.times);
  }
  void Forget() {
    for (Series& one : series) one.times.clear();
  }
  void Print(const std::string& title) {
    fmt::print("\n{:<42} {:>9} {:>9} {:>9}\n", title + ", microseconds", "quartile", "median",
               "quartile");
    for (Series& one : series) {
      fmt::print("  {:<40} {:>9.1f} {:>9.1f} {:>9.1f}\n", one.name, one.Quantile(0.25),
                 one.Quantile(0.5), one.Quantile(0.75));
    }
    fmt::print("  observed fork trial / three bare forks       {:.2f}\n",
               series[2].Quantile(0.5) / series[1].Quantile(0.5));
    fmt::print("  observed thread trial / bare threaded crash  {:.2f}\n",
               series[4].Quantile(0.5) / series[3].Quantile(0.5));
  }

  Bare bare;
  Observed processes, threads;
  std::array<Series, 5> series{
      Series{"bare: fork, crash, wait", [&](auto& times) { bare.Run("one", times); }, {}},
      Series{"bare: three forks, one crash", [&](auto& times) { bare.Run("three", times); }, {}},
      Series{"observed trial, fork vehicle", [&](auto& times) { processes.Run(times); }, {}},
      Series{"bare: fork of three threads, one crashes",
             [&](auto& times) { bare.Run("threads", times); },
             {}},
      Series{"observed trial, thread vehicle", [&](auto& times) { threads.Run(times); }, {}}};
};

}  // namespace

int main(int, char** argv) {
  const std::string self(argv[0]);
  const std::string root = self.substr(0, self.rfind('/')) + "/..";
  os::PrepareSupervisorSignals();
  os::KeepFreedMemory();
  auto loop = os::EventLoop::Create();
  const std::vector<int> all = os::AllowedCpus();
  const std::vector<int> last{all.back()};  // interrupts tend to go to the first
  Placement one(*loop, root, last);
  Placement spread(*loop, root, all);

  // Interleaved, so that whatever else the machine does falls on all of them; the first round
  // warms.
  for (int round = 0; round <= kRounds; ++round) {
    one.Round();
    spread.Round();
    if (round == 0) one.Forget(), spread.Forget();
  }

  for (const auto& [key, value] : os::MachineFacts()) {
    if (key == "cpu.model" || key == "cpu.count" || key == "kernel.release" || key == "load") {
      fmt::print("{:<16} {}\n", key, value);
    }
  }
  one.Print("on one processor");
  spread.Print("over all processors");
  fmt::print("\ntrials counted by the judge: {} of {}\n",
             one.processes.counted() + one.threads.counted() + spread.processes.counted() +
                 spread.threads.counted(),
             4 * (kRounds + 1) * kPerRound);
  (void)std::system(("rm -r " + Observed::Scratch()).c_str());
}
