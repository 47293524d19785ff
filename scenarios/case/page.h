// A web page in a window: paragraphs in one heap block, chained, which each click has laid out anew
// - lines of whole words, as wide as the window - scrolled, and painted: here a picture is a hash.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_PAGE_H_
#define BULKHEAD_SCENARIOS_CASE_PAGE_H_

#include <vector>

#include "scenarios/case/user.h"

namespace bulkhead::scenarios {

class Page {
  struct Paragraph {
    std::size_t length;
    char text[240];
    Paragraph* next;
  };
  static constexpr std::size_t kParagraphs = 24;

 public:
  static constexpr std::size_t kStoreBytes = kParagraphs * sizeof(Paragraph);

  // Where the paragraphs shall lie; without it the page takes a block of its own.
  void Use(void* store) { store_ = static_cast<Paragraph*>(store); }

  std::uint64_t Open() {
    if (store_ == nullptr) store_ = new Paragraph[kParagraphs];
    for (std::size_t i = 0; i < kParagraphs; ++i) {
      store_[i].next = i + 1 < kParagraphs ? &store_[i + 1] : nullptr;
      Write(store_[i], i);
    }
    width_ = 72;
    top_ = 0;
    return Show();
  }

  std::uint64_t Handle(std::uint64_t click) {
    const std::uint64_t where = click / 4;
    Paragraph& paragraph = store_[where % kParagraphs];
    switch (click % 4) {
      case 0:  // drags the scroll bar
        top_ = where;
        break;
      case 1:  // makes the window wider or narrower
        width_ = 40 + where % 60;
        break;
      case 2:  // types a letter into a form
        paragraph.text[where / kParagraphs % paragraph.length] = Letter(where);
        break;
      default:  // loads a paragraph anew
        Write(paragraph, where);
    }
    return Show();
  }

  // Lays the page out and hashes it, from the first line in sight and all around: a letter that is
  // wrong anywhere shows.
  std::uint64_t Show() const {
    const std::vector<Line> lines = LayOut();
    std::uint64_t picture = lines.size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[(top_ + i) % lines.size()];
      for (std::size_t column = 0; column < line.length; ++column) {
        picture = Mix(picture, static_cast<unsigned char>(line.text[column]));
      }
    }
    return picture;
  }

  // For a script that misses its bound: what follows is the address of the next paragraph.
  char* EndOfSomeText() { return store_[kParagraphs / 2].text + sizeof(Paragraph::text); }

 private:
  struct Line {
    const char* text;
    std::size_t length;
  };

  static char Letter(std::uint64_t choice) { return static_cast<char>('a' + choice % 26); }

  static void Write(Paragraph& paragraph, std::uint64_t seed) {
    paragraph.length = sizeof(paragraph.text);
    for (char& character : paragraph.text) {
      seed = Mix(seed, 1);
      character = seed % 6 == 0 ? ' ' : Letter(seed / 6);
    }
  }

  // Breaks at the last blank that fits, or where the window ends.
  std::vector<Line> LayOut() const {
    std::vector<Line> lines;
    for (const Paragraph* one = store_; one != nullptr; one = one->next) {
      const char* rest = one->text;
      const char* end = one->text + one->length;
      while (rest < end) {
        const char* stop = static_cast<std::size_t>(end - rest) > width_ ? rest + width_ : end;
        const char* blank = stop;
        while (stop < end && blank > rest && *blank != ' ') --blank;
        if (blank > rest) stop = blank;
        lines.push_back({rest, static_cast<std::size_t>(stop - rest)});
        rest = stop < end && *stop == ' ' ? stop + 1 : stop;
      }
    }
    return lines;
  }

  Paragraph* store_ = nullptr;
  std::size_t width_ = 0;
  std::uint64_t top_ = 0;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_PAGE_H_
