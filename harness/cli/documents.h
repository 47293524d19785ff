// Documents become files: where each of them goes, and that nothing is ever overwritten.
//
// Runs in: supervisor, or anywhere that reads a run.  What the person can mend (a file that exists,
// a place that cannot be written) is of Error::Kind::kUser.
#ifndef BULKHEAD_CLI_DOCUMENTS_H_
#define BULKHEAD_CLI_DOCUMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/base/error.h"
#include "reports/writer.h"

namespace bulkhead {

// `document` as the file `path`, what belongs beside it in `path`'s directory.  Existing files are
// replaced: for directories that are one's own.
Expected<void> WriteDocument(const std::string& path, const Document& document);

// What `-o` asked for.
class Destination {
 public:
  // "-" is stdout.  A directory where it is one, ends in "/", or has to hold `several` documents.
  Destination(std::string asked, bool several);

  bool IsStdout() const { return asked_ == "-"; }
  // Of a document that is usually called `file_name`.
  std::string PathOf(std::string_view file_name) const;
  // The path of a file that does not exist yet, in a directory that does; else a refusal.
  Expected<std::string> NewFile(std::string_view file_name) const;
  // Refuses when any file that `document` needs exists already, unless it is the same beside it.
  Expected<void> Write(std::string_view file_name, const Document& document) const;

 private:
  std::string asked_;
  bool directory_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_DOCUMENTS_H_
