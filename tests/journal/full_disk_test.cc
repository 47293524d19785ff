// A journal on a disk that fills up: a tmpfs in a mount namespace of its own, which only root may
// have.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "harness/base/unique_fd.h"
#include "tests/journal/records.h"

namespace bulkhead {
namespace {

constexpr char kNotGranted[] = "not granted: ";

// What `body` says, run in a child that sees a tmpfs of 64 KiB at `directory`; it goes with the
// child.
std::string OnASmallDisk(const std::string& directory, const std::function<std::string()>& body) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return "pipe2";
  UniqueFd out(ends[0]), in(ends[1]);
  const pid_t child = fork();
  if (child == 0) {
    std::string said;
    if (unshare(CLONE_NEWNS) != 0 ||
        mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("bulkhead", directory.c_str(), "tmpfs", 0, "size=64k") != 0) {
      said = kNotGranted + std::string(strerror(errno));
    } else {
      said = body();
    }
    (void)!write(in.get(), said.data(), said.size());
    _exit(0);
  }
  in.Reset();
  std::string said;
  char part[4096];
  for (ssize_t got; (got = read(out.get(), part, sizeof part)) > 0;) {
    said.append(part, static_cast<std::size_t>(got));
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) said += " [the child failed]";
  return said;
}

TEST(FullDisk, AllRecordsBeforeTheFullDiskAreReadable) {
  journal::Scratch scratch;
  const std::string directory = scratch.In("");
  const std::string said = OnASmallDisk(directory, [&]() -> std::string {
    const std::string path = directory + "/journal";
    Expected<JournalWriter> writer = JournalWriter::Create(path);
    if (!writer) return writer.error().message;
    std::vector<std::string> written;
    Expected<void> appended;
    Random random(1);
    for (std::uint64_t id = 1; id < 10'000; ++id) {
      Trial trial = journal::MakeTrial(id);
      // Text that does not compress away.
      for (int i = 0; i < 1000; ++i) trial.output += static_cast<char>('!' + random.Below(90));
      appended = writer->Append(trial);
      if (!appended) break;
      written.push_back(EncodeRecord(trial));
    }
    if (appended) return "the disk was never full";
    if (appended.error().sys_errno != ENOSPC &&
        appended.error().message.find("No space") == std::string::npos) {
      return "another error: " + appended.error().message;
    }
    if (appended.error().message.find(path) == std::string::npos) return "the path is not named";
    if (writer->Append(journal::MakeTrial(1))) return "a record was taken after the error";
    if (writer->Sync()) return "synced after the error";
    const journal::ReadBack back = journal::Read(path);
    if (!back.end) return "unreadable: " + back.end.error().message;
    if (back.texts != written) {
      return std::to_string(back.texts.size()) + " of " + std::to_string(written.size()) +
             " records are readable";
    }
    return written.size() > 10 ? "all readable" : "too few records for a test";
  });
  if (said.starts_with(kNotGranted)) GTEST_SKIP() << said;
  EXPECT_EQ(said, "all readable");
}

}  // namespace
}  // namespace bulkhead
