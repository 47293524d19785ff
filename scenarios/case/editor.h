// A text editor: a document in memory that takes keystrokes at a cursor, and a file that it is
// saved to.  The text lies in one block with a gap at the cursor, so that typing moves nothing.
//
// The file has no name: it is gone with its process, whatever ends that.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_EDITOR_H_
#define BULKHEAD_SCENARIOS_CASE_EDITOR_H_

#include <fcntl.h>

#include <cstring>
#include <string>

#include "scenarios/case/user.h"

namespace bulkhead::scenarios {

class Editor {
 public:
  static constexpr std::size_t kBytes = 8192;

  // Where the text shall lie; without it the editor takes a block of its own.
  void Use(char* block) { block_ = block; }

  // In prepare.
  void CreateFile() {
    // In the working directory, or where no directory is needed, if that one can hold no such file.
    file_ = open(".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) file_ = memfd_create("document", MFD_CLOEXEC);
    Require(file_ >= 0);
  }

  std::uint64_t Open() {
    if (block_ == nullptr) block_ = new char[kBytes];
    before_ = 0;
    after_ = kBytes;
    for (std::uint64_t i = 0; i < kBytes / 4; ++i) Type(Letter(Mix(i, 1)));
    return Show();
  }

  std::uint64_t Handle(std::uint64_t key) {
    const std::uint64_t choice = key / 4;
    switch (key % 4) {
      case 0:  // moves the cursor somewhere else
        MoveTo(choice % (Length() + 1));
        break;
      case 1:  // deletes what is before the cursor
        before_ -= before_ < 8 ? before_ : 8;
        break;
      default:  // types a word
        for (std::uint64_t i = 0; i < 8; ++i) Type(Letter(Mix(choice, i)));
    }
    return Show();
  }

  // False: the file does not hold what the editor has in memory.
  bool Save() {
    const std::string text = Text();
    std::string saved(text.size() + 1, '\0');
    Require(ftruncate(file_, 0) == 0);
    return pwrite(file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
           pread(file_, saved.data(), saved.size(), 0) == static_cast<ssize_t>(text.size()) &&
           saved.compare(0, text.size(), text) == 0;
  }

  // All of it, not only what fits a screen: no letter may be another.
  std::uint64_t Show() const {
    std::uint64_t shown = before_;
    for (const char letter : Text()) shown = Mix(shown, static_cast<unsigned char>(letter));
    return shown;
  }

 private:
  static char Letter(std::uint64_t choice) {
    return choice % 7 == 0 ? '\n' : static_cast<char>('a' + choice / 7 % 26);
  }

  std::size_t Length() const { return before_ + kBytes - after_; }

  void Type(char letter) {
    Require(before_ < after_);
    block_[before_++] = letter;
  }

  void MoveTo(std::size_t place) {
    const std::size_t back = before_ > place ? before_ - place : 0;
    std::memmove(block_ + after_ - back, block_ + before_ - back, back);
    before_ -= back;
    after_ -= back;
    const std::size_t on = place > before_ ? place - before_ : 0;
    std::memmove(block_ + before_, block_ + after_, on);
    before_ += on;
    after_ += on;
  }

  std::string Text() const {
    return std::string(block_, before_).append(block_ + after_, kBytes - after_);
  }

  char* block_ = nullptr;
  std::size_t before_ = 0, after_ = 0;  // the gap: [before_, after_)
  int file_ = -1;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_EDITOR_H_
