// What people bring to a run that is a lab: who they are, what they want to find out, and what
// they expected before they ran it.  Nothing of it enters a judgement.
//
// Runs in: anywhere.  Read by harness/cli/lab_sheet.
#ifndef BULKHEAD_MODEL_LAB_H_
#define BULKHEAD_MODEL_LAB_H_

#include <optional>
#include <string>
#include <vector>

#include "harness/model/verdict.h"

namespace bulkhead {

struct LabAuthor {
  std::string name;
  std::string id;  // of a student register; may be empty
};

// One expectation of one person.  Later ones are added, never put in the place of earlier ones.
struct Prediction {
  std::string claim;
  std::optional<Outcome> verdict;  // supported, refuted or conditional; empty: not sure
  std::string reason;              // may be empty
  std::string student;             // may be empty
  std::string at;                  // ISO 8601, UTC, as RunPlan::started
};

// All may be empty: a report then has places to fill in.
struct LabSheet {
  std::string title, course, institution, group, instructor, date;
  std::vector<LabAuthor> authors;
  std::string language;  // of the report; empty: whichever is asked for
  std::string objective;
  std::vector<std::string> theory;  // paragraphs
  std::vector<std::string> keywords;

  std::vector<Prediction> predictions;  // in the order in which they were entered
  // Their file is not, byte for byte, the one that the run took with it.
  bool predictions_changed = false;
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_LAB_H_
