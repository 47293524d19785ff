// summary.md: what a reader of a CI job needs, for $GITHUB_STEP_SUMMARY.  What needs attention
// comes first and open, all claims after it and folded; report.md has the rest.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include "harness/model/names.h"
#include "harness/model/standing.h"
#include "reports/markdown_parts.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

using markdown::Code;
using markdown::Escape;
using markdown::TableHead;
using markdown::TableRow;

// GitHub refuses more than 1 MiB for a step, and other tools may have written there, too.
constexpr std::size_t kMostBytes = 700'000;
constexpr std::size_t kMostBytesOfAttention = 400'000;
constexpr std::size_t kMostEvents = 20;

bool NeedsAttention(const RunReport& report, const Verdict& verdict) {
  const Standing standing = StandingOf(report, verdict);
  return standing != Standing::kFine && standing != Standing::kSkipped;
}

// The title stands among HTML, where Markdown's escapes would be shown.
std::string Folded(std::string_view foreign_title, const std::string& content) {
  std::string title;
  for (const char c : text::OneLine(foreign_title)) {
    if (c == '&') {
      title += "&amp;";
    } else if (c == '<') {
      title += "&lt;";
    } else if (c == '>') {
      title += "&gt;";
    } else {
      title += c;
    }
  }
  return fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n\n", title, content);
}

std::string Named(const Verdict& verdict) {
  return fmt::format("{} {}", wording::Symbol(verdict.outcome), NameOf(verdict.outcome));
}

std::string Banner(const RunReport& report, const Translator& tr) {
  const RunPlan& plan = report.plan;
  std::string out = fmt::format("## bulkhead: {}\n\n", wording::OutcomeCounts(report, tr));
  if (!plan.blind.empty()) out += "**" + Escape(wording::BlindNotice(plan, tr)) + "**\n\n";
  if (report.end.interrupted) {
    out += std::string(tr("**Interrupted:** what was finished is judged.")) + "\n\n";
  } else if (!report.complete) {
    out += std::string(tr("**Cut off:** the journal ends without its last record.")) + "\n\n";
  }
  if (!report.broken.empty()) {
    out += tr.FormatPlural("**{} cell could not be run at all.**",
                           "**{} cells could not be run at all.**", report.broken.size(),
                           wording::Count(report.broken.size(), tr)) +
           "\n\n";
  }
  return out +
         tr.Format("Exit code {}: {}. Run {}, kernel {}, seed {}, took {}.", report.exit_code,
                   tr(wording::MeaningOfExit(report.exit_code)), Code(plan.run_id),
                   Code(wording::EnvelopeValue(plan.envelope, "kernel.release")),
                   Code(wording::Hex(plan.seed)), wording::Took(report.end.took, tr)) +
         "\n\n";
}

std::string Evidence(const Trial& trial, const Verdict& verdict, const Translator& tr) {
  std::string out = TableHead({std::string(tr("time since armed")), std::string(tr("unit")),
                               std::string(tr("whose word")), std::string(tr("what"))});
  const Timeline timeline = TimelineOf(trial, Detail::kMain, kMostEvents, tr);
  for (const TimelineRow& row : timeline.rows) {
    out += TableRow({row.when, row.unit, std::string(row.word_of), Escape(row.what)});
  }
  if (timeline.left_out > 0) {
    out += "\n" +
           tr.FormatPlural("{} more event is not shown.", "{} more events are not shown.",
                           timeline.left_out, wording::Count(timeline.left_out, tr)) +
           "\n";
  }
  return Folded(fmt::format("{} ({})", TrialLine(trial, tr), wording::PartOf(verdict, trial, tr)),
                out);
}

std::string Section(const RunReport& report, std::size_t index, const WriteOptions& options,
                    const Translator& tr) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  std::string out = fmt::format("### {}: {}\n\n> {}\n\n{}", Named(verdict), Escape(verdict.claim),
                                Escape(wording::ClaimText(claim, options.language)),
                                Escape(wording::Why(verdict, tr)));
  if (const std::string why = wording::Expectation(claim, verdict, tr); !why.empty()) {
    out += " **" + Escape(why) + "**";
  }
  out += "\n\n";
  if (const Trial* trial = wording::DecisiveTrial(report, verdict)) {
    out += Evidence(*trial, verdict, tr);
  }
  return out;
}

std::string Ledger(const RunReport& report, std::size_t most_bytes, const WriteOptions& options,
                   const Translator& tr) {
  std::string rows = TableHead(
      {std::string(tr("verdict")), std::string(tr("claim")), "n", "k", std::string(tr("result"))});
  std::string note;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    const Claim& claim = wording::ClaimOf(report, i);
    const std::string row = TableRow(
        {Named(verdict),
         Escape(verdict.claim) + "<br>" + Escape(wording::ClaimText(claim, options.language)),
         wording::Count(verdict.counted, tr), wording::Count(verdict.found, tr),
         Escape(wording::Result(claim, verdict, tr))});
    if (rows.size() + row.size() > most_bytes) {
      note =
          "\n" +
          tr.Format("Showing {} of {} claims; `results.json` has all.", i, report.verdicts.size()) +
          "\n";
      break;
    }
    rows += row;
  }
  return Folded(std::string(tr("All claims")), rows + note);
}

}  // namespace

Document WriteGithub(const RunReport& report, const WriteOptions& options) {
  const Translator tr(FindLanguage(options.language).value_or(Language::kEnglish));
  std::string out = Banner(report, tr);
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (!NeedsAttention(report, report.verdicts[i])) continue;
    const std::string section = Section(report, i, options, tr);
    if (left_out > 0 || out.size() + section.size() > kMostBytesOfAttention) {
      ++left_out;
    } else {
      out += section;
    }
  }
  if (left_out > 0) {
    out += tr.FormatPlural("{} more claim needs attention; `report.md` and `results.json` have it.",
                           "{} more claims need attention; `report.md` and `results.json` have "
                           "them.",
                           left_out, wording::Count(left_out, tr)) +
           "\n\n";
  }
  out += Ledger(report, kMostBytes - out.size(), options, tr);
  return out + "Trials " + wording::AccountingLine(report.end.accounting) + "\n";
}

}  // namespace bulkhead
