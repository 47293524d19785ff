#include "harness/cli/lab_sheet.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "harness/base/digest.h"
#include "harness/base/suggest.h"
#include "harness/cli/language_option.h"
#include "harness/cli/option_values.h"
#include "harness/cli/run_directory.h"
#include "harness/cli/strict_toml.h"
#include "harness/model/names.h"
#include "harness/os/file.h"
#include "reports/text.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = 4u << 20;
constexpr char kNotSure[] = "not-sure";

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

void ReadSchema(const StrictTable& file) {
  if (file.Lacks("schema")) return file.Miss("schema", "schema = 1");
  const auto schema = file.Integer("schema");
  if (schema && *schema != 1) {
    file.Refuse("schema", "schema is " + std::to_string(*schema) + "; accepted: 1");
  }
}

// `read` makes a T of the root table and notes its problems.
template <typename T, typename Read>
Expected<T> ParseStrictly(std::string_view text, const std::string& path, Read read) {
  try {
    const toml::table root = toml::parse(text, path);
    Problems problems(path);
    T value = read(root, problems);
    if (!problems.empty()) return tl::make_unexpected(problems.ToError());
    return value;
  } catch (const toml::parse_error& error) {
    return FailUser(path + ":" + std::to_string(error.source().begin.line) +
                    ": not TOML: " + std::string(error.description()) + "; accepted: TOML 1.0");
  }
}

// "2026-11-21T10:00:32Z": that form alone, so that times compare as texts do.
bool IsTimeStamp(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  return text.size() == kForm.size() && std::ranges::equal(text, kForm, [](char c, char form) {
           return form == 'd' ? std::isdigit(static_cast<unsigned char>(c)) != 0 : c == form;
         });
}

LabAuthor ReadAuthor(const toml::table& node, Problems& problems) {
  const StrictTable table(node, "[[author]]", {"name", "id"}, problems);
  LabAuthor author;
  if (table.Lacks("name")) table.Miss("name", "the name of an author");
  if (const auto name = table.String("name")) author.name = name->text;
  if (const auto id = table.String("id")) author.id = id->text;
  return author;
}

Prediction ReadPrediction(const toml::table& node, Problems& problems) {
  const StrictTable table(node, "[[prediction]]", {"claim", "verdict", "reason", "student", "at"},
                          problems);
  Prediction prediction;
  if (table.Lacks("claim")) table.Miss("claim", "the id of a claim");
  if (const auto claim = table.String("claim")) prediction.claim = claim->text;
  if (table.Lacks("verdict")) table.Miss("verdict", "supported, refuted, conditional or not-sure");
  if (const auto word = table.String("verdict")) {
    auto verdict = ParsePredicted(word->text);
    if (verdict) {
      prediction.verdict = *verdict;
    } else {
      problems.Add(word->line, verdict.error().message);
    }
  }
  if (const auto reason = table.String("reason")) prediction.reason = reason->text;
  if (const auto student = table.String("student")) prediction.student = student->text;
  if (table.Lacks("at")) table.Miss("at", "when it was entered, as \"2026-11-21T10:00:32Z\"");
  if (const auto at = table.String("at")) {
    prediction.at = at->text;
    if (!IsTimeStamp(prediction.at)) {
      table.Refuse("at", "at is " + Quoted(prediction.at) +
                             "; accepted: a time in UTC, as \"2026-11-21T10:00:32Z\"");
    }
  }
  return prediction;
}

