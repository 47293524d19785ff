// Discussion and conclusion, as questions alone; references and appendix.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/model/names.h"
#include "reports/lab/sections.h"
#include "reports/redaction.h"
#include "reports/wording.h"

namespace bulkhead::lab {
namespace {

constexpr std::size_t kMostTrials = 60;  // with their seeds in the appendix

// Names between backticks, at most some of them.
std::string Named(const std::vector<std::string>& names, const Translator& tr) {
  constexpr std::size_t kMost = 8;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    text += (i == 0 ? "`" : ", `") + names[i] + "`";
  }
  if (names.size() <= kMost) return text;
  return tr.Format("{} and {} more", text, names.size() - kMost);
}

template <typename Wanted>
std::vector<std::string> ClaimsWhere(const RunReport& report, Wanted wanted) {
  std::vector<std::string> ids;
  for (const Verdict& verdict : report.verdicts) {
    if (wanted(verdict)) ids.push_back(verdict.claim);
  }
  return ids;
}

template <typename Wanted>
std::vector<std::string> CellsWhere(const RunReport& report, Wanted wanted) {
  std::set<std::string> names;  // several claims may read one cell
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) {
      if (wanted(cell)) names.insert(CellName(cell.cell));
    }
  }
  return {names.begin(), names.end()};
}

auto Is(Outcome outcome) {
  return [=](const Verdict& verdict) { return verdict.outcome == outcome; };
}

// Predictions that count and were contradicted.
std::vector<std::string> Missed(const Material& from) {
  std::set<std::string> ids;
  for (const Prediction& prediction : from.sheet.predictions) {
    const Verdict* verdict = VerdictOf(from.report, prediction.claim);
    if (verdict == nullptr || !prediction.verdict || !IsDecided(*verdict)) continue;
    if (StandingOf(from, prediction) != Standing::kCounts) continue;
    if (*prediction.verdict != verdict->outcome) ids.insert(prediction.claim);
  }
  return {ids.begin(), ids.end()};
}

// What this very run gives reason to ask; every question names its cause.
std::vector<std::string> Questions(const Material& from) {
  const Translator& tr = from.tr;
  const RunReport& report = from.report;
  std::vector<std::string> questions;
  const auto ask = [&](const std::vector<std::string>& names, auto question) {
    if (!names.empty()) questions.push_back(question(Named(names, tr)));
  };
  ask(Missed(from), [&](const std::string& names) {
    return tr.Format(
        "What was observed is not what was predicted for {}. Which step of the "
        "reasoning was wrong, or is it the experiment?",
        names);
  });
  ask(ClaimsWhere(report, Is(Outcome::kRefuted)), [&](const std::string& names) {
    return tr.Format(
        "Refuted: {}. What in the system makes the counterexample possible? Follow "
        "one deciding trial event by event.",
        names);
  });
  ask(ClaimsWhere(report, Is(Outcome::kConditional)), [&](const std::string& names) {
    return tr.Format(
        "Conditional: {}. What do the cells that hold have in common, and what "
        "distinguishes them from those that do not?",
        names);
  });
  ask(ClaimsWhere(report, Is(Outcome::kInconclusive)), [&](const std::string& names) {
    return tr.Format(
        "Not decided: {}. What was missing, and how would the experiment have to be "
        "changed to decide it?",
        names);
  });
  ask(CellsWhere(report, [](const CellResult& cell) { return wording::ControlFailed(cell); }),
      [&](const std::string& names) {
        return tr.Format("A control failed in {}. What may the observer have missed there?", names);
      });
  ask(CellsWhere(report, [](const CellResult& cell) { return cell.void_trials > 0; }),
      [&](const std::string& names) {
        return tr.Format(
            "In {} some trials were excluded because the fault had no effect. Could "
            "the excluded trials differ from the counted ones?",
            names);
      });
  ask(CellsWhere(report, [](const CellResult& cell) { return cell.troubled > 0; }),
      [&](const std::string& names) {
        return tr.Format(
            "In {} the harness or the machine spoilt some trials. Did that happen by "
            "chance, or in special circumstances?",
            names);
      });
  ask(CellsWhere(report,
                 [](const CellResult& cell) { return cell.state == CellState::kNotApplicable; }),
      [&](const std::string& names) {
        return tr.Format("This machine could not run {}. What remains unsaid because of that?",
                         names);
      });
  ask(CellsWhere(report, [](const CellResult& cell) { return cell.replays > 0; }),
      [&](const std::string& names) {
        return tr.Format(
            "{} are races: the same seed did not always show the same again. What, "
            "besides the seed, decides them?",
            names);
      });
  const Envelope& envelope = report.plan.envelope;
  if (wording::EnvelopeValue(envelope, "cpu.hypervisor") == "yes") {
    questions.emplace_back(
        tr("The computer was a virtual machine. Which of the results, above all of the times, "
           "might be different on bare hardware?"));
  }
  questions.push_back(tr.FormatPlural(
      "{} trial ran at a time, on a machine with the load named above. Could other programs have "
      "changed a result, and in which direction?",
      "{} trials ran at the same time, on a machine with the load named above. Could they, or "
      "other "
      "programs, have changed a result, and in which direction?",
      report.plan.jobs, wording::Count(report.plan.jobs, tr)));
  questions.emplace_back(
      tr("One kernel, one processor, one configuration: for which other systems would you expect "
         "the same, and why?"));
  questions.emplace_back(
      tr("The units were observed, by signal handlers, canaries and questions. How might the "
         "observation itself have changed what happened?"));
  questions.emplace_back(
      tr("The faults were chosen from a catalogue. Which failure of real programs is not among "
         "them?"));
  return questions;
}

