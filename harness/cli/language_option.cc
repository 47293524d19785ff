#include "harness/cli/language_option.h"

#include <algorithm>
#include <vector>

#include "harness/base/suggest.h"

namespace bulkhead {

Expected<Language> ParseLanguage(const std::string& text) {
  std::string locale = text;  // BCP 47 writes "pt-BR"
  std::ranges::replace(locale, '-', '_');
  std::vector<std::string> codes;
  for (const Language language : AllLanguages()) {
    if (locale == CodeOf(language) || locale == LocaleOf(language)) return language;
    codes.emplace_back(CodeOf(language));
  }
  // For tests of what was forgotten; nobody is told of it.
  if (text == CodeOf(Language::kPseudo)) return Language::kPseudo;
  return FailUser("found \"" + text + "\"" + Accepted(text, codes));
}

Language LanguageOfEnvironment(const GetEnv& env) {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = env(variable);
    if (value == nullptr || *value == '\0') continue;
    return FindLanguage(value).value_or(Language::kEnglish);
  }
  return Language::kEnglish;
}

}  // namespace bulkhead
