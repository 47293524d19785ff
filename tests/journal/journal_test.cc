#include "harness/journal/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include <algorithm>

#include "harness/os/file.h"
#include "tests/journal/records.h"

namespace bulkhead {
namespace {

using journal::MakeTrial;
using journal::OneOfEachKind;
using journal::Read;
using journal::ReadBack;
using journal::Texts;
using testing::HasSubstr;
using testing::IsEmpty;

class Journal : public testing::Test {
 protected:
  JournalWriter Create() {
    Expected<JournalWriter> writer = JournalWriter::Create(path_);
    if (!writer) throw std::runtime_error(writer.error().message);
    return std::move(*writer);
  }
  std::string Bytes() const { return os::ReadFile(path_).value(); }
  void Overwrite(const std::string& bytes) { ASSERT_TRUE(os::WriteFile(path_, bytes)); }

  // The journal's lines, and the file made of others: what a forger could do.
  std::vector<std::string> Lines() const {
    const std::string bytes = Bytes();
    std::string plain(1 << 20, '\0');
    plain.resize(ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size()));
    std::vector<std::string> lines;
    for (std::size_t start = 0, end; (end = plain.find('\n', start)) != std::string::npos;
         start = end + 1) {
      lines.push_back(plain.substr(start, end - start + 1));
    }
    return lines;
  }
  void Forge(const std::vector<std::string>& lines) {
    std::string plain;
    for (const std::string& line : lines) plain += line;
    std::string bytes(ZSTD_compressBound(plain.size()), '\0');
    bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), plain.data(), plain.size(), 1));
    Overwrite(bytes);
  }
  // Three trials, synced: one frame.
  void WriteThree() {
    JournalWriter writer = Create();
    for (std::uint64_t id = 1; id <= 3; ++id) ASSERT_TRUE(writer.Append(MakeTrial(id)));
    ASSERT_TRUE(writer.Sync());
  }
  std::string Refusal() {
    const ReadBack back = Read(path_);
    return back.end ? "no refusal" : back.end.error().message;
  }

  journal::Scratch scratch_;
  std::string path_ = scratch_.In(kJournalName);
};

// ---- Sound files.

TEST_F(Journal, GivesBackWhatWasWritten) {
  std::string head;
  {
    JournalWriter writer = Create();
    for (const Record& record : OneOfEachKind()) ASSERT_TRUE(writer.Append(record));
    ASSERT_TRUE(writer.Sync());
    head = writer.head();
  }
  const ReadBack back = Read(path_);
  ASSERT_TRUE(back.end) << back.end.error().message;
  EXPECT_EQ(back.texts, Texts(OneOfEachKind()));
  EXPECT_EQ(back.end->records, back.texts.size());
  EXPECT_EQ(back.end->head, head);
  EXPECT_FALSE(back.end->torn);
}

// "When this returns, the record survives the death of this process".
TEST_F(Journal, EachRecordIsReadableAsSoonAsItIsAppended) {
  JournalWriter writer = Create();
  std::vector<std::string> written;
  for (const Record& record : OneOfEachKind()) {
    ASSERT_TRUE(writer.Append(record));
    written.push_back(EncodeRecord(record));
    const ReadBack back = Read(path_);
    ASSERT_TRUE(back.end) << back.end.error().message;
    EXPECT_EQ(back.texts, written);
    EXPECT_EQ(back.end->head, writer.head());
  }
}

TEST_F(Journal, ManyFramesAreOneJournal) {
  JournalWriter writer = Create();
  std::size_t text = 0;
  std::uint64_t id = 0;
  while (text < 3'000'000) {  // several frames of 1 MiB
    Trial trial = MakeTrial(++id);
    trial.output = std::string(4000, static_cast<char>('a' + id % 26));
    text += EncodeRecord(trial).size();
    ASSERT_TRUE(writer.Append(trial));
  }
  const ReadBack back = Read(path_);
  ASSERT_TRUE(back.end) << back.end.error().message;
  EXPECT_EQ(back.end->records, id);
  EXPECT_EQ(back.end->head, writer.head());
}

TEST_F(Journal, IsReadOnAfterASync) {
  JournalWriter writer = Create();
  ASSERT_TRUE(writer.Append(MakeTrial(1)));
  ASSERT_TRUE(writer.Sync());
  ASSERT_TRUE(writer.Sync()) << "twice is once";
  ASSERT_TRUE(writer.Append(MakeTrial(2)));
  ASSERT_TRUE(writer.Sync());
  const ReadBack back = Read(path_);
  ASSERT_TRUE(back.end) << back.end.error().message;
  EXPECT_EQ(back.end->records, 2u);
  EXPECT_FALSE(back.end->torn);
}

TEST_F(Journal, AnExistingFileIsNeverOverwritten) {
  Overwrite("precious");
  EXPECT_FALSE(JournalWriter::Create(path_));
  EXPECT_EQ(Bytes(), "precious");
}

