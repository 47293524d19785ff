// Links: two-way connections between the victim and a partner, one class for each mechanism, all
// with the same two functions.  The victim makes a link before it makes the partner, and unmakes it
// after that has ended, so both always hold all of it.
//
// Both sides wait in the kernel, except on a SpinDesk.  What is larger than one message of a queue
// goes as several.
//
// Runs in: unit.  A System V queue outlives a victim that is killed in the middle, unless it lies
// in a namespace of the trial's own: see OwnIpcNamespace.
#ifndef BULKHEAD_SCENARIOS_IPC_LINK_H_
#define BULKHEAD_SCENARIOS_IPC_LINK_H_

#include <sys/eventfd.h>
#include <sys/msg.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "scenarios/cost/measure.h"
#include "scenarios/ipc/ends.h"
#include "scenarios/ipc/loopback.h"

namespace bulkhead::scenarios {

enum Side { kHere, kThere };  // the victim's, the partner's

template <typename Link>
void SendWord(Link& link, Side from, std::uint64_t word) {
  link.Send(from, &word, sizeof(word));
}

template <typename Link>
std::uint64_t ReceiveWord(Link& link, Side to) {
  std::uint64_t word;
  link.Receive(to, &word, sizeof(word));
  return word;
}

// ---- Descriptors.

class DescriptorLink {
 public:
  void Send(Side from, const void* bytes, std::size_t count) {
    const char* next = static_cast<const char*>(bytes);
    while (count > 0) {
      const ssize_t sent = write(out_[from], next, count);
      Require(sent > 0);
      next += sent;
      count -= static_cast<std::size_t>(sent);
    }
  }

  void Receive(Side to, void* bytes, std::size_t count) {
    char* next = static_cast<char*>(bytes);
    while (count > 0) {
      const ssize_t got = read(in_[to], next, count);
      Require(got > 0);
      next += got;
      count -= static_cast<std::size_t>(got);
    }
  }

  DescriptorLink(const DescriptorLink&) = delete;
  DescriptorLink& operator=(const DescriptorLink&) = delete;

 protected:
  DescriptorLink() = default;
  ~DescriptorLink() {
    // The victim's first: the end that leaves no TCP connection in TIME_WAIT.
    for (const Side side : {kHere, kThere}) {
      close(in_[side]);
      if (out_[side] != in_[side]) close(out_[side]);
    }
  }

  // One channel each way, from ends[1] to ends[0].
  void Join(const int (&there)[2], const int (&back)[2]) {
    out_[kHere] = there[1];
    in_[kThere] = there[0];
    out_[kThere] = back[1];
    in_[kHere] = back[0];
  }

  // One connection for both directions.
  void Join(const int (&ends)[2]) {
    in_[kHere] = out_[kHere] = ends[0];
    in_[kThere] = out_[kThere] = ends[1];
  }

 private:
  int in_[2], out_[2];  // of each side
};

struct PipeLink : DescriptorLink {
  PipeLink() {
    int there[2], back[2];
    Require(pipe2(there, O_CLOEXEC) == 0 && pipe2(back, O_CLOEXEC) == 0);
    Join(there, back);
  }
};

struct FifoLink : DescriptorLink {
  FifoLink() {
    int there[2], back[2];
    Require(MakeFifo("link", 0, there) && MakeFifo("link", 0, back));
    Join(there, back);
  }
};

struct SocketpairLink : DescriptorLink {
  SocketpairLink() {
    int ends[2];
    Require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    Join(ends);
  }
};

struct UnixSocketLink : DescriptorLink {
  UnixSocketLink() {
    int ends[2];
    Require(ConnectUnixSockets(0, ends));
    Join(ends);
  }
};

struct TcpLink : DescriptorLink {
  TcpLink() {
    int ends[2];
    const int yes = 1;
    Require(ConnectLoopback(ends) &&
            setsockopt(ends[0], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes)) == 0);
    Join(ends);
  }
};

// Carries words other than 0, one at a time.
struct EventfdLink : DescriptorLink {
  EventfdLink() {
    const int there = eventfd(0, EFD_CLOEXEC), back = eventfd(0, EFD_CLOEXEC);
    Require(there >= 0 && back >= 0);
    Join({Copy(there), there}, {Copy(back), back});
  }

 private:
  static int Copy(int descriptor) {
    const int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    Require(copy >= 0);
    return copy;
  }
};

// ---- Message queues.

// Two queues of the system's default size.
class PosixQueueLink {
 public:
  PosixQueueLink() {
    mq_attr attributes;
    for (mqd_t& queue : into_) {
      queue = MakePosixQueue("link", 0, nullptr);
      Require(queue >= 0 && mq_getattr(queue, &attributes) == 0);
    }
    largest_ = static_cast<std::size_t>(attributes.mq_msgsize);
    inbox_ = std::make_unique<char[]>(largest_);
  }
  ~PosixQueueLink() {
    for (const mqd_t queue : into_) mq_close(queue);
  }
  PosixQueueLink(const PosixQueueLink&) = delete;
  PosixQueueLink& operator=(const PosixQueueLink&) = delete;

