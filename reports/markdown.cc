// report.md: the whole report for people, as GitHub-flavoured Markdown; also usable as step
// summary. Every number comes from the RunReport; this file orders the parts.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "harness/model/names.h"
#include "reports/markdown_parts.h"
#include "reports/text.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace markdown {

std::string Escape(std::string_view foreign, std::size_t most) {
  const std::string line = text::Clip(text::OneLine(foreign), most);
  std::string out;
  out.reserve(line.size() + 16);
  for (const char c : line) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '|':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '\\':
      case '~':
      case '#':
      case '!':
      case '$':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Code(std::string_view foreign) {
  const bool plain = !foreign.empty() && foreign.size() <= kMostText &&
                     std::all_of(foreign.begin(), foreign.end(), [](unsigned char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') ||
                              std::string_view("-._/+:#=, ()").find(static_cast<char>(c)) !=
                                  std::string_view::npos;
                     });
  return plain ? fmt::format("`{}`", foreign) : Escape(foreign);
}

std::string Preformatted(std::string_view foreign) {
  std::string out = "<pre>\n";
  for (const std::string& line : text::Lines(foreign)) {
    for (const char c : text::Clip(line, kMostText)) {
      if (c == '&')
        out += "&amp;";
      else if (c == '<')
        out += "&lt;";
      else if (c == '>')
        out += "&gt;";
      else
        out += c;
    }
    out += '\n';
  }
  return out + "</pre>\n\n";
}

std::string TableRow(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + cell + " |";
  return row + "\n";
}

std::string TableHead(const std::vector<std::string_view>& titles) {
  std::string rule = "|";
  for (std::size_t i = 0; i < titles.size(); ++i) rule += "---|";
  return TableRow({titles.begin(), titles.end()}) + rule + "\n";
}

namespace {

std::string Summary(const RunReport& report, const Translator& tr) {
  std::string out = fmt::format("# {}\n\n", tr("Crash isolation on this machine"));
  std::string worst = "✔";
  for (const Verdict& verdict : report.verdicts) {
    if (wording::NeedsAttention(verdict)) worst = "?";
  }
  if (report.exit_code == 1) worst = "✘";
  if (!report.broken.empty() || report.end.accounting.broken > 0) worst = "!";
  if (report.verdicts.empty()) worst = "!";
  out += fmt::format("**{} {}.**\n\n", worst, wording::OutcomeCounts(report, tr));
  if (!report.plan.blind.empty()) {
    out += fmt::format("**{}**\n\n", Escape(wording::BlindNotice(report.plan, tr)));
  }
  if (report.plan.replay) {
    out += fmt::format("**{}**\n\n", Escape(wording::ReplayNotice(report.plan, tr)));
  }
  if (report.end.interrupted) {
    out += tr("**Interrupted:** what was finished is judged; the rest counts as skipped.");
    out += "\n\n";
  } else if (!report.complete) {
    out += tr("**Cut off:** the journal ends without its last record; what it holds is judged.");
    out += "\n\n";
  }
  out +=
      tr("Processes and threads were broken on purpose, in every kind of compartment that was "
         "asked for, and the survivors were questioned afterwards. Each claim below carries its "
         "experiment, its evidence and its error bound. Words are explained in the "
         "[glossary](#glossary).");
  const RunPlan& plan = report.plan;
  out += "\n\n" +
         tr.Format("Run {}, started {}, took {}; bulkhead {}, seed {}. Exit code {}: {}.",
                   Code(plan.run_id), Escape(plan.started), wording::Took(report.end.took, tr),
                   Escape(plan.tool_version), Code(wording::Hex(plan.seed)), report.exit_code,
                   tr(wording::MeaningOfExit(report.exit_code))) +
         "\n\n";
  return out;
}

std::string Expected(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  if (verdict.as_expected == true) return std::string(tr("yes"));
  if (!claim.expect)
    return std::string(verdict.as_expected ? tr("**no**") : tr("nothing expected"));
  if (verdict.as_expected) return tr.Format("**no**, but {}", NameOf(*claim.expect));
  return tr.Format("expects {}, not decided", NameOf(*claim.expect));
}

std::string Ledger(const RunReport& report, std::string_view language, const Translator& tr) {
  std::string out = fmt::format("## {}\n\n", tr("Claims"));
  out += TableHead({tr("verdict"), tr("claim"), "n", "k", tr("result"), tr("as expected?")});
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (i == kMostRows) {
      out += "\n" +
             tr.Format("Showing {} of {} claims; `results.json` has all.",
                       wording::Count(kMostRows, tr), wording::Count(report.verdicts.size(), tr)) +
             "\n";
      break;
    }
    const Verdict& verdict = report.verdicts[i];
    const Claim& claim = wording::ClaimOf(report, i);
    const bool ratio = claim.quantifier == Quantifier::kRatio;
    out += TableRow(
        {fmt::format("{} {}", wording::Symbol(verdict.outcome), NameOf(verdict.outcome)),
         fmt::format("[{}](#claim-{})<br>{}", Escape(verdict.claim), i + 1,
                     Escape(wording::ClaimText(claim, language))),
         wording::Count(ratio && verdict.ratio ? verdict.ratio->samples : verdict.counted, tr),
         ratio ? "" : wording::Count(verdict.found, tr), wording::Result(claim, verdict, tr),
         Expected(claim, verdict, tr)});
  }
  out += "\n";
  out +=
      tr("*How to read this:* **n** is the number of trials that count, over all cells, **k** "
         "how many of them show what was looked for. **result** is what decides: the bound (≤) "
         "of the weakest cell, the number of the deciding trial, or a ratio with its interval.");
  return out + "\n\n";
}

std::string Accounts(const RunReport& report, const Translator& tr) {
  std::string out = fmt::format("## {}\n\n", tr("Accounting"));
  if (!report.end.accounting.skipped_because.empty()) {
    out += TableHead({tr("skipped trials"), tr("reason")});
    std::size_t rows = 0;
    for (const auto& [reason, trials] : report.end.accounting.skipped_because) {
      if (rows++ == kMostRows) break;
      out += TableRow({wording::Count(trials, tr), Escape(tr.Known(reason))});
    }
    out += "\n";
  }
  out += tr.Format("Head of the journal's hash chain: {}.", Code(report.journal_digest));
  // Programs look for this line: it is the same in every language.
  return out + "\n\nTrials " + wording::AccountingLine(report.end.accounting) + "\n";
}

}  // namespace
}  // namespace markdown

