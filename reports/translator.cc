#include "reports/translator.h"

#include <array>
#include <boost/locale/gnu_gettext.hpp>
#include <locale>
#include <map>
#include <memory>
#include <mutex>
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
    case Language::kPseudo:
      return nullptr;
  }
  return nullptr;
}

std::string MakePseudo(std::string_view english) {
  static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static constexpr std::array<std::string_view, kPlain.size()> kStrange{
      "á", "ƀ", "ç", "đ", "é", "ƒ", "ğ", "ĥ", "í", "ĵ", "ķ", "ļ", "ɱ", "ñ", "ó", "þ", "ʠ", "ŕ",
      "š", "ť", "ú", "ṽ", "ŵ", "ẋ", "ý", "ž", "Á", "Ɓ", "Ç", "Đ", "É", "Ƒ", "Ğ", "Ĥ", "Í", "Ĵ",
      "Ķ", "Ļ", "Ṁ", "Ñ", "Ó", "Þ", "Ɋ", "Ŕ", "Š", "Ť", "Ú", "Ṽ", "Ŵ", "Ẋ", "Ý", "Ž"};
  std::string out = "⟦";
  std::size_t letters = 0;
  for (std::size_t at = 0; at < english.size(); ++at) {
    // Places, what is typed, and where a link leads stay as they are.
    const char opens = english[at];
    const bool link = opens == '(' && at > 0 && english[at - 1] == ']';
    const char closes = opens == '{' ? '}' : opens == '`' ? '`' : link ? ')' : '\0';
    const std::size_t end = closes == '\0' ? std::string_view::npos : english.find(closes, at + 1);
    if (end != std::string_view::npos) {
      out += english.substr(at, end - at + 1);
      at = end;
      continue;
    }
    const std::size_t letter = kPlain.find(opens);
    if (letter == std::string_view::npos) {
      out += opens;
    } else {
      out += kStrange[letter];
      ++letters;
    }
  }
  for (std::size_t more = 0; more < (letters + 2) / 3; ++more) out += "·";
  return out + "⟧";
}

// Made once each, and kept: views of translations live for ever.
std::string_view Pseudo(std::string_view english) {
  static std::mutex guard;
  static std::map<std::string, std::string, std::less<>> made;
  const std::scoped_lock lock(guard);
  const auto found = made.find(english);
  if (found != made.end()) return found->second;
  return made.emplace(std::string(english), MakePseudo(english)).first->second;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::span<const Language> AllLanguages() { return kLanguages; }

std::string_view CodeOf(Language language) {
  const std::string_view locale = LocaleOf(language);
  return locale.substr(0, locale.find('_'));
}

std::string_view LocaleOf(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en";
    case Language::kIndonesian:
      return "id";
    case Language::kPortuguese:
      return "pt_BR";
    case Language::kPseudo:
      return "pseudo";
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
    case Language::kPseudo:
      return "pseudo";
  }
  return "English";
}

std::optional<Language> FindLanguage(std::string_view locale) {
  const std::string_view base = locale.substr(0, locale.find_first_of("_-.@"));
  for (const Language language : kLanguages) {
    if (base == CodeOf(language)) return language;
  }
  if (base == CodeOf(Language::kPseudo)) return Language::kPseudo;
  return std::nullopt;
}

std::string_view Translator::operator()(std::string_view english) const {
  const Messages* messages = MessagesOf(language_);
  if (language_ == Language::kPseudo && !english.empty()) return Pseudo(english);
  // The empty key is that of the catalog's header.
  if (messages == nullptr || english.empty()) return english;
  const char* found = messages->get(kDomain, nullptr, std::string(english).c_str());
  return found == nullptr ? english : std::string_view(found);
}

std::string_view Translator::Plural(std::string_view one, std::string_view many,
                                    std::uint64_t count) const {
  const Messages* messages = MessagesOf(language_);
  if (language_ == Language::kPseudo) return Pseudo(count == 1 ? one : many);
  const char* found = nullptr;
  if (messages != nullptr && !one.empty()) {
    // Rules look at the last digits at most; theirs is an int.
    const int n = static_cast<int>(count < 1'000'000 ? count : 1'000'000 + count % 1'000'000);
    found = messages->get(kDomain, nullptr, std::string(one).c_str(), n);
  }
  if (found != nullptr) return found;
  return count == 1 ? one : many;
}

std::string Translator::operator()(const Message& message) const {
  if (language_ == Language::kEnglish) return message.English();
  const auto filled = [&](std::string_view pattern) {
    std::vector<std::string> values;
    for (const Message& part : message.parts()) values.push_back((*this)(part));
    return Fill(pattern, values);
  };
  switch (message.kind()) {
    case Message::Kind::kElsewhere:
      return message.English();
    case Message::Kind::kKnown:
      return Known(message.English());
    case Message::Kind::kNumber:
      return Number(message.English());
    case Message::Kind::kSentence:
      return filled((*this)(message.one()));
    case Message::Kind::kPlural:
      return filled(Plural(message.one(), message.many(), message.count()));
  }
  return message.English();
}

std::string Translator::Known(std::string_view reason) const {
  const std::string_view whole = (*this)(reason);
  const std::size_t colon = reason.find(": ");
  if (language_ == Language::kPseudo || whole != reason || colon == std::string_view::npos) {
    return std::string(whole);
  }
  return fmt::format("{}: {}", (*this)(reason.substr(0, colon)), Known(reason.substr(colon + 2)));
}

std::string Translator::Number(std::string english) const {
  if (language_ == Language::kEnglish) return english;
  std::string out;
  for (std::size_t at = 0; at < english.size(); ++at) {
    const char c = english[at];
    const bool within =
        at > 0 && at + 1 < english.size() && IsDigit(english[at - 1]) && IsDigit(english[at + 1]);
    if (within && c == ',') {
      out += "\u202f";  // narrow, and no line is broken at it
    } else if (within && c == '.') {
      out += ',';
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace bulkhead
