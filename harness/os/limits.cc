#include "harness/os/limits.h"

#include <malloc.h>
#include <sys/resource.h>

#include "harness/os/file.h"

namespace bulkhead::os {
namespace {

std::string Text(rlim_t value) {
  return value == RLIM_INFINITY ? "unlimited" : std::to_string(value);
}

}  // namespace

std::string CorePattern() { return ReadLine("/proc/sys/kernel/core_pattern"); }

bool CorePatternIsPipe() { return CorePattern().starts_with('|'); }

unsigned long QuietCoreLimit() { return CorePatternIsPipe() ? 1 : 0; }

void LimitStack(unsigned long bytes) {
  rlimit limit{};
  if (getrlimit(RLIMIT_STACK, &limit) != 0) return;
  limit.rlim_cur =
      limit.rlim_max == RLIM_INFINITY || limit.rlim_max > bytes ? bytes : limit.rlim_max;
  setrlimit(RLIMIT_STACK, &limit);
}

void KeepFreedMemory() {
  constexpr int kBytes = 64 << 20;
  mallopt(M_TRIM_THRESHOLD, kBytes);
  mallopt(M_TOP_PAD, 1 << 20);
}

std::string DescribeLimit(int resource) {
  rlimit limit{};
  if (getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) return "unknown";
  return Text(limit.rlim_cur) + "/" + Text(limit.rlim_max);
}

}  // namespace bulkhead::os
