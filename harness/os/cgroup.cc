#include "harness/os/cgroup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string_view>

#include "harness/os/file.h"
#include "harness/os/identity.h"

namespace bulkhead::os {
namespace {

std::vector<std::string> Words(const std::string& text, char separator = ' ') {
  std::vector<std::string> words;
  std::istringstream rest(text);
  for (std::string word; std::getline(rest, word, separator);) words.push_back(word);
  return words;
}

bool Has(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

struct Mount {
  std::string point;
  std::string root;  // what of the hierarchy is mounted there
  bool unified = false;
  std::vector<std::string> options;  // of v1: its controllers among them
};

std::vector<Mount> CgroupMounts() {
  std::vector<Mount> mounts;
  const std::string text = ReadFile("/proc/self/mountinfo", 1 << 20).value_or("");
  for (const std::string& line : Words(text, '\n')) {
    const std::vector<std::string> fields = Words(line);
    const auto dash = std::ranges::find(fields, "-");
    if (fields.size() < 7 || fields.end() - dash < 4) continue;
    const std::string& type = *(dash + 1);
    if (type != "cgroup" && type != "cgroup2") continue;
    mounts.push_back({fields[4], fields[3], type == "cgroup2", Words(*(dash + 3), ',')});
  }
  return mounts;
}

// The caller's cgroup in the hierarchy of `controller`, or of v2 when that is empty.
std::string OwnPath(std::string_view controller) {
  const std::string text = ReadFile("/proc/self/cgroup", 1 << 16).value_or("");
  for (const std::string& line : Words(text, '\n')) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string names = line.substr(first + 1, second - first - 1);
    const bool found =
        controller.empty() ? line.starts_with("0::") : Has(Words(names, ','), controller);
    if (found) return line.substr(second + 1);
  }
  return "/";
}

// The caller's own directory there, then each above it up to the mount point.
std::vector<std::string> Candidates(const Mount& mount, std::string own) {
  if (mount.root != "/" && own.starts_with(mount.root)) own = own.substr(mount.root.size());
  std::filesystem::path directory = mount.point + own;
  std::vector<std::string> candidates;
  while (directory.string().size() > mount.point.size()) {
    if (directory.has_filename()) candidates.push_back(directory);
    directory = directory.parent_path();
  }
  candidates.push_back(mount.point);
  return candidates;
}

bool WriteTo(const std::string& path, const std::string& text) {
  const UniqueFd file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// Whether a cgroup made in `directory` would have the limit that `file` sets.
bool Grants(const std::string& directory, const std::string& file) {
  const std::string probe = directory + "/" + CgroupPrefix(getpid(), 0) + "probe";
  if (mkdir(probe.c_str(), 0755) != 0) return false;
  const bool granted = access((probe + "/" + file).c_str(), W_OK) == 0;
  rmdir(probe.c_str());
  return granted;
}

// The nearest directory in which cgroups can be made that have `file`; "" when there is none.
std::string ParentFor(const Mount& mount, const std::string& own, const std::string& file) {
  for (const std::string& directory : Candidates(mount, own)) {
    if (Grants(directory, file)) return directory;
  }
  return "";
}

void SetLimits(const std::string& path, const CgroupLimits& limits) {
  const std::string memory = std::to_string(limits.memory_bytes);
  // Whichever exist.  v1 wants the limit with swap to be no smaller than the one without.
  WriteTo(path + "/memory.limit_in_bytes", memory);
  WriteTo(path + "/memory.memsw.limit_in_bytes", memory);
  WriteTo(path + "/memory.max", memory);
  WriteTo(path + "/memory.swap.max", "0");
  WriteTo(path + "/pids.max", std::to_string(limits.tasks));
}

}  // namespace

std::vector<std::string> CgroupMountPoints() {
  std::vector<std::string> points;
  for (const Mount& mount : CgroupMounts()) points.push_back(mount.point);
  return points;
}

std::string CgroupName(pid_t supervisor, pid_t zygote, std::uint32_t index) {
  return CgroupPrefix(supervisor, zygote) + std::to_string(index);
}

std::string CgroupPrefix(pid_t supervisor, pid_t zygote) {
  const ProcessIdentity identity = IdentityOf(supervisor).value_or(ProcessIdentity{supervisor, 0});
  const std::string prefix = std::string(kCgroupPrefix) + ToText(identity) + "-";
  return zygote == 0 ? prefix : prefix + std::to_string(zygote) + "-";
}

namespace {

Expected<std::vector<std::string>> FindParents() {
  const std::vector<Mount> mounts = CgroupMounts();
  if (mounts.empty()) return Fail("no cgroup hierarchy is mounted");
  std::string memory, tasks;
  for (const Mount& mount : mounts) {
    if (mount.unified) continue;
    if (Has(mount.options, "memory")) {
      memory = ParentFor(mount, OwnPath("memory"), "memory.limit_in_bytes");
    }
    if (Has(mount.options, "pids")) tasks = ParentFor(mount, OwnPath("pids"), "pids.max");
  }
  if (!memory.empty() && !tasks.empty()) return std::vector{memory, tasks};
  for (const Mount& mount : mounts) {
    if (!mount.unified) continue;
    for (const std::string& directory : Candidates(mount, OwnPath(""))) {
      if (Grants(directory, "memory.max") && Grants(directory, "pids.max")) {
        return std::vector{directory};
      }
    }
  }
  return Fail("no directory is delegated in which memory and tasks could be limited");
}

}  // namespace

Expected<std::vector<std::string>> CgroupParents() {
  static const Expected<std::vector<std::string>> parents = FindParents();
  return parents;
}

Expected<Cgroup> Cgroup::Create(const std::vector<std::string>& parents, const std::string& name,
                                const CgroupLimits& limits) {
  Cgroup made;
  for (const std::string& parent : parents) {
    const std::string path = parent + "/" + name;
    const bool there = mkdir(path.c_str(), 0755) == 0 || errno == EEXIST;
    if (there) SetLimits(path, limits);
    UniqueFd door(there ? open((path + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC) : -1);
    if (!door) {
      const int error = errno;
      RemoveCgroups(parents, name);
      return FailErrno("cannot make " + path, error);
    }
    made.doors_.push_back(std::move(door));
  }
  return made;
}

bool Cgroup::Enter() const {
  // "0" is the writer.
  return std::ranges::all_of(doors_,
                             [](const UniqueFd& door) { return write(door.get(), "0", 1) == 1; });
}

void Cgroup::Close() const {
  for (const UniqueFd& door : doors_) close(door.get());
}

std::optional<std::uint64_t> OomKills(const std::vector<std::string>& parents,
                                      const std::string& name) {
  for (const std::string& parent : parents) {
    for (const char* file : {"/memory.events", "/memory.oom_control"}) {
      const std::string text = ReadFile(parent + "/" + name + file, 1 << 16).value_or("");
      for (const std::string& line : Words(text, '\n')) {
        constexpr std::string_view kKey = "oom_kill ";
        if (line.starts_with(kKey)) return std::strtoull(&line[kKey.size()], nullptr, 10);
      }
    }
  }
  return std::nullopt;
}

void RemoveCgroups(const std::vector<std::string>& parents, const std::string& prefix) {
  for (const std::string& parent : parents) {
    std::vector<std::filesystem::path> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(parent, error)) {
      if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
    }
    for (const std::filesystem::path& path : found) rmdir(path.c_str());
  }
}

}  // namespace bulkhead::os
