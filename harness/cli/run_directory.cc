#include "harness/cli/run_directory.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "harness/base/clock.h"
#include "harness/base/digest.h"
#include "harness/base/random.h"
#include "harness/cli/documents.h"
#include "harness/cli/record_documents.h"
#include "harness/journal/journal.h"
#include "harness/model/json.h"
#include "harness/os/file.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// Names are our own: no character of them needs an escape.
Expected<std::string> MakeManifest(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_directory()) continue;
    names.push_back(entry.path().lexically_relative(directory).string());
  }
  std::ranges::sort(names);
  std::string text = "{\n  \"schema\": \"bulkhead-manifest-1\",\n  \"files\": {";
  const char* comma = "\n";
  for (const std::string& name : names) {
    Digest digest;
    std::size_t bytes = 0;
    const auto read = os::ReadInParts(directory + "/" + name, [&](std::string_view part) {
      digest.Add(part);
      bytes += part.size();
    });
    if (!read) return tl::make_unexpected(read.error());
    text += fmt::format("{}    \"{}\": {{\"sha256\": \"{}\", \"bytes\": {}}}", comma, name,
                        Hex(digest.Take()), bytes);
    comma = ",\n";
  }
  return text + "\n  }\n}\n";
}

}  // namespace

std::string TimeStamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::string MakeRunId(const std::string& time_stamp, std::uint64_t seed) {
  std::string id = time_stamp;
  std::erase_if(id, [](char c) { return c == '-' || c == ':'; });
  const std::uint64_t tail =
      Derive(seed ^ static_cast<std::uint64_t>(Now()), static_cast<std::uint64_t>(getpid()));
  return id + fmt::format("-{:06x}", tail & 0xffffff);
}

std::string PlaceOfRuns(const std::string& asked) {
  if (asked.empty()) return kRunsDirectory;
  // "runs/one/" is "runs/one", and "one" lies here.
  const fs::path path(asked);
  const fs::path parent = (path.has_filename() ? path : path.parent_path()).parent_path();
  return parent.empty() ? "." : parent.string();
}

Expected<std::string> CreateRunDirectory(const std::string& asked, const std::string& run_id) {
  const std::string directory = asked.empty() ? std::string(kRunsDirectory) + "/" + run_id : asked;
  const std::string accepted = "; accepted: a directory that is empty or does not exist yet";
  std::error_code error;
  if (fs::exists(fs::symlink_status(directory, error))) {
    if (!fs::is_directory(directory, error)) {
      return FailUser("-o: " + directory + " exists and is no directory" + accepted);
    }
    if (!fs::is_empty(directory, error) && !error) {
      return FailUser("-o: " + directory + " is not empty" + accepted);
    }
  }
  fs::create_directories(directory, error);
  if (error && asked.empty()) {
    return FailUser(directory + " cannot be created: " + error.message() +
                    "; choose another place with -o DIR");
  }
  if (error) {
    return FailUser("-o: " + directory + " cannot be created: " + error.message() +
                    "; accepted: a place that can be written");
  }
  if (access(directory.c_str(), W_OK | X_OK) != 0) {
    return FailUser("-o: " + directory + " cannot be written" + accepted);
  }
  return directory;
}

Expected<void> WriteRunFiles(const std::string& directory, const RunReport& report,
                             const std::vector<const Writer*>& writers,
                             const WriteOptions& options) {
  const auto write = [&](std::string_view name, std::string_view text) {
    return os::WriteFile(directory + "/" + std::string(name), text);
  };
  if (auto done = write("envelope.json", EncodeEnvelope(report.plan.envelope)); !done) return done;
  if (auto done = write("results.json", EncodeResults(report)); !done) return done;
  std::vector<RecordDocument> by_record;
  for (const Writer* writer : writers) {
    if (writer->file_name.empty() || writer->file_name == "results.json") continue;
    const std::string path = directory + "/" + std::string(writer->file_name);
    if (writer->records != nullptr) {
      by_record.push_back({writer, path});
    } else if (auto done = WriteDocument(path, writer->write(report, options)); !done) {
      return done;
    }
  }
  if (auto done = WriteRecordDocuments(directory + "/" + kJournalName, by_record); !done) {
    return done;
  }
  auto manifest = MakeManifest(directory);
  if (!manifest) return tl::make_unexpected(manifest.error());
  return write(kManifestName, *manifest);
}

void PointLatestAt(const std::string& directory) {
  const fs::path target(directory);
  if (target.parent_path() != kRunsDirectory) return;
  const fs::path link = target.parent_path() / "latest";
  const fs::path temporary = target.parent_path() / (".latest-" + target.filename().string());
  std::error_code error;
  fs::create_symlink(target.filename(), temporary, error);
  if (!error) fs::rename(temporary, link, error);  // atomic: "latest" is never missing
  if (error) fs::remove(temporary, error);
}

}  // namespace bulkhead
