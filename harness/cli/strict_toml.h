// A table of a TOML file, read strictly: a key that nobody asks for, or a value of another type
// than asked for, is a problem with its line.  Problems are collected, so that one reading shows
// them all.
//
// Runs in: supervisor.  A StrictTable borrows the parsed document and the Problems.
#ifndef BULKHEAD_CLI_STRICT_TOML_H_
#define BULKHEAD_CLI_STRICT_TOML_H_

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <vector>

#include "harness/base/error.h"

namespace bulkhead {

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}
  // `what`: what was found; what is accepted.
  void Add(int line, const std::string& what);
  bool empty() const { return problems_.empty(); }
  const std::string& file() const { return file_; }
  // All of them in the order of the file, one per line: "my.toml:3: ...".
  Error ToError() const;

 private:
  struct Problem {
    int line;
    std::string text;
  };
  std::string file_;
  std::vector<Problem> problems_;
};

struct TomlString {
  std::string text;
  int line = 0;
};

class StrictTable {
 public:
  // `where` names the table in messages: "[claim.experiment]".  `keys`: those that it may have.
  StrictTable(const toml::table& table, std::string where, std::vector<std::string> keys,
              Problems& problems, int line = 0);

  int line() const { return line_; }
  int LineOf(const std::string& key) const;
  bool Has(const std::string& key) const { return table_.contains(key); }
  // Missing, and not merely misspelt: what is misspelt has its message already.
  bool Lacks(const std::string& key) const;

  // Empty when the key is missing or its value is a problem, which is then noted.
  std::optional<TomlString> String(const std::string& key) const;
  std::optional<double> Number(const std::string& key) const;
  std::optional<std::int64_t> Integer(const std::string& key) const;
  // A list of distinct, non-empty strings.
  std::vector<TomlString> Strings(const std::string& key) const;
  const toml::table* Table(const std::string& key) const;
  std::vector<const toml::table*> Tables(const std::string& key) const;

  // Notes that something is missing.
  void Miss(const std::string& what, const std::string& accepted) const;
  void Refuse(const std::string& key, const std::string& what) const {
    problems_.Add(LineOf(key), what);
  }

 private:
  const toml::node* Get(const std::string& key, toml::node_type type, const char* accepted) const;

  const toml::table& table_;
  std::string where_;
  Problems& problems_;
  int line_;
  std::vector<std::string> misspelt_;  // what unknown keys were probably meant to be
};

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_STRICT_TOML_H_