std::string RepeatCommand(const RunPlan& plan) {
  std::string command = plan.command_line;
  if (command.find("--seed") == std::string::npos) {
    command += " --seed " + wording::Hex(plan.seed);
  }
  return command;
}

Table Accounts(const RunReport& report, const Translator& tr) {
  const Accounting& accounting = report.end.accounting;
  Table table{std::string(tr("Trials of all arms, controls included")),
              {std::string(tr("planned")), std::string(tr("executed")), std::string(tr("skipped")),
               std::string(tr("broken"))},
              {},
              ""};
  table.rows.push_back({{Value("run planned trials", wording::Count(accounting.planned, tr))},
                        {Value("run executed trials", wording::Count(accounting.executed, tr))},
                        {Value("run skipped trials", wording::Count(accounting.skipped, tr))},
                        {Value("run broken trials", wording::Count(accounting.broken, tr))}});
  return table;
}

Table Skipped(const RunReport& report, const Translator& tr) {
  Table table{std::string(tr("Why trials were skipped")),
              {std::string(tr("reason")), std::string(tr("trials"))},
              {},
              ""};
  for (const auto& [reason, trials] : report.end.accounting.skipped_because) {
    table.rows.push_back({{Plain(std::string(tr(reason)))},
                          {Value("run skipped because " + reason, wording::Count(trials, tr))}});
  }
  return table;
}

Table DecidingTrials(const RunReport& report, const Translator& tr) {
  Table table{std::string(tr("Deciding and typical trials")),
              {std::string(tr("claim")), std::string(tr("trial")), std::string(tr("cell")),
               std::string(tr("arm")), std::string(tr("block")), std::string(tr("seed"))},
              {},
              ""};
  std::size_t left_out = 0;
  for (const Verdict& verdict : report.verdicts) {
    const Trial* trial = wording::DecisiveTrial(report, verdict);
    if (trial == nullptr) continue;
    if (table.rows.size() == kMostTrials) {
      ++left_out;
      continue;
    }
    const TrialPlan& plan = trial->plan;
    table.rows.push_back(
        {{Code(verdict.claim)},
         {Value(verdict.claim + " deciding trial", wording::Count(plan.id, tr))},
         {Code(CellName(plan.cell))},
         {Code(std::string(NameOf(plan.arm)))},
         {Value(verdict.claim + " deciding block", wording::Count(plan.block, tr))},
         {Code(wording::Hex(plan.seed))}});
  }
  if (left_out > 0) {
    table.note = tr.Format("{} more are in results.json.", wording::Count(left_out, tr));
  }
  return table;
}

Table Digests(const RunReport& report, const Redaction& redact, const Translator& tr) {
  Table table{std::string(tr("Digests (SHA-256)")),
              {std::string(tr("what")), std::string(tr("digest"))},
              {},
              ""};
  table.rows.push_back(
      {{Plain(std::string(tr("journal, head of its hash chain")))}, {Code(report.journal_digest)}});
  std::set<std::string> used;
  for (const PlannedCell& cell : report.plan.cells) used.insert(cell.key.scenario);
  std::map<std::string, std::string> plugins;  // by file: several scenarios may share one
  for (const Scenario& scenario : report.plan.scenarios) {
    if (!used.contains(scenario.manifest.name) || scenario.plugin_digest.empty()) continue;
    const std::string& path = scenario.plugin_path;
    plugins.emplace(redact(path.substr(path.rfind('/') + 1)), scenario.plugin_digest);
  }
  for (const auto& [name, digest] : plugins) {
    table.rows.push_back({{Code(name)}, {Code(digest)}});
  }
  return table;
}

}  // namespace

Section Discussion(const Material& from) {
  const Translator& tr = from.tr;
  Section section{std::string(tr("Discussion")), {}};
  for (const std::string_view question :
       {tr("What do the results say about the question of the objective? Name the claim, the "
           "number "
           "and its bound with each statement."),
        tr("Why do they come out as they do? Explain with the theory: what was shared, what was "
           "not, and who decides who ends.")}) {
    section.blocks.push_back(Prompt{Prose(question)});
  }
  section.blocks.push_back(
      Heading{"threats", {Plain(std::string(tr("Threats to validity, as questions")))}});
  section.blocks.push_back(Paragraph{{Plain(std::string(
      tr("Each of these comes from something that this run did or did not do. Answer those that "
         "could change a conclusion.")))}});
  for (const std::string& question : Questions(from)) {
    section.blocks.push_back(Prompt{Prose(question)});
  }
  return section;
}

