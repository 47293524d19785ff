// In the language "pseudo" every message has letters that no other text has, and what is foreign in
// the sample becomes Greek here: an English word that is left was forgotten.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "harness/model/names.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

// Whose texts do not pass through a translator yet, each with the reason.  Take a name out to see
// what is missing.
const std::set<std::string_view> kNotYet{
    "lab-latex",  // says what lab-html says, among the commands of LaTeX
};

void Greek(std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) {
      out += "λ";
    } else {
      out += c;
    }
  }
  text = out;
}
void Greek(Message& message) {
  std::string text = message.English();
  Greek(text);
  message = text;
}
void Greek(CellKey& cell) { Greek(cell.scenario); }

void Greek(Trial& trial) {
  Greek(trial.plan.cell);
  Greek(trial.output);
  Greek(trial.trouble);
  for (Observation& seen : trial.observations) {
    if (auto* reading = std::get_if<Reading>(&seen.event)) Greek(reading->name);
    if (auto* region = std::get_if<Region>(&seen.event)) Greek(region->name);
    if (auto* samples = std::get_if<Samples>(&seen.event)) Greek(samples->name);
    if (auto* sent = std::get_if<SignalSent>(&seen.event)) Greek(sent->why);
    if (auto* garbage = std::get_if<Garbage>(&seen.event)) Greek(garbage->what);
  }
}

void Greek(RunPlan& plan) {
  for (std::string* text : {&plan.run_id, &plan.command_line, &plan.started, &plan.profile}) {
    Greek(*text);
  }
  for (Claim& claim : plan.claims) {
    Greek(claim.id);
    Greek(claim.file);
    for (auto& [language, text] : claim.text) Greek(text);
    for (auto& [language, text] : claim.rationale) Greek(text);
    for (Source& source : claim.sources) Greek(source.note), Greek(source.where);
    for (std::string& tag : claim.experiment.tags) Greek(tag);
    if (!claim.experiment.ratio) continue;
    Greek(claim.experiment.ratio->numerator);
    Greek(claim.experiment.ratio->denominator);
  }
  for (Scenario& scenario : plan.scenarios) {
    Greek(scenario.manifest.name);
    for (std::string& tag : scenario.manifest.tags) Greek(tag);
  }
  for (PlannedCell& cell : plan.cells) Greek(cell.key), Greek(cell.not_applicable);
  for (EnvelopeField& field : plan.envelope.fields) {
    Greek(field.value);
    // Keys are names; that they name a host or a person is what hides them.
    if (!field.key.starts_with("host") && !field.key.starts_with("user")) Greek(field.key);
  }
  for (std::string& what : plan.cleaned_up) Greek(what);
  plan.blind = {"λ"};
}

RunReport Foreign() {
  RunReport report = sample::Sample();
  Greek(report.plan);
  for (Verdict& verdict : report.verdicts) {
    Greek(verdict.claim);
    Greek(verdict.sentence);
    for (Message& where : verdict.holds_in) Greek(where);
    for (Message& where : verdict.fails_in) Greek(where);
    for (CellResult& cell : verdict.cells) {
      Greek(cell.cell);
      Greek(cell.reason);
      Greek(cell.no_fault.first_failure);
      Greek(cell.positive.first_failure);
      for (SeriesResult& series : cell.series) Greek(series.name);
    }
  }
  for (BrokenCell& broken : report.broken) Greek(broken.key), Greek(broken.why);
  for (Leak& leak : report.leaks) Greek(leak.cell), Greek(leak.what);
  for (auto& [id, trial] : report.decisive) Greek(trial);
  Greek(report.journal_digest);
  std::map<std::string, std::uint64_t> skipped;
  for (const auto& [reason, trials] : report.end.accounting.skipped_because) {
    std::string greek = reason;
    Greek(greek);
    skipped[greek] += trials;
  }
  report.end.accounting.skipped_because = skipped;
  return report;
}

// Words that are the same in every language: they are typed, stored, or units of measurement.
std::set<std::string> Allowed() {
  std::set<std::string> words{"bulkhead", "explain",  "doctor",   "judge",   "run",      "results",
                              "json",                              // commands
                              "CLAIM",    "RUN",      "SCENARIO",  //
                              "n",        "k",        "s",        "d",       "m",        "q",
                              "o",  // columns
                              "x",        "ns",       "ms",       "min",     "h",        "b",
                              "en",       "id",       "pt",       "tid",     "pid",      "si",
                              "code",     "KERNEL",   "MAPERR",   "ADRERR",  // of the kernel
                              "SEGV",     "BUS",      "Trials",   "planned", "executed", "skipped",
                              "broken",  // accounting
                              "abort",    "signaled", "exited",   "intact",  "corrupt",  "process",
                              "fault",  // fates
                              "S",        "CPU"};
  const auto add = [&](std::string_view name) {
    std::string word;
    for (const char c : std::string(name) + " ") {
      if (std::isalpha(static_cast<unsigned char>(c))) {
        word += c;
      } else if (!word.empty()) {
        words.insert(std::exchange(word, ""));
      }
    }
  };
  for (const auto& n : NamesOf<Outcome>()) add(n.name);
  for (const auto& n : NamesOf<Outcome>()) {
    std::string upper(n.name);
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    add(upper);
  }
  for (const auto& n : NamesOf<Finding>()) add(n.name);
  for (const auto& n : NamesOf<Quantifier>()) add(n.name);
  for (const auto& n : NamesOf<CellState>()) add(n.name);
  for (const auto& n : NamesOf<Arm>()) add(n.name);
  for (const auto& n : NamesOf<Hit>()) add(n.name);
  for (const VehicleTraits& vehicle : AllVehicles()) add(vehicle.name);
  for (int signal = 1; signal < 32; ++signal) add(SignalName(signal));
  return words;
}

