// results.json: the contract with programs.  The document itself is made by harness/model/json.cc,
// where the one JSON form of the nouns lives; its schema is schema/results-1.schema.json.
//
// Runs in: anywhere.
#include "harness/model/json.h"
#include "reports/writer.h"

namespace bulkhead {

Document WriteResultsJson(const RunReport& report, const WriteOptions& /*options*/) {
  std::string document = EncodeResults(report);
  if (document.empty() || document.back() != '\n') document += '\n';
  return document;
}

}  // namespace bulkhead
