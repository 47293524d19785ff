// What the judge says of the evidence, kept so that it can be said in any language: an English
// pattern, which is a message of the catalogs, and what stands in its places.  Machine formats and
// records write English(); documents for people give the whole to a Translator
// (reports/translator.h).
//
// Nothing converts one into a string by itself: who forgets to choose a language does not compile.
//
// Runs in: anywhere.  Values.
#ifndef BULKHEAD_MODEL_MESSAGE_H_
#define BULKHEAD_MODEL_MESSAGE_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bulkhead {

class Message {
 public:
  // How its text may change with the language.
  enum class Kind {
    kElsewhere,  // not at all: names, and what claim files, plugins, kernels and journals say
    kKnown,      // as kElsewhere, but looked up: "REASON", or "REASON: what the kernel said"
    kNumber,     // its decimal and thousands signs
    kSentence,   // all of it; `parts` go into its places {}
    kPlural,     // as kSentence, in the form for `count`
  };

  Message() = default;
  explicit Message(std::string elsewhere) : text_(std::move(elsewhere)) {}
  Message& operator=(std::string elsewhere) { return *this = Message(std::move(elsewhere)); }

  static Message Known(std::string text);
  static Message Number(std::string english);  // "14,352", "0.99 %"
  static Message Count(std::uint64_t count);   // 14352 becomes "14,352"
  static Message Sentence(const char* english, std::vector<Message> parts);
  static Message Plural(const char* one, const char* many, std::uint64_t count,
                        std::vector<Message> parts);

  const std::string& English() const { return text_; }
  explicit operator std::string() const { return text_; }
  bool empty() const { return text_.empty(); }

  Kind kind() const { return kind_; }
  std::string_view one() const { return one_; }  // the pattern of a sentence
  std::string_view many() const { return many_; }
  std::uint64_t count() const { return count_; }
  const std::vector<Message>& parts() const { return parts_; }

 private:
  Kind kind_ = Kind::kElsewhere;
  std::string_view one_, many_;  // literals
  std::uint64_t count_ = 0;
  std::vector<Message> parts_;
  std::string text_;
};

// `pattern` with `values` in its places: "{}" in turn, "{1}" by number.
std::string Fill(std::string_view pattern, const std::vector<std::string>& values);

// How the judge composes: parts are Messages, or strings from elsewhere.
template <typename... Parts>
Message Say(const char* english, Parts&&... parts) {
  return Message::Sentence(english, {Message(std::forward<Parts>(parts))...});
}
template <typename... Parts>
Message SayPlural(const char* one, const char* many, std::uint64_t count, Parts&&... parts) {
  return Message::Plural(one, many, count, {Message(std::forward<Parts>(parts))...});
}

// By the English: two ways to compose the same text are the same message.
inline bool operator==(const Message& a, const Message& b) { return a.English() == b.English(); }
inline bool operator==(const Message& a, std::string_view b) { return a.English() == b; }
inline std::ostream& operator<<(std::ostream& out, const Message& m) { return out << m.English(); }

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_MESSAGE_H_