// Without what is markup: tags, style sheets, where links lead, entities, what stands in code.
std::string WithoutMarkup(const std::string& document) {
  std::string out;
  const auto skip = [&](std::size_t at, std::string_view end) {
    const std::size_t found = document.find(end, at);
    return found == std::string::npos ? document.size() - 1 : found + end.size() - 1;
  };
  for (std::size_t at = 0; at < document.size(); ++at) {
    const std::string_view rest = std::string_view(document).substr(at);
    if (rest.starts_with("<style")) {
      at = skip(at, "</style>");
    } else if (rest.starts_with('`') && rest.find('`', 1) < rest.find('\n')) {
      at = skip(at + 1, "`");
    } else if (rest.starts_with("<code")) {
      at = skip(at, "</code>");
    } else if (rest.starts_with("<pre")) {
      at = skip(at, "</pre>");
    } else if (rest.starts_with('<') && rest.size() > 1 &&
               (std::isalpha(static_cast<unsigned char>(rest[1])) || rest[1] == '/' ||
                rest[1] == '!')) {
      at = skip(at, ">");
      out += ' ';
    } else if (rest.starts_with("](")) {
      at = skip(at, ")");
    } else if (rest.starts_with('&')) {
      at = skip(at, ";");
    } else {
      out += document[at];
    }
  }
  return out;
}

// Literature stands as it was printed.
bool IsReference(std::string_view line) {
  return line.find("Biometrika") != line.npos || line.find("The Annals of") != line.npos;
}

// Each English word that is left, with the line that it stands in.
std::vector<std::string> Forgotten(const std::string& document) {
  static const std::set<std::string> kAllowed = Allowed();
  std::vector<std::string> forgotten;
  std::string word, line;
  const std::string text = WithoutMarkup(document) + "\n";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (std::isalpha(static_cast<unsigned char>(c))) {
      word += c;
      continue;
    }
    // Hexadecimal numbers begin with a digit.
    const bool number =
        at > word.size() && std::isdigit(static_cast<unsigned char>(text[at - word.size() - 1]));
    const bool option = std::string_view(text).substr(0, at - word.size()).ends_with("--");
    if (!word.empty() && !number && !option && !kAllowed.contains(word)) {
      const std::size_t from = text.rfind('\n', at - 1) + 1;
      const std::string whole = text.substr(from, text.find('\n', at) - from);
      if (!IsReference(whole)) forgotten.push_back(word + ": " + whole);
    }
    word.clear();
  }
  return forgotten;
}

class EachForPeople : public ::testing::TestWithParam<const Writer*> {};

std::vector<const Writer*> ForPeople() {
  std::vector<const Writer*> all;
  for (const Writer& writer : Writers()) {
    if (writer.for_people) all.push_back(&writer);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Writers, EachForPeople, ::testing::ValuesIn(ForPeople()),
                         [](const auto& info) {
                           std::string name(info.param->name);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST_P(EachForPeople, SaysNothingThatDidNotPassTheTranslator) {
  if (kNotYet.contains(GetParam()->name)) GTEST_SKIP() << "named in kNotYet";
  WriteOptions options;
  options.language = "pseudo";
  options.verbose = true;
  for (const bool cut_off : {false, true}) {
    RunReport report = Foreign();
    report.complete = !cut_off;
    const Document document = GetParam()->write(report, options);
    EXPECT_THAT(Forgotten(document.text), testing::IsEmpty());
    EXPECT_THAT(document.text, testing::HasSubstr("⟦"));
    for (const File& file : document.beside) {
      EXPECT_THAT(Forgotten(file.bytes), testing::IsEmpty()) << file.name;
    }
  }
}

TEST_P(EachForPeople, NumbersHaveTheSignsOfTheLanguage) {
  if (kNotYet.contains(GetParam()->name)) GTEST_SKIP() << "named in kNotYet";
  RunReport report = Foreign();
  report.verdicts[0].counted = 14352;
  const std::string document = GetParam()->write(report, {.language = "pseudo"}).text;
  EXPECT_THAT(document, testing::HasSubstr("14\u202f352"));
  EXPECT_THAT(document, testing::HasSubstr("7,42 (7,10–7,80)"));
  EXPECT_THAT(document, testing::Not(testing::HasSubstr("14,352")));
}

TEST(Pseudo, WhatWasForgottenIsFound) {
  EXPECT_THAT(Forgotten("⟦ťřïáļ⟧ 0x5eed supported λλλ"), testing::IsEmpty());
  EXPECT_THAT(Forgotten("⟦ťřïáļ⟧\nand a word\n"), testing::Contains("word: and a word"));
}

}  // namespace
}  // namespace bulkhead
