// Small files: read whole, write whole.
//
// Runs in: anywhere but units.
#ifndef BULKHEAD_OS_FILE_H_
#define BULKHEAD_OS_FILE_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

// At most `most` bytes; works for /proc and /sys too.  The error names the path.
Expected<std::string> ReadFile(const std::string& path, std::size_t most = 64 << 20);

// Hands the file to `take`, part by part: for files that are larger than memory.
Expected<void> ReadInParts(const std::string& path,
                           const std::function<void(std::string_view)>& take);

// First line without its newline, or "" when the file cannot be read.
std::string ReadLine(const std::string& path);

// Through a temporary name beside it, synced and renamed: there is never half a file.
Expected<void> WriteFile(const std::string& path, std::string_view content);

// To the end of a file that others write, too.
Expected<void> AppendToFile(const std::string& path, std::string_view content);

// As WriteFile for files that are larger than memory: nothing is at `path` before Finish().
class FileWriter {
 public:
  static Expected<FileWriter> Create(const std::string& path);
  FileWriter(FileWriter&&) noexcept = default;
  FileWriter& operator=(FileWriter&&) noexcept = delete;
  ~FileWriter();  // removes what was not finished

  Expected<void> Append(std::string_view content);
  Expected<void> Finish();

 private:
  FileWriter(std::string path, UniqueFd file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  UniqueFd file_;
  std::string pending_;  // not written yet
};

// All bytes, whatever the kernel takes at a time.
Expected<void> WriteAll(int fd, std::string_view content);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_FILE_H_
