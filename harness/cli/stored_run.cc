#include "harness/cli/stored_run.h"

#include <filesystem>
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

Expected<std::string> FindJournal(const std::string& run) {
  if (run.empty()) return FailUser(std::string("no run is named; accepted: ") + kAccepted);
  std::error_code error;
  fs::path path(run);
  // Names of runs are looked up in bulkhead-runs, too; "latest" is one of them.
  if (!fs::exists(path, error)) path = fs::path(kRunsDirectory) / run;
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

}  // namespace

Expected<StoredRun> ReadStoredRun(const std::string& run) {
  auto journal = FindJournal(run);
  if (!journal) return tl::make_unexpected(journal.error());
  std::optional<Judge> judge;
  const auto visit = [&](const Record& record) -> Expected<void> {
    if (judge) {
      judge->Add(record);
    } else if (const auto* plan = std::get_if<RunPlan>(&record)) {
      judge.emplace(*plan);
    } else {
      return FailUser(*journal + ": its first record is no plan");
    }
    return {};
  };
  const auto end = ReadJournal(*journal, visit);
  if (!end) {
    return FailUser("cannot take this run: " + end.error().message + "; accepted: " + kAccepted);
  }
  if (!judge) {
    return FailUser(*journal +
                    ": the journal holds no plan, it was cut off before the run began"
                    "; accepted: " +
                    kAccepted);
  }
  StoredRun stored;
  stored.report = judge->Report();
  stored.report.journal_digest = end->head;
  stored.journal = *journal;
  stored.records = end->records;
  stored.torn = end->torn;
  const fs::path results = fs::path(*journal).parent_path() / "results.json";
  if (auto text = os::ReadFile(results.string())) stored.results = std::move(*text);
  return stored;
}

}  // namespace bulkhead
