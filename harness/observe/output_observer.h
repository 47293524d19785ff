// What the processes of a zygote write to stdout and stderr: an excerpt for the reader, no
// evidence.
//
// Runs in: supervisor.
// How it can lie: in everything; the writer of a line is not known.
#ifndef BULKHEAD_OBSERVE_OUTPUT_OBSERVER_H_
#define BULKHEAD_OBSERVE_OUTPUT_OBSERVER_H_

#include <string>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead {

class OutputObserver {
 public:
  static Expected<OutputObserver> Create();

  int write_end() const { return write_.get(); }
  int read_end() const { return read_.get(); }
  // After the zygote has it: EOF then tells that nobody holds it any more.
  void CloseWriteEnd() { write_.Reset(); }

  // Reads what is there, at most 256 KiB at a time, so that a flood cannot hold the poll loop.
  // False at end of file.
  bool Drain();

  // What came since the last Take: its first 4 KiB, and how much more there was.
  std::string Take();

 private:
  UniqueFd read_, write_;
  std::string kept_;
  std::size_t dropped_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_OUTPUT_OBSERVER_H_
