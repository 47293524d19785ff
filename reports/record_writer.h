// A format with a line for each record of the journal.  Its lines are written while the journal is
// read, so that a run of a million trials needs no more memory than one of ten.
//
// Runs in: anywhere.  No I/O, as all writers; one object makes one document.
#ifndef BULKHEAD_REPORTS_RECORD_WRITER_H_
#define BULKHEAD_REPORTS_RECORD_WRITER_H_

#include <string>

#include "harness/model/json.h"
#include "harness/model/judged_trial.h"

namespace bulkhead {

class RecordWriter {
 public:
  virtual ~RecordWriter() = default;

  // What comes before all records.
  virtual std::string Head() = 0;
  // The line of the next record, with its newline; empty where the format has none for it.
  // `judged`: of trials whose scenario the plan knows, else nullptr.
  virtual std::string Line(const Record& record, const JudgedTrial* judged) = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_RECORD_WRITER_H_
