// What happened to each unit of a trial, ready to be drawn: when it lived, and what was seen of it.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_CHARTS_LANES_H_
#define BULKHEAD_REPORTS_CHARTS_LANES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/trial.h"
#include "reports/charts/canvas.h"
#include "reports/translator.h"

namespace bulkhead::charts {

// In the order of the legend.  Each has a shape of its own.
enum class Sign {
  kArmed,
  kAct,
  kReturned,
  kSignal,      // as the unit's own handler saw it
  kSignalSent,  // by the supervisor
  kDeath,       // by a signal, or of a thread alone
  kExit,
  kChallenged,
  kWhole,    // answered, and the canary is whole
  kDamaged,  // answered, and the canary is broken
  kSilent,   // a gap, no mark
  kTold,     // a reading, a sample: what else was seen
};

struct Mark {
  Nanoseconds at = 0;  // since the moment of the fault
  Sign sign = Sign::kTold;
  std::string label;  // may be empty
  std::string title;  // the observation, as in the timeline
  std::size_t times = 1;
};

// Waited for an answer in vain.
struct Gap {
  Nanoseconds from = 0, to = 0;
  std::string title;
};

struct Lane {
  std::string name;
  std::uint32_t process = 0;  // lanes of one process have the same
  Nanoseconds begin = 0;
  std::optional<Nanoseconds> end;
  std::vector<Mark> marks;  // by time
  std::vector<Gap> silent;
};

struct Lanes {
  std::vector<Lane> lanes;  // those of a process side by side
  Nanoseconds first = 0, last = 0;
  bool acted = false;          // 0 is the act; else the arming, or the beginning
  bool shared_memory = false;  // of several processes
};

Lanes LanesOf(const Trial& trial, const Translator& tr);

// Draws a sign around a place, 12 wide and high.
void DrawSign(const Pen& pen, Sign sign, double x, double y);
// What a sign means, for the legend.
std::string MeaningOf(Sign sign, const Translator& tr);

}  // namespace bulkhead::charts

#endif  // BULKHEAD_REPORTS_CHARTS_LANES_H_
