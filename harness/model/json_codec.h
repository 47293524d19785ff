// What the parts of the JSON form share: one strict reader of values, and the form of the nouns
// that occur in several records.  Included by json*.cc alone (nlohmann-json must not spread).
//
// Runs in: supervisor, or anywhere that reads a run.  Internal to harness/model.
#ifndef BULKHEAD_MODEL_JSON_CODEC_H_
#define BULKHEAD_MODEL_JSON_CODEC_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/json.h"
#include "harness/model/names.h"

namespace bulkhead::json_codec {

// Keys keep the order in which they are written: stable documents, better compression.
using Json = nlohmann::ordered_json;

// Thrown while decoding and caught by DecodeRecord: never leaves harness/model.
struct Refusal {
  std::string why;
};

// The plan is of another format than kFormat (0: of none).  As Refusal.
struct OtherFormat {
  std::uint64_t format = 0;
};

// A value that is being read; every access checks type and range, and refuses by name.
class In {
 public:
  In(const Json& value, std::string_view name) : value_(&value), name_(name) {}

  [[noreturn]] void Refuse(const std::string& expected) const;
  In At(const char* key) const;      // must be there
  bool Has(const char* key) const;   // of an object
  std::size_t Size() const;          // of a list
  In Item(std::size_t index) const;  // of a list; refuses when it is too short
  void ExpectSize(std::size_t size) const;

  std::string Text() const;
  bool Truth() const;
  double Number() const;
  std::uint64_t Hex() const;  // "0x1f"
  std::vector<std::string> Texts() const;
  const Json& raw() const { return *value_; }

  template <typename Int>
  Int Integer() const {
    if (value_->is_number_unsigned()) {
      const auto number = value_->get<std::uint64_t>();
      if (std::in_range<Int>(number)) return static_cast<Int>(number);
    } else if (value_->is_number_integer()) {
      const auto number = value_->get<std::int64_t>();
      if (std::in_range<Int>(number)) return static_cast<Int>(number);
    }
    Refuse(std::is_signed_v<Int> ? "an integer that fits" : "a non-negative integer that fits");
  }
  template <typename Value>
  Value Enumerator() const {
    const std::string text = Text();
    if (const auto found = Find<Value>(text)) return *found;
    std::string names;
    for (const std::string& name : AllNames<Value>()) names += (names.empty() ? "" : ", ") + name;
    Refuse("one of " + names);
  }
  // Calls `read` for each element of a list.
  template <typename Read>
  auto List(Read read) const {
    std::vector<decltype(read(std::declval<In>()))> all;
    const std::size_t size = Size();
    all.reserve(size);
    for (std::size_t i = 0; i < size; ++i) all.push_back(read(Item(i)));
    return all;
  }

 private:
  const Json* value_;
  std::string_view name_;  // of the key; literals and keys of the value outlive it
};

// 64-bit values that may exceed 2^53: other readers of JSON would round a number.
Json HexOf(std::uint64_t value);
std::string Dump(const Json& json, int indent = -1);

Json CellOut(const CellKey& cell);
CellKey CellIn(const In& in);
Json ExperimentOut(const Experiment& experiment);
Json SourcesOut(const std::vector<Source>& sources);
Json EnvelopeFields(const Envelope& envelope);
Json AccountingOut(const Accounting& accounting);

// json_trial.cc
std::string TrialText(const Trial& trial);
Trial TrialIn(const In& in);
TrialPlan TrialPlanIn(const In& in, const char* id);  // `id`: the key of its number
// One event with full names, for people and other programs (results.json).
Json EventOut(const Observation& seen, const TrialPlan& plan);
Json TrialOut(const Trial& trial);  // in the same way

// json_results.cc
// `claim`: the verdict's, whose text and experiment go with it; null: not known.
Json VerdictOut(const Verdict& verdict, const Claim* claim);

// json_plan.cc
// Of the records.  A journal of another format is refused by its plan, its first record.
inline constexpr std::uint64_t kFormat = 1;
Json PlanOut(const RunPlan& plan);
RunPlan PlanIn(const In& in);

template <typename List, typename Write>
Json ListOut(const List& list, Write write) {
  Json all = Json::array();
  for (const auto& item : list) all.push_back(write(item));
  return all;
}

}  // namespace bulkhead::json_codec

#endif  // BULKHEAD_MODEL_JSON_CODEC_H_
