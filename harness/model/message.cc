#include "harness/model/message.h"

#include <charconv>

namespace bulkhead {

std::string Fill(std::string_view pattern, const std::vector<std::string>& values) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += pattern[at];
      continue;
    }
    std::size_t place = next;
    const std::string_view number = pattern.substr(at + 1, end - at - 1);
    if (number.empty()) {
      ++next;
    } else {
      std::from_chars(number.data(), number.data() + number.size(), place);
    }
    if (place < values.size()) out += values[place];
    at = end;
  }
  return out;
}

Message Message::Known(std::string text) {
  Message made(std::move(text));
  made.kind_ = Kind::kKnown;
  return made;
}

Message Message::Number(std::string english) {
  Message made(std::move(english));
  made.kind_ = Kind::kNumber;
  return made;
}

Message Message::Count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t left = digits.size(); left > 3;) digits.insert(left -= 3, 1, ',');
  return Number(std::move(digits));
}

Message Message::Sentence(const char* english, std::vector<Message> parts) {
  Message made = Plural(english, english, 1, std::move(parts));
  made.kind_ = Kind::kSentence;
  return made;
}

Message Message::Plural(const char* one, const char* many, std::uint64_t count,
                        std::vector<Message> parts) {
  Message made;
  made.kind_ = Kind::kPlural;
  made.one_ = one;
  made.many_ = many;
  made.count_ = count;
  made.parts_ = std::move(parts);
  std::vector<std::string> values;
  for (const Message& part : made.parts_) values.push_back(part.English());
  made.text_ = Fill(count == 1 ? one : many, values);
  return made;
}

}  // namespace bulkhead
