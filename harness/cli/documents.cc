#include "harness/cli/documents.h"

#include <filesystem>

#include "harness/os/file.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// `beside` is a name relative to the directory of `path`.
std::string Beside(const std::string& path, const std::string& beside) {
  return (fs::path(path).parent_path() / beside).string();
}

bool Exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

Expected<void> MakeDirectory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return Fail(directory.string() + " cannot be created: " + error.message());
  return {};
}

Expected<void> RefuseExisting(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (!Exists(file)) continue;
    return FailUser("-o: " + file +
                    " exists, and nothing is ever overwritten; accepted: a file that does not "
                    "exist yet, a directory without it, or - for stdout");
  }
  return {};
}

std::string NotWritten(const Error& error) {
  return "-o: " + error.message + "; accepted: a place that can be written";
}

}  // namespace

Expected<void> WriteDocument(const std::string& path, const Document& document) {
  // The main file last: where it is, all that it refers to is.
  for (const File& file : document.beside) {
    const std::string beside = Beside(path, file.name);
    if (auto done = MakeDirectory(fs::path(beside).parent_path()); !done) return done;
    if (auto done = os::WriteFile(beside, file.bytes); !done) return done;
  }
  return os::WriteFile(path, document.text);
}

Destination::Destination(std::string asked, bool several) : asked_(std::move(asked)) {
  std::error_code ignored;
  directory_ = several || asked_.ends_with('/') || fs::is_directory(asked_, ignored);
}

std::string Destination::PathOf(std::string_view file_name) const {
  return directory_ ? (fs::path(asked_) / file_name).string() : asked_;
}

Expected<std::string> Destination::NewFile(std::string_view file_name) const {
  std::string path = PathOf(file_name);
  if (auto absent = RefuseExisting({path}); !absent) return tl::make_unexpected(absent.error());
  if (auto made = directory_ ? MakeDirectory(asked_) : Expected<void>(); !made) {
    return FailUser(NotWritten(made.error()));
  }
  return path;
}

Expected<void> Destination::Write(std::string_view file_name, const Document& document) const {
  const std::string path = PathOf(file_name);
  std::vector<std::string> files{path};
  for (const File& file : document.beside) {
    const std::string beside = Beside(path, file.name);
    // Formats share figures: what is there already, byte for byte, is not overwritten.
    if (os::ReadFile(beside, file.bytes.size() + 1) != file.bytes) files.push_back(beside);
  }
  if (auto absent = RefuseExisting(files); !absent) return absent;
  auto done = directory_ ? MakeDirectory(asked_) : Expected<void>();
  if (done) done = WriteDocument(path, document);
  if (!done) return FailUser(NotWritten(done.error()));
  return {};
}

}  // namespace bulkhead