Document WriteMarkdown(const RunReport& report, const WriteOptions& options) {
  using namespace markdown;
  const Translator tr(FindLanguage(options.language).value_or(Language::kEnglish));
  std::string out = markdown::Summary(report, tr) + Ledger(report, options.language, tr) +
                    SurvivalTable(report, tr) +
                    fmt::format("## {}\n\n", tr("Evidence for each claim"));
  Shown shown;
  const std::size_t start = out.size();
  std::size_t brief = 0, left_out = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const std::size_t used = out.size() - start;
    Shown before = shown;
    std::string section = ClaimSection(report, i, options.language, tr, false, shown);
    if (used + section.size() > kMostBytesOfSections) {
      shown = std::move(before);
      section = ClaimSection(report, i, options.language, tr, true, shown);
      ++brief;
      if (used + section.size() > kMostBytesOfSections + 100'000) {
        left_out = report.verdicts.size() - i;
        break;
      }
    }
    out += section;
  }
  if (brief > 0) {
    const std::size_t shortened = brief - (left_out > 0);
    out += tr.Format(
               "This document is kept small: claims shown without details: {}, left out: {}. "
               "`bulkhead explain CLAIM` and `results.json` have everything.",
               wording::Count(shortened, tr), wording::Count(left_out, tr)) +
           "\n\n";
  }
  return out + Method(report, tr) + Environment(report, options.names, tr) +
         Limits(report, shown, tr) + Glossary(tr) + Accounts(report, tr);
}

}  // namespace bulkhead
