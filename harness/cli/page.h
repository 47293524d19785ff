// A page of labelled paragraphs, in one language.
//
// Runs in: supervisor.  A Page borrows its Stream.
#ifndef BULKHEAD_CLI_PAGE_H_
#define BULKHEAD_CLI_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/console.h"
#include "reports/translator.h"

namespace bulkhead {

class Page {
 public:
  Page(const Stream& out, Language language);

  // What the text of a row is made with.
  const Translator tr;

  // A name, as it is typed.
  void Title(std::string_view name);
  // Already in the language of the page.
  void Heading(std::string_view text);
  // The label is a message, and found as one by script/catalogs; the text is said already.
  void Row(std::string_view label, std::string_view text) { Name(tr(label), text); }
  // The label is a name, and the same in all languages.
  void Name(std::string_view name, std::string_view text);
  // A path or digest, below the rows so far: never broken, so that it can be copied.
  void Verbatim(std::string_view label, std::string_view text);
  void Flush();

 private:
  const Stream& out_;
  int width_;
  std::size_t label_width_ = 0;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_PAGE_H_
