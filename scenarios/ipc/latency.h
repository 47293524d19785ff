// Times a one-word question and its answer: with a process through some link, and with a thread
// through a word of plain memory.  On one CPU the one that waits sleeps ("process", "thread").  On
// two it sleeps, too ("process-spread", "thread-spread"), or never sleeps ("thread-spin", and
// "process-spin" through a word of shared memory, whatever the link).
//
// Each sample has a link and a partner of its own, made before and ended after the clock runs; its
// first rounds are not timed.  The words are counted up and checked, so no hop can be left out.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_IPC_LATENCY_H_
#define BULKHEAD_SCENARIOS_IPC_LATENCY_H_

#include "scenarios/cost/interleaved.h"
#include "scenarios/ipc/link.h"

namespace bulkhead::scenarios {

// ---- One sample.

template <typename Link>
struct Answering {
  static constexpr std::uint64_t kLeave = std::uint64_t{1} << 62;

  static void Answer(void* argument) {
    auto* self = static_cast<Answering*>(argument);
    RunOnCpu(self->cpu);
    std::uint64_t word;
    while ((word = ReceiveWord(self->link, kThere)) != kLeave) {
      SendWord(self->link, kThere, word + 1);
    }
  }

  int cpu;
  Link link{};
};

// Nanoseconds of one round, partner on `cpu`.  On a busy machine it takes fewer rounds: who spins
// waits for a partner that may be waiting for its turn on the other CPU.
template <typename Partner, typename Link, int kRounds>
std::uint64_t RoundTrip(int cpu) {
  constexpr int kWarmUp = kRounds / 4, kBetweenLooks = 8;
  constexpr std::uint64_t kPatienceNs = 5'000'000;
  Answering<Link> answering{.cpu = cpu};
  std::uint64_t word = 1, start = 0, took = 0;
  int round = -kWarmUp;
  {
    Partner partner(Answering<Link>::Answer, &answering);
    for (; round < kRounds; ++round) {
      if (round == 0) start = Now();
      if (round > 0 && round % kBetweenLooks == 0 && Now() - start > kPatienceNs) break;
      SendWord(answering.link, kHere, word);
      word = ReceiveWord(answering.link, kHere);
    }
    took = Now() - start;
    SendWord(answering.link, kHere, Answering<Link>::kLeave);
  }
  Require(word == static_cast<std::uint64_t>(1 + kWarmUp + round));
  return took / static_cast<std::uint64_t>(round);
}

// ---- The callbacks.

template <typename Link>
class Latency {
 public:
  static void Act(bh_unit*) { measured_.Measure(); }
  static void Watch(bh_unit* unit) { measured_.Report(unit); }

 private:
  // Of one sample.  To wake a sleeper on another CPU takes much longer.
  static constexpr int kRounds = 40, kWakingRounds = 8, kSpinningRounds = 32;

  static inline Interleaved<6, 6> measured_{{
      {"process", kSameCpu, RoundTrip<PartnerProcess, Link, kRounds>},
      {"thread", kSameCpu, RoundTrip<PartnerThread, FutexDesk, kRounds>},
      {"process-spread", kOtherCpu, RoundTrip<PartnerProcess, Link, kWakingRounds>},
      {"thread-spread", kOtherCpu, RoundTrip<PartnerThread, FutexDesk, kWakingRounds>},
      {"process-spin", kOtherCpu, RoundTrip<PartnerProcess, SharedDesk<SpinDesk>, kSpinningRounds>},
      {"thread-spin", kOtherCpu, RoundTrip<PartnerThread, SpinDesk, kSpinningRounds>},
  }};
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_LATENCY_H_
