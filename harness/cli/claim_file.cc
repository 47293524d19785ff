#include "harness/cli/claim_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "harness/base/suggest.h"
#include "harness/cli/strict_toml.h"
#include "harness/model/names.h"

namespace bulkhead {
namespace {

constexpr std::int64_t kSchema = 1;
constexpr std::uintmax_t kLargestFile = 4u << 20;
const std::vector<std::string> kLanguages{"en", "id", "pt"};

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

// Lower-case words with dashes, separated by dots: "crash.process-contained".
bool IsId(std::string_view text) {
  bool word_before = false;
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word && !((c == '-' || c == '.') && word_before)) return false;
    word_before = word;
  }
  return word_before;
}

// BCP 47; only the language itself decides, "pt-BR" is Portuguese.
bool IsLanguage(const std::string& tag) {
  return std::ranges::find(kLanguages, tag.substr(0, tag.find('-'))) != kLanguages.end();
}

template <typename Enum>
std::optional<Enum> ReadEnum(const StrictTable& table, const std::string& key, const char* noun,
                             Problems& problems) {
  const auto value = table.String(key);
  if (!value) return std::nullopt;
  const auto found = Find<Enum>(value->text);
  if (!found) {
    problems.Add(value->line, std::string("unknown ") + noun + " " + Quoted(value->text) +
                                  Accepted(value->text, AllNames<Enum>()));
  }
  return found;
}

std::vector<std::string> Texts(const std::vector<TomlString>& strings) {
  std::vector<std::string> texts;
  for (const TomlString& string : strings) texts.push_back(string.text);
  return texts;
}

class Reader {
 public:
  explicit Reader(std::string path) : problems_(std::move(path)) {}

  Expected<std::vector<Claim>> Read(const toml::table& root) {
    const StrictTable file(root, "the file", {"schema", "claim"}, problems_, 1);
    if (file.Lacks("schema")) {
      file.Miss("schema", "schema = 1");
    } else if (const auto schema = file.Integer("schema"); schema && *schema != kSchema) {
      file.Refuse("schema", "schema is " + std::to_string(*schema) + "; accepted: 1");
    }
    std::vector<Claim> claims;
    if (file.Lacks("claim")) file.Miss("claim", "at least one [[claim]]");
    for (const toml::table* table : file.Tables("claim")) claims.push_back(ReadClaim(*table));
    if (!problems_.empty()) return tl::make_unexpected(problems_.ToError());
    return claims;
  }

 private:
  Claim ReadClaim(const toml::table& node) {
    const StrictTable table(node, "[[claim]]",
                            {"id", "quantifier", "text", "original", "rationale", "target",
                             "expect", "source", "experiment"},
                            problems_);
    Claim claim;
    claim.file = problems_.file();
    claim.line = table.line();
    ReadId(table, claim);
    if (table.Lacks("quantifier")) table.Miss("quantifier", "always, may or ratio");
    const auto quantifier = ReadEnum<Quantifier>(table, "quantifier", "quantifier", problems_);
    claim.quantifier = quantifier.value_or(Quantifier::kAlways);
    ReadSources(table, claim);
    ReadTexts(table, claim);
    ReadRationale(node, table, claim);
    // Without a quantifier nothing that depends on it can be said.
    if (quantifier) ReadJudgement(table, claim);
    if (table.Lacks("experiment")) {
      table.Miss("[claim.experiment]", "a table with scenarios and vehicles");
    } else if (const toml::table* experiment = table.Table("experiment")) {
      ReadExperiment(*experiment, claim, quantifier.has_value());
    }
    return claim;
  }

  void ReadId(const StrictTable& table, Claim& claim) {
    if (table.Lacks("id")) return table.Miss("id", "lower-case words, dots and dashes");
    const auto id = table.String("id");
    if (!id) return;
    claim.id = id->text;
    if (!IsId(claim.id)) {
      table.Refuse("id", "id " + Quoted(claim.id) +
                             "; accepted: lower-case words, dots and dashes, as in "
                             "\"crash.process-contained\"");
    }
    const auto [first, is_new] = ids_.try_emplace(claim.id, id->line);
    if (!is_new) {
      table.Refuse("id", "id " + Quoted(claim.id) + " is that of line " +
                             std::to_string(first->second) + " again; accepted: each id once");
    }
  }

