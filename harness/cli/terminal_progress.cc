#include "harness/cli/terminal_progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/records.h"
#include "reports/text.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr Nanoseconds kRedraw = 100 * kMillisecond;
constexpr Nanoseconds kRecordEvery = 60 * kSecond;
constexpr char kClearLine[] = "\r\033[K";

ProgressStyle Resolve(ProgressStyle style, const Stream& err) {
  if (style != ProgressStyle::kAuto) return style;
  return err.terminal ? ProgressStyle::kBar : ProgressStyle::kPlain;
}

}  // namespace

TerminalProgress::TerminalProgress(const Console& console, const RunPlan& plan,
                                   const ShowOptions& options)
    : console_(console),
      plan_(plan),
      options_(options),
      records_(!console.out.terminal || options.progress == ProgressStyle::kPlain),
      style_(options.quiet ? ProgressStyle::kNone : Resolve(options.progress, console.err)),
      shown_(plan.claims.size()) {
  for (const Claim& claim : plan.claims) {
    id_width_ = std::max(id_width_, text::DisplayWidth(claim.id));
  }
}

TerminalProgress::~TerminalProgress() { Clear(); }

void TerminalProgress::Begin(const std::string& directory) {
  if (!options_.quiet) ShowPlan(directory);
  // Never passed over in silence.
  if (!plan_.blind.empty()) Notice(wording::BlindNotice(plan_));
}

void TerminalProgress::ShowPlan(const std::string& directory) const {
  if (records_) {
    console_.out.Line(RunRecord(plan_, directory));
    console_.out.Line(PlanRecord(plan_));
    return;
  }
  console_.out.Line(PlanLine(plan_));
}

void TerminalProgress::Tick(const Progress& progress) {
  const Nanoseconds now = Now();
  if (style_ == ProgressStyle::kBar) {
    if (now - drawn_ < kRedraw) return;
    drawn_ = now;
    live_ = true;
    console_.err.Write(kClearLine + LiveLine(progress, console_.err.Width()));
  } else if (style_ == ProgressStyle::kPlain) {
    if (recorded_ == 0) recorded_ = now;  // the first one after a minute
    if (now - recorded_ < kRecordEvery) return;
    recorded_ = now;
    console_.err.Line(ProgressRecord(progress));
  }
}

void TerminalProgress::ClaimDecided(std::size_t index, const Verdict& verdict) {
  if (index >= shown_.size() || shown_[index]) return;
  shown_[index] = true;
  if (options_.quiet) return;
  const Claim& claim = plan_.claims[index];
  Clear();
  console_.out.Line(records_ ? VerdictRecord(claim, verdict)
                             : VerdictLine(claim, verdict, id_width_, console_.out));
}

void TerminalProgress::Notice(const std::string& text) {
  Clear();
  if (records_) {
    console_.out.Line("notice" + Field("text", text));
  } else {
    std::string head = console_.err.Paint(Tone::kOpen, "note: ");
    for (const std::string& line :
         text::Wrap(text::OneLine(text), static_cast<std::size_t>(console_.err.Width() - 6))) {
      console_.err.Line(head + line);
      head = "      ";
    }
  }
}

void TerminalProgress::Finish(const RunReport& report, const std::string& report_path) {
  Clear();
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) ClaimDecided(i, report.verdicts[i]);
  const Stream& out = console_.out;
  if (records_) {
    if (!options_.quiet) {
      if (options_.verbose) {
        for (const Verdict& verdict : report.verdicts) {
          for (const CellResult& cell : verdict.cells) {
            out.Line(CellRecord(verdict.claim, cell));
          }
        }
      }
      for (const std::string& line : AttentionRecords(report)) out.Line(line);
    }
    out.Line(SummaryRecord(report));
    if (!report_path.empty()) out.Line("report" + Field("path", report_path));
    out.Line(wording::AccountingLine(report.end.accounting));
    return;
  }
  if (options_.quiet) {
    out.Line(wording::OutcomeCounts(report));
    if (!report_path.empty()) out.Line("report: " + report_path);
    out.Line(wording::AccountingLine(report.end.accounting));
    return;
  }
  WriteOptions options;
  options.width = out.Width();
  options.color = out.color;
  options.language = options_.language;
  options.verbose = options_.verbose;
  std::string page = WriteTerminal(report, options).text;
  // The accounting is the writer's last line; it stays the last one.
  const std::size_t last = page.rfind('\n', page.size() - 2) + 1;
  if (!report_path.empty()) page.insert(last, "  report: " + report_path + "\n");
  out.Write(page);
}

void TerminalProgress::Clear() {
  if (!live_) return;
  live_ = false;
  console_.err.Write(kClearLine);
}

}  // namespace bulkhead
