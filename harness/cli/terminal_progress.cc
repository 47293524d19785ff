#include "harness/cli/terminal_progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/records.h"
#include "harness/cli/run_lines.h"
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
      tr_(records_ ? Language::kEnglish
                   : FindLanguage(options.language).value_or(Language::kEnglish)),
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
  if (!plan_.blind.empty()) Notice(wording::BlindNotice(plan_, tr_));
}

void TerminalProgress::ShowPlan(const std::string& directory) const {
  if (records_) {
    console_.out.Line(RunRecord(plan_, directory));
    console_.out.Line(PlanRecord(plan_));
    return;
  }
  for (const std::string& line : PlanLines(plan_, FaceOf(console_.out))) console_.out.Line(line);
}

void TerminalProgress::Tick(const Progress& progress) {
  const Nanoseconds now = Now();
  if (style_ == ProgressStyle::kBar) {
    if (now - drawn_ < kRedraw) return;
    drawn_ = now;
    live_ = true;
    console_.err.Write(kClearLine + LiveLine(progress, tally_, console_.err.Width(), tr_));
  } else if (style_ == ProgressStyle::kPlain) {
    if (recorded_ == 0) recorded_ = now;  // the first one after a minute
    if (now - recorded_ < kRecordEvery) return;
    recorded_ = now;
    console_.err.Line(ProgressRecord(progress));
  }
}

Face TerminalProgress::FaceOf(const Stream& stream) const {
  return {static_cast<std::size_t>(stream.Width()), &stream, tr_};
}

void TerminalProgress::Say(const Stream& stream, const std::vector<std::string>& lines) {
  Clear();
  for (const std::string& line : lines) stream.Line(line);
}

template <typename Record, typename Lines>
void TerminalProgress::Say(Record record, Lines lines) {
  if (records_) {
    Say(console_.out, {record()});
  } else {
    Say(console_.err, lines(FaceOf(console_.err)));
  }
}

void TerminalProgress::ClaimDecided(std::size_t index, const Verdict& verdict) {
  ShowClaim(index, verdict);
}

void TerminalProgress::ShowClaim(std::size_t index, const Verdict& verdict) {
  if (index >= shown_.size() || shown_[index]) return;
  shown_[index] = true;
  if (verdict.as_expected == false) ++tally_.unexpected;
  if (verdict.outcome == Outcome::kInconclusive) ++tally_.open;
  if (options_.quiet) return;
  const Claim& claim = plan_.claims[index];
  Say(console_.out, records_ ? std::vector{VerdictRecord(claim, verdict)}
                             : VerdictLines(claim, verdict, id_width_, FaceOf(console_.out)));
}

void TerminalProgress::TrialSlow(const RunningTrial& trial) {
  if (options_.quiet || !slow_.insert(trial.cell).second) return;
  Say([&] { return SlowRecord(trial); }, [&](const Face& face) { return SlowLines(trial, face); });
}

void TerminalProgress::LeakFound(const Leak& leak) {
  Say([&] { return LeakRecord(leak); }, [&](const Face& face) { return LeakLines(leak, face); });
}

void TerminalProgress::Asked(const Progress& progress) {
  Say(console_.err, StatusLines(progress, FaceOf(console_.err)));
}

void TerminalProgress::Interrupted(int times, std::size_t in_flight) {
  Notice(InterruptedText(times, in_flight, tr_));
}

void TerminalProgress::Notice(const std::string& text) {
  Say([&] { return "notice" + Field("text", text); },
      [&](const Face& face) { return NoteLines(text, face); });
}

void TerminalProgress::Finish(const RunReport& report, const std::string& report_path) {
  Clear();
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) ShowClaim(i, report.verdicts[i]);
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
    out.Line(wording::OutcomeCounts(report, tr_));
    if (!report_path.empty()) out.Line(tr_.Format("report: {}", report_path));
    out.Line(wording::AccountingLine(report.end.accounting));
    return;
  }
  WriteOptions options;
  options.width = out.Width();
  options.color = out.color;
  options.language = options_.language;
  options.verbose = options_.verbose;
  std::string page = "\n" + WriteTerminal(report, options).text;  // apart from what was before
  // The accounting is the writer's last line; it stays the last one.
  const std::size_t last = page.rfind('\n', page.size() - 2) + 1;
  if (!report_path.empty()) page.insert(last, "  " + tr_.Format("report: {}", report_path) + "\n");
  out.Write(page);
}

void TerminalProgress::Clear() {
  if (!live_) return;
  live_ = false;
  console_.err.Write(kClearLine);
}

}  // namespace bulkhead
