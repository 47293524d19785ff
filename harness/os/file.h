// Small files: read whole, write whole.
//
// Runs in: anywhere but units.
#ifndef BULKHEAD_OS_FILE_H_
#define BULKHEAD_OS_FILE_H_

#include <string>
#include <string_view>

#include "harness/base/error.h"

namespace bulkhead::os {

// At most `most` bytes; works for /proc and /sys too.  The error names the path.
Expected<std::string> ReadFile(const std::string& path, std::size_t most = 64 << 20);

// First line without its newline, or "" when the file cannot be read.
std::string ReadLine(const std::string& path);

// Through a temporary name beside it, synced and renamed: there is never half a file.
Expected<void> WriteFile(const std::string& path, std::string_view content);

// All bytes, whatever the kernel takes at a time.
Expected<void> WriteAll(int fd, std::string_view content);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_FILE_H_
