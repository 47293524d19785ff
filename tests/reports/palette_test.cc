// Colours that everybody can read, on both grounds.
#include "reports/palette.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace bulkhead {
namespace {

// Contrast ratio of WCAG 2.
double Luminance(std::string_view color) {
  const auto channel = [&](std::size_t at) {
    const double value = std::stoi(std::string(color.substr(at, 2)), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double Contrast(std::string_view a, std::string_view b) {
  const double one = Luminance(a), other = Luminance(b);
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

const Color& Named(std::string_view name) {
  const auto palette = Palette();
  return *std::find_if(palette.begin(), palette.end(),
                       [&](const Color& color) { return color.name == name; });
}

TEST(Palette, TheContrastIsThatOfTheFormula) {
  EXPECT_NEAR(Contrast("#000000", "#ffffff"), 21, 0.001);
  EXPECT_NEAR(Contrast("#005a8c", "#ffffff"), 7.4, 0.1);
}

TEST(Palette, TextIsReadableOnEveryGround) {
  for (const Color& ground : Palette()) {
    if (ground.ink != Ink::kGround) continue;
    for (const Color& text : Palette()) {
      const double least = text.ink == Ink::kText ? 4.5 : text.ink == Ink::kGraphic ? 3 : 0;
      EXPECT_GE(Contrast(text.light, ground.light), least) << text.name << " on " << ground.name;
      EXPECT_GE(Contrast(text.dark, ground.dark), least) << text.name << " on " << ground.name;
    }
  }
}

TEST(Palette, TextIsReadableOnEveryTint) {
  for (const Color& tint : Palette()) {
    if (tint.ink != Ink::kTint) continue;
    for (const char* name : {"text", "link", "supported", "refuted"}) {
      EXPECT_GE(Contrast(Named(name).light, tint.light), name[0] == 't' ? 7 : 3.0)
          << name << " on " << tint.name;
      EXPECT_GE(Contrast(Named(name).dark, tint.dark), name[0] == 't' ? 7 : 3.0)
          << name << " on " << tint.name;
    }
  }
}

// Blue and orange differ in lightness order and in the blue channel, which nearly everybody sees.
TEST(Palette, SupportedIsBlueAndRefutedIsOrange) {
  const auto blue = [](std::string_view color) {
    return std::stoi(std::string(color.substr(5, 2)), nullptr, 16) -
           std::stoi(std::string(color.substr(1, 2)), nullptr, 16);
  };
  EXPECT_GT(blue(Named("supported").light), 80);
  EXPECT_GT(blue(Named("supported").dark), 80);
  EXPECT_LT(blue(Named("refuted").light), -80);
  EXPECT_LT(blue(Named("refuted").dark), -80);
}

TEST(Palette, EveryNameIsThereOnceInBothThemes) {
  const std::string css = PaletteCss();
  std::set<std::string_view> names;
  for (const Color& color : Palette()) {
    EXPECT_TRUE(names.insert(color.name).second) << color.name;
    for (const std::string_view value : {color.light, color.dark}) {
      EXPECT_NE(css.find("--" + std::string(color.name) + ":" + std::string(value)),
                std::string::npos)
          << color.name;
    }
  }
}

TEST(Palette, PaperIsAlwaysLight) {
  const std::string css = PaletteCss();
  const std::size_t dark = css.find("prefers-color-scheme");
  ASSERT_NE(dark, std::string::npos);
  EXPECT_NE(css.rfind("@media screen and (", dark), std::string::npos);
}

TEST(Palette, AFileHasNoProperties) {
  EXPECT_EQ(InLight("a{fill:var(--bg);stroke:var(--supported)}"), "a{fill:#ffffff;stroke:#005a8c}");
}

TEST(Palette, OnlyNothingHasTheTintOfNothing) {
  EXPECT_EQ(TintOf(0), "var(--tint-0)");
  EXPECT_EQ(TintOf(1e-9), "var(--tint-2)");
  EXPECT_EQ(TintOf(0.5), "var(--tint-4)");
  EXPECT_EQ(TintOf(1), "var(--tint-6)");
  EXPECT_EQ(TintOf(7), "var(--tint-6)");
  EXPECT_EQ(TintOf(std::nan("")), "var(--tint-0)");
}

}  // namespace
}  // namespace bulkhead
