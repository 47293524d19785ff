#include "harness/supervisor/scratch.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace bulkhead {
namespace {

constexpr std::string_view kPrefix = "scratch-";

UniqueFd OpenDirectory(const std::string& path) {
  return UniqueFd(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

}  // namespace

Expected<Scratch> Scratch::Make(const std::string& run_directory) {
  const std::string path =
      run_directory + "/" + std::string(kPrefix) + os::ToText(os::OwnIdentity());
  if (mkdir(path.c_str(), 0700) != 0) return FailErrno("cannot make " + path);
  UniqueFd lock = OpenDirectory(path);
  if (lock) (void)flock(lock.get(), LOCK_EX | LOCK_NB);
  return Scratch(path, std::move(lock));
}

std::optional<Scratch> Scratch::TakeOver(const std::string& path) {
  UniqueFd lock = OpenDirectory(path);
  if (!lock) return std::nullopt;
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return std::nullopt;
  return Scratch(path, std::move(lock));
}

std::optional<os::ProcessIdentity> Scratch::OwnerOf(const std::string& name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  return os::ParseIdentity(std::string_view(name).substr(kPrefix.size()));
}

bool Scratch::Remove() {
  if (path_.empty()) return true;
  std::error_code error;
  std::filesystem::remove_all(path_, error);  // follows no link
  path_.clear();
  return !error;
}

}  // namespace bulkhead
