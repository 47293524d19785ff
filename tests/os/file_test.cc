#include "harness/os/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace bulkhead::os {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

class File : public testing::Test {
 protected:
  File() {
    std::string name = testing::TempDir() + "bulkhead-file-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    directory_ = name;
  }
  ~File() override { fs::remove_all(directory_); }
  std::string In(const std::string& name) const { return directory_ + "/" + name; }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory_)) {
      names.push_back(entry.path().filename());
    }
    return names;
  }
  std::string directory_;
};

TEST_F(File, IsReadAsItWasWritten) {
  const std::string content = std::string("a\0b\n", 4) + std::string(200'000, 'x');
  ASSERT_TRUE(WriteFile(In("file"), content));
  EXPECT_EQ(ReadFile(In("file")).value(), content);
  EXPECT_THAT(Names(), ElementsAre("file")) << "nothing temporary is left";
}

TEST_F(File, IsReplacedAsAWhole) {
  ASSERT_TRUE(WriteFile(In("file"), "old"));
  struct stat before {
  }, after{};
  ASSERT_EQ(stat(In("file").c_str(), &before), 0);
  ASSERT_TRUE(WriteFile(In("file"), "new"));
  ASSERT_EQ(stat(In("file").c_str(), &after), 0);
  EXPECT_EQ(ReadFile(In("file")).value(), "new");
  EXPECT_NE(before.st_ino, after.st_ino) << "it was written in place";
}

TEST_F(File, AFailedWriteLeavesTheOldOneAndNothingElse) {
  // A directory cannot be replaced by a file.
  ASSERT_TRUE(fs::create_directory(In("taken")));
  const Expected<void> written = WriteFile(In("taken"), "content");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr(In("taken")));
  EXPECT_THAT(Names(), ElementsAre("taken"));
  EXPECT_TRUE(fs::is_directory(In("taken")));
}

TEST_F(File, DoesNotFollowALinkThatLiesInItsWay) {
  ASSERT_TRUE(WriteFile(In("precious"), "precious"));
  fs::create_symlink(In("precious"), In("file.part"));
  EXPECT_FALSE(WriteFile(In("file"), "content"));
  EXPECT_EQ(ReadFile(In("precious")).value(), "precious");
}

TEST_F(File, WrittenInPartsIsNotThereBeforeItIsFinished) {
  const std::string part(50'000, 'x');
  auto file = FileWriter::Create(In("file"));
  ASSERT_TRUE(file);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(file->Append(part));
  EXPECT_THAT(Names(), ElementsAre("file.part"));
  ASSERT_TRUE(file->Finish());
  EXPECT_THAT(Names(), ElementsAre("file"));
  EXPECT_EQ(ReadFile(In("file")).value(), part + part + part + part + part);
  std::string again;
  ASSERT_TRUE(ReadInParts(In("file"), [&](std::string_view some) { again += some; }));
  EXPECT_EQ(again.size(), 5 * part.size());
}

TEST_F(File, WrittenInPartsAndNotFinishedIsRemoved) {
  {
    auto file = FileWriter::Create(In("file"));
    ASSERT_TRUE(file && file->Append("half"));
    auto moved = std::move(*file);
  }
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_F(File, AppendingKeepsWhatIsThere) {
  ASSERT_TRUE(AppendToFile(In("file"), "one\n"));
  ASSERT_TRUE(AppendToFile(In("file"), "two\n"));
  EXPECT_EQ(ReadFile(In("file")).value(), "one\ntwo\n");
  EXPECT_FALSE(AppendToFile(In("missing/file"), "x"));
}

TEST_F(File, AMissingDirectoryIsNamed) {
  const Expected<void> written = WriteFile(In("missing/file"), "content");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr("missing/file"));
  EXPECT_EQ(written.error().sys_errno, ENOENT);
}

TEST_F(File, AMissingFileIsNamed) {
  const Expected<std::string> content = ReadFile(In("missing"));
  ASSERT_FALSE(content);
  EXPECT_THAT(content.error().message, HasSubstr(In("missing")));
}

TEST_F(File, MoreThanWasAskedForIsAnError) {
  ASSERT_TRUE(WriteFile(In("file"), std::string(100'000, 'x')));
  EXPECT_FALSE(ReadFile(In("file"), 1000));
  EXPECT_TRUE(ReadFile(In("file"), 100'000));
}

TEST_F(File, AKernelFileHasAFirstLine) {
  EXPECT_EQ(ReadLine("/proc/self/comm"),
            fs::path(fs::read_symlink("/proc/self/exe")).filename().string().substr(0, 15));
  EXPECT_EQ(ReadLine(In("missing")), "");
}

}  // namespace
}  // namespace bulkhead::os
