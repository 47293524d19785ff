// Checks what a plugin says of itself before anything else believes it.
//
// Runs in: supervisor.
#include <algorithm>
#include <csignal>

#include "harness/supervisor/zygote_process.h"

namespace bulkhead {
namespace {

constexpr std::uint32_t kKnownFlags = 7;  // BH_EVERYONE_ACTS | BH_SHARED_MAPPING | BH_EXCLUSIVE

bool IsKebab(const std::string& text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

template <std::size_t N>
std::string TextIn(const char (&text)[N]) {
  return std::string(text, wire::TextLength(text));
}

}  // namespace

Expected<Manifest> ReadManifest(const wire::Hello& hello) {
  Manifest manifest;
  manifest.name = TextIn(hello.name);
  if (!IsKebab(manifest.name)) {
    return Fail("names its scenario \"" + manifest.name + "\", which is not kebab-case");
  }
  manifest.summary = TextIn(hello.summary);
  for (const auto& text : hello.tags) {
    const std::string tag = TextIn(text);
    if (tag.empty()) break;
    if (!IsKebab(tag)) return Fail("has a tag \"" + tag + "\" that is not kebab-case");
    manifest.tags.push_back(tag);
  }
  for (const auto& text : hello.needs) {
    const std::string need = TextIn(text);
    if (need.empty()) break;
    manifest.needs.push_back(need);
  }
  if (hello.kind < 1 || hello.kind > 3) {
    return Fail("is of unknown kind " + std::to_string(hello.kind));
  }
  manifest.kind = static_cast<ScenarioKind>(hello.kind - 1);
  if (hello.danger > 2) return Fail("has unknown danger class " + std::to_string(hello.danger));
  manifest.danger = static_cast<Danger>(hello.danger);
  if ((hello.flags & ~kKnownFlags) != 0) {
    return Fail("has unknown flags " + std::to_string(hello.flags));
  }
  manifest.everyone_acts = (hello.flags & 1) != 0;
  manifest.shared_mapping = (hello.flags & 2) != 0;
  manifest.exclusive = (hello.flags & 4) != 0;
  for (const wire::End& end : hello.ends) {
    if (end.kind == 0) break;
    if (end.kind > 7) return Fail("expects an unknown kind of end " + std::to_string(end.kind));
    const auto kind = static_cast<EndKind>(end.kind - 1);
    if (kind == EndKind::kSignal && (end.value < 1 || end.value > SIGRTMAX)) {
      return Fail("expects signal " + std::to_string(end.value) + ", which does not exist");
    }
    manifest.ends.push_back({kind, end.value});
  }
  return manifest;
}

}  // namespace bulkhead
