#include "harness/os/process_table.h"

#include <dirent.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string_view>

#include "harness/os/file.h"

namespace bulkhead::os {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

// Names in a directory that are numbers.
std::vector<pid_t> Numbers(const char* path) {
  std::vector<pid_t> numbers;
  std::unique_ptr<DIR, CloseDirectory> directory(opendir(path));
  if (!directory) return numbers;
  while (const dirent* entry = readdir(directory.get())) {
    char* end;
    const long number = std::strtol(entry->d_name, &end, 10);
    if (*end == '\0' && end != entry->d_name) numbers.push_back(static_cast<pid_t>(number));
  }
  return numbers;
}

// The fields of a stat file after the command, whose text may contain anything but its last ')'.
std::vector<std::string> StatFields(const std::string& path) {
  std::vector<std::string> fields;
  Expected<std::string> stat = ReadFile(path, 8192);
  if (!stat) return fields;
  const std::size_t close = stat->rfind(')');
  if (close == std::string::npos) return fields;
  std::istringstream rest(stat->substr(close + 1));
  for (std::string field; rest >> field;) fields.push_back(field);
  return fields;
}

// Positions after the command: state is field 3 of proc(5).
constexpr std::size_t kState = 0, kParent = 1, kFlags = 6, kUserTicks = 11, kSystemTicks = 12,
                      kStartTime = 19, kExitCode = 49;
constexpr unsigned long kExiting = 0x4;  // PF_EXITING, include/linux/sched.h

bool HasKillPending(const std::string& task) {
  constexpr std::string_view kKey = "SigPnd:\t";
  const std::string text = ReadFile(task + "/status", 1 << 16).value_or("");
  const std::size_t key = text.find(kKey);
  if (key == std::string::npos) return true;  // gone meanwhile
  const unsigned long long mask = std::strtoull(text.c_str() + key + kKey.size(), nullptr, 16);
  return (mask >> (SIGKILL - 1) & 1) != 0;
}

}  // namespace

std::optional<TaskState> ReadTask(pid_t pid, pid_t tid) {
  const std::string task = "/proc/" + std::to_string(pid) + "/task/" + std::to_string(tid);
  const std::vector<std::string> fields = StatFields(task + "/stat");
  if (fields.size() <= kSystemTicks) return std::nullopt;
  TaskState result;
  result.state = fields[kState][0];
  const std::string schedstat = ReadLine(task + "/schedstat");
  if (!schedstat.empty()) {
    result.cpu = std::strtoll(schedstat.c_str(), nullptr, 10);
  } else {
    const long ticks = std::strtol(fields[kUserTicks].c_str(), nullptr, 10) +
                       std::strtol(fields[kSystemTicks].c_str(), nullptr, 10);
    result.cpu = ticks * (kSecond / sysconf(_SC_CLK_TCK));
  }
  // "running", or "NUMBER arguments ..." when blocked.
  const std::string syscall = ReadLine(task + "/syscall");
  if (!syscall.empty() && (syscall[0] == '-' || (syscall[0] >= '0' && syscall[0] <= '9'))) {
    result.syscall = std::strtoll(syscall.c_str(), nullptr, 10);
  }
  return result;
}

bool IsEnding(pid_t pid) {
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const pid_t tid : Numbers(tasks.c_str())) {
    const std::string task = tasks + "/" + std::to_string(tid);
    const std::vector<std::string> fields = StatFields(task + "/stat");
    if (fields.size() <= kFlags || fields[kState] == "Z" || fields[kState] == "X") continue;
    const bool exiting = (std::strtoul(fields[kFlags].c_str(), nullptr, 10) & kExiting) != 0;
    if (!exiting && !HasKillPending(task)) return false;
  }
  return true;
}

std::vector<pid_t> ChildrenOfSelf() {
  std::vector<pid_t> children;
  bool listed = false;
  for (const pid_t tid : Numbers("/proc/self/task")) {
    Expected<std::string> text =
        ReadFile("/proc/self/task/" + std::to_string(tid) + "/children", 1 << 20);
    if (!text) continue;
    listed = true;
    std::istringstream pids(*text);
    for (pid_t pid; pids >> pid;) children.push_back(pid);
  }
  if (listed) return children;
  for (const pid_t pid : Numbers("/proc")) {
    const std::vector<std::string> fields = StatFields("/proc/" + std::to_string(pid) + "/stat");
    if (fields.size() > kParent && std::strtol(fields[kParent].c_str(), nullptr, 10) == getpid()) {
      children.push_back(pid);
    }
  }
  return children;
}

std::vector<pid_t> AllProcesses() { return Numbers("/proc"); }

std::optional<ProcessStart> ReadStart(pid_t pid) {
  const std::vector<std::string> fields = StatFields("/proc/" + std::to_string(pid) + "/stat");
  if (fields.size() <= kStartTime) return std::nullopt;
  return ProcessStart{fields[kState][0], std::strtoull(fields[kStartTime].c_str(), nullptr, 10),
                      static_cast<pid_t>(std::strtol(fields[kParent].c_str(), nullptr, 10))};
}

std::optional<int> EndOfZombie(pid_t pid) {
  const std::vector<std::string> fields = StatFields("/proc/" + std::to_string(pid) + "/stat");
  if (fields.size() <= kExitCode || fields[kState] != "Z") return std::nullopt;
  return static_cast<int>(std::strtol(fields[kExitCode].c_str(), nullptr, 10));
}

std::string EnvironmentOf(pid_t pid, const std::string& name) {
  Expected<std::string> all = ReadFile("/proc/" + std::to_string(pid) + "/environ", 4 << 20);
  if (!all) return "";
  const std::string wanted = name + "=";
  for (std::size_t at = 0; at < all->size();) {
    const std::size_t end = std::min(all->find('\0', at), all->size());
    const std::string_view entry(all->data() + at, end - at);
    if (entry.starts_with(wanted)) return std::string(entry.substr(wanted.size()));
    at = end + 1;
  }
  return "";
}

std::string CommandOf(pid_t pid) { return ReadLine("/proc/" + std::to_string(pid) + "/comm"); }

std::optional<std::uint64_t> ReadWord(pid_t pid, std::uint64_t address) {
  std::uint64_t word = 0;
  iovec local{&word, sizeof word};
  iovec remote{reinterpret_cast<void*>(address), sizeof word};
  if (process_vm_readv(pid, &local, 1, &remote, 1, 0) != sizeof word) return std::nullopt;
  return word;
}

std::size_t OpenDescriptors() {
  // opendir's own descriptor is among them.
  return Numbers("/proc/self/fd").size() - 1;
}

}  // namespace bulkhead::os
