#include "reports/charts/scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bulkhead::charts {
namespace {

constexpr double kZeroRoom = 26;  // left of a logarithmic axis that has a 0

}  // namespace

Scale Scale::Fraction(double from, double to) {
  Scale scale;
  scale.from_ = scale.gap_ = from;
  scale.to_ = to;
  scale.place_ = [=](double value) { return from + std::clamp(value, 0.0, 1.0) * (to - from); };
  for (const double quarter : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    scale.ticks_.push_back({scale(quarter), quarter});
  }
  return scale;
}

Scale Scale::Log(double least, double most, double from, double to, bool zero) {
  Scale scale;
  scale.from_ = from;
  scale.to_ = to;
  scale.gap_ = zero ? from + kZeroRoom : from;
  // Rounding must not add an empty decade to numbers that lie on its edge.
  constexpr double kEdge = 1e-9;
  const auto down = [](double value) {
    const double decade = std::pow(10, std::floor(std::log10(value) + kEdge));
    const double digit = value / decade * (1 + kEdge);
    return decade * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
  };
  const double low = std::log10(down(least));
  // What is as far above as `down` is below.
  double high = -std::log10(down(1 / most));
  const bool few = high - low <= 2;
  high = std::max(high, low + 0.3);
  const double left = scale.gap_;
  scale.place_ = [=](double value) {
    if (!(value > 0)) return zero ? from : left;
    return left + std::clamp((std::log10(value) - low) / (high - low), 0.0, 1.0) * (to - left);
  };
  if (zero) scale.ticks_.push_back({from, 0});
  for (double decade = std::floor(low + kEdge); decade <= high + kEdge; decade += 1) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double value = digit * std::pow(10, decade);
      if (digit > 1 && !few) continue;
      if (std::log10(value) < low - kEdge || std::log10(value) > high + kEdge) continue;
      scale.ticks_.push_back({scale(value), value});
    }
  }
  return scale;
}

Scale Scale::BothWays(double least, double most, double unit, double from, double to) {
  Scale scale;
  scale.from_ = scale.gap_ = from;
  scale.to_ = to;
  const auto bend = [unit](double value) { return std::log10(1 + std::abs(value) / unit); };
  const double before = least < 0 ? bend(least) : 0, after = bend(std::max(most, unit));
  const double share = std::min(before / (before + after), 0.25);
  const double zero = from + share * (to - from);
  scale.place_ = [=](double value) {
    if (value < 0)
      return before > 0 ? zero - std::min(bend(value) / before, 1.0) * (zero - from) : from;
    return zero + std::min(bend(value) / after, 1.0) * (to - zero);
  };
  scale.ticks_.push_back({scale(0), 0});
  for (double decade = unit; decade <= most; decade *= 10) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      if (digit > 1 && (digit * decade > most || most > 50 * unit)) continue;
      scale.ticks_.push_back({scale(digit * decade), digit * decade});
    }
  }
  for (double value = unit; value <= -least; value *= 10) {
    scale.ticks_.push_back({scale(-value), -value});
  }
  return scale;
}

std::string RoundTime(double nanoseconds) {
  if (nanoseconds < 1e3) return fmt::format("{:g} ns", nanoseconds);
  if (nanoseconds < 1e6) return fmt::format("{:g} µs", nanoseconds / 1e3);
  if (nanoseconds < 1e9) return fmt::format("{:g} ms", nanoseconds / 1e6);
  return fmt::format("{:g} s", nanoseconds / 1e9);
}

double Scale::operator()(double value) const { return place_(value); }

void DrawAxis(const Pen& pen, const Scale& scale, double top, double bottom,
              const std::function<std::string(double)>& label) {
  struct Taken {
    double low, high;
  };
  std::vector<Taken> taken;
  for (const Tick& tick : scale.ticks()) {
    pen.Line(tick.at, top, tick.at, bottom, "c-grid");
    const std::string text = label(tick.value);
    const double half = WidthOf(text) / 2 + 2;
    const bool collides = std::any_of(taken.begin(), taken.end(), [&](const Taken& other) {
      return tick.at - half < other.high && tick.at + half > other.low;
    });
    if (collides) continue;
    taken.push_back({tick.at - half, tick.at + half});
    pen.Text(tick.at, top - 5, text, "c-small", Anchor::kMiddle);
  }
  if (scale.gap() > scale.from()) {
    // Two strokes: the axis is interrupted here.
    const double x = (scale.from() + scale.gap()) / 2;
    pen.Path("M" + Coordinate(x - 4) + " " + Coordinate(top + 4) + "l4 -8m2 8l4 -8", "c-line");
  }
}

}  // namespace bulkhead::charts
