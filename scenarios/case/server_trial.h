// One failing request against a web server that is busy, and what its clients see of it.  Each
// source *_server_*.cc with this header chooses the organisation of the server and the failure.
//
//   prepare  the victim starts the server on a free port of 127.0.0.1, with two workers more than
//            there are bystanders: one for the request that fails, one for the pages
//   act      each bystander is a client: it begins an upload, so that a worker has it in its hands,
//            and gets one page after the other.  When all have come so far, the victim sends the
//            request that makes its worker fail, and tells them when that has happened.  They ask
//            for a page, finish their uploads, and get some pages more.  In the end the victim has
//            as many uploads in progress at once as there should be workers.
//   watch    tells it:  "in-progress"  the client's upload was finished
//                       "pages"        the client got every page it asked for
//                       "strength"     so many workers served at once afterwards, and no other
//                                      worker had ended
//                       "service"      something was left: not every client lost its upload and
//                                      failed to get a page after the fault
//
// That the failure has happened is the kernel's word: the connection ends, or (hang) the worker
// says that it has the request; and the end of the process has the status that it must have, or
// the unit aborts and the trial does not count.  A threaded server that is gone is started again
// by the victim, as a service manager would, when every client has noticed.  The port is kept
// meanwhile by a second socket that is bound to it (SO_REUSEPORT): a client that connects to a free
// port out of which it may connect itself meets itself now and then.
//
// Runs in: unit, and processes that it forks.
#ifndef BULKHEAD_SCENARIOS_CASE_SERVER_TRIAL_H_
#define BULKHEAD_SCENARIOS_CASE_SERVER_TRIAL_H_

#include <set>
#include <utility>

#include "scenarios/case/server_load.h"
#include "scenarios/case/web_servers.h"

namespace bulkhead::scenarios {

enum class Organisation { kThreaded, kPrefork };
enum class Failure { kCrash, kHang };

template <Organisation kOrganisation, Failure kFailure>
class ServerTrial {
 public:
  static void Setup(bh_unit*) { board_ = SharedPage<ServerBoard>(); }

  static void Prepare(bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    units_[unit->index] = {};
    if (unit->index != kVictim) return;
    const int listener = Bind(0);
    new (board_) ServerBoard;
    board_->port = http::PortOf(listener);
    board_->clients = unit->count - 1;
    spare_ = Bind(board_->port);
    log_ = {};
    others_ended_ = false;
    workers_ = unit->count + 1;
    if (kPrefork) log_.Open();
    StartServer(listener);
    close(log_.writer);
  }

  static void Act(bh_unit* unit) {
    Unit& self = units_[unit->index];
    self.acted = true;
    if (unit->index != kVictim) {
      const std::uint16_t port = self.wrong_port != 0 ? self.wrong_port : board_->port;
      self.experience = UseServer(*board_, port, unit->seed);
      return;
    }
    const std::uint64_t deadline = Now() + 4'000'000'000;
    if (unit->control != 0) {  // nothing fails, and the clients' turn comes later
      board_->failed.Pass();
      board_->restored.Pass();
      self.strength = HasStrength(workers_, deadline);
      return;
    }
    http::Request request(board_->port, deadline);
    std::string_view head;
    Fail(request, head, deadline);
    Demand(board_->done.Await(board_->clients, deadline));
    // A thread that hangs is lost for good.
    const std::uint32_t lacking = !kPrefork && kFailure == Failure::kHang ? 1 : 0;
    self.strength = HasStrength(workers_ - lacking, deadline) && !OthersEnded();
    EndServer();
    board_->Count(request.NextHead(head));  // what has become of it
  }

  static void Watch(bh_unit* unit) {
    const Unit& self = units_[unit->index];
    if (unit->index == kVictim) EndServer();
    if (!self.acted) return;
    if (unit->index != kVictim) {
      Tell(unit, "pages", self.experience.pages);
      Tell(unit, "in-progress", self.experience.in_progress);
      return;
    }
    Tell(unit, "strength", self.strength);
    Tell(unit, "service", board_->deserted < board_->clients);
    Sample(unit, "answered", board_->answered);
    Sample(unit, "lost", board_->lost);
    Sample(unit, "refused", board_->refused);
    if (board_->recovery != 0) Sample(unit, "recovery", board_->recovery);
    if (board_->replacement != 0) Sample(unit, "replacement", board_->replacement);
  }

  // The client will ask where nobody listens.
  static void Hit(bh_unit* unit, std::uint64_t) {
    units_[unit->index].wrong_port = http::PortOf(Bind(0));
  }

 private:
  static constexpr bool kPrefork = kOrganisation == Organisation::kPrefork;
  static constexpr bool kServerEnds = !kPrefork && kFailure == Failure::kCrash;

  struct Unit {
    bool acted = false;
    Experience experience;         // of a client
    std::uint16_t wrong_port = 0;  // of a client; 0: it asks the server
    bool strength = false;         // seen by the victim
  };

  // ---- The server and its manager.

