// The words of this program, explained: for `bulkhead explain WORD`.
//
// Runs in: anywhere.  Tables of text.
#ifndef BULKHEAD_CLI_GLOSSARY_H_
#define BULKHEAD_CLI_GLOSSARY_H_

#include <span>
#include <string_view>

#include "harness/model/verdict.h"

namespace bulkhead {

struct GlossaryWord {
  std::string_view word;
  std::string_view meaning;
  std::string_view more;  // where it is seen, or what to do with it; may be empty
};

std::span<const GlossaryWord> Glossary();
const GlossaryWord* FindWord(std::string_view word);  // nullptr: no such word

// What leads to a verdict, per quantifier, and what follows from it.
struct VerdictGuide {
  Outcome outcome;
  std::string_view always;
  std::string_view may;
  std::string_view ratio;
  std::string_view exit_code;
  std::string_view next;
};

const VerdictGuide& GuideOf(Outcome outcome);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_GLOSSARY_H_
