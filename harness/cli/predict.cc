// `bulkhead predict`: what somebody expects of claims, written down with its time before the run.
// At a terminal it asks, claim by claim; each answer is kept as soon as it is given, so that an
// interruption loses none.  What is written already is never changed.
//
// Runs in: anywhere.  Starts no unit.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <memory>

#include "harness/base/suggest.h"
#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/lab_sheet.h"
#include "harness/cli/option_values.h"
#include "harness/cli/run_directory.h"
#include "harness/cli/run_options.h"
#include "harness/cli/workbench.h"
#include "harness/model/names.h"
#include "harness/os/file.h"
#include "harness/supervisor/preflight.h"
#include "reports/text.h"
#include "reports/translator.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

struct PredictOptions {
  std::vector<std::string> words;  // claim files, patterns, and ID=VERDICT
  std::string output = kPredictionsName;
  std::string reason;
  std::string student;
  std::string language = "en";
};

struct Answer {
  std::string claim;
  std::optional<Outcome> verdict;
};

// The file of predictions, as it is read and as it grows.
class Notebook {
 public:
  static Expected<Notebook> Open(const std::string& path) {
    Notebook notebook(path);
    std::error_code error;
    const auto text = std::filesystem::exists(path, error)
                          ? ReadIfThere(path, kPredictionsName)
                          : Expected<std::optional<std::string>>(std::string());
    if (!text) return tl::make_unexpected(text.error());
    notebook.text_ = **text;
    if (notebook.text_.empty()) return notebook;
    auto known = ParsePredictions(notebook.text_, path);
    if (!known) return tl::make_unexpected(known.error());
    notebook.known_ = std::move(*known);
    return notebook;
  }

  // What the same person has said of the claim first; nullptr: nothing yet.
  const Prediction* Earlier(const std::string& claim, const std::string& student) const {
    const auto found = std::ranges::find_if(known_, [&](const Prediction& one) {
      return one.claim == claim && one.student == student;
    });
    return found == known_.end() ? nullptr : &*found;
  }

  Expected<void> Add(const Prediction& prediction) {
    text_ = WithPrediction(std::move(text_), prediction);
    known_.push_back(prediction);
    if (auto done = os::WriteFile(path_, text_); !done) {
      return FailUser("-o: " + done.error().message + "; accepted: a place that can be written");
    }
    return {};
  }

 private:
  explicit Notebook(std::string path) : path_(std::move(path)) {}

  std::string path_, text_;
  std::vector<Prediction> known_;
};

Expected<std::vector<Answer>> ParseAnswers(const std::vector<std::string>& words,
                                           const std::vector<Claim>& claims) {
  std::vector<std::string> ids;
  for (const Claim& claim : claims) ids.push_back(claim.id);
  std::vector<Answer> answers;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const std::string id = word.substr(0, equals);
    if (std::ranges::find(ids, id) == ids.end()) {
      return FailUser("no claim \"" + id + "\"" + Accepted(id, ids));
    }
    const auto verdict = ParsePredicted(word.substr(equals + 1));
    if (!verdict) return FailUser(word + ": " + verdict.error().message);
    answers.push_back({id, *verdict});
  }
  return answers;
}

Prediction Now(const PredictOptions& options, const Answer& answer, const std::string& reason) {
  return {answer.claim, answer.verdict, text::OneLine(reason), text::OneLine(options.student),
          TimeStamp()};
}

Expected<int> Record(const PredictOptions& options, const std::vector<Answer>& answers,
                     Notebook& notebook, const Console& console) {
  for (const Answer& answer : answers) {
    if (const Prediction* earlier = notebook.Earlier(answer.claim, options.student)) {
      console.err.Line(
          fmt::format("note: {} was predicted before ({}, {}); that one counts, this "
                      "one is kept beside it",
                      answer.claim, PredictedName(earlier->verdict), earlier->at));
    }
    if (auto done = notebook.Add(Now(options, answer, options.reason)); !done) {
      return tl::make_unexpected(done.error());
    }
  }
  console.out.Line(fmt::format("{} in {}", wording::Counted(answers.size(), "prediction"),
                               text::OneLine(options.output)));
  return kAsExpected;
}

// Asks at the terminal.
class Interview {
 public:
  Interview(const PredictOptions& options, Notebook& notebook, const Stream& out)
      : options_(options),
        notebook_(notebook),
        out_(out),
        tr_(FindLanguage(options.language).value_or(Language::kEnglish)) {}

  Expected<int> Ask(const std::vector<Claim>& claims) {
    out_.Line(
        tr_.FormatPlural("What do you expect to be observed? {} claim, before anything is run.",
                         "What do you expect to be observed? {} claims, before anything is run.",
                         claims.size(), claims.size()));
    for (const auto& [letter, verdict] : kLetters) {
      const std::string_view meaning =
          verdict ? tr_(wording::Meaning(*verdict)) : tr_("you cannot say");
      Show(fmt::format("  {}  {:<11} ", letter, PredictedName(verdict)), meaning);
    }
    out_.Line("  " + std::string(tr_("Enter skips a claim, q ends.")));
    out_.Line("  " +
              tr_.Format("Each answer is kept in {} at once.", text::OneLine(options_.output)));
    std::size_t number = 0;
    for (const Claim& claim : claims) {
      out_.Line(
          fmt::format("\n{}/{} {}", ++number, claims.size(), out_.Paint(Tone::kStrong, claim.id)));
      auto goes_on = AskOne(claim);
      if (!goes_on) return tl::make_unexpected(goes_on.error());
      if (!*goes_on) break;
    }
    out_.Line("\n" + tr_.FormatPlural("{} prediction kept in {}.", "{} predictions kept in {}.",
                                      kept_, kept_, text::OneLine(options_.output)));
    return kAsExpected;
  }

