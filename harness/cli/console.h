// The two output streams of the program, and what each of them can show.
//
// Runs in: supervisor.  A Stream borrows its FILE.
#ifndef BULKHEAD_CLI_CONSOLE_H_
#define BULKHEAD_CLI_CONSOLE_H_

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

namespace bulkhead {

enum class ColorChoice { kAuto, kAlways, kNever };

// How a piece of text stands out.  Never the only carrier of a meaning: there is always a word.
enum class Tone { kPlain, kGood, kBad, kOpen, kDim, kStrong };

struct Stream {
  std::FILE* file = nullptr;
  bool terminal = false;  // somebody looks at it, and lines may be rewritten
  bool color = false;

  // `text` in `tone`, if this stream has colours; a tone ends on the line on which it began.
  std::string Paint(Tone tone, std::string_view text) const;
  void Write(std::string_view text) const;  // all of it, then flushed
  void Line(std::string_view text) const { Write(std::string(text) + "\n"); }
  int Width() const;  // columns; 80 where unknown
};

struct Console {
  Stream out, err;
};

// Why not all that was written to `file` has arrived; empty when it has, or when nobody reads any
// more.
std::string WhyNotWritten(std::FILE* file);

using GetEnv = std::function<const char*(const char*)>;

// --color, then NO_COLOR, then CLICOLOR_FORCE, then whether it is a terminal and TERM is not
// "dumb".
bool WantsColor(ColorChoice choice, bool terminal, const GetEnv& env);

Console MakeConsole(std::FILE* out, std::FILE* err, ColorChoice choice, const GetEnv& env);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_CONSOLE_H_
