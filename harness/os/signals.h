// Signal dispositions and masks, and signals as events.
//
// Runs in: all processes.  ResetSignals is async-signal-safe.
#ifndef BULKHEAD_OS_SIGNALS_H_
#define BULKHEAD_OS_SIGNALS_H_

#include <csignal>
#include <initializer_list>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

// Default dispositions for all signals and an empty mask: both survive exec, and a launcher that
// ignores SIGCHLD would make every wait fail with ECHILD.
void ResetSignals();

// SIGPIPE ignored, SIGCHLD default: what a supervisor needs.
void PrepareSupervisorSignals();

// Blocks a signal from now on: it waits for SignalEvents instead of doing what it does.
void Hold(int signal);

// Blocks the signals and delivers them as readable events instead: signalfd(2).
Expected<UniqueFd> SignalEvents(std::initializer_list<int> signals);
// Next signal, or 0.
int ReadSignalEvent(int signalfd);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_SIGNALS_H_