TEST_F(Journal, AVisitorsRefusalEndsTheReading) {
  WriteThree();
  int visited = 0;
  const Expected<JournalEnd> end = ReadJournal(path_, [&](const Record&) -> Expected<void> {
    if (++visited == 2) return Fail("enough");
    return {};
  });
  ASSERT_FALSE(end);
  EXPECT_EQ(visited, 2);
  EXPECT_THAT(end.error().message, HasSubstr("enough"));
}

// ---- Torn tails.

TEST_F(Journal, CutAnywhereItStillGivesAllWholeRecords) {
  std::vector<std::string> written;
  std::vector<std::size_t> safe;  // size of the file when record i was safe
  {
    JournalWriter writer = Create();
    for (const Record& record : OneOfEachKind()) {
      ASSERT_TRUE(writer.Append(record));
      written.push_back(EncodeRecord(record));
      safe.push_back(Bytes().size());
    }
    ASSERT_TRUE(writer.Sync());
  }
  const std::string whole = Bytes();
  ASSERT_LT(whole.size(), 20'000u) << "a small file, to be cut at every byte";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Overwrite(whole.substr(0, size));
    const ReadBack back = Read(path_);
    ASSERT_TRUE(back.end) << size << " bytes: " << back.end.error().message;
    const auto expected = static_cast<std::size_t>(
        std::count_if(safe.begin(), safe.end(), [&](std::size_t end) { return end <= size; }));
    ASSERT_GE(back.texts.size(), expected) << size << " bytes";
    ASSERT_LE(back.texts.size(), written.size());
    EXPECT_TRUE(std::equal(back.texts.begin(), back.texts.end(), written.begin())) << size;
    // Without a byte there is no tail that could be torn.
    EXPECT_EQ(back.end->torn, size > 0) << size << " bytes of " << whole.size();
  }
  Overwrite(whole);
  EXPECT_FALSE(Read(path_).end->torn);
}

// ---- Files that were tampered with, or are none.

TEST_F(Journal, ForgingNothingIsNoForgery) {
  WriteThree();
  Forge(Lines());
  EXPECT_EQ(Refusal(), "no refusal");
}

TEST_F(Journal, AnAlteredRecordIsNamed) {
  WriteThree();
  std::vector<std::string> lines = Lines();
  const std::size_t place = lines[1].find("null-store");
  ASSERT_NE(place, std::string::npos);
  lines[1].replace(place, 10, "null-storm");
  Forge(lines);
  EXPECT_THAT(Refusal(), HasSubstr("record 2 was altered"));
  EXPECT_THAT(Read(path_).texts, testing::SizeIs(1)) << "what lies before it is intact";
}

TEST_F(Journal, ADroppedRecordIsNamed) {
  WriteThree();
  std::vector<std::string> lines = Lines();
  lines.erase(lines.begin() + 1);
  Forge(lines);
  EXPECT_THAT(Refusal(), HasSubstr("record 2 is missing: the next in the file has number 3"));
}

TEST_F(Journal, SwappedRecordsAreNamed) {
  WriteThree();
  std::vector<std::string> lines = Lines();
  std::swap(lines[0], lines[1]);
  Forge(lines);
  EXPECT_THAT(Refusal(), HasSubstr("record 1 is missing"));
}

TEST_F(Journal, ARenumberedRecordIsNamed) {
  WriteThree();
  std::vector<std::string> lines = Lines();
  lines.erase(lines.begin() + 1);
  lines[1].replace(lines[1].find(":3,"), 3, ":2,");
  Forge(lines);
  EXPECT_THAT(Refusal(), HasSubstr("record 2 was altered"));
}

TEST_F(Journal, ALineThatIsNoRecordIsNamed) {
  WriteThree();
  for (const char* nonsense : {"\n", "{}\n", "{\"seq\":4\n", "{\"seq\":x,\"chain\":\"\"}\n"}) {
    std::vector<std::string> lines = {nonsense};
    Forge(lines);
    EXPECT_THAT(Refusal(), HasSubstr("record 1 is not of the journal's form"));
  }
}

TEST_F(Journal, DamagedBytesAreSaidToBe) {
  WriteThree();
  std::string bytes = Bytes();
  bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
  Overwrite(bytes);
  EXPECT_THAT(Refusal(), HasSubstr(path_));
  EXPECT_NE(Refusal(), "no refusal");
}

TEST_F(Journal, AFileThatIsNoJournalIsTheUsersError) {
  Overwrite("I am a text file.\n");
  const ReadBack back = Read(path_);
  ASSERT_FALSE(back.end);
  EXPECT_EQ(back.end.error().kind, Error::Kind::kUser);
  EXPECT_THAT(back.end.error().message, HasSubstr("damaged or no journal"));
  EXPECT_THAT(back.texts, IsEmpty());
}

TEST_F(Journal, AMissingFileIsTheUsersError) {
  const ReadBack back = Read(path_);
  ASSERT_FALSE(back.end);
  EXPECT_EQ(back.end.error().kind, Error::Kind::kUser);
  EXPECT_THAT(back.end.error().message, HasSubstr("No such file"));
}

}  // namespace
}  // namespace bulkhead
