#include "harness/cli/console.h"

#include <fmt/color.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace bulkhead {
namespace {

constexpr int kUsualWidth = 80;

bool IsSet(const GetEnv& env, const char* name) {
  const char* value = env(name);
  return value != nullptr && *value != '\0';
}

bool IsDumb(const GetEnv& env) {
  const char* term = env("TERM");
  return term != nullptr && std::string_view(term) == "dumb";
}

Stream MakeStream(std::FILE* file, ColorChoice choice, const GetEnv& env) {
  Stream stream;
  stream.file = file;
  const bool is_tty = isatty(fileno(file)) == 1;
  stream.terminal = is_tty && !IsDumb(env);
  stream.color = WantsColor(choice, is_tty, env);
  return stream;
}

fmt::text_style StyleOf(Tone tone) {
  // Green against red is lost on one in twelve men: good is cyan, as in reports/terminal.cc.
  switch (tone) {
    case Tone::kGood:
      return fmt::fg(fmt::terminal_color::cyan);
    case Tone::kBad:
      return fmt::emphasis::bold | fmt::fg(fmt::terminal_color::red);
    case Tone::kOpen:
      return fmt::fg(fmt::terminal_color::yellow);
    case Tone::kDim:
      return fmt::emphasis::faint;
    case Tone::kStrong:
      return fmt::emphasis::bold;
    case Tone::kPlain:
      break;
  }
  return {};
}

}  // namespace

std::string Stream::Paint(Tone tone, std::string_view text) const {
  if (!color || tone == Tone::kPlain) return std::string(text);
  return fmt::format(StyleOf(tone), "{}", text);
}

void Stream::Write(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
}

int Stream::Width() const {
  winsize size{};
  if (ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kUsualWidth;
}

std::string WhyNotWritten(std::FILE* file) {
  errno = 0;
  const bool flushed = std::fflush(file) == 0;
  const int reason = errno;
  if (flushed && std::ferror(file) == 0) return "";
  // A pipe whose reader went away says so for good: `bulkhead list | head` is no failure.
  pollfd pipe{fileno(file), POLLOUT, 0};
  if (poll(&pipe, 1, 0) == 1 && (pipe.revents & POLLERR) != 0) return "";
  return reason == 0 ? "some of it was lost" : std::strerror(reason);
}

bool WantsColor(ColorChoice choice, bool terminal, const GetEnv& env) {
  if (choice != ColorChoice::kAuto) return choice == ColorChoice::kAlways;
  if (IsSet(env, "NO_COLOR")) return false;
  const char* force = env("CLICOLOR_FORCE");
  if (force != nullptr && *force != '\0' && std::string_view(force) != "0") return true;
  return terminal && !IsDumb(env);
}

Console MakeConsole(std::FILE* out, std::FILE* err, ColorChoice choice, const GetEnv& env) {
  return {MakeStream(out, choice, env), MakeStream(err, choice, env)};
}

}  // namespace bulkhead
