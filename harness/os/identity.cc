#include "harness/os/identity.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "harness/os/file.h"
#include "harness/os/process_table.h"

namespace bulkhead::os {
namespace {

template <typename T>
bool TakeNumber(std::string_view& text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number <= 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

// Its number in the innermost of its PID namespaces: the last of "NSpid:\t4711\t12".
pid_t InnermostPid(pid_t pid) {
  const auto status = ReadFile("/proc/" + std::to_string(pid) + "/status", 16384);
  const std::size_t line = status ? status->find("\nNSpid:") : std::string::npos;
  if (line == std::string::npos) return pid;
  std::istringstream numbers(status->substr(line + 7, status->find('\n', line + 1) - line - 7));
  pid_t innermost = pid;
  while (numbers >> innermost) {
  }
  return innermost;
}

}  // namespace

std::optional<ProcessIdentity> IdentityOf(pid_t pid) {
  const std::optional<ProcessStart> start = ReadStart(pid);
  if (!start || start->state == 'Z' || start->state == 'X') return std::nullopt;
  return ProcessIdentity{pid, start->ticks};
}

ProcessIdentity OwnIdentity() {
  return IdentityOf(getpid()).value_or(ProcessIdentity{getpid(), 0});
}

std::string ToText(const ProcessIdentity& identity) {
  return std::to_string(identity.pid) + "-" + std::to_string(identity.started);
}

std::optional<ProcessIdentity> ParseIdentity(std::string_view text) {
  ProcessIdentity identity;
  if (!TakeNumber(text, identity.pid) || !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  if (!TakeNumber(text, identity.started)) return std::nullopt;
  return identity;
}

bool Lives(const ProcessIdentity& identity) {
  if (IdentityOf(identity.pid) == identity) return true;
  return std::ranges::any_of(AllProcesses(), [&](pid_t pid) {
    const std::optional<ProcessIdentity> other = IdentityOf(pid);
    return other && other->started == identity.started && InnermostPid(pid) == identity.pid;
  });
}

std::uint64_t PidNamespace() {
  struct stat status {};
  return stat("/proc/self/ns/pid", &status) == 0 ? status.st_ino : 0;
}

}  // namespace bulkhead::os
