// The append-only record of a run: one JSON object per line, sequence-numbered, hash-chained,
// compressed as zstd frames, flushed with each record.
//
// Runs in: supervisor (writer), anywhere (reader).
#ifndef BULKHEAD_JOURNAL_JOURNAL_H_
#define BULKHEAD_JOURNAL_JOURNAL_H_

#include <functional>
#include <memory>
#include <string>

#include "harness/base/error.h"
#include "harness/model/json.h"

namespace bulkhead {

inline constexpr char kJournalName[] = "journal.jsonl.zst";

class JournalWriter {
 public:
  // Creates the file; it must not exist.
  static Expected<JournalWriter> Create(const std::string& path);
  JournalWriter(JournalWriter&&) noexcept;
  JournalWriter& operator=(JournalWriter&&) noexcept;
  ~JournalWriter();

  // When this returns, the record survives the death of this process (not of the machine).
  // After an error (ENOSPC, EIO) nothing more is accepted; all earlier records are readable.
  Expected<void> Append(const Record& record);
  // Ends the zstd frame and syncs the file to the disk.
  Expected<void> Sync();

  const std::string& head() const;  // hex digest of the last record

 private:
  struct State;
  explicit JournalWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct JournalEnd {
  std::uint64_t records = 0;
  std::string head;   // digest of the last whole record
  bool torn = false;  // the file ends in the middle of a record: cut off by a kill
};

// Calls `visit` for each whole record in order.  A record out of sequence, altered, or not of the
// form is an error that names it.  A torn tail is none.
Expected<JournalEnd> ReadJournal(const std::string& path,
                                 const std::function<Expected<void>(const Record&)>& visit);

}  // namespace bulkhead

#endif  // BULKHEAD_JOURNAL_JOURNAL_H_
