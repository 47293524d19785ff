// The person at a program: a thread that looks at what the program shows, decides by that, and
// sends the next input down a socket pair.  The program answers with what it shows then, and so on:
// one round of use.  From the same start the same must be shown, whatever happened to others in the
// meantime; and each input has a latency, from the user's hand to the program's answer.
//
// A program's own thread never sleeps while it waits for its user: it yields.  A unit that sleeps
// is taken for stalled, one that can run for late at most, and on a busy machine the user may well
// be late.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_USER_H_
#define BULKHEAD_SCENARIOS_CASE_USER_H_

#include <poll.h>
#include <sys/socket.h>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

// Hashes one more word: what is shown, and what a user does about it.
inline std::uint64_t Mix(std::uint64_t so_far, std::uint64_t word) {
  std::uint64_t mixed = so_far * 0x9e3779b97f4a7c15u + word;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  return mixed ^ (mixed >> 31);
}

struct Output {
  std::uint64_t shown;
  std::uint64_t turn;  // in the round: a user does not do the same for ever where nothing changes
};

struct Input {
  std::uint64_t what;
  std::uint64_t when;
};

class User {
 public:
  // In prepare.  The thread stays until the process ends; so does the object.
  void SitDown() {
    Require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_) == 0);
    pthread_t thread;
    Require(pthread_create(&thread, nullptr, Sit, this) == 0);
    Require(pthread_detach(thread) == 0);
  }

  void Show(const Output& output) {
    Require(send(ends_[kProgram], &output, sizeof output, 0) == sizeof output);
  }

  // Sleeps until an input waits: for prepare only.
  void AwaitInput() {
    pollfd program{ends_[kProgram], POLLIN, 0};
    while (poll(&program, 1, -1) != 1) Require(errno == EINTR);
  }

  Input Take() {
    Input input;
    while (recv(ends_[kProgram], &input, sizeof input, MSG_DONTWAIT) != sizeof input) {
      Require(errno == EAGAIN || errno == EINTR);
      sched_yield();
    }
    return input;
  }

 private:
  enum { kProgram, kPerson };

  static void* Sit(void* self) {
    const int end = static_cast<const User*>(self)->ends_[kPerson];
    Output output;
    for (;;) {
      const ssize_t got = recv(end, &output, sizeof output, 0);
      if (got < 0 && errno == EINTR) continue;
      Require(got == sizeof output);
      const Input input{Mix(output.shown, output.turn), Now()};
      Require(send(end, &input, sizeof input, 0) == sizeof input);
    }
  }

  int ends_[2];
};

// A program and its user.  A Program has
//   std::uint64_t Open()                     from the same start each time; what it shows
//   std::uint64_t Handle(std::uint64_t what)  the work for one input; what it shows then
//   std::uint64_t Show()                     what it shows now; hashes all that it has
template <typename Program>
class InUse {
 public:
  Program& program() { return program_; }

  // In prepare: the user sits down, and the first round says what the program shows when all is
  // well.
  void Begin() {
    user_.SitDown();
    expected_ = Round();
  }

  // In prepare, after Begin: one more input waits for the program, so that taking it is no sleep.
  void LeaveInputWaiting() {
    user_.Show({shown_, kInputs});
    user_.AwaitInput();
    waiting_ = true;
  }

  void TakeWaitingInput() {
    waiting_ = false;
    shown_ = program_.Handle(user_.Take().what);
  }

  // In watch: first what the program had, then another round.  Reports the latencies as `series`.
  // A program that shows anything else than before the fault has been reached by it and ends
  // itself: it counts as a bystander that died, because a canary knows nothing of its results.
  void GoOn(bh_unit* unit, const char* series) {
    if (program_.Show() != shown_) std::abort();
    if (waiting_) TakeWaitingInput();  // there was no act
    if (Round() != expected_) std::abort();
    plugin::Samples(unit, series, latencies_, kInputs);
  }

 private:
  static constexpr std::size_t kInputs = 8;

  std::uint64_t Round() {
    shown_ = program_.Open();
    std::uint64_t all = shown_;
    for (std::uint64_t turn = 0; turn < kInputs; ++turn) {
      user_.Show({shown_, turn});
      const Input input = user_.Take();
      shown_ = program_.Handle(input.what);
      latencies_[turn] = Now() - input.when;
      all = Mix(all, shown_);
    }
    return all;
  }

  Program program_;
  User user_;
  bool waiting_ = false;
  std::uint64_t shown_ = 0;     // last
  std::uint64_t expected_ = 0;  // of a round
  std::uint64_t latencies_[kInputs];
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_USER_H_
