#include "harness/os/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace bulkhead::os {
namespace {

constexpr std::size_t kWriteAtOnce = 1 << 16;

std::string Temporary(const std::string& path) { return path + ".part"; }

}  // namespace

Expected<std::string> ReadFile(const std::string& path, std::size_t most) {
  UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return FailErrno("cannot open " + path);
  std::string content;
  char part[65536];
  while (content.size() <= most) {
    const ssize_t got = read(file.get(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read " + path);
    if (got == 0) return content;
    content.append(part, static_cast<std::size_t>(got));
  }
  return Fail(path + " is larger than " + std::to_string(most) + " bytes");
}

Expected<void> ReadInParts(const std::string& path,
                           const std::function<void(std::string_view)>& take) {
  UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return FailErrno("cannot open " + path);
  char part[65536];
  for (;;) {
    const ssize_t got = read(file.get(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read " + path);
    if (got == 0) return {};
    take({part, static_cast<std::size_t>(got)});
  }
}

std::string ReadLine(const std::string& path) {
  Expected<std::string> content = ReadFile(path, 1 << 20);
  if (!content) return "";
  return content->substr(0, content->find('\n'));
}

Expected<void> WriteAll(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t wrote = write(fd, content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return FailErrno("write");
    content.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

Expected<void> WriteFile(const std::string& path, std::string_view content) {
  auto file = FileWriter::Create(path);
  if (!file) return tl::make_unexpected(file.error());
  auto written = file->Append(content);
  return written ? file->Finish() : written;
}

Expected<void> AppendToFile(const std::string& path, std::string_view content) {
  UniqueFd file(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!file) return FailErrno("cannot open " + path);
  Expected<void> written = WriteAll(file.get(), content);
  return written ? written : FailWith("cannot write " + path, written.error());
}

Expected<FileWriter> FileWriter::Create(const std::string& path) {
  const std::string temporary = Temporary(path);
  UniqueFd file(
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file) return FailErrno("cannot create " + temporary);
  return FileWriter(path, std::move(file));
}

FileWriter::~FileWriter() {
  if (file_) unlink(Temporary(path_).c_str());
}

Expected<void> FileWriter::Append(std::string_view content) {
  pending_ += content;
  if (pending_.size() < kWriteAtOnce) return {};
  Expected<void> written = WriteAll(file_.get(), pending_);
  pending_.clear();
  if (!written) return FailWith("cannot write " + path_, written.error());
  return {};
}

Expected<void> FileWriter::Finish() {
  Expected<void> written = WriteAll(file_.get(), pending_);
  if (written && fsync(file_.get()) != 0) written = FailErrno("fsync");
  if (written && rename(Temporary(path_).c_str(), path_.c_str()) != 0) {
    written = FailErrno("rename");
  }
  if (!written) return FailWith("cannot write " + path_, written.error());
  file_.Reset();
  return {};
}

}  // namespace bulkhead::os
