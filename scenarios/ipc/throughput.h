// Times what it takes to get 1 MiB across in messages of 64 KiB.  The sender fills each message and
// the receiver reads every byte of it, by the same library calls for both kinds: a process gets the
// bytes through some carrier, a thread gets the buffer itself.  Partners on the same CPU
// ("process", "thread") and on another ("process-spread", "thread-spread").
//
// Each sample has a carrier and a partner of its own, made before and ended after the clock runs;
// its first messages, which touch all pages, are not timed.  Nanoseconds per MiB.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_IPC_THROUGHPUT_H_
#define BULKHEAD_SCENARIOS_IPC_THROUGHPUT_H_

#include <semaphore.h>

#include "scenarios/cost/interleaved.h"
#include "scenarios/ipc/link.h"

namespace bulkhead::scenarios {

inline constexpr std::size_t kMessageBytes = 64 << 10;
inline constexpr int kMessages = 16, kWarmUpMessages = 4;
static_assert(kMessages * kMessageBytes == 1 << 20);

// ---- Carriers: Space, Pass and AwaitAll are the sender's, Next, Done and TellAll the receiver's.

// Each side has a buffer of its own, and the kernel copies: for processes only.
template <typename Link>
class Copying {
 public:
  char* Space() { return own_; }
  void Pass() { link_.Send(kHere, own_, kMessageBytes); }
  void AwaitAll() { ReceiveWord(link_, kHere); }

  const char* Next() {
    link_.Receive(kThere, own_, kMessageBytes);
    return own_;
  }
  void Done() {}
  void TellAll() { SendWord(link_, kThere, 1); }

 private:
  static inline char own_[kMessageBytes];
  Link link_;
};

// Counting semaphores, each a futex that is only called for who sleeps: sem_overview(7).
class FutexGate {
 public:
  FutexGate(int sharing, unsigned open) {
    Require(sem_init(&semaphore_, sharing == MAP_SHARED, open) == 0);
  }
  void Post() { Require(sem_post(&semaphore_) == 0); }
  void Wait() {
    while (sem_wait(&semaphore_) != 0) Require(errno == EINTR);
  }

 private:
  sem_t semaphore_;
};

class EventfdGate {
 public:
  EventfdGate(int, unsigned open) : descriptor_(eventfd(open, EFD_CLOEXEC | EFD_SEMAPHORE)) {
    Require(descriptor_ >= 0);
  }
  ~EventfdGate() { close(descriptor_); }
  EventfdGate(const EventfdGate&) = delete;
  EventfdGate& operator=(const EventfdGate&) = delete;

  void Post() { Require(eventfd_write(descriptor_, 1) == 0); }
  void Wait() {
    eventfd_t one;
    Require(eventfd_read(descriptor_, &one) == 0);
  }

 private:
  int descriptor_;
};

// Two buffers that both sides use in place; only the right to one goes across.
template <typename Gate, int kSharing>
class InPlace {
 public:
  InPlace() : ring_(new (MapAnonymous(sizeof(Ring), PROT_READ | PROT_WRITE, kSharing)) Ring) {}
  ~InPlace() {
    ring_->~Ring();
    munmap(ring_, sizeof(Ring));
  }
  InPlace(const InPlace&) = delete;
  InPlace& operator=(const InPlace&) = delete;

  char* Space() {
    ring_->free.Wait();
    return ring_->buffers[filled_++ % 2];
  }
  void Pass() { ring_->full.Post(); }
  void AwaitAll() { ring_->all.Wait(); }

  const char* Next() {
    ring_->full.Wait();
    return ring_->buffers[read_++ % 2];
  }
  void Done() { ring_->free.Post(); }
  void TellAll() { ring_->all.Post(); }

 private:
  struct Ring {
    Gate free{kSharing, 2}, full{kSharing, 0}, all{kSharing, 0};
    alignas(4096) char buffers[2][kMessageBytes];
  };

  Ring* ring_;
  std::size_t filled_ = 0;  // the sender's
  std::size_t read_ = 0;    // the receiver's
};

// ---- One sample.

template <typename Carrier>
struct Transfer {
  // A message holds its number in every byte.
  static void Send(Carrier& carrier, int messages) {
    for (int i = 0; i < messages; ++i) {
      std::memset(carrier.Space(), i + 1, kMessageBytes);
      carrier.Pass();
    }
    carrier.AwaitAll();
  }

  static void Receive(Carrier& carrier, int messages) {
    for (int i = 0; i < messages; ++i) {
      const char* message = carrier.Next();
      Require(message[0] == i + 1 && std::memcmp(message, message + 1, kMessageBytes - 1) == 0);
      carrier.Done();
    }
    carrier.TellAll();
  }

  static void ReceiveAll(void* argument) {
    auto* self = static_cast<Transfer*>(argument);
    RunOnCpu(self->cpu);
    Receive(self->carrier, kWarmUpMessages);
    Receive(self->carrier, kMessages);
  }

  Carrier carrier;
  int cpu;
};

template <typename Partner, typename Carrier>
std::uint64_t TimePerMib(int cpu) {
  Transfer<Carrier> transfer{{}, cpu};
  Partner partner(Transfer<Carrier>::ReceiveAll, &transfer);
  Transfer<Carrier>::Send(transfer.carrier, kWarmUpMessages);
  const std::uint64_t start = Now();
  Transfer<Carrier>::Send(transfer.carrier, kMessages);
  return Now() - start;
}

// ---- The callbacks.

template <typename Carrier>
class Throughput {
 public:
  static void Act(bh_unit*) { measured_.Measure(); }
  static void Watch(bh_unit* unit) { measured_.Report(unit); }

 private:
  using Plain = InPlace<FutexGate, MAP_PRIVATE>;
  static inline Interleaved<4, 4> measured_{{
      {"process", kSameCpu, TimePerMib<PartnerProcess, Carrier>},
      {"thread", kSameCpu, TimePerMib<PartnerThread, Plain>},
      {"process-spread", kOtherCpu, TimePerMib<PartnerProcess, Carrier>},
      {"thread-spread", kOtherCpu, TimePerMib<PartnerThread, Plain>},
  }};
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_THROUGHPUT_H_
