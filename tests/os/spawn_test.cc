#include "harness/os/spawn.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/os/process_table.h"
#include "tests/os/child.h"

namespace bulkhead::os {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string ReadAll(int fd) {
  std::string text;
  char part[4096];
  for (ssize_t got; (got = read(fd, part, sizeof part)) > 0;) {
    text.append(part, static_cast<std::size_t>(got));
  }
  return text;
}

struct Outcome {
  std::string output;
  WaitStatus end;
};

// Runs a shell command to its end; `request` may hold more wishes.
Outcome RunShell(const std::string& command, SpawnRequest request = {}) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  UniqueFd out(ends[0]), in(ends[1]);
  request.program = "/bin/sh";
  request.arguments = {"-c", command};
  request.output = in.get();
  Expected<Spawned> spawned = Spawn(request);
  if (!spawned) throw std::runtime_error(spawned.error().message);
  in.Reset();
  Outcome outcome;
  outcome.output = ReadAll(out.get());
  outcome.end = AwaitEnd(spawned->pidfd.get());
  return outcome;
}

// The value behind "Key:" in a status file of proc(5).
std::string Field(const std::string& status, const std::string& key) {
  std::istringstream lines(status);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(key + ":")) return line.substr(line.find_last_of("\t ") + 1);
  }
  return "no " + key;
}

// The shell is the child itself: builtins only, or its last command replaces it.
constexpr char kOwnStatus[] = "exec cat /proc/self/status";

TEST(Spawn, RunsTheProgramAndGivesItsPidfd) {
  const Outcome outcome = RunShell("echo hello; echo world >&2; exit 7");
  EXPECT_EQ(outcome.output, "hello\nworld\n");
  EXPECT_FALSE(outcome.end.signaled);
  EXPECT_EQ(outcome.end.status, 7);
}

TEST(Spawn, TheChildLeadsASessionOfItsOwn) {
  std::istringstream stat(RunShell("exec cat /proc/self/stat").output);
  std::string pid, command, state, parent, group, session;
  stat >> pid >> command >> state >> parent >> group >> session;
  EXPECT_EQ(parent, std::to_string(getpid()));
  EXPECT_EQ(group, pid);
  EXPECT_EQ(session, pid);
}

TEST(Spawn, TheChildHasDefaultSignalsWhateverTheCallerHas) {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGUSR1);
  sigprocmask(SIG_BLOCK, &blocked, &before);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);
  const std::string status = RunShell(kOwnStatus).output;
  sigprocmask(SIG_SETMASK, &before, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGHUP, SIG_DFL);
  EXPECT_EQ(Field(status, "SigBlk"), "0000000000000000");
  EXPECT_EQ(Field(status, "SigIgn"), "0000000000000000");
}

// An ignored SIGCHLD would reap the child before anybody has waited: it stays until that is over.
TEST(Spawn, AnIgnoredSigchldDoesNotReachTheChild) {
  int gate_ends[2], ends[2];
  ASSERT_EQ(pipe2(gate_ends, O_CLOEXEC), 0);
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  UniqueFd gate(gate_ends[0]), open_gate(gate_ends[1]), out(ends[0]), in(ends[1]);
  SpawnRequest request;
  // Not a shell, which would set SIGCHLD itself.
  request.program = "/bin/cat";
  request.arguments = {"/proc/self/fd/" + std::to_string(gate.get()), "/proc/self/status"};
  request.keep = gate.get();
  request.output = in.get();
  std::signal(SIGCHLD, SIG_IGN);
  const Expected<Spawned> spawned = Spawn(request);
  std::signal(SIGCHLD, SIG_DFL);
  ASSERT_TRUE(spawned) << spawned.error().message;
  in.Reset();
  gate.Reset();
  open_gate.Reset();
  EXPECT_EQ(Field(ReadAll(out.get()), "SigIgn"), "0000000000000000");
  AwaitEnd(spawned->pidfd.get());
}

// Boost only closes what lies above the largest number that it keeps: try a small and a large one.
TEST(Spawn, OnlyTheKeptDescriptorIsInherited) {
  for (const int number : {20, 900}) {
    UniqueFd kept(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, number));
    UniqueFd leaky(fcntl(STDERR_FILENO, F_DUPFD, 30));  // no close-on-exec
    ASSERT_TRUE(kept && leaky);
    SpawnRequest request;
    request.keep = kept.get();
    std::istringstream names(RunShell("exec ls /proc/self/fd", request).output);
    std::vector<std::string> open(std::istream_iterator<std::string>(names), {});
    EXPECT_THAT(open, testing::Contains(std::to_string(kept.get())));
    std::erase(open, std::to_string(kept.get()));
    for (const std::string& one : open) {
      EXPECT_LE(std::stoi(one), 3) << "descriptor " << one << " beside " << kept.get();
    }
  }
}

TEST(Spawn, TheChildRunsWhereItWasTold) {
  SpawnRequest request;
  request.directory = "/proc";
  EXPECT_EQ(RunShell("pwd", request).output, "/proc\n");
}

TEST(Spawn, TheCoreLimitIsSetWhenAsked) {
  SpawnRequest request;
  request.set_core_limit = true;
  request.core_limit = 1;
  EXPECT_THAT(RunShell("exec cat /proc/self/limits", request).output,
              testing::ContainsRegex("Max core file size +1 +1 "));
}

TEST(Spawn, StdinIsEmpty) { EXPECT_EQ(RunShell("cat; echo end").output, "end\n"); }

// ---- What cannot be started.

class Unstartable : public testing::Test {
 protected:
  Error Failure(const SpawnRequest& request) {
    const Expected<Spawned> spawned = Spawn(request);
    EXPECT_THAT(ChildrenOfSelf(), IsEmpty()) << "a zombie is left";
    if (spawned) return {Error::Kind::kMachine, "it started", 0};
    return spawned.error();
  }
};

TEST_F(Unstartable, AMissingProgramIsAnErrorThatNamesIt) {
  SpawnRequest request;
  request.program = "/nowhere/at-all";
  EXPECT_THAT(Failure(request).message, HasSubstr("/nowhere/at-all"));
}

TEST_F(Unstartable, AFileThatIsNoProgramIsAnErrorAndNoZombie) {
  const std::string path = testing::TempDir() + "bulkhead-noise-" + std::to_string(getpid());
  std::ofstream(path) << "\x7f"
                         "ELF but nothing more";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  SpawnRequest request;
  request.program = path;
  EXPECT_THAT(Failure(request).message, HasSubstr(path));
  std::filesystem::remove(path);
}

TEST_F(Unstartable, AMissingDirectoryIsAnErrorAndNoZombie) {
  SpawnRequest request;
  request.program = "/bin/true";
  request.directory = "/nowhere/at-all";
  EXPECT_THAT(Failure(request).message, HasSubstr("/bin/true"));
}

// The child of a failed exec is a copy of this process: it must not act as if it were.
TEST_F(Unstartable, TheCallersExitHandlersAreNotRunInTheChild) {
  static int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
  static const pid_t self = getpid();
  std::atexit([] {
    if (getpid() != self) (void)!write(ends[1], "x", 1);
  });
  SpawnRequest request;
  request.program = "/bin/true";
  request.directory = "/nowhere/at-all";
  Failure(request);
  char byte;
  EXPECT_EQ(read(ends[0], &byte, 1), -1) << "an exit handler ran in the child";
}

}  // namespace
}  // namespace bulkhead::os
