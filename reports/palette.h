// The colours of documents, by name, for light and dark ground.  Blue against orange, never red
// against green; contrasts are laws of tests/reports/palette_test.cc.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_PALETTE_H_
#define BULKHEAD_REPORTS_PALETTE_H_

#include <span>
#include <string>
#include <string_view>

namespace bulkhead {

enum class Ink {
  kGround,   // what others are drawn on
  kText,     // read on the ground and on every tint: at least 4.5:1
  kGraphic,  // seen on the ground: at least 3:1
  kRule,     // faint lines that carry nothing
  kTint,     // ground of a heat map's cell; kText is read on it
};

struct Color {
  std::string_view name;  // of the CSS property, without "--": "supported"
  Ink ink;
  std::string_view light;  // "#rrggbb"
  std::string_view dark;
};

// bg panel text muted rule link; supported refuted conditional inconclusive not-applicable broken;
// tint-0 (nothing found, blue) ... tint-6 (found always, orange), tint-none; series-1 ... series-6.
std::span<const Color> Palette();

// ":root{--bg:#fff;...}", dark where the reader prefers it, light again in print.
std::string PaletteCss();
// `css` with each "var(--NAME)" replaced by its light colour, for files that are shown by programs
// which know no properties.
std::string InLight(std::string_view css);

// "var(--tint-4)": the tint of a rate in [0, 1].
std::string TintOf(double rate);

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_PALETTE_H_
