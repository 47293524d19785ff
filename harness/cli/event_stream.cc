#include "harness/cli/event_stream.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "harness/cli/run_lines.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr Nanoseconds kProgressEvery = kSecond;

std::vector<std::string> FilesIn(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_regular_file(error)) {
      files.push_back(entry->path().lexically_relative(directory).generic_string());
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

EventStream::EventStream(const Stream& out, const RunPlan& plan, ProgressListener& people)
    : out_(out), plan_(plan), people_(people), began_(Now()), told_(plan.claims.size()) {}

EventHead EventStream::Next() { return {++number_, Now() - began_}; }

void EventStream::Begin(const std::string& directory) {
  directory_ = directory;
  Tell(EncodeRunStarted(Next(), plan_, directory));
  if (!plan_.blind.empty()) Tell(EncodeNotice(Next(), wording::BlindNotice(plan_)));
}

void EventStream::Tick(const Progress& progress) {
  people_.Tick(progress);
  const Nanoseconds now = Now();
  if (progress_told_ != 0 && now - progress_told_ < kProgressEvery) return;
  progress_told_ = now;
  Tell(EncodeProgress(Next(), progress));
}

void EventStream::TrialFinished(const Trial& trial) { people_.TrialFinished(trial); }

void EventStream::TrialSlow(const RunningTrial& trial) {
  people_.TrialSlow(trial);
  Tell(EncodeTrialSlow(Next(), trial));
}

void EventStream::LeakFound(const Leak& leak) {
  people_.LeakFound(leak);
  Tell(EncodeLeak(Next(), leak));
}

void EventStream::ClaimDecided(std::size_t index, const Verdict& verdict) {
  people_.ClaimDecided(index, verdict);
  TellClaim(index, verdict);
}

void EventStream::TellClaim(std::size_t index, const Verdict& verdict) {
  if (index >= told_.size() || told_[index]) return;
  told_[index] = true;
  Tell(EncodeClaimDecided(Next(), plan_.claims[index], verdict));
}

void EventStream::Asked(const Progress& progress) {
  people_.Asked(progress);
  Tell(EncodeRunStatus(Next(), progress));
}

void EventStream::Interrupted(int times, std::size_t in_flight) {
  people_.Interrupted(times, in_flight);
  Tell(EncodeNotice(Next(), InterruptedText(times, in_flight, Translator())));
}

void EventStream::Notice(const std::string& text) {
  people_.Notice(text);
  Tell(EncodeNotice(Next(), text));
}

void EventStream::Finish(const RunReport& report) {
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) TellClaim(i, report.verdicts[i]);
  Tell(EncodeRunFinished(Next(), report, directory_, FilesIn(directory_)));
}

}  // namespace bulkhead