  // Bound to the port beside others that this process has bound to it; 0: to one that is free.
  static int Bind(std::uint16_t port) {
    const int bound = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = http::Loopback(port);
    Require(http::Set(bound, SOL_SOCKET, SO_REUSEPORT, 1) &&
            http::Set(bound, IPPROTO_TCP, TCP_NODELAY, 1) &&
            bind(bound, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
    return bound;
  }

  // Takes the listening socket: it is the server's alone from here on.
  static void StartServer(int listener) {
    Require(listen(listener, 64) == 0);
    http::ServerOrder order{listener, workers_, log_.writer, spare_};
    server_.emplace(kPrefork ? http::RunPreforkServer : http::RunThreadedServer, &order);
    close(listener);
  }

  static void EndServer() {
    if (!server_) return;
    kill(server_->pid(), kPrefork ? SIGTERM : SIGKILL);
    server_.reset();  // reaps it
  }

  // Require, once there is a server: it is not left to others.
  static void Demand(bool condition) {
    if (!condition) EndServer();
    Require(condition);
  }

  // Leaves it to be reaped.
  static bool ServerEndedBy(int signal, std::uint64_t deadline) {
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, server_->pid(), 0));
    const bool ended = http::AwaitReadable(handle, deadline);
    close(handle);
    siginfo_t end{};
    constexpr int kLookOnly = WEXITED | WNOHANG | WNOWAIT;
    const auto server = static_cast<id_t>(server_->pid());
    return ended && waitid(P_PID, server, &end, kLookOnly) == 0 && end.si_code != CLD_EXITED &&
           end.si_status == signal;
  }

  // Reads the log until the worker has ended as it must, and the master has another.
  static void AwaitReplacement() {
    constexpr int kSignal = kFailure == Failure::kCrash ? SIGSEGV : SIGKILL;
    const std::uint64_t deadline = Now() + 1'500'000'000;
    bool ended = false;
    while (const auto line = log_.Next(deadline)) {
      if (line->what == http::LogLine::kEnded) {
        const bool is_ours = line->signal == kSignal && !ended;
        (is_ours ? ended : others_ended_) = true;
      } else if (ended) {
        board_->replacement = line->when - board_->failed_at;
        break;
      }
    }
    Demand(ended);
  }

  static bool OthersEnded() {
    while (const auto line = log_.Next(0)) others_ended_ |= line->what == http::LogLine::kEnded;
    return others_ended_;
  }

  // ---- The experiment.

  static void Fail(http::Request& request, std::string_view& head, std::uint64_t deadline) {
    Demand(board_->busy.Await(board_->clients, deadline));
    board_->failed_at = Now();
    if (kFailure == Failure::kCrash) {
      const auto end = request.Ask("GET /crash HTTP/1.1\r\nHost: localhost\r\n\r\n", head);
      Demand(end == http::Outcome::kLost);
    } else {
      const auto begun = request.Ask("GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n", head);
      Demand(begun == http::Outcome::kAnswered && head.starts_with("HTTP/1.1 102 "));
    }
    if (kServerEnds) {
      Demand(ServerEndedBy(SIGSEGV, deadline));
      server_.reset();
    }
    board_->failed.Pass();
    Demand(board_->noticed.Await(board_->clients, deadline));
    if (kPrefork) AwaitReplacement();
    if (kServerEnds) StartServer(std::exchange(spare_, -1));
    board_->restored.Pass();
  }

  // Has as many uploads in progress at once: each waits for its second half, so that no worker can
  // have two.
  static bool HasStrength(std::uint32_t wanted, std::uint64_t deadline) {
    std::optional<http::Upload> uploads[http::kMostWorkers];
    std::set<std::uint64_t> workers;
    for (std::uint32_t i = 0; i < wanted; ++i) {
      uploads[i].emplace(board_->port, i, deadline);
      if (uploads[i]->Begin() != http::Outcome::kAnswered) return false;
    }
    for (std::uint32_t i = 0; i < wanted; ++i) {
      if (uploads[i]->Finish() != http::Outcome::kAnswered) return false;
      workers.insert(uploads[i]->worker());
    }
    return workers.size() == wanted;
  }

  // ---- Words to the harness.

  static void Tell(bh_unit* unit, const char* name, bool kept) {
    if (kept) {
      plugin::Reading(unit, name, unit->token);
    } else {
      plugin::Gone(unit, name);
    }
  }

  static void Sample(bh_unit* unit, const char* name, std::uint64_t value) {
    plugin::Samples(unit, name, &value, 1);
  }

  static inline ServerBoard* board_ = nullptr;
  static inline Unit units_[kMostUnits];
  // Of the victim.
  static inline std::uint32_t workers_ = 0;
  static inline int spare_ = -1;  // keeps the port, and listens when the server is started again
  static inline http::MasterLog log_;
  static inline bool others_ended_ = false;  // beside the worker that had to
  static inline std::optional<PartnerProcess> server_;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_SERVER_TRIAL_H_
