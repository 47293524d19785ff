// journal.jsonl: all evidence of a run, for other programs.  The lines are made in harness/model,
// where the one JSON form of the nouns lives; their schema is schema/journal-1.schema.json.
//
// Runs in: anywhere.
#include "harness/model/json_export.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

class JournalLines : public RecordWriter {
 public:
  std::string Head() override { return EncodeExportHead() + "\n"; }
  std::string Line(const Record& record, const JudgedTrial* /*judged*/) override {
    return EncodeExport(++sequence_, record) + "\n";
  }

 private:
  std::uint64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<RecordWriter> WriteJournal() { return std::make_unique<JournalLines>(); }

}  // namespace bulkhead
