// What the program says, in the reader's language.  The English text is the key: it is what stands
// in the source, and what is shown where a catalog has no translation.
//
// The catalogs (reports/catalogs/*.po) are part of the program and are read through Boost.Locale's
// own reader, so that neither the system's locales nor the place of the installation matter.  What
// programs read (results.json, records) is never translated; words that are typed or stored
// (verdicts, vehicles, findings ...) are not either.
//
// script/catalogs finds messages by the names of the functions: tr("..."), tr.Format("...", x),
// tr.FormatPlural("...", "...", n, x), Msgid("..."); in the judge Say("...", x) and SayPlural.
//
// The language "pseudo" is for tests: every message that passed here is in ⟦brackets⟧, longer, and
// in letters that no other text has.  What is plain in such a document was forgotten.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_TRANSLATOR_H_
#define BULKHEAD_REPORTS_TRANSLATOR_H_

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "harness/base/msgid.h"
#include "harness/model/message.h"

namespace bulkhead {

enum class Language { kEnglish, kIndonesian, kPortuguese, kPseudo };

std::span<const Language> AllLanguages();       // without kPseudo
std::string_view CodeOf(Language language);     // "en", "id", "pt": the keys of claim files
std::string_view LocaleOf(Language language);   // "en", "id", "pt_BR": the names of the catalogs
std::string_view EndonymOf(Language language);  // "English", "bahasa Indonesia", "português"
// By the language alone: "pt", "pt_BR.UTF-8" and "pt-PT" are Portuguese; "C" is none.
std::optional<Language> FindLanguage(std::string_view locale);

// A value: cheap to copy, and all that a function needs that says something.
class Translator {
 public:
  explicit Translator(Language language = Language::kEnglish) : language_(language) {}

  Language language() const { return language_; }

  // What the catalog has for `english`, else `english` itself.  Views of the catalog live for ever.
  std::string_view operator()(std::string_view english) const;
  // The form for `count`, as the language counts: English has two, Indonesian one.
  std::string_view Plural(std::string_view one, std::string_view many, std::uint64_t count) const;

  // What the judge says, with the numbers of the language.
  std::string operator()(const Message& message) const;
  // "14,352" and "0.99 %" with the signs of the language: a comma before decimals, a narrow space
  // between thousands.  Not for what is typed or compared: ids, seeds, addresses, commands.
  std::string Number(std::string english) const;

  // A reason as the planner writes it into the journal, "REASON" or "REASON: what the kernel said":
  // what comes after the colon is shown as it is.
  std::string Known(std::string_view reason) const;

  // The English is checked against the arguments when it is compiled, the translations against the
  // English by tests/reports/catalogs_test.cc.
  template <typename... Args>
  std::string Format(fmt::format_string<Args...> english, Args&&... args) const {
    return fmt::vformat((*this)(View(english)), fmt::make_format_args(args...));
  }
  template <typename... Args>
  std::string FormatPlural(fmt::format_string<Args...> one, fmt::format_string<Args...> many,
                           std::uint64_t count, Args&&... args) const {
    return fmt::vformat(Plural(View(one), View(many), count), fmt::make_format_args(args...));
  }

 private:
  static std::string_view View(fmt::string_view text) { return {text.data(), text.size()}; }

  Language language_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_TRANSLATOR_H_