  void ReadTexts(const StrictTable& table, Claim& claim) {
    if (table.Lacks("text")) return table.Miss("text", "text.en, text.id or text.pt");
    const toml::table* node = table.Table("text");
    if (node == nullptr) return;
    const StrictTable texts(*node, "text", kLanguages, problems_, table.LineOf("text"));
    int first_line = 0;
    std::string first;
    for (const std::string& language : kLanguages) {
      const auto text = texts.String(language);
      if (!text) continue;
      claim.text[language] = text->text;
      if (first.empty() || text->line < first_line) {
        first = language;
        first_line = text->line;
      }
    }
    if (node->empty()) texts.Refuse("text", "text is empty; accepted: text.en, text.id or text.pt");
    const std::string source_language =
        claim.sources.empty() ? "" : claim.sources[0].language.substr(0, 2);
    claim.original = claim.text.contains(source_language) ? source_language : first;
    const auto original = table.String("original");
    if (!original) return;
    claim.original = original->text;
    if (claim.text.contains(claim.original)) return;
    std::vector<std::string> written;
    for (const auto& [language, text] : claim.text) written.push_back(language);
    table.Refuse("original", "original is " + Quoted(claim.original) + ", a language without text" +
                                 Accepted(claim.original, written));
  }

  // Either in English alone, or by language.
  void ReadRationale(const toml::table& node, const StrictTable& table, Claim& claim) {
    if (!node["rationale"].is_table()) {
      if (const auto english = table.String("rationale")) claim.rationale["en"] = english->text;
      return;
    }
    const StrictTable texts(*node["rationale"].as_table(), "rationale", kLanguages, problems_,
                            table.LineOf("rationale"));
    for (const std::string& language : kLanguages) {
      if (const auto text = texts.String(language)) claim.rationale[language] = text->text;
    }
  }

  void ReadSources(const StrictTable& table, Claim& claim) {
    for (const toml::table* node : table.Tables("source")) {
      const StrictTable entry(*node, "[[claim.source]]", {"note", "file", "language", "where"},
                              problems_);
      Source source;
      if (entry.Lacks("note")) entry.Miss("note", "the name of a note, or \"+\"");
      if (const auto note = entry.String("note")) source.note = note->text;
      if (const auto file = entry.String("file")) source.file = file->text;
      if (const auto where = entry.String("where")) source.where = where->text;
      if (const auto language = entry.String("language")) {
        source.language = language->text;
        if (!IsLanguage(source.language)) {
          entry.Refuse("language", "unknown language " + Quoted(source.language) +
                                       Accepted(source.language, kLanguages));
        }
      }
      claim.sources.push_back(std::move(source));
    }
  }

  void ReadJudgement(const StrictTable& table, Claim& claim) {
    if (table.Has("target") && claim.quantifier != Quantifier::kAlways) {
      table.Refuse("target", "a target for quantifier " + QuantifierName(claim) +
                                 "; accepted: only for \"always\"");
    } else if (const auto target = table.Number("target")) {
      claim.target = *target;
      if (!(claim.target > 0.0 && claim.target < 1.0)) {
        table.Refuse("target", "target is out of range; accepted: a rate above 0 and below 1");
      }
    }
    claim.expect = ReadEnum<Outcome>(table, "expect", "outcome", problems_);
    if (claim.quantifier == Quantifier::kMay && claim.expect == Outcome::kRefuted) {
      table.Refuse("expect",
                   "\"refuted\" is expected of quantifier \"may\", which testing cannot "
                   "refute; accepted: supported, inconclusive, not-applicable, broken");
    }
  }

