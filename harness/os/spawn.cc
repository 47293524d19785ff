#include "harness/os/spawn.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2.hpp>
#include <boost/process/v2/src.hpp>  // separate compilation: this is the one source
#include <csignal>
#include <cstdlib>

#include "harness/os/pidfd.h"
#include "harness/os/signals.h"

namespace bulkhead::os {
namespace {

namespace process = boost::process::v2;

// Runs in the child between fork and exec: async-signal-safe calls only.
struct ChildSetup {
  const SpawnRequest& request;
  pid_t parent;

  template <typename Launcher>
  process::error_code on_setup(Launcher& launcher, const process::filesystem::path&,
                               const char* const*&) const {
    if (request.keep >= 0) launcher.fd_whitelist.push_back(request.keep);
    return {};
  }

  template <typename Launcher>
  process::error_code on_exec_setup(Launcher&, const process::filesystem::path&,
                                    const char* const*) const {
    ResetSignals();
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) raise(SIGKILL);  // it ended before prctl could tell us
    // Boost (1.81) only closes what lies above the largest number that it keeps.
    close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    if (request.keep >= 0) fcntl(request.keep, F_SETFD, 0);
    if (request.set_core_limit) {
      const rlimit limit{request.core_limit, request.core_limit};
      setrlimit(RLIMIT_CORE, &limit);
    }
    if (!request.directory.empty() && chdir(request.directory.c_str()) != 0) {
      return process::error_code(errno, boost::system::system_category());
    }
    return {};
  }

  // Boost (1.81) would go on to exit(), and so run the handlers of the program that it is a copy
  // of. Variadic, because what it tests for is not what it calls.
  template <typename... Arguments>
  void on_exec_error(Arguments&&...) const {
    _exit(127);
  }

  // In the parent: Boost forgets the child whose exec failed.
  template <typename Launcher, typename... Arguments>
  void on_error(Launcher& launcher, Arguments&&...) const {
    if (launcher.pid > 0) waitpid(launcher.pid, nullptr, 0);
  }
};

}  // namespace

Expected<Spawned> Spawn(const SpawnRequest& request) {
  // One at a time: the environment and the context belong to all threads.
  static std::mutex one_at_a_time;
  const std::lock_guard alone(one_at_a_time);
  // Boost wants an execution context even for a process that it shall let go at once.
  static boost::asio::io_context context;
  // An exec that fails runs the parent's exit handlers in the child (1.81): look first.
  if (access(request.program.c_str(), X_OK) != 0) {
    return FailErrno("cannot execute " + request.program);
  }
  UniqueFd null(open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return FailErrno("cannot open /dev/null");
  const int output = request.output >= 0 ? request.output : null.get();
  setenv("LIBC_FATAL_STDERR_", "1", 1);
  setenv("LC_ALL", "C", 1);
  try {
    process::process child(context, request.program, request.arguments,
                           process::process_stdio{null.get(), output, output},
                           ChildSetup{request, getpid()});
    const pid_t pid = child.id();
    // Detached before anybody reaps: the destructor would kill by number.
    child.detach();
    Expected<UniqueFd> pidfd = OpenPidfd(pid);
    if (!pidfd) return FailWith("cannot watch " + request.program, pidfd.error());
    return Spawned{pid, std::move(*pidfd)};
  } catch (const boost::system::system_error& error) {
    return Fail("cannot start " + request.program + ": " + error.code().message());
  }
}

}  // namespace bulkhead::os
