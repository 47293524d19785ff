// One process among all that ever have its number: the number and when it started.  Written
// "4711-123456", so that whatever a run makes can carry the name of its supervisor, and a later one
// can tell whether that still lives.
//
// Runs in: supervisor.  Source: proc(5), field 22 of /proc/PID/stat: clock ticks since the system
// started.  A later start of the system may use the same pair again: then nothing but a file can be
// left, and it stays.
#ifndef BULKHEAD_OS_IDENTITY_H_
#define BULKHEAD_OS_IDENTITY_H_

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead::os {

struct ProcessIdentity {
  pid_t pid = 0;
  std::uint64_t started = 0;
  auto operator<=>(const ProcessIdentity&) const = default;  // NOLINT(modernize-use-nullptr)
};

// Empty: there is no such process, or it has ended and only waits to be reaped.
std::optional<ProcessIdentity> IdentityOf(pid_t pid);
ProcessIdentity OwnIdentity();

std::string ToText(const ProcessIdentity& identity);
// What `text` begins with, up to its end or to a character that is no digit: "4711-12-3" is
// 4711-12.
std::optional<ProcessIdentity> ParseIdentity(std::string_view text);

// In this PID namespace or, under another number, in one below it.
bool Lives(const ProcessIdentity& identity);

// The inode of the caller's PID namespace, in which its identities mean something; 0: unknown.
std::uint64_t PidNamespace();

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_IDENTITY_H_