  void ReadExperiment(const toml::table& node, Claim& claim, bool quantifier_known) {
    const StrictTable table(
        node, "[claim.experiment]",
        {"tags", "names", "except", "vehicles", "violation", "witness", "readings", "ratio"},
        problems_);
    Experiment& experiment = claim.experiment;
    experiment.tags = Texts(table.Strings("tags"));
    experiment.names = Texts(table.Strings("names"));
    experiment.readings = Texts(table.Strings("readings"));
    // A list of another type is told of as such, not as missing.
    const auto empty = [&](const char* key) {
      const toml::array* list = node[key].as_array();
      return table.Lacks(key) || (list != nullptr && list->empty());
    };
    if (empty("tags") && empty("names")) {
      table.Miss("scenarios", "tags = [...] or names = [...], not empty");
    }
    for (const TomlString& name : table.Strings("except")) {
      experiment.except.push_back(name.text);
      if (std::ranges::find(experiment.names, name.text) == experiment.names.end()) continue;
      problems_.Add(name.line, "scenario " + Quoted(name.text) +
                                   " is both in names and in except; accepted: one of them");
    }
    for (const TomlString& name : table.Strings("vehicles")) {
      if (const auto vehicle = FindVehicle(name.text)) {
        experiment.vehicles.push_back(*vehicle);
      } else {
        problems_.Add(name.line,
                      "unknown vehicle " + Quoted(name.text) + Accepted(name.text, VehicleNames()));
      }
    }
    if (empty("vehicles")) table.Miss("vehicles", "vehicles = [...], not empty");
    if (quantifier_known) ReadQuestion(table, claim);
  }

  // What is looked for: `violation` for always, `witness` for may, [ratio] for ratio.
  void ReadQuestion(const StrictTable& table, Claim& claim) {
    struct Key {
      const char* name;
      Quantifier of;
    };
    for (const Key key : {Key{"violation", Quantifier::kAlways}, Key{"witness", Quantifier::kMay},
                          Key{"ratio", Quantifier::kRatio}}) {
      if (key.of == claim.quantifier) {
        if (table.Lacks(key.name)) {
          table.Miss(key.of == Quantifier::kRatio ? "[claim.experiment.ratio]" : key.name,
                     key.of == Quantifier::kRatio ? "a table with numerator and denominator"
                                                  : "one of " + FindingNames());
        }
      } else if (table.Has(key.name)) {
        table.Refuse(key.name, std::string(key.name) + " with quantifier " + QuantifierName(claim) +
                                   "; accepted: only with \"" + std::string(NameOf(key.of)) + "\"");
      }
    }
    if (claim.quantifier == Quantifier::kRatio) {
      if (table.Has("readings")) {
        table.Refuse("readings",
                     "readings with quantifier \"ratio\"; accepted: the sample series "
                     "named in [claim.experiment.ratio]");
      }
      if (const toml::table* ratio = table.Table("ratio")) {
        claim.experiment.ratio = ReadRatio(*ratio);
      }
      return;
    }
    const char* key = claim.quantifier == Quantifier::kAlways ? "violation" : "witness";
    if (const auto finding = ReadEnum<Finding>(table, key, "finding", problems_)) {
      claim.experiment.finding = *finding;
    }
  }

  RatioSpec ReadRatio(const toml::table& node) {
    const StrictTable table(node, "[claim.experiment.ratio]", {"numerator", "denominator", "than"},
                            problems_);
    RatioSpec ratio;
    for (const auto& [key, value] :
         {std::pair{"numerator", &ratio.numerator}, std::pair{"denominator", &ratio.denominator}}) {
      if (table.Lacks(key)) table.Miss(key, "the name of a sample series");
      if (const auto series = table.String(key)) *value = series->text;
    }
    if (!ratio.numerator.empty() && ratio.numerator == ratio.denominator) {
      table.Refuse("denominator", "denominator is the numerator, " + Quoted(ratio.numerator) +
                                      "; accepted: another series");
    }
    if (const auto than = table.Number("than")) ratio.than = *than;
    if (!(ratio.than > 0.0 && ratio.than < 1e9)) {
      table.Refuse("than", "than is out of range; accepted: a number above 0");
    }
    return ratio;
  }

