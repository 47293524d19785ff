// Resource limits and core dump policy.
//
// Runs in: supervisor, zygote.  Sources: getrlimit(2), core(5).
#ifndef BULKHEAD_OS_LIMITS_H_
#define BULKHEAD_OS_LIMITS_H_

#include <string>

namespace bulkhead::os {

std::string CorePattern();  // /proc/sys/kernel/core_pattern
bool CorePatternIsPipe();

// The RLIMIT_CORE that makes crashes cheap: 0 for core files; 1 where core_pattern starts a
// program, which a limit of 0 does not prevent (core(5)).
unsigned long QuietCoreLimit();

// Soft limit of the stack, which a main thread may grow to and new threads are given.
void LimitStack(unsigned long bytes);

// The calling process keeps the memory that it frees.  Otherwise a loop that fills and frees the
// same buffers gives the pages back and faults them in again each time round (mallopt(3)).
void KeepFreedMemory();

// "soft/hard", with "unlimited"; for the envelope.
std::string DescribeLimit(int resource);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_LIMITS_H_
