// Records fatal signals in the unit that gets them, then lets the default action happen.
//
// Runs in: zygote (installation), unit.  The handler runs on an alternate stack and uses
// async-signal-safe calls only (signal-safety(7)): it sends one message on the channel of the
// thread that it runs in, restores SIG_DFL and returns into the fault, or raises the signal again
// when it was sent and would not come back by itself.
//
// How it can lie: a unit that damages this state, blocks the signal or jumps over its alternate
// stack dies without a record.  The kernel's wait status stands by itself.
#ifndef BULKHEAD_UNIT_FAULT_HANDLER_H_
#define BULKHEAD_UNIT_FAULT_HANDLER_H_

namespace bulkhead {

// For the whole process; forked children inherit it.
void InstallFaultHandlers();

// For the calling thread: an alternate stack, unless it has one, and the channel to report on.
// The alternate stack is per thread, and a forked child inherits its creator's (sigaltstack(2)).
void WatchThisThread(int channel);
// The thread goes on without: it is leaving.
void UnwatchThisThread();

}  // namespace bulkhead

#endif  // BULKHEAD_UNIT_FAULT_HANDLER_H_