 private:
  using Letter = std::pair<char, std::optional<Outcome>>;
  static constexpr std::array<Letter, 4> kLetters{{{'s', Outcome::kSupported},
                                                   {'r', Outcome::kRefuted},
                                                   {'c', Outcome::kConditional},
                                                   {'n', std::nullopt}}};

  // `first`, and `words` after it, broken below themselves.
  void Show(const std::string& first, std::string_view words) const {
    const std::size_t indent = text::DisplayWidth(first);
    const auto width = static_cast<std::size_t>(out_.Width());
    std::string lead = first;
    for (const std::string& line : text::Wrap(words, width > indent + 20 ? width - indent : 20)) {
      out_.Line(lead + line);
      lead = std::string(indent, ' ');
    }
  }

  // What was typed; nothing at the end of the input.
  std::optional<std::string> Read(std::string_view question) const {
    out_.Write("  " + std::string(question) + " ");
    std::string line;
    if (std::getline(std::cin, line)) return line;
    out_.Line("");
    return std::nullopt;
  }

  // False: no more.
  Expected<bool> AskOne(const Claim& claim) {
    Show("  ", wording::ClaimText(claim, options_.language));
    if (const Prediction* earlier = notebook_.Earlier(claim.id, options_.student)) {
      Show("  ", tr_.Format("You said {} at {}. That one counts; another is kept beside it.",
                            PredictedName(earlier->verdict), earlier->at));
    }
    for (;;) {
      const auto typed = Read("s, r, c, n?");
      if (!typed || *typed == "q") return false;
      if (typed->empty()) return true;
      const auto letter = std::ranges::find(kLetters, typed->front(), &Letter::first);
      if (typed->size() != 1 || letter == kLetters.end()) {
        Show("  ", tr_("One of the letters s, r, c, n; Enter skips, q ends."));
        continue;
      }
      const auto reason = Read(tr_("Why?"));
      const Answer answer{claim.id, letter->second};
      if (auto done = notebook_.Add(Now(options_, answer, reason.value_or(""))); !done) {
        return tl::make_unexpected(done.error());
      }
      ++kept_;
      return reason.has_value();
    }
  }

  const PredictOptions& options_;
  Notebook& notebook_;
  const Stream& out_;
  const Translator tr_;
  std::size_t kept_ = 0;
};

Expected<int> Predict(const PredictOptions& options, const Context& context) {
  std::vector<std::string> selection, given;
  for (const std::string& word : options.words) {
    (word.find('=') == std::string::npos ? selection : given).push_back(word);
  }
  const auto installation = FindInstallation();
  if (!installation) return tl::make_unexpected(installation.error());
  const auto claims = SelectClaims(installation->claim_dir, selection, {});
  if (!claims) return tl::make_unexpected(claims.error());
  const auto answers = ParseAnswers(given, *claims);
  if (!answers) return tl::make_unexpected(answers.error());
  if (answers->empty() && isatty(STDIN_FILENO) == 0) {
    return FailUser("nobody can be asked here; accepted: a terminal, or CLAIM=VERDICT");
  }
  if (answers->empty() && !options.reason.empty()) {
    return FailUser(
        "--reason without CLAIM=VERDICT; accepted: with it, or without --reason to be "
        "asked for one");
  }
  auto notebook = Notebook::Open(options.output);
  if (!notebook) return tl::make_unexpected(notebook.error());
  if (!answers->empty()) return Record(options, *answers, *notebook, context.console);
  return Interview(options, *notebook, context.console.out).Ask(*claims);
}

}  // namespace

Action AddPredict(CLI::App& app) {
  auto options = std::make_shared<PredictOptions>();
  app.add_option("claims", options->words,
                 "claim files or patterns over ids: asks for each, at a terminal; or CLAIM=VERDICT "
                 "with supported, refuted, conditional or not-sure")
      ->type_name("CLAIM");
  AddOption(app, "-o,--output", options->output, ParseText,
            "file to be added to; default: predictions.toml, which `run` takes along")
      ->type_name("FILE");
  AddOption(app, "--reason", options->reason, ParseText, "why, with CLAIM=VERDICT")
      ->type_name("TEXT");
  AddOption(app, "--student", options->student, ParseText, "who predicts")->type_name("NAME");
  AddLanguageOption(app, options->language);
  app.footer(
      "Example: bulkhead predict crash.process-contained=supported --reason \"own address space\"\n"
      "Predictions are never overwritten: of several by one person for a claim the first counts.");
  return [options](const Context& context) { return Predict(*options, context); };
}

}  // namespace bulkhead