  static std::string QuantifierName(const Claim& claim) {
    return Quoted(std::string(NameOf(claim.quantifier)));
  }

  static std::string FindingNames() {
    std::string text;
    for (const std::string& name : AllNames<Finding>()) text += (text.empty() ? "" : ", ") + name;
    return text;
  }

  Problems problems_;
  std::map<std::string, int> ids_;  // where each was first seen
};

std::vector<std::string> ClaimFilesIn(const std::filesystem::path& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

Expected<std::vector<Claim>> ParseClaims(std::string_view text, const std::string& path) {
  try {
    const toml::table root = toml::parse(text, path);
    return Reader(path).Read(root);
  } catch (const toml::parse_error& error) {
    return FailUser(path + ":" + std::to_string(error.source().begin.line) +
                    ": not TOML: " + std::string(error.description()) +
                    "; accepted: TOML 1.0 (scenarios/README.md)");
  }
}

Expected<std::vector<Claim>> ReadClaimFile(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    std::filesystem::path directory = std::filesystem::path(path).parent_path();
    const auto siblings = ClaimFilesIn(directory.empty() ? "." : directory);
    std::vector<std::string> names;  // spelt as `path` is
    for (const std::string& sibling : siblings) {
      names.push_back((directory / std::filesystem::path(sibling).filename()).string());
    }
    const std::string nearest = Nearest(path, names);
    return FailUser(path + ": no such claim file; accepted: the path of a TOML file" +
                    (nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)"));
  }
  if (!std::filesystem::is_regular_file(status)) {
    return FailUser(path + ": not a regular file; accepted: the path of a TOML file");
  }
  if (std::filesystem::file_size(path, error) > kLargestFile) {
    return FailUser(path + ": larger than 4 MiB; accepted: a claim file");
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.good() && !file.eof()) {
    return FailUser(path + ": cannot be read; accepted: a readable TOML file");
  }
  return ParseClaims(text, path);
}

Expected<std::vector<Claim>> ReadClaimDirectory(const std::string& directory) {
  std::vector<Claim> all;
  for (const std::string& file : ClaimFilesIn(directory)) {
    auto claims = ReadClaimFile(file);
    if (!claims) return claims;
    std::ranges::move(*claims, std::back_inserter(all));
  }
  if (all.empty()) return Fail(directory + ": no claim file here; is the installation complete?");
  if (auto distinct = CheckDistinct(all); !distinct) return tl::make_unexpected(distinct.error());
  return all;
}

int LineOfEntry(const Claim& claim, const std::string& entry) {
  try {
    const toml::table root = toml::parse_file(claim.file);
    const toml::array* claims = root["claim"].as_array();
    for (std::size_t i = 0; claims != nullptr && i < claims->size(); ++i) {
      const toml::table* table = (*claims)[i].as_table();
      if (table == nullptr || (*table)["id"].value_or(std::string_view()) != claim.id) continue;
      for (const char* key : {"tags", "names", "except"}) {
        const toml::array* list = (*table)["experiment"][key].as_array();
        for (std::size_t j = 0; list != nullptr && j < list->size(); ++j) {
          const toml::node& node = (*list)[j];
          if (node.value_or(std::string_view()) == entry) {
            return static_cast<int>(node.source().begin.line);
          }
        }
      }
    }
  } catch (const toml::parse_error&) {  // changed since it was read
  }
  return claim.line;
}

Expected<void> CheckDistinct(const std::vector<Claim>& claims) {
  std::map<std::string, const Claim*> seen;
  for (const Claim& claim : claims) {
    const auto [first, is_new] = seen.try_emplace(claim.id, &claim);
    if (is_new) continue;
    return FailUser(claim.file + ":" + std::to_string(claim.line) + ": id \"" + claim.id +
                    "\" is that of " + first->second->file + ":" +
                    std::to_string(first->second->line) + " again; accepted: each id once");
  }
  return {};
}

}  // namespace bulkhead
