// Documents with a line for each record, written while the journal is read once for all of them.
//
// Runs in: supervisor, or anywhere that reads a run.
#ifndef BULKHEAD_CLI_RECORD_DOCUMENTS_H_
#define BULKHEAD_CLI_RECORD_DOCUMENTS_H_

#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/cli/console.h"
#include "reports/writer.h"

namespace bulkhead {

struct RecordDocument {
  const Writer* writer = nullptr;  // one with `records`
  std::string path;                // empty: `out`
};

// A file is complete or not there.  Does nothing when there is no document.
Expected<void> WriteRecordDocuments(const std::string& journal,
                                    const std::vector<RecordDocument>& documents,
                                    const Stream* out = nullptr);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_RECORD_DOCUMENTS_H_
