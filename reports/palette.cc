#include "reports/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bulkhead {
namespace {

constexpr auto kPalette = std::to_array<Color>({
    {"bg", Ink::kGround, "#ffffff", "#14171a"},
    {"panel", Ink::kGround, "#f5f6f7", "#1d2125"},
    {"text", Ink::kText, "#1b1b1b", "#eceeef"},
    {"muted", Ink::kText, "#595959", "#a6adb4"},
    {"link", Ink::kText, "#00548a", "#7fccf7"},
    {"rule", Ink::kRule, "#d5d9dd", "#3a4047"},
    {"line", Ink::kGraphic, "#7a828a", "#7d858d"},
    {"supported", Ink::kText, "#005a8c", "#6cc4f5"},
    {"refuted", Ink::kText, "#a83200", "#ff9a66"},
    {"conditional", Ink::kText, "#6f3f96", "#cda5ee"},
    {"inconclusive", Ink::kText, "#6b5300", "#e6c84a"},
    {"not-applicable", Ink::kText, "#595959", "#a6adb4"},
    {"broken", Ink::kText, "#8a1458", "#f59ac4"},
    {"tint-0", Ink::kTint, "#c6e2f5", "#123c57"},
    {"tint-1", Ink::kTint, "#dcecf7", "#1b3547"},
    {"tint-2", Ink::kTint, "#f1ede6", "#37322c"},
    {"tint-3", Ink::kTint, "#fbe3cd", "#4a3320"},
    {"tint-4", Ink::kTint, "#fad2b0", "#5a381c"},
    {"tint-5", Ink::kTint, "#f8c193", "#6a3d18"},
    {"tint-6", Ink::kTint, "#f5ae74", "#723d11"},
    {"tint-none", Ink::kTint, "#eceeef", "#24292e"},
    {"series-1", Ink::kText, "#005a8c", "#6cc4f5"},
    {"series-2", Ink::kText, "#a83200", "#ff9a66"},
    {"series-3", Ink::kText, "#6f3f96", "#cda5ee"},
    {"series-4", Ink::kText, "#6b5300", "#e6c84a"},
    {"series-5", Ink::kText, "#00695f", "#63d0c2"},
    {"series-6", Ink::kText, "#595959", "#a6adb4"},
});

std::string Properties(std::string_view Color::*theme) {
  std::string css = "color-scheme:";
  css += theme == &Color::light ? "light;" : "dark;";
  for (const Color& color : kPalette) css += fmt::format("--{}:{};", color.name, color.*theme);
  return css;
}

}  // namespace

std::span<const Color> Palette() { return kPalette; }

std::string PaletteCss() {
  // Paper is white, whatever the screen was.
  return fmt::format(":root{{{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
                     Properties(&Color::light), Properties(&Color::dark));
}

std::string InLight(std::string_view css) {
  std::string light(css);
  for (const Color& color : kPalette) {
    const std::string variable = fmt::format("var(--{})", color.name);
    for (std::size_t at = 0; (at = light.find(variable, at)) != std::string::npos;) {
      light.replace(at, variable.size(), color.light);
    }
  }
  return light;
}

std::string TintOf(double rate) {
  // Few findings are a finding: only none at all has the first tint, and only nearly all the last.
  if (!(rate > 0)) return "var(--tint-0)";
  const double step = std::ceil(std::clamp(rate, 0.0, 1.0) * 5);
  return fmt::format("var(--tint-{})", 1 + static_cast<int>(step));
}

}  // namespace bulkhead
