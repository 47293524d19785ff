#include "harness/cli/strict_toml.h"

#include <algorithm>
#include <sstream>

#include "harness/base/suggest.h"

namespace bulkhead {
namespace {

std::string TypeOf(const toml::node& node) {
  std::ostringstream text;
  text << node.type();
  const bool vowel = node.is_array() || node.is_integer();
  return (vowel ? "an " : "a ") + text.str();
}

}  // namespace

void Problems::Add(int line, const std::string& what) { problems_.push_back({line, what}); }

Error Problems::ToError() const {
  std::vector<Problem> sorted = problems_;
  std::ranges::stable_sort(sorted, {}, &Problem::line);
  std::string text;
  for (const Problem& problem : sorted) {
    text += (text.empty() ? "" : "\n") + file_ + ":" + std::to_string(problem.line) + ": " +
            problem.text;
  }
  return {Error::Kind::kUser, text, 0};
}

StrictTable::StrictTable(const toml::table& table, std::string where, std::vector<std::string> keys,
                         Problems& problems, int line)
    : table_(table),
      where_(std::move(where)),
      problems_(problems),
      line_(line > 0 ? line : static_cast<int>(table.source().begin.line)) {
  for (const auto& [key, value] : table) {
    const std::string name(key.str());
    if (std::ranges::find(keys, name) != keys.end()) continue;
    problems_.Add(static_cast<int>(key.source().begin.line),
                  "unknown key \"" + name + "\" in " + where_ + Accepted(name, keys));
    misspelt_.push_back(Nearest(name, keys));
  }
}

int StrictTable::LineOf(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? line_ : static_cast<int>(node->source().begin.line);
}

const toml::node* StrictTable::Get(const std::string& key, toml::node_type type,
                                   const char* accepted) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return nullptr;
  if (node->type() == type) return node;
  problems_.Add(LineOf(key),
                key + " in " + where_ + " is " + TypeOf(*node) + "; accepted: " + accepted);
  return nullptr;
}

std::optional<TomlString> StrictTable::String(const std::string& key) const {
  const toml::node* node = Get(key, toml::node_type::string, "a string");
  if (node == nullptr) return std::nullopt;
  const std::string& text = node->as_string()->get();
  if (text.empty()) {
    Refuse(key, key + " in " + where_ + " is empty; accepted: a string that is not");
    return std::nullopt;
  }
  return TomlString{text, LineOf(key)};
}

std::optional<double> StrictTable::Number(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (node != nullptr && node->is_integer()) {
    return static_cast<double>(node->as_integer()->get());
  }
  node = Get(key, toml::node_type::floating_point, "a number");
  if (node == nullptr) return std::nullopt;
  return node->as_floating_point()->get();
}

std::optional<std::int64_t> StrictTable::Integer(const std::string& key) const {
  const toml::node* node = Get(key, toml::node_type::integer, "an integer");
  if (node == nullptr) return std::nullopt;
  return node->as_integer()->get();
}

std::vector<TomlString> StrictTable::Strings(const std::string& key) const {
  std::vector<TomlString> strings;
  const toml::node* list = Get(key, toml::node_type::array, "a list of strings");
  if (list == nullptr) return strings;
  for (const toml::node& item : *list->as_array()) {
    const int line = static_cast<int>(item.source().begin.line);
    if (!item.is_string() || item.as_string()->get().empty()) {
      problems_.Add(line, key + " in " + where_ + " has " +
                              (item.is_string() ? "an empty string" : TypeOf(item)) +
                              "; accepted: strings that are not empty");
      continue;
    }
    const std::string& text = item.as_string()->get();
    if (std::ranges::find(strings, text, &TomlString::text) != strings.end()) {
      problems_.Add(
          line, key + " in " + where_ + " names \"" + text + "\" twice; accepted: each name once");
      continue;
    }
    strings.push_back({text, line});
  }
  return strings;
}

const toml::table* StrictTable::Table(const std::string& key) const {
  const toml::node* node = Get(key, toml::node_type::table, "a table");
  return node == nullptr ? nullptr : node->as_table();
}

std::vector<const toml::table*> StrictTable::Tables(const std::string& key) const {
  std::vector<const toml::table*> tables;
  const std::string accepted = "tables, each under [[" + key + "]]";
  const toml::node* list = Get(key, toml::node_type::array, accepted.c_str());
  if (list == nullptr) return tables;
  for (const toml::node& item : *list->as_array()) {
    if (const toml::table* table = item.as_table()) {
      tables.push_back(table);
    } else {
      problems_.Add(static_cast<int>(item.source().begin.line),
                    key + " in " + where_ + " has " + TypeOf(item) + "; accepted: " + accepted);
    }
  }
  return tables;
}

bool StrictTable::Lacks(const std::string& key) const {
  return !Has(key) && std::ranges::find(misspelt_, key) == misspelt_.end();
}

void StrictTable::Miss(const std::string& what, const std::string& accepted) const {
  problems_.Add(line_, where_ + " has no " + what + "; accepted: " + accepted);
}

}  // namespace bulkhead
