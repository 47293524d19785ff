// The victim and each bystander hold the two ends of something, nobody else holds either, and the
// victim's process is killed.  Each bystander then says whether its end told it.  Each source
// peer_*.cc with this header chooses what connects them.
//
// A Link has
//   static bool MakeEnds(int (&ends)[2])  the bystander's and the victim's
//   static bool TellsOfEnd(int end)       in the bystander
//
// The kernel closes what a process held before it reports the process's end.  System calls: nothing
// that a compiler could remove.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_IPC_PEER_H_
#define BULKHEAD_SCENARIOS_IPC_PEER_H_

#include <csignal>

#include "scenarios/ipc/courier.h"

namespace bulkhead::scenarios {

template <typename Link>
class Peer {
 public:
  static void Setup(bh_unit*) { couriers_.Make(); }

  static void Prepare(bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    own_[unit->index] = -1;
    if (unit->index != kVictim) return;
    for (std::uint32_t i = 1; i < unit->count; ++i) {
      int ends[2];
      Require(Link::MakeEnds(ends));  // the victim's stays open until it ends
      couriers_.Send(i, ends[0]);
    }
  }

  static void Act(bh_unit*) { kill(getpid(), SIGKILL); }

  static void Watch(bh_unit* unit) {
    if (unit->index == kVictim) return;
    const int end = own_[unit->index] >= 0 ? own_[unit->index] : couriers_.Take(unit->index);
    if (end < 0) return;  // exec: it has no peer
    if (Link::TellsOfEnd(end)) {
      plugin::Gone(unit, "peer");
    } else {
      plugin::Reading(unit, "peer", unit->token);
    }
    close(end);
  }

  // An end whose other end is gone indeed.
  static void Hit(bh_unit* unit, std::uint64_t) {
    int ends[2];
    Require(Link::MakeEnds(ends));
    close(ends[1]);
    own_[unit->index] = ends[0];
  }

 private:
  static inline Couriers couriers_;
  static inline int own_[kMostUnits];  // in place of what the victim sent; -1: none
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_PEER_H_
