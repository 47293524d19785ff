#include "reports/translator.h"

#include <array>
#include <boost/locale/gnu_gettext.hpp>
#include <locale>
#include <memory>
#include <vector>

#include "reports/catalogs.h"

namespace bulkhead {
namespace {

using Messages = boost::locale::message_format<char>;
namespace gettext = boost::locale::gnu_gettext;

constexpr std::array kLanguages{Language::kEnglish, Language::kIndonesian, Language::kPortuguese};
constexpr int kDomain = 0;  // the only one

// A locale that consists of the catalog: the facet lives as long as it.  No backend is asked for
// anything, and so none looks at the system's locales.
std::locale MakeLocale(std::string_view name, std::span<const unsigned char> catalog) {
  gettext::messages_info info;
  info.language = name;  // without a country: `name` is one file, and the callback gives just it
  info.encoding = "UTF-8";
  info.domains.emplace_back("bulkhead");
  info.paths.emplace_back("");
  info.callback = [catalog](const std::string&, const std::string&) {
    return std::vector<char>(catalog.begin(), catalog.end());
  };
  return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

// nullptr for English.
const Messages* MessagesOf(Language language) {
  static const std::locale indonesian = MakeLocale("id", catalogs::kIndonesian);
  static const std::locale portuguese = MakeLocale("pt_BR", catalogs::kPortuguese);
  switch (language) {
    case Language::kEnglish:
      return nullptr;
    case Language::kIndonesian:
      return &std::use_facet<Messages>(indonesian);
    case Language::kPortuguese:
      return &std::use_facet<Messages>(portuguese);
  }
  return nullptr;
}

}  // namespace

std::span<const Language> AllLanguages() { return kLanguages; }

std::string_view CodeOf(Language language) { return LocaleOf(language).substr(0, 2); }

std::string_view LocaleOf(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en";
    case Language::kIndonesian:
      return "id";
    case Language::kPortuguese:
      return "pt_BR";
  }
  return "en";
}

std::string_view EndonymOf(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "English";
    case Language::kIndonesian:
      return "bahasa Indonesia";
    case Language::kPortuguese:
      return "português";
  }
  return "English";
}

std::optional<Language> FindLanguage(std::string_view locale) {
  const std::string_view base = locale.substr(0, locale.find_first_of("_-.@"));
  for (const Language language : kLanguages) {
    if (base == CodeOf(language)) return language;
  }
  return std::nullopt;
}

std::string_view Translator::operator()(std::string_view english) const {
  const Messages* messages = MessagesOf(language_);
  // The empty key is that of the catalog's header.
  if (messages == nullptr || english.empty()) return english;
  const char* found = messages->get(kDomain, nullptr, std::string(english).c_str());
  return found == nullptr ? english : std::string_view(found);
}

std::string_view Translator::Plural(std::string_view one, std::string_view many,
                                    std::uint64_t count) const {
  const Messages* messages = MessagesOf(language_);
  const char* found = nullptr;
  if (messages != nullptr && !one.empty()) {
    // Rules look at the last digits at most; theirs is an int.
    const int n = static_cast<int>(count < 1'000'000 ? count : 1'000'000 + count % 1'000'000);
    found = messages->get(kDomain, nullptr, std::string(one).c_str(), n);
  }
  if (found != nullptr) return found;
  return count == 1 ? one : many;
}

}  // namespace bulkhead
