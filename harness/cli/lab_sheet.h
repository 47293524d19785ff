// What a lab brings along: lab.toml (title, authors, objective ...) and predictions.toml (what was
// expected before the run).  Both are read as strictly as claim files.
//
// Runs in: supervisor, or anywhere that reads a run.  What the person can mend is of
// Error::Kind::kUser and names file and line.
#ifndef BULKHEAD_CLI_LAB_SHEET_H_
#define BULKHEAD_CLI_LAB_SHEET_H_

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/lab.h"
#include "reports/writer.h"

namespace bulkhead {

inline constexpr char kLabName[] = "lab.toml";
inline constexpr char kPredictionsName[] = "predictions.toml";

// `path` is only for messages.
Expected<LabSheet> ParseLabSheet(std::string_view text, const std::string& path);
Expected<std::vector<Prediction>> ParsePredictions(std::string_view text, const std::string& path);

// Nothing when `path` is empty and there is no file of the usual name here.
Expected<std::optional<std::string>> ReadIfThere(const std::string& path, const char* usual_name);

// The text of a file of predictions with one more; empty text is a file that does not exist yet.
std::string WithPrediction(std::string text, const Prediction& prediction);

// "supported", "refuted", "conditional", "not-sure": the words of the file and the command line.
Expected<std::optional<Outcome>> ParsePredicted(const std::string& word);
std::string_view PredictedName(const std::optional<Outcome>& verdict);

// ---- For `run` and `report`.

struct LabOptions {
  std::string sheet;              // --lab; empty: ./lab.toml if there is one
  std::string predictions;        // --predictions
  const CLI::App* app = nullptr;  // borrowed: knows whether --lang was given
};
void AddLabOptions(CLI::App& app, LabOptions& options, const char* usual_predictions);

// Whether any of them is a lab report.
bool AnyLab(const std::vector<const Writer*>& writers);

// The sheet, with a sentence in `note` of where it comes from unless it was named.  Its language
// gives way to --lang.
Expected<LabSheet> ReadLabSheet(const LabOptions& options, std::string& note);

// What the run in the directory of `journal` took with it, or what `options` names instead.
Expected<void> AddPredictions(const LabOptions& options, const std::string& journal,
                              LabSheet& sheet);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_LAB_SHEET_H_
