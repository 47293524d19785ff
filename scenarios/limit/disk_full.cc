// Writes to a file until its file system is full, gets ENOSPC and goes on: any other outcome
// aborts.  The calls have effects that no compiler may remove.
//
// The file system is the unit's own, 256 KiB in memory, and attached nowhere: it has no name in any
// mount namespace, and goes when the last descriptor does (fsmount(2)).
//
// Runs in: unit.
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr char kSize[] = "262144";
constexpr std::size_t kMostBytes = 1 << 20;  // more than fits

int g_file = -1;

int OpenFileSystem() {
  const auto context = static_cast<int>(syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC));
  Require(context >= 0);
  Require(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", kSize, 0) == 0);
  Require(syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) == 0);
  const auto root = static_cast<int>(syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0));
  Require(root >= 0);
  close(context);
  return root;
}

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  const int root = OpenFileSystem();
  g_file = openat(root, "data", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  Require(g_file >= 0);
  // `root` stays open: without it the file system would be dissolved.
}

void Act(bh_unit*) {
  static const char kBlock[4096] = {};
  std::size_t bytes = 0;
  ssize_t written;
  while ((written = write(g_file, kBlock, sizeof kBlock)) > 0 && bytes < kMostBytes) {
    bytes += static_cast<std::size_t>(written);
  }
  Require(written < 0 && errno == ENOSPC && bytes > 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "disk-full",
    .summary = "Writes to a file until its file system is full.",
    .tags = {"failure", "limit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"CAP_SYS_ADMIN"},
    .prepare = Prepare,
    .act = Act,
};
