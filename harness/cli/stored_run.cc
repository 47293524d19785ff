#include "harness/cli/stored_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <variant>
#include <vector>

#include "harness/base/suggest.h"
#include "harness/cli/run_directory.h"
#include "harness/journal/journal.h"
#include "harness/judge/judge.h"
#include "harness/os/file.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr char kAccepted[] = "a run directory, its journal, or \"latest\"";

std::string RunIdOf(const fs::path& journal) {
  std::string id;
  const auto take_first = [&](const Record& record) -> Expected<void> {
    if (const auto* plan = std::get_if<RunPlan>(&record)) id = plan->run_id;
    return FailUser("no more is wanted");
  };
  [[maybe_unused]] const auto stopped = ReadJournal(journal.string(), take_first);
  return id;
}

// A run that was sent elsewhere with -o lies in a directory that is not called as it is.
std::optional<fs::path> FindById(const std::string& id) {
  std::error_code error;
  std::vector<fs::path> places{"."};
  for (const auto& entry : fs::directory_iterator(".", error)) places.push_back(entry.path());
  for (const fs::path& place : places) {
    const fs::path journal = place / kJournalName;
    if (fs::is_regular_file(journal, error) && RunIdOf(journal) == id) return place;
  }
  return std::nullopt;
}

Expected<std::string> FindJournal(const std::string& run) {
  if (run.empty()) return FailUser(std::string("no run is named; accepted: ") + kAccepted);
  std::error_code error;
  fs::path path(run);
  // Names of runs are looked up in bulkhead-runs, too; "latest" is one of them.
  if (!fs::exists(path, error)) path = fs::path(kRunsDirectory) / run;
  if (!fs::exists(path, error)) path = FindById(run).value_or(path);
  if (!fs::exists(path, error)) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(kRunsDirectory, error)) {
      names.push_back(entry.path().filename().string());
    }
    const std::string nearest = Nearest(run, names);
    return FailUser("no such run: " + run + "; accepted: " + kAccepted +
                    (nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)"));
  }
  if (!fs::is_directory(path, error)) return path.string();
  path /= kJournalName;
  if (!fs::exists(path, error)) {
    return FailUser(run + ": no run directory, it has no " + kJournalName +
                    "; accepted: " + kAccepted);
  }
  return path.string();
}

struct Reading {
  std::string journal;
  JournalEnd end;
};

// Calls `begin` with the plan and then `visit` with each other record.
template <typename Begin, typename Visit>
Expected<Reading> ReadRun(const std::string& run, Begin begin, Visit visit) {
  auto journal = FindJournal(run);
  if (!journal) return tl::make_unexpected(journal.error());
  bool begun = false;
  const auto take = [&](const Record& record) -> Expected<void> {
    if (begun) {
      visit(record);
    } else if (const auto* plan = std::get_if<RunPlan>(&record)) {
      begun = true;
      begin(*plan);
    } else {
      return FailUser(*journal + ": its first record is no plan");
    }
    return {};
  };
  const auto end = ReadJournal(*journal, take);
  if (!end) {
    return FailUser("cannot take this run: " + end.error().message + "; accepted: " + kAccepted);
  }
  if (!begun) {
    return FailUser(*journal +
                    ": the journal holds no plan, it was cut off before the run began"
                    "; accepted: " +
                    kAccepted);
  }
  return Reading{*journal, *end};
}

}  // namespace

Expected<StoredRun> ReadStoredRun(const std::string& run) {
  std::optional<Judge> judge;
  const auto reading = ReadRun(
      run, [&](const RunPlan& plan) { judge.emplace(plan); },
      [&](const Record& record) { judge->Add(record); });
  if (!reading) return tl::make_unexpected(reading.error());
  StoredRun stored;
  stored.report = judge->Report();
  stored.report.journal_digest = reading->end.head;
  stored.journal = reading->journal;
  stored.records = reading->end.records;
  stored.torn = reading->end.torn;
  const fs::path results = fs::path(reading->journal).parent_path() / "results.json";
  if (auto text = os::ReadFile(results.string())) stored.results = std::move(*text);
  return stored;
}

Expected<StoredTrial> ReadStoredTrial(const std::string& run, std::uint64_t number) {
  StoredTrial stored;
  std::optional<Trial> found;
  std::map<std::uint64_t, std::int32_t> cpus;  // by block
  std::uint64_t trials = 0, last = 0;
  const auto visit = [&](const Record& record) {
    if (const auto* block = std::get_if<BlockStarted>(&record)) cpus[block->block] = block->cpu;
    const auto* trial = std::get_if<Trial>(&record);
    if (trial == nullptr) return;
    ++trials;
    last = std::max(last, trial->plan.id);
    if (trial->plan.id == number) found = *trial;
  };
  const auto reading = ReadRun(
      run, [&](const RunPlan& plan) { stored.plan = plan; }, visit);
  if (!reading) return tl::make_unexpected(reading.error());
  if (!found) {
    return FailUser(fmt::format("{} has no trial {}; accepted: {}", run, number,
                                trials == 0 ? "a run with trials"
                                            : fmt::format("one of its {} trials, of which the last "
                                                          "is {} (`bulkhead report` names those "
                                                          "that decide)",
                                                          trials, last)));
  }
  stored.trial = std::move(*found);
  if (const auto cpu = cpus.find(stored.trial.plan.block); cpu != cpus.end()) {
    stored.cpu = cpu->second;
  }
  return stored;
}

}  // namespace bulkhead
