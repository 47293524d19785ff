// The exit codes of `bulkhead`: part of its contract, the same for all commands.
//
// Runs in: supervisor.  The code of a finished run is computed by ExitCodeOf
// (harness/judge/judge.h), worst first: 5, 130, 4, 1, 3, 0; their wording is wording::MeaningOfExit
// (reports/wording.h).
#ifndef BULKHEAD_CLI_EXIT_CODE_H_
#define BULKHEAD_CLI_EXIT_CODE_H_

#include "harness/base/error.h"

namespace bulkhead {

inline constexpr int kAsExpected = 0;     // every verdict as its claim expects, or nothing expected
inline constexpr int kUnexpected = 1;     // some verdict is not what its claim expects
inline constexpr int kUsage = 2;          // bad options or bad input; nothing was run or written
inline constexpr int kOpen = 3;           // nothing unexpected, but something stayed undecided
inline constexpr int kUnfit = 4;          // a control failed, or the harness or the machine did
inline constexpr int kNothingRan = 5;     // everything selected is not applicable here
inline constexpr int kInterrupted = 130;  // by SIGINT or SIGTERM; the report is still written

inline int ExitCodeOfError(const Error& error) {
  return error.kind == Error::Kind::kUser ? kUsage : kUnfit;
}

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_EXIT_CODE_H_
