#include "reports/redaction.h"

#include <algorithm>
#include <array>

namespace bulkhead {
namespace {

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

bool IsPrivate(std::string_view key) {
  static constexpr std::array<std::string_view, 10> kPrivate{
      "host", "hostname", "nodename", "fqdn", "domainname",
      "user", "username", "login",    "home", "machine-id"};
  while (!key.empty()) {
    const std::size_t end = std::min(key.find_first_of("._"), key.size());
    if (std::find(kPrivate.begin(), kPrivate.end(), key.substr(0, end)) != kPrivate.end()) {
      return true;
    }
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return false;
}

std::string Redaction::operator()(std::string value) const {
  if (names_) return value;
  const std::string_view hidden = tr_("(name)");
  for (const EnvelopeField& field : envelope_.fields) {
    const std::string& name = field.value;
    if (!IsPrivate(field.key) || name.size() < 3 || name == "root") continue;
    for (std::size_t at = 0; (at = value.find(name, at)) != std::string::npos;) {
      const std::size_t end = at + name.size();
      const bool whole = (at == 0 || !IsWord(value[at - 1]) || !IsWord(name.front())) &&
                         (end == value.size() || !IsWord(value[end]) || !IsWord(name.back()));
      if (whole) {
        value.replace(at, name.size(), hidden);
        at += hidden.size();
      } else {
        at = end;
      }
    }
  }
  constexpr std::string_view kHome = "/home/";
  for (std::size_t at = 0; (at = value.find(kHome, at)) != std::string::npos;) {
    const std::size_t from = at + kHome.size();
    const std::size_t end = std::min(value.find_first_of("/ :;,'\"", from), value.size());
    value.replace(at, end - at, "~");
    ++at;
  }
  return value;
}

std::vector<EnvelopeField> Redaction::Fields() const {
  std::vector<EnvelopeField> fields;
  for (const EnvelopeField& field : envelope_.fields) {
    if (names_ || !IsPrivate(field.key)) fields.push_back({field.key, (*this)(field.value)});
  }
  return fields;
}

std::size_t Redaction::Hidden() const { return envelope_.fields.size() - Fields().size(); }

}  // namespace bulkhead
