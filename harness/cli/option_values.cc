#include "harness/cli/option_values.h"

#include <charconv>
#include <optional>

namespace bulkhead {
namespace {

constexpr Nanoseconds kShortestTimeout = 100 * kMillisecond;  // shorter ones flip under load
constexpr Nanoseconds kLongestTimeout = 3600 * kSecond;

tl::unexpected<Error> Refuse(const std::string& text, const std::string& accepted) {
  return FailUser("found \"" + text + "\"; accepted: " + accepted);
}

// The whole of `text` as a number; locale-independent.
template <typename T, typename... Base>
std::optional<T> Number(std::string_view text, Base... base) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base...);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<double> Fraction(std::string_view text) {
  if (text.ends_with('%')) {
    const auto percent = Number<double>(text.substr(0, text.size() - 1));
    return percent ? std::optional(*percent / 100.0) : std::nullopt;
  }
  return Number<double>(text);
}

}  // namespace

Expected<std::uint64_t> ParseCount(const std::string& text, std::uint64_t least,
                                   std::uint64_t most) {
  const auto value = Number<std::uint64_t>(text);
  if (value && *value >= least && *value <= most) return *value;
  return Refuse(text,
                "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

Expected<std::uint64_t> ParseSeed(const std::string& text) {
  const std::string_view view = text;
  const auto value = view.starts_with("0x") ? Number<std::uint64_t>(view.substr(2), 16)
                                            : Number<std::uint64_t>(view);
  if (value) return *value;
  return Refuse(text, "a number below 2^64, decimal or as 0x...");
}

Expected<double> ParseRate(const std::string& text) {
  const auto value = Fraction(text);
  if (value && *value >= 1e-7 && *value < 1.0) return *value;
  return Refuse(text, "a rate from 0.0000001 to below 1, such as 0.01 or 1%");
}

Expected<double> ParseConfidence(const std::string& text) {
  const auto value = Fraction(text);
  if (value && *value >= 0.5 && *value <= 0.999999) return *value;
  return Refuse(text, "a confidence from 0.5 to 0.999999, such as 0.95 or 95%");
}

Expected<Nanoseconds> ParseDuration(const std::string& text) {
  const std::size_t digits = text.find_first_not_of("0123456789.");
  const std::string unit = digits == std::string::npos ? "" : text.substr(digits);
  const auto value = Number<double>(std::string_view(text).substr(0, digits));
  double scale = 0;
  if (unit == "ms") scale = kMillisecond;
  if (unit == "s") scale = kSecond;
  if (unit == "m") scale = 60.0 * kSecond;
  if (value && scale > 0) {
    const double duration = *value * scale;
    if (duration >= kShortestTimeout && duration <= kLongestTimeout) {
      return static_cast<Nanoseconds>(duration);
    }
  }
  return Refuse(text, "a duration from 100ms to 60m, such as 500ms, 5s or 2m");
}

}  // namespace bulkhead
