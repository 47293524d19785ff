// The two organisations of a web server whose workers are the same (http_server.h):
//   threaded  one process, whose threads all accept from the listening socket
//   prefork   a master and worker processes that all accept from the listening socket; for a worker
//             that ends the master starts another, and it keeps a log
// Each runs as a child of the unit and owns the listening socket: nobody else holds it.
//
// The master ends on SIGTERM, when it has ended and reaped its workers; when it is killed they
// follow (PR_SET_PDEATHSIG).  How many it may start in all is bounded.
//
// Runs in: processes that a unit forks.
#ifndef BULKHEAD_SCENARIOS_CASE_WEB_SERVERS_H_
#define BULKHEAD_SCENARIOS_CASE_WEB_SERVERS_H_

#include <fcntl.h>

#include <optional>

#include "scenarios/case/http_server.h"

namespace bulkhead::scenarios::http {

inline constexpr std::uint32_t kMostWorkers = kMostUnits + 1;

// A line of the master's log.
struct LogLine {
  enum What : std::uint32_t { kStarted, kEnded } what;
  pid_t worker;
  int signal;  // that ended it; 0: it exited
  std::uint64_t when;
};

class MasterLog {
 public:
  // -1, -1: of a server without a master.
  int reader = -1, writer = -1;

  void Open() {
    int ends[2];
    Require(pipe2(ends, O_CLOEXEC) == 0);
    reader = ends[0], writer = ends[1];
  }
  // None: the master is gone, or it is `deadline`.
  std::optional<LogLine> Next(std::uint64_t deadline) const {
    LogLine line;
    if (!AwaitReadable(reader, deadline)) return {};
    if (read(reader, &line, sizeof(line)) != sizeof(line)) return {};
    return line;
  }
};

struct ServerOrder {
  int listener = -1;
  std::uint32_t workers = 0;
  int log = -1;         // prefork: where the master writes
  int not_theirs = -1;  // a descriptor that they must not keep
};

inline void BeginServer(const ServerOrder& order) {
  close(order.not_theirs);
  signal(SIGSEGV, SIG_DFL);  // the harness's own handler belongs to its unit
}

// A PartnerProcess's duty; `argument` is a ServerOrder.  (Making threads after a fork is not
// async-signal-safe where the unit is a thread itself; glibc keeps its heap usable in the child.)
inline void RunThreadedServer(void* argument) {
  static ServerOrder order;
  order = *static_cast<const ServerOrder*>(argument);
  BeginServer(order);
  pthread_attr_t attributes;
  Require(pthread_attr_init(&attributes) == 0);
  Require(pthread_attr_setstacksize(&attributes, 256 << 10) == 0);
  for (std::uint32_t i = 0; i < order.workers; ++i) {
    const auto work = [](void*) -> void* { Worker(order.listener).ServeForever(nullptr); };
    pthread_t thread;
    Require(pthread_create(&thread, &attributes, work, nullptr) == 0);
  }
  for (;;) pause();  // until a thread's fault ends it, or SIGKILL
}

class Master {
 public:
  explicit Master(const ServerOrder& order) : order_(order) {
    BeginServer(order);
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGCHLD);
    sigaddset(&signals_, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGCHLD, SIG_DFL);  // ignored by whoever started us, it would leave no status
  }

  void Run() {
    for (std::uint32_t i = 0; i < order_.workers; ++i) Start(i);
    for (;;) {
      const int signal = sigwaitinfo(&signals_, nullptr);
      if (signal == SIGTERM) break;
      if (signal == SIGCHLD) ReplaceTheDead();
    }
    for (std::uint32_t i = 0; i < order_.workers; ++i) {
      if (workers_[i]) kill(workers_[i]->pid(), SIGKILL);
      workers_[i].reset();  // reaps it
    }
  }

 private:
  void Start(std::uint32_t place) {
    if (started_ == 4 * kMostWorkers) return;  // they die as fast as they are made
    ++started_;
    workers_[place].emplace(Work, this);
    Log({LogLine::kStarted, workers_[place]->pid(), 0, Now()});
  }

  static void Work(void* argument) {
    const Master& master = *static_cast<const Master*>(argument);
    close(master.order_.log);
    sigprocmask(SIG_UNBLOCK, &master.signals_, nullptr);
    Watchdog watchdog;
    Worker(master.order_.listener).ServeForever(&watchdog);
  }

  // One SIGCHLD may stand for several ends.
  void ReplaceTheDead() {
    for (std::uint32_t i = 0; i < order_.workers; ++i) {
      if (!workers_[i]) continue;
      siginfo_t end{};
      const pid_t pid = workers_[i]->pid();
      constexpr int kLookOnly = WEXITED | WNOHANG | WNOWAIT;
      if (waitid(P_PID, static_cast<id_t>(pid), &end, kLookOnly) != 0 || end.si_pid != pid) {
        continue;
      }
      Log({LogLine::kEnded, pid, end.si_code == CLD_EXITED ? 0 : end.si_status, Now()});
      workers_[i].reset();
      Start(i);
    }
  }

  void Log(const LogLine& line) const { (void)!write(order_.log, &line, sizeof(line)); }

  ServerOrder order_;
  sigset_t signals_;
  std::optional<PartnerProcess> workers_[kMostWorkers];
  std::uint32_t started_ = 0;
};

// A PartnerProcess's duty; `argument` is a ServerOrder.
inline void RunPreforkServer(void* argument) {
  Master(*static_cast<const ServerOrder*>(argument)).Run();
}

}  // namespace bulkhead::scenarios::http

#endif  // BULKHEAD_SCENARIOS_CASE_WEB_SERVERS_H_
