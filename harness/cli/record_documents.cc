#include "harness/cli/record_documents.h"

#include <map>
#include <memory>
#include <optional>

#include "harness/journal/journal.h"
#include "harness/judge/fates.h"
#include "harness/os/file.h"

namespace bulkhead {
namespace {

constexpr std::size_t kShowAtOnce = 1 << 16;

// A document that is being written.
class Growing {
 public:
  static Expected<Growing> Begin(const RecordDocument& document, const Stream* out) {
    Growing growing;
    growing.writer_ = document.writer->records();
    growing.out_ = out;
    if (!document.path.empty()) {
      auto file = os::FileWriter::Create(document.path);
      if (!file) return tl::make_unexpected(file.error());
      growing.file_.emplace(std::move(*file));
    }
    if (auto done = growing.Append(growing.writer_->Head()); !done) {
      return tl::make_unexpected(done.error());
    }
    return growing;
  }

  Expected<void> Add(const Record& record, const JudgedTrial* judged) {
    return Append(writer_->Line(record, judged));
  }

  Expected<void> End() {
    if (file_) return file_->Finish();
    out_->Write(shown_);
    return {};
  }

 private:
  Expected<void> Append(const std::string& text) {
    if (file_) return file_->Append(text);
    shown_ += text;
    if (shown_.size() < kShowAtOnce) return {};
    out_->Write(shown_);
    shown_.clear();
    return {};
  }

  std::unique_ptr<RecordWriter> writer_;
  std::optional<os::FileWriter> file_;
  const Stream* out_ = nullptr;
  std::string shown_;  // not yet
};

// The judge's word on trials, by the manifests of the plan.
class TrialJudge {
 public:
  const JudgedTrial* Of(const Record& record) {
    if (const auto* plan = std::get_if<RunPlan>(&record)) {
      for (const Scenario& scenario : plan->scenarios) {
        manifests_[scenario.manifest.name] = scenario.manifest;
      }
    }
    const auto* trial = std::get_if<Trial>(&record);
    if (trial == nullptr) return nullptr;
    const auto manifest = manifests_.find(trial->plan.cell.scenario);
    if (manifest == manifests_.end()) return nullptr;
    judged_ = JudgeTrial(manifest->second, *trial);
    return &judged_;
  }

 private:
  std::map<std::string, Manifest> manifests_;
  JudgedTrial judged_;
};

}  // namespace

Expected<void> WriteRecordDocuments(const std::string& journal,
                                    const std::vector<RecordDocument>& documents,
                                    const Stream* out) {
  if (documents.empty()) return {};
  std::vector<Growing> all;
  for (const RecordDocument& document : documents) {
    auto growing = Growing::Begin(document, out);
    if (!growing) return tl::make_unexpected(growing.error());
    all.push_back(std::move(*growing));
  }
  TrialJudge judge;
  const auto end = ReadJournal(journal, [&](const Record& record) -> Expected<void> {
    const JudgedTrial* judged = judge.Of(record);
    for (Growing& growing : all) {
      if (auto done = growing.Add(record, judged); !done) return done;
    }
    return {};
  });
  if (!end) return tl::make_unexpected(end.error());
  for (Growing& growing : all) {
    if (auto done = growing.End(); !done) return done;
  }
  return {};
}

}  // namespace bulkhead
