// Values of options: text into numbers, durations, names.  A refusal says what was found and what
// is accepted, in the form that follows the option's name: `found "2"; accepted: ...`.
//
// Runs in: supervisor.  Errors are of Error::Kind::kUser.
#ifndef BULKHEAD_CLI_OPTION_VALUES_H_
#define BULKHEAD_CLI_OPTION_VALUES_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "harness/base/clock.h"
#include "harness/base/error.h"
#include "harness/base/suggest.h"

namespace bulkhead {

Expected<std::uint64_t> ParseCount(const std::string& text, std::uint64_t least,
                                   std::uint64_t most);
Expected<std::uint64_t> ParseSeed(const std::string& text);    // decimal or 0x hexadecimal
Expected<double> ParseRate(const std::string& text);           // "0.01" or "1%"; in (0, 1)
Expected<double> ParseConfidence(const std::string& text);     // the same; in [0.5, 1)
Expected<Nanoseconds> ParseDuration(const std::string& text);  // "500ms", "5s", "2m"

// One of some words, each standing for a value.
template <typename T>
Expected<T> ParseWord(const std::string& text,
                      const std::vector<std::pair<std::string, T>>& words) {
  std::vector<std::string> names;
  for (const auto& [name, value] : words) {
    if (name == text) return value;
    names.push_back(name);
  }
  return FailUser("found \"" + text + "\"" + Accepted(text, names));
}

// An option that takes one value, read by `parse`: string -> Expected<T>.
template <typename T, typename Parse>
CLI::Option* AddOption(CLI::App& app, const std::string& name, T& target, Parse parse,
                       const std::string& help) {
  return app.add_option_function<std::string>(
      name,
      [&target, name, parse](const std::string& text) {
        auto value = parse(text);
        if (!value) throw CLI::ValidationError(name, value.error().message);
        target = std::move(*value);
      },
      help);
}

// An option that may be given several times, each with one value or several separated by commas.
// A word may stand for several values: then `parse` gives a list.
template <typename T, typename Parse>
CLI::Option* AddListOption(CLI::App& app, const std::string& name, std::vector<T>& target,
                           Parse parse, const std::string& help) {
  return app
      .add_option_function<std::vector<std::string>>(
          name,
          [&target, name, parse](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              auto value = parse(text);
              if (!value) throw CLI::ValidationError(name, value.error().message);
              if constexpr (std::is_same_v<decltype(value), Expected<std::vector<T>>>) {
                target.insert(target.end(), value->begin(), value->end());
              } else {
                target.push_back(std::move(*value));
              }
            }
          },
          help)
      ->delimiter(',')
      ->allow_extra_args(false)  // or it would swallow the arguments that follow
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// For list options whose values are checked later, or need no check.
inline Expected<std::string> ParseText(const std::string& text) {
  if (text.empty()) return FailUser("found an empty value; accepted: a name or a pattern");
  return text;
}

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_OPTION_VALUES_H_
