// A browser, the victim, and editors, the bystanders: programs that have nothing to do with each
// other.  A script in the browser fails, in the way that the source application_*.cc with this
// header chooses.  The editors then take more keystrokes, save, and read back what they have saved.
//
// The page and the first editor's text lie side by side on the heap, at the same addresses in both
// programs when they were forked from one process.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_CASE_APPLICATIONS_H_
#define BULKHEAD_SCENARIOS_CASE_APPLICATIONS_H_

#include "scenarios/case/editor.h"
#include "scenarios/case/page.h"
#include "scenarios/memory/adjacent_blocks.h"

namespace bulkhead::scenarios {

// `end`: where the text behind the page ends.
using Failure = void (*)(Page& page, char* end);

template <Failure kFailure>
class Applications {
 public:
  static void Setup(bh_unit*) {
    const auto [page, text] = AllocateAdjacent(Page::kStoreBytes, Editor::kBytes);
    browser_.program().Use(page);
    editors_[1].program().Use(text);
    end_ = text + Editor::kBytes;
  }

  static void Prepare(bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    if (unit->index == kVictim) {
      browser_.Begin();
      browser_.LeaveInputWaiting();
    } else {
      editors_[unit->index].program().CreateFile();
      editors_[unit->index].Begin();
    }
  }

  // An exception of the script's ends here, at the plugin's own edge.
  static void Act(bh_unit*) noexcept {
    browser_.TakeWaitingInput();
    kFailure(browser_.program(), end_);
  }

  // An editor that cannot save its document ends itself, as one that shows another (user.h).
  static void Watch(bh_unit* unit) {
    if (unit->index == kVictim) {
      browser_.GoOn(unit, "event-latency");
    } else {
      editors_[unit->index].GoOn(unit, "key-latency");
      if (!editors_[unit->index].program().Save()) std::abort();
    }
  }

 private:
  static inline InUse<Page> browser_;
  static inline InUse<Editor> editors_[kMostUnits];
  static inline char* end_ = nullptr;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_APPLICATIONS_H_
