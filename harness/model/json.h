// The one JSON form of the nouns: journal records, and the results of a run.  nlohmann-json is used
// in json*.cc alone (it is slow to compile and must never reach a unit).
//
// Encoding never fails: text that is not UTF-8 is replaced by U+FFFD.  Decoding refuses whatever is
// not exactly of the form, with the reason.  Runs in: supervisor, or anywhere that reads a run.
#ifndef BULKHEAD_MODEL_JSON_H_
#define BULKHEAD_MODEL_JSON_H_

#include <string>
#include <string_view>
#include <variant>

#include "harness/base/error.h"
#include "harness/model/run_report.h"

namespace bulkhead {

// A block: trials of one cell that share a zygote, hence a memory layout.
struct BlockStarted {
  std::uint64_t block = 0;
  CellKey cell;
  std::uint32_t slot = 0;
  std::uint64_t first_trial = 0, trials = 0;  // planned ids
  std::int32_t cpu = -1;                      // where everything ran; -1: all processors
  Nanoseconds at = 0;                         // since the run began
};

// A signal, written down before it is sent.
struct SignalIntent {
  std::uint64_t trial = 0;  // 0: outside any trial (zygotes, leaks)
  std::uint32_t unit = 0;
  std::int32_t pid = 0;
  std::int32_t signal = 0;
  std::string why;
  Nanoseconds at = 0;
};

using Record = std::variant<RunPlan, BlockStarted, SignalIntent, Trial, BrokenCell, Leak, RunEnd>;

// One line, no newline: {"kind":"trial", ...}.  The journal adds sequence number and chain.
std::string EncodeRecord(const Record& record);
Expected<Record> DecodeRecord(std::string_view line);

// The document of results.json, schema reports/schema/results-1.schema.json, two-space indented.
std::string EncodeResults(const RunReport& report);

// envelope.json: {"schema": ..., "fields": {key: value}}.
std::string EncodeEnvelope(const Envelope& envelope);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_JSON_H_