  void Send(Side from, const void* bytes, std::size_t count) {
    const char* next = static_cast<const char*>(bytes);
    for (std::size_t part; count > 0; next += part, count -= part) {
      part = std::min(count, largest_);
      Require(mq_send(into_[from == kHere ? kThere : kHere], next, part, 0) == 0);
    }
  }

  // Into a buffer that holds less than the largest message nothing can be received: mq_receive(3).
  void Receive(Side to, void* bytes, std::size_t count) {
    char* next = static_cast<char*>(bytes);
    for (std::size_t part; count > 0; next += part, count -= part) {
      part = std::min(count, largest_);
      char* place = count < largest_ ? inbox_.get() : next;
      Require(mq_receive(into_[to], place, largest_, nullptr) == static_cast<ssize_t>(part));
      if (place != next) std::memcpy(next, place, part);
    }
  }

 private:
  mqd_t into_[2];  // the queue that each side receives from
  std::size_t largest_;
  std::unique_ptr<char[]> inbox_;
};

// In setup: from here on System V queues end with their users, where that is allowed.
inline void OwnIpcNamespace(bh_unit*) { (void)unshare(CLONE_NEWIPC); }

// One queue; the type of a message says to whom it goes.  A message is put together behind its
// type, as every program has to: that is one more copy on each side, in the program itself.
class SystemVQueueLink {
 public:
  SystemVQueueLink() : id_(msgget(IPC_PRIVATE, 0600)) {
    msginfo limits;
    Require(id_ >= 0 && msgctl(0, IPC_INFO, reinterpret_cast<msqid_ds*>(&limits)) >= 0);
    largest_ = std::min(sizeof(message_->text), static_cast<std::size_t>(limits.msgmax));
  }
  ~SystemVQueueLink() { msgctl(id_, IPC_RMID, nullptr); }
  SystemVQueueLink(const SystemVQueueLink&) = delete;
  SystemVQueueLink& operator=(const SystemVQueueLink&) = delete;

  void Send(Side from, const void* bytes, std::size_t count) {
    const char* next = static_cast<const char*>(bytes);
    for (std::size_t part; count > 0; next += part, count -= part) {
      part = std::min(count, largest_);
      message_->type = TypeTo(from == kHere ? kThere : kHere);
      std::memcpy(message_->text, next, part);
      Require(msgsnd(id_, message_.get(), part, 0) == 0);
    }
  }

  void Receive(Side to, void* bytes, std::size_t count) {
    char* next = static_cast<char*>(bytes);
    for (std::size_t part; count > 0; next += part, count -= part) {
      part = std::min(count, largest_);
      const ssize_t got = msgrcv(id_, message_.get(), largest_, TypeTo(to), 0);
      Require(got == static_cast<ssize_t>(part));
      std::memcpy(next, message_->text, part);
    }
  }

 private:
  struct Message {
    long type;
    char text[8192];  // the usual msgmax
  };

  static long TypeTo(Side side) { return side + 1; }

  int id_;
  std::size_t largest_;
  std::unique_ptr<Message> message_ = std::make_unique<Message>();
};

// ---- Memory: one word and whose turn it is.  A desk is a link for threads; SharedDesk puts one
// ---- where a process reaches it, too.

class FutexDesk {
 public:
  explicit FutexDesk(int sharing = FUTEX_PRIVATE_FLAG) : turn_(sharing) {}

  void Send(Side from, const void* bytes, std::size_t count) {
    Require(count == sizeof(word_));
    std::memcpy(&word_, bytes, count);
    turn_.Give(from == kHere ? kThere : kHere);
  }
  void Receive(Side to, void* bytes, std::size_t count) {
    turn_.AwaitOtherThan(to == kHere ? kThere : kHere);
    std::memcpy(bytes, &word_, count);
  }

 private:
  Turn turn_;  // a Side
  std::uint64_t word_ = 0;
};

// Never sleeps: only for two CPUs.
class SpinDesk {
 public:
  explicit SpinDesk(int = 0) {}

  void Send(Side from, const void* bytes, std::size_t count) {
    Require(count == sizeof(word_));
    std::memcpy(&word_, bytes, count);
    turn_.store(from == kHere ? kThere : kHere, std::memory_order_release);
  }
  void Receive(Side to, void* bytes, std::size_t count) {
    while (turn_.load(std::memory_order_acquire) != to) {
    }
    std::memcpy(bytes, &word_, count);
  }

 private:
  std::atomic<Side> turn_{kHere};
  std::uint64_t word_ = 0;
};

template <typename Desk>
class SharedDesk {
 public:
  SharedDesk() : desk_(new (MapAnonymous(kPage, PROT_READ | PROT_WRITE, MAP_SHARED)) Desk(0)) {}
  ~SharedDesk() { munmap(desk_, kPage); }
  SharedDesk(const SharedDesk&) = delete;
  SharedDesk& operator=(const SharedDesk&) = delete;

  void Send(Side from, const void* bytes, std::size_t count) { desk_->Send(from, bytes, count); }
  void Receive(Side to, void* bytes, std::size_t count) { desk_->Receive(to, bytes, count); }

 private:
  static constexpr std::size_t kPage = 4096;
  Desk* desk_;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_LINK_H_
