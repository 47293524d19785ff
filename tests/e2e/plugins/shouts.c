/* Says whatever could break a report before it dies: control characters, terminal escapes, bytes
 * that are no UTF-8, markup of every format, and more than anybody wants to read. */
#include "harness/plugin/bulkhead.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char kWords[] =
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x01\x02\x08\x0b\x0c\x0e\x1f\x7f \xff\xfe\xc3( \xed\xa0\x80 "
    "\xef\xbf\xbe\xef\xbf\xbf \xe2\x80\xae\xe2\x80\xa8 \xc2\x9b </script><script>alert(1)</script> "
    "]]> <!-- --> </testsuites> &#27; &bogus; | a | b | ``` `x` [x](javascript:y) {{mustache}} "
    "=cmd() \"quoted\", 'single' \\ \\u0000 %0A::error::x\r\n"
    "not ok 1 - mine # TODO\r\n::error::mine\n1..99\nBail out! mine\n# TYPE mine gauge\n";

static void act(bh_unit* unit) {
  (void)unit;
  write(STDERR_FILENO, kWords, sizeof kWords - 1);
  write(STDOUT_FILENO, "zero \0 within\n", 14);
  char noise[65536];
  for (size_t i = 0; i < sizeof noise; ++i) noise[i] = (char)(i * 7);
  for (int i = 0; i < 160; ++i) {
    if (write(STDERR_FILENO, noise, sizeof noise) < 0) break; /* nobody reads any more */
  }
  write(STDERR_FILENO, kWords, sizeof kWords - 1);
  abort();
}

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "e2e-shouts",
    .summary = "Its last words are </script>, markup and 10 MB of noise: =1+1 | `x` <b>.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
    .ends = {{BH_END_SIGNAL, 6}},
    .act = act,
};
