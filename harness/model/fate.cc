#include "harness/model/fate.h"

#include <csignal>
#include <cstring>

#include "harness/model/names.h"

namespace bulkhead {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

std::string Hex(std::uint64_t value) {
  char text[19];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

}  // namespace

bool IsDead(const Fate& fate) {
  return std::holds_alternative<Exited>(fate) || std::holds_alternative<Signaled>(fate);
}

std::string SignalName(int signal) {
  // sigabbrev_np(3) has no names for real-time signals.
  if (const char* name = sigabbrev_np(signal)) return std::string("SIG") + name;
  if (signal >= SIGRTMIN && signal <= SIGRTMAX) {
    return "SIGRTMIN+" + std::to_string(signal - SIGRTMIN);
  }
  return "signal " + std::to_string(signal);
}

std::optional<int> SignalNumber(const std::string& name) {
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    if (SignalName(signal) == name) return signal;
  }
  return std::nullopt;
}

std::string Describe(const Fate& fate) {
  const auto by = [](Cause cause) { return " (" + std::string(NameOf(cause)) + ")"; };
  return std::visit(
      Overloaded{
          [&](const Exited& f) {
            return (f.code ? "exited " + std::to_string(*f.code) : std::string("exited")) +
                   by(f.by);
          },
          [&](const Signaled& f) { return "signaled " + SignalName(f.signal) + by(f.by); },
          [](const Intact&) { return std::string("intact"); },
          [](const Corrupt& f) {
            return "corrupt at " + Hex(f.offset) + ", " + std::to_string(f.words) +
                   (f.words == 1 ? " word" : " words");
          },
          [](const Stalled& f) {
            return "stalled for " + std::to_string(f.waited / kMillisecond) + " ms";
          },
          [](const Leaked& f) {
            return "leaked " + std::to_string(f.pids.size()) + " process(es)";
          },
          [](const Unkillable&) { return std::string("unkillable"); },
          [](const Lost& f) { return "lost: " + f.why; },
      },
      fate);
}

}  // namespace bulkhead
