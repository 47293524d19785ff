// The journal for other programs: every record with full names, one JSON object per line.  Schema:
// reports/schema/journal-1.schema.json.  What is derived (fates, firing) is not in it.
//
// Runs in: anywhere that reads a run.  Cannot fail.
#ifndef BULKHEAD_MODEL_JSON_EXPORT_H_
#define BULKHEAD_MODEL_JSON_EXPORT_H_

#include <cstdint>
#include <string>

#include "harness/model/json.h"

namespace bulkhead {

// The first line: which schema the others follow.
std::string EncodeExportHead();
// One line, no newline.  `sequence`: number of the record in the journal, from 1.
std::string EncodeExport(std::uint64_t sequence, const Record& record);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_JSON_EXPORT_H_
