// Everything the answer may depend on.  Each field is a key by which runs are compared.
//
// Runs in: anywhere; filled in by the supervisor.
#ifndef BULKHEAD_MODEL_ENVELOPE_H_
#define BULKHEAD_MODEL_ENVELOPE_H_

#include <string>
#include <utility>
#include <vector>

namespace bulkhead {

struct EnvelopeField {
  std::string key;    // "kernel.release", stable
  std::string value;  // "unknown: <reason>" where the machine does not tell
};

struct Envelope {
  std::vector<EnvelopeField> fields;  // sorted by key
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_ENVELOPE_H_
