// What names a host or a person, out of documents that travel.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_REDACTION_H_
#define BULKHEAD_REPORTS_REDACTION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/envelope.h"
#include "reports/translator.h"

namespace bulkhead {

// Fields of the envelope whose values name a host or a person ("host", "user", "home" ...):
// compared, never shown.
bool IsPrivate(std::string_view key);

class Redaction {
 public:
  // `names`: nothing is left out.  Borrows the envelope.
  Redaction(const Envelope& envelope, bool names, const Translator& tr = Translator())
      : envelope_(envelope), names_(names), tr_(tr) {}

  // Host and user names, and the names of home directories, out of `value`.
  std::string operator()(std::string value) const;
  // The fields to be shown, with values made harmless in this way.
  std::vector<EnvelopeField> Fields() const;
  std::size_t Hidden() const;  // fields left out

 private:
  const Envelope& envelope_;
  bool names_;
  Translator tr_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_REDACTION_H_
