// A browser in which each window is a unit of its own: its page, its queue of clicks, its user.
// The victim's user clicks where a script is that fails, in the way that the source
// browser_window_*.cc with this header chooses.  The other windows then handle more clicks.
//
// The click lies in the victim's queue before the act, so that nothing but the script can make it
// wait.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_WINDOW_H_
#define BULKHEAD_SCENARIOS_CASE_WINDOW_H_

#include "scenarios/case/page.h"

namespace bulkhead::scenarios {

// What a page's script may do.
using Script = void (*)(Page&);

template <Script kScript>
class Windows {
 public:
  static void Prepare(bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    windows_[unit->index].Begin();
    if (unit->index == kVictim) windows_[kVictim].LeaveInputWaiting();
  }

  // An exception of the script's ends here, at the plugin's own edge.
  static void Act(bh_unit*) noexcept {
    windows_[kVictim].TakeWaitingInput();
    kScript(windows_[kVictim].program());
  }

  static void Watch(bh_unit* unit) { windows_[unit->index].GoOn(unit, "event-latency"); }

 private:
  static inline InUse<Page> windows_[kMostUnits];
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_WINDOW_H_
