// Records for tests of the journal: one of each kind, and runs of many.
#ifndef BULKHEAD_TESTS_JOURNAL_RECORDS_H_
#define BULKHEAD_TESTS_JOURNAL_RECORDS_H_

#include <stdlib.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/journal/journal.h"

namespace bulkhead::journal {

// A directory that goes with its owner.
class Scratch {
 public:
  Scratch() {
    std::string name = std::filesystem::temp_directory_path() / "bulkhead-journal-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~Scratch() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string In(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline Trial MakeTrial(std::uint64_t id) {
  Trial trial;
  trial.plan.id = id;
  trial.plan.cell = {"null-store", VehicleKind::kFork};
  trial.plan.seed = id * 77;
  trial.observations = {{1, 0, Armed{}},
                        {2, 0, Firing{}},
                        {3, 0, Ended{true, SIGSEGV}},
                        {4, 1, Answered{true, 0, 0, 2}}};
  trial.output = "line\n\x1b[31mred\xff";
  return trial;
}

inline std::vector<Record> OneOfEachKind() {
  RunPlan plan;
  plan.run_id = "r";
  plan.seed = 42;
  const CellKey cell{"null-store", VehicleKind::kFork};
  std::vector<Record> records;  // one by one: gcc 12 sees uninitialised texts in a list of variants
  records.emplace_back(plan);
  records.emplace_back(BlockStarted{1, cell, 0, 1, 2, 0, 5});
  records.emplace_back(SignalIntent{1, 2, 0, SIGKILL, "stop ladder", 6});
  records.emplace_back(MakeTrial(1));
  records.emplace_back(BrokenCell{cell, "refused"});
  records.emplace_back(Leak{1, cell, "process 7"});
  records.emplace_back(RunEnd{});
  return records;
}

inline std::vector<std::string> Texts(const std::vector<Record>& records) {
  std::vector<std::string> texts;
  for (const Record& record : records) texts.push_back(EncodeRecord(record));
  return texts;
}

struct ReadBack {
  std::vector<std::string> texts;
  Expected<JournalEnd> end;
};

inline ReadBack Read(const std::string& path) {
  std::vector<std::string> texts;
  Expected<JournalEnd> end = ReadJournal(path, [&](const Record& record) -> Expected<void> {
    texts.push_back(EncodeRecord(record));
    return {};
  });
  return {std::move(texts), std::move(end)};
}

}  // namespace bulkhead::journal

#endif  // BULKHEAD_TESTS_JOURNAL_RECORDS_H_