// A TOML string on one line: what text::OneLine leaves needs no escape but these two.
std::string TomlText(const std::string& text) {
  std::string out = "\"";
  for (const char c : text::OneLine(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

Expected<LabSheet> ParseLabSheet(std::string_view text, const std::string& path) {
  return ParseStrictly<LabSheet>(text, path, [](const toml::table& root, Problems& problems) {
    const StrictTable file(root, "the file",
                           {"schema", "title", "course", "institution", "group", "author",
                            "instructor", "date", "language", "objective", "theory", "keywords"},
                           problems, 1);
    ReadSchema(file);
    LabSheet sheet;
    for (const auto& [key, value] :
         {std::pair{"title", &sheet.title}, std::pair{"course", &sheet.course},
          std::pair{"institution", &sheet.institution}, std::pair{"group", &sheet.group},
          std::pair{"instructor", &sheet.instructor}, std::pair{"date", &sheet.date},
          std::pair{"objective", &sheet.objective}}) {
      if (const auto found = file.String(key)) *value = found->text;
    }
    if (const auto language = file.String("language")) {
      if (const auto known = ParseLanguage(language->text)) {
        sheet.language = CodeOf(*known);
      } else {
        problems.Add(language->line, "language: " + known.error().message);
      }
    }
    for (const TomlString& one : file.Strings("theory")) sheet.theory.push_back(one.text);
    for (const TomlString& one : file.Strings("keywords")) sheet.keywords.push_back(one.text);
    for (const toml::table* author : file.Tables("author")) {
      sheet.authors.push_back(ReadAuthor(*author, problems));
    }
    return sheet;
  });
}

Expected<std::vector<Prediction>> ParsePredictions(std::string_view text, const std::string& path) {
  return ParseStrictly<std::vector<Prediction>>(
      text, path, [](const toml::table& root, Problems& problems) {
        const StrictTable file(root, "the file", {"schema", "prediction"}, problems, 1);
        ReadSchema(file);
        std::vector<Prediction> predictions;
        for (const toml::table* one : file.Tables("prediction")) {
          predictions.push_back(ReadPrediction(*one, problems));
        }
        return predictions;
      });
}

Expected<std::optional<std::string>> ReadIfThere(const std::string& path, const char* usual_name) {
  std::error_code error;
  if (path.empty() && !fs::exists(usual_name, error)) return std::optional<std::string>();
  const std::string file = path.empty() ? usual_name : path;
  if (!fs::exists(file, error)) {
    return FailUser(file + ": no such file; accepted: the path of a TOML file");
  }
  auto text = os::ReadFile(file, kLargestFile);
  if (!text) return FailUser(text.error().message + "; accepted: a TOML file that can be read");
  return std::optional<std::string>(std::move(*text));
}

std::string WithPrediction(std::string text, const Prediction& prediction) {
  if (text.empty()) {
    text =
        "# What was expected, and when: `bulkhead predict` adds to it, `bulkhead run` takes it "
        "along.\nschema = 1\n";
  }
  if (!text.ends_with('\n')) text += '\n';
  text += "\n[[prediction]]\nclaim = " + TomlText(prediction.claim) + "\nverdict = \"" +
          std::string(PredictedName(prediction.verdict)) + "\"\n";
  if (!prediction.reason.empty()) text += "reason = " + TomlText(prediction.reason) + "\n";
  if (!prediction.student.empty()) text += "student = " + TomlText(prediction.student) + "\n";
  return text + "at = " + TomlText(prediction.at) + "\n";
}

Expected<std::optional<Outcome>> ParsePredicted(const std::string& word) {
  std::vector<std::pair<std::string, std::optional<Outcome>>> words;
  for (const Outcome outcome : {Outcome::kSupported, Outcome::kRefuted, Outcome::kConditional}) {
    words.emplace_back(NameOf(outcome), outcome);
  }
  words.emplace_back(kNotSure, std::nullopt);
  return ParseWord<std::optional<Outcome>>(word, words);
}

std::string_view PredictedName(const std::optional<Outcome>& verdict) {
  return verdict ? NameOf(*verdict) : kNotSure;
}

void AddLabOptions(CLI::App& app, LabOptions& options, const char* usual_predictions) {
  options.app = &app;
  AddOption(app, "--lab", options.sheet, ParseText,
            "title, authors and objective of a lab report; default: lab.toml, if it is here")
      ->type_name("FILE");
  AddOption(app, "--predictions", options.predictions, ParseText,
            std::string("what was expected (`bulkhead predict`); default: ") + usual_predictions)
      ->type_name("FILE");
}

bool AnyLab(const std::vector<const Writer*>& writers) {
  return std::ranges::any_of(writers,
                             [](const Writer* writer) { return writer->name.starts_with("lab"); });
}

Expected<LabSheet> ReadLabSheet(const LabOptions& options, std::string& note) {
  const auto text = ReadIfThere(options.sheet, kLabName);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) {
    note = "there is no lab.toml here: title, authors and objective are left to be filled in";
    return LabSheet{};
  }
  if (options.sheet.empty()) note = "title, authors and objective are those of ./lab.toml";
  auto sheet = ParseLabSheet(**text, options.sheet.empty() ? kLabName : options.sheet);
  const bool asked = options.app != nullptr && options.app->count("--lang") > 0;
  if (sheet && asked) sheet->language.clear();
  return sheet;
}

Expected<void> AddPredictions(const LabOptions& options, const std::string& journal,
                              LabSheet& sheet) {
  const fs::path directory = fs::path(journal).parent_path();
  const std::string kept = (directory / kPredictionsName).string();
  const bool own = options.predictions.empty();
  std::error_code error;
  if (own && !fs::exists(kept, error)) return {};
  const std::string path = own ? kept : options.predictions;
  const auto text = ReadIfThere(path, kPredictionsName);
  if (!text) return tl::make_unexpected(text.error());
  auto predictions = ParsePredictions(**text, path);
  if (!predictions) return tl::make_unexpected(predictions.error());
  sheet.predictions = std::move(*predictions);
  // The manifest lists the digests of the files that the run left.  One without it was cut short.
  const auto manifest = os::ReadFile((directory / kManifestName).string(), kLargestFile);
  sheet.predictions_changed =
      manifest && manifest->find(Hex(DigestOf({**text}))) == std::string::npos;
  return {};
}

}  // namespace bulkhead
