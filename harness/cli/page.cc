#include "harness/cli/page.h"

#include <algorithm>

#include "harness/cli/table.h"
#include "reports/text.h"

namespace bulkhead {

Page::Page(const Stream& out, Language language)
    : tr(language), out_(out), width_(out.terminal ? out.Width() : 80) {}

void Page::Title(std::string_view name) { out_.Line(out_.Paint(Tone::kStrong, name)); }

void Page::Heading(std::string_view text) {
  Flush();
  out_.Line("");
  Title(text);
}

void Page::Name(std::string_view name, std::string_view text) {
  label_width_ = std::max(label_width_, text::DisplayWidth(name));
  rows_.push_back({"  " + std::string(name), text::OneLine(text)});
}

void Page::Verbatim(std::string_view label, std::string_view text) {
  Flush();
  out_.Line("  " + text::PadRight(tr(label), label_width_) + "  " + text::OneLine(text));
}

void Page::Flush() {
  out_.Write(AlignColumns(rows_, width_));
  rows_.clear();
}

}  // namespace bulkhead
