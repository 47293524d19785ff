// From numbers to places on an axis.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_CHARTS_SCALE_H_
#define BULKHEAD_REPORTS_CHARTS_SCALE_H_

#include <functional>
#include <string>
#include <vector>

#include "reports/charts/canvas.h"

namespace bulkhead::charts {

struct Tick {
  double at = 0;  // place on the axis
  double value = 0;
};

// A value outside is drawn at the end that is nearer.
class Scale {
 public:
  // 0 to 1 in quarters.
  static Scale Fraction(double from, double to);
  // From `least` to `most` and a little more, in decades, or in steps of 1, 2, 5 where these are
  // few.  With `zero` there is a place for 0 at the left, beyond a gap.
  static Scale Log(double least, double most, double from, double to, bool zero);
  // Logarithmic on both sides of 0, in units of `unit`; What is before 0
  // takes a quarter at most.
  static Scale BothWays(double least, double most, double unit, double from, double to);

  double operator()(double value) const;
  const std::vector<Tick>& ticks() const { return ticks_; }
  double from() const { return from_; }
  double to() const { return to_; }
  // Where the gap between 0 and the first decade is; `from` if there is none.
  double gap() const { return gap_; }

 private:
  std::function<double(double)> place_;  // 0 to 1 within [low, high]
  std::vector<Tick> ticks_;
  double from_ = 0, to_ = 0, gap_ = 0;
};

// "5 µs", "100 ms": of a tick, which needs no decimals.
std::string RoundTime(double nanoseconds);

// Ticks as faint lines from `top` to `bottom` with labels above `top`; labels that would run into
// one another are left out.
void DrawAxis(const Pen& pen, const Scale& scale, double top, double bottom,
              const std::function<std::string(double)>& label);

}  // namespace bulkhead::charts

#endif  // BULKHEAD_REPORTS_CHARTS_SCALE_H_