Section Conclusion(const Material& from) {
  const Translator& tr = from.tr;
  Section section{std::string(tr("Conclusion")), {}};
  section.blocks.push_back(Paragraph{{Plain(std::string(
      tr("One sentence for each claim, with its id, its verdict and the bound or the condition. No "
         "sentence says more than its number.")))}});
  for (const Verdict& verdict : from.report.verdicts) {
    section.blocks.push_back(
        Prompt{{Code(verdict.claim), Plain(fmt::format(" ({} {})", wording::Symbol(verdict.outcome),
                                                       NameOf(verdict.outcome)))}});
  }
  return section;
}

Section References(const Material& from) {
  const Translator& tr = from.tr;
  const RunReport& report = from.report;
  Section section{std::string(tr("References")), {}};
  Bullets list{true, {}};
  list.items.push_back({Plain(tr.Format(
      "bulkhead {}: a harness that injects faults into processes and threads. Run {}, {}.",
      report.plan.tool_version, report.plan.run_id, report.plan.started))});
  // A source with all the claims that name it, in the order in which they do.
  std::vector<std::pair<std::string, std::vector<std::string>>> sources;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Claim& claim = wording::ClaimOf(report, i);
    for (const auto& source : claim.sources) {
      if (source.note == "+") continue;
      const std::string line = wording::SourceLine(source, tr);
      const auto found =
          std::ranges::find(sources, line, [](const auto& one) { return one.first; });
      if (found == sources.end()) {
        sources.push_back({line, {claim.id}});
      } else if (found->second.back() != claim.id) {
        found->second.push_back(claim.id);
      }
    }
  }
  for (const auto& [line, claims] : sources) {
    Line item = Prose(Named(claims, tr));
    item.insert(item.begin(), Plain(line + ": "));
    list.items.push_back(std::move(item));
  }
  list.items.push_back({Plain(
      "C. J. Clopper, E. S. Pearson: The use of confidence or fiducial limits illustrated in "
      "the case of the binomial. Biometrika 26 (1934), 404–413.")});
  const bool ratios = std::ranges::any_of(report.plan.claims, [](const Claim& claim) {
    return claim.quantifier == Quantifier::kRatio;
  });
  if (ratios) {
    list.items.push_back({Plain(
        "B. Efron: Bootstrap methods: another look at the jackknife. The Annals of Statistics 7 "
        "(1979), 1–26.")});
  }
  section.blocks.push_back(std::move(list));
  section.blocks.push_back(Prompt{
      {Plain(std::string(tr("Add the textbook, the lecture notes and what else you used.")))}});
  return section;
}

Section Appendix(const Material& from) {
  const Translator& tr = from.tr;
  const RunReport& report = from.report;
  const Redaction redact(report.plan.envelope, from.options.names, tr);
  Section section{std::string(tr("Appendix")), {}};
  section.blocks.push_back(
      Paragraph{Prose(tr("This runs the same plan again, with the same seeds; a place for it is "
                         "named by `-o DIR`:"))});
  section.blocks.push_back(Listing{{redact(RepeatCommand(report.plan))}});
  section.blocks.push_back(Paragraph{Prose(
      tr("This judges the stored evidence again, and writes this report again, without running "
         "anything:"))});
  section.blocks.push_back(
      Listing{{"bulkhead judge " + report.plan.run_id,
               "bulkhead report " + report.plan.run_id + " --format lab -o lab/"}});
  section.blocks.push_back(Accounts(report, tr));
  for (Table table : {Skipped(report, tr), DecidingTrials(report, tr)}) {
    if (!table.rows.empty()) section.blocks.push_back(std::move(table));
  }
  section.blocks.push_back(Digests(report, redact, tr));
  if (!report.leaks.empty()) {
    Bullets leaks;
    for (const Leak& leak : report.leaks) {
      leaks.items.push_back({Code(CellName(leak.cell)), Plain(": " + leak.what)});
    }
    section.blocks.push_back(
        Paragraph{{Plain(std::string(tr("Left behind by trials, then cleaned up:")))}});
    section.blocks.push_back(std::move(leaks));
  }
  if (!report.broken.empty()) {
    Bullets broken;
    for (const BrokenCell& one : report.broken) {
      broken.items.push_back({Code(CellName(one.key)), Plain(": " + std::string(tr(one.why)))});
    }
    section.blocks.push_back(
        Paragraph{{Plain(std::string(tr("Broken, so that nothing can be said:")))}});
    section.blocks.push_back(std::move(broken));
  }
  return section;
}

}  // namespace bulkhead::lab
