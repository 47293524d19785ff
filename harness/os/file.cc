#include "harness/os/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "harness/base/unique_fd.h"

namespace bulkhead::os {

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
  const std::string temporary = path + ".part";
  UniqueFd file(
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file) return FailErrno("cannot create " + temporary);
  Expected<void> written = WriteAll(file.get(), content);
  if (written && fsync(file.get()) != 0) written = FailErrno("fsync");
  if (written && rename(temporary.c_str(), path.c_str()) != 0) written = FailErrno("rename");
  if (!written) {
    unlink(temporary.c_str());
    return FailWith("cannot write " + path, written.error());
  }
  return {};
}

}  // namespace bulkhead::os
