#include "harness/observe/message_observer.h"

#include <algorithm>

namespace bulkhead {
namespace {

// A name from a unit: kebab-case or it is not taken over.
template <std::size_t N>
std::string NameIn(const char (&text)[N]) {
  std::string name(text, wire::TextLength(text));
  const bool good = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  return good ? name : "";
}

}  // namespace

Event Understand(std::span<const std::byte> bytes) {
  if (const auto* m = wire::Parse<wire::Ready>(bytes)) return Ready{m->tid};
  if (wire::Parse<wire::Returned>(bytes) != nullptr) return Returned{};
  if (const auto* m = wire::Parse<wire::Faulted>(bytes)) {
    return Faulted{m->signal, m->code, m->address, m->pc, m->tid};
  }
  if (const auto* m = wire::Parse<wire::Reading>(bytes)) {
    if (std::string name = NameIn(m->name); !name.empty()) {
      return Reading{std::move(name), m->value, m->gone != 0};
    }
    return Garbage{"a reading without a proper name"};
  }
  if (const auto* m = wire::Parse<wire::Region>(bytes)) {
    if (std::string name = NameIn(m->name); !name.empty()) {
      return Region{std::move(name), m->low, m->bytes};
    }
    return Garbage{"a region without a proper name"};
  }
  if (const auto* m = wire::Parse<wire::Samples>(bytes)) {
    std::string name = NameIn(m->name);
    if (!name.empty() && m->count <= wire::kSamplesPerMessage) {
      return Samples{std::move(name), {m->values, m->values + m->count}};
    }
    return Garbage{"samples without a proper name or count"};
  }
  return Garbage{"a message of " + std::to_string(bytes.size()) + " bytes that is none"};
}

}  // namespace bulkhead
