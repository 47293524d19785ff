// Text for LaTeX: escaped for pdflatex with T1 fonts, and names for macros.
//
// Runs in: anywhere.  Pure functions; MacroNames is a value.
#ifndef BULKHEAD_REPORTS_LAB_LATEX_TEXT_H_
#define BULKHEAD_REPORTS_LAB_LATEX_TEXT_H_

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace bulkhead::lab::latex {

// Foreign text as one harmless line.  A character that T1 fonts do not have shows as [U+1F600].
std::string Escape(std::string_view foreign);
// The same as typewriter text that may break between words, digits and signs.
std::string Typewriter(std::string_view foreign);

// Control words consist of letters alone, and two values must never share one.
class MacroNames {
 public:
  struct Macro {
    std::string name;
    bool is_new;
  };
  // "bhCrashProcessContainedTrials" of "crash.process-contained trials"; the same name and value
  // again give the same macro.
  Macro Of(std::string_view name, std::string_view value);

 private:
  std::map<std::pair<std::string, std::string>, std::string> known_;  // by name and value
  std::set<std::string> taken_;
};

}  // namespace bulkhead::lab::latex

#endif  // BULKHEAD_REPORTS_LAB_LATEX_TEXT_H_
