// Title, objective, theory, hypothesis: what is said before anything was run.
#include <algorithm>

#include "harness/model/names.h"
#include "reports/lab/sections.h"
#include "reports/wording.h"

namespace bulkhead::lab {
namespace {

std::string AuthorsOf(const LabSheet& sheet) {
  std::string text;
  for (const LabAuthor& author : sheet.authors) {
    text += (text.empty() ? "" : ", ") + author.name;
    if (!author.id.empty()) text += " (" + author.id + ")";
  }
  return text;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<Line> Warnings(const RunReport& report, const Translator& tr) {
  std::vector<Line> warnings;
  if (!report.plan.blind.empty()) {
    warnings.push_back({Strong(wording::BlindNotice(report.plan, tr))});
  }
  if (report.end.interrupted) {
    warnings.push_back({Strong(std::string(
        tr("The run was interrupted: what was finished is judged; the rest counts as skipped.")))});
  } else if (!report.complete) {
    warnings.push_back({Strong(
        std::string(tr("The journal ends without its last record; what it holds is judged.")))});
  }
  return warnings;
}

Line StandingLine(const Material& from, const Prediction& prediction) {
  const Translator& tr = from.tr;
  switch (StandingOf(from, prediction)) {
    case Standing::kCounts:
      return {Plain(std::string(tr("yes")))};
    case Standing::kLate:
      return {Strong(std::string(tr("no: entered after the run began")))};
    case Standing::kRepeated:
      return {Strong(std::string(tr("no: an earlier one counts")))};
  }
  return {};
}

}  // namespace

Page MakePage(const RunReport& report, const WriteOptions& options) {
  static const LabSheet kNone;
  const LabSheet& sheet = options.lab != nullptr ? *options.lab : kNone;
  const std::string& language = sheet.language.empty() ? options.language : sheet.language;
  const Translator tr(FindLanguage(language).value_or(Language::kEnglish));
  const Material from{report, options, sheet, tr};
  Page page;
  page.tr = tr;
  page.title = sheet.title;
  page.fields = {{std::string(tr("Course")), sheet.course},
                 {std::string(tr("Institution")), sheet.institution},
                 {std::string(tr("Group")), sheet.group},
                 {std::string(tr("Authors")), AuthorsOf(sheet)},
                 {std::string(tr("Instructor")), sheet.instructor},
                 {std::string(tr("Date")), sheet.date}};
  if (!sheet.keywords.empty()) {
    page.fields.emplace_back(tr("Keywords"), Joined(sheet.keywords));
  }
  page.warnings = Warnings(report, tr);
  page.sections = {Objective(from),  Theory(from),     Hypothesis(from), Apparatus(from),
                   Method(from),     Results(from),    Statistics(from), Discussion(from),
                   Conclusion(from), References(from), Appendix(from)};
  for (Section& section : page.sections) {
    for (Block& block : section.blocks) {
      if (auto* table = std::get_if<Table>(&block)) *table = WithoutEmptyColumns(std::move(*table));
    }
  }
  return page;
}

Section Objective(const Material& from) {
  const Translator& tr = from.tr;
  Section section{std::string(tr("Objective")), {}};
  if (from.sheet.objective.empty()) {
    section.blocks.push_back(Prompt{Prose(
        tr("What should be known after this lab that was not known before? One or two sentences; "
           "`objective` in lab.toml."))});
  } else {
    section.blocks.push_back(Paragraph{{Plain(from.sheet.objective)}});
  }
  const std::size_t claims = from.report.verdicts.size();
  section.blocks.push_back(Paragraph{{Plain(
      tr.FormatPlural("{} claim is put to the test:", "{} claims are put to the test:", claims,
                      wording::Count(claims, tr)))}});
  Bullets list{true, {}};
  for (std::size_t i = 0; i < claims; ++i) {
    const Claim& claim = wording::ClaimOf(from.report, i);
    list.items.push_back({Code(from.report.verdicts[i].claim), Plain(": "),
                          Plain(wording::ClaimText(claim, CodeOf(tr.language())))});
  }
  if (!list.items.empty()) section.blocks.push_back(std::move(list));
  return section;
}

Section Theory(const Material& from) {
  const Translator& tr = from.tr;
  Section section{std::string(tr("Theory")), {}};
  for (const std::string& paragraph : from.sheet.theory) {
    section.blocks.push_back(Paragraph{{Plain(paragraph)}});
  }
  if (from.sheet.theory.empty()) {
    section.blocks.push_back(Prompt{Prose(
        tr("What do processes and threads share, what does each own, and which part of the system "
           "keeps them apart? What does the theory say about each claim above, and why? `theory` "
           "in lab.toml."))});
  }
  return section;
}

std::string PredictedWord(const Prediction& prediction, const Translator& tr) {
  return std::string(prediction.verdict ? NameOf(*prediction.verdict) : tr("not sure"));
}

const Verdict* VerdictOf(const RunReport& report, const std::string& claim) {
  const auto found = std::ranges::find(report.verdicts, claim, &Verdict::claim);
  return found == report.verdicts.end() ? nullptr : &*found;
}

bool IsDecided(const Verdict& verdict) {
  return verdict.outcome == Outcome::kSupported || verdict.outcome == Outcome::kRefuted ||
         verdict.outcome == Outcome::kConditional;
}

Standing StandingOf(const Material& from, const Prediction& prediction) {
  // Both are of one form, in which the order of the letters is that of time.
  if (prediction.at > from.report.plan.started) return Standing::kLate;
  const auto& all = from.sheet.predictions;
  const auto first = std::ranges::find_if(all, [&](const Prediction& other) {
    return other.claim == prediction.claim && other.student == prediction.student &&
           other.at <= from.report.plan.started;
  });
  return &*first == &prediction ? Standing::kCounts : Standing::kRepeated;
}

Section Hypothesis(const Material& from) {
  const Translator& tr = from.tr;
  const RunReport& report = from.report;
  Section section{std::string(tr("Hypothesis")), {}};
  Table table{std::string(tr("Predictions, as they were entered")),
              {std::string(tr("claim")), std::string(tr("predicted")), std::string(tr("reason")),
               std::string(tr("by")), std::string(tr("entered (UTC)")), std::string(tr("counts"))},
              {},
              ""};
  std::string elsewhere, missing;
  for (const Prediction& prediction : from.sheet.predictions) {
    if (VerdictOf(report, prediction.claim) == nullptr) {
      elsewhere += (elsewhere.empty() ? "`" : ", `") + prediction.claim + "`";
      continue;
    }
    table.rows.push_back({{Code(prediction.claim)},
                          {Strong(PredictedWord(prediction, tr))},
                          {Plain(prediction.reason)},
                          {Plain(prediction.student)},
                          {Plain(prediction.at)},
                          StandingLine(from, prediction)});
  }
  for (const Verdict& verdict : report.verdicts) {
    const bool said = std::ranges::any_of(from.sheet.predictions, [&](const Prediction& one) {
      return one.claim == verdict.claim && StandingOf(from, one) == Standing::kCounts;
    });
    if (!said) missing += (missing.empty() ? "`" : ", `") + verdict.claim + "`";
  }
  if (table.rows.empty()) {
    section.blocks.push_back(Paragraph{Prose(tr(
        "No prediction was entered before the run. `bulkhead predict` asks for them, claim by "
        "claim; the next run then takes them with it and sets them against what it observes."))});
    section.blocks.push_back(Prompt{{Plain(
        std::string(tr("What did you expect of each claim before you saw the results, and for what "
                       "reason?")))}});
    return section;
  }
  table.note = tr.Format(
      "The run began at {}. A prediction counts if it was entered before that, by the clock of "
      "this "
      "machine, and is the first of its author for the claim.",
      report.plan.started);
  section.blocks.push_back(std::move(table));
  if (from.sheet.predictions_changed) {
    section.blocks.push_back(Paragraph{{Strong(std::string(
        tr("The file of predictions is not the one that the run took with it: its digest is not "
           "that of the run's manifest.")))}});
  }
  if (!missing.empty()) {
    section.blocks.push_back(
        Paragraph{Prose(tr.Format("No prediction that counts: {}.", missing))});
  }
  if (!elsewhere.empty()) {
    section.blocks.push_back(
        Paragraph{Prose(tr.Format("Predicted, but not part of this run: {}.", elsewhere))});
  }
  return section;
}

}  // namespace bulkhead::lab
