// The laws of the tree (DESIGN section 5): who may include whom, what only one place may touch,
// what every header says.  They are read off the sources, so that no build setting can hide a
// violation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/base/suggest.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using Layers = std::set<std::string>;

// A layer may always use itself.  What is not named here is not allowed to exist.
const std::map<std::string, Layers> kMayUse{
    {"harness/base", {}},
    {"harness/model", {"harness/base"}},
    {"harness/plugin", {}},
    {"harness/os", {"harness/base"}},
    {"harness/vehicle", {"harness/os", "harness/model", "harness/base"}},
    {"harness/unit",
     {"harness/plugin", "harness/vehicle", "harness/os", "harness/model", "harness/base"}},
    {"harness/observe", {"harness/os", "harness/model", "harness/base"}},
    {"harness/journal", {"harness/os", "harness/model", "harness/base"}},
    {"harness/judge", {"harness/model", "harness/base"}},
    {"harness/supervisor",
     {"harness/plugin", "harness/vehicle", "harness/observe", "harness/journal", "harness/judge",
      "harness/os", "harness/model", "harness/base"}},
    {"reports", {"harness/model", "harness/base"}},
    {"harness/cli",
     {"harness/plugin", "harness/vehicle", "harness/unit", "harness/observe", "harness/journal",
      "harness/judge", "harness/supervisor", "harness/os", "harness/model", "harness/base",
      "reports"}},
    {"scenarios", {"harness/plugin"}},
};

// Libraries that one place alone may touch: pattern of the header, pattern of the files.
struct Reserved {
  const char* header;
  const char* files;
  const char* why;
};
const Reserved kReserved[]{
    {"boost/process*", "harness/os/spawn.cc", "Boost.Process lives behind one file"},
    {"nlohmann/*", "harness/model/json*",
     "JSON has one form, and must never be linked into a unit"},
    {"CLI/*", "harness/cli/*", "the command line is read in one layer"},
    {"toml++/*", "harness/cli/*", "claim files are read in one layer"},
    {"boost/locale*", "reports/translator.cc", "catalogs are read in one place"},
    {"openssl/*", "harness/base/digest.cc", "digests are made in one place"},
    {"dlfcn.h", "harness/unit/*", "plugins are loaded only where something may die"},
    {"dlfcn.h", "scenarios/race/sanitizer.h", "a plugin asks where it lies itself"},
};

constexpr std::size_t kLongFile = 400;  // lines

struct Include {
  std::string header;
  std::size_t line = 0;
  bool quoted = false;
};

struct SourceFile {
  std::string path;  // from the root, "harness/base/clock.h"
  std::vector<std::string> lines;
  std::vector<Include> includes;

  std::string At(std::size_t line) const { return path + ":" + std::to_string(line); }
  bool IsHeader() const { return path.ends_with(".h") || path.ends_with(".hpp"); }
};

std::optional<Include> ParseInclude(const std::string& line, std::size_t number) {
  std::size_t at = line.find_first_not_of(" \t");
  if (at == std::string::npos || line[at] != '#') return std::nullopt;
  at = line.find_first_not_of(" \t", at + 1);
  if (at == std::string::npos || line.compare(at, 7, "include") != 0) return std::nullopt;
  const std::size_t open = line.find_first_of("\"<", at + 7);
  if (open == std::string::npos) return std::nullopt;
  const bool quoted = line[open] == '"';
  const std::size_t close = line.find(quoted ? '"' : '>', open + 1);
  if (close == std::string::npos) return std::nullopt;
  return Include{line.substr(open + 1, close - open - 1), number, quoted};
}

SourceFile ReadSource(const fs::path& file) {
  SourceFile source;
  source.path = fs::relative(file, BULKHEAD_SOURCE_DIR).generic_string();
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    source.lines.push_back(line);
    if (auto include = ParseInclude(line, source.lines.size())) {
      source.includes.push_back(std::move(*include));
    }
  }
  return source;
}

std::vector<SourceFile> SourcesOf(const std::string& folder) {
  std::vector<SourceFile> sources;
  const fs::path root = fs::path(BULKHEAD_SOURCE_DIR) / folder;
  if (!fs::exists(root)) return sources;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".cc" || extension == ".h" || extension == ".hpp" || extension == ".c") {
      sources.push_back(ReadSource(entry.path()));
    }
  }
  std::ranges::sort(sources, {}, &SourceFile::path);
  return sources;
}

std::vector<SourceFile> AllSources() {
  std::vector<SourceFile> all;
  for (const char* folder : {"harness", "reports", "scenarios", "tests"}) {
    std::ranges::move(SourcesOf(folder), std::back_inserter(all));
  }
  return all;
}

// "harness/base" of "harness/base/clock.h"; "reports" of "reports/text.h"; empty for what is not
// ours.
std::string LayerOf(const std::string& path) {
  // The public headers are included as authors of plugins do.
  if (path == "bulkhead.h" || path == "bulkhead.hpp") return "harness/plugin";
  const std::size_t first = path.find('/');
  if (first == std::string::npos) return "";
  const std::string top = path.substr(0, first);
  if (top != "harness") return top == "reports" || top == "scenarios" || top == "tests" ? top : "";
  return path.substr(0, path.find('/', first + 1));
}

// Every include that the table forbids, as "file:line: ...".
std::vector<std::string> Violations(const SourceFile& source) {
  std::vector<std::string> found;
  const std::string own = LayerOf(source.path);
  if (own == "tests") return found;  // may use everything
  const auto allowed = kMayUse.find(own);
  if (allowed == kMayUse.end()) return {source.At(1) + ": " + own + " is no layer of the design"};
  for (const Include& include : source.includes) {
    const std::string used = LayerOf(include.header);
    if (used.empty()) {
      if (include.quoted) {
        found.push_back(source.At(include.line) + ": \"" + include.header +
                        "\" is not named from the root of the tree");
      }
    } else if (used != own && !allowed->second.contains(used)) {
      found.push_back(source.At(include.line) + ": " + own + " may not use " + used + " (" +
                      include.header + ")");
    }
  }
  return found;
}

std::vector<std::string> ReservedViolations(const SourceFile& source) {
  std::vector<std::string> found;
  for (const Include& include : source.includes) {
    std::string why;
    bool allowed = true;
    for (const Reserved& reserved : kReserved) {
      if (!MatchesGlob(reserved.header, include.header)) continue;
      if (why.empty()) allowed = false;
      why = reserved.why;
      allowed = allowed || MatchesGlob(reserved.files, source.path);
    }
    if (!allowed) found.push_back(source.At(include.line) + ": " + include.header + ": " + why);
  }
  return found;
}

SourceFile Made(const std::string& path, const std::vector<std::string>& lines) {
  SourceFile source;
  source.path = path;
  source.lines = lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (auto include = ParseInclude(lines[i], i + 1)) source.includes.push_back(*include);
  }
  return source;
}

TEST(Layering, ThereIsSomethingToScan) {
  EXPECT_GE(SourcesOf("harness").size(), 40u) << "nothing found below " << BULKHEAD_SOURCE_DIR;
  EXPECT_GE(SourcesOf("reports").size(), 5u);
  EXPECT_GE(SourcesOf("scenarios").size(), 10u);
  std::size_t includes = 0;
  for (const SourceFile& source : AllSources()) includes += source.includes.size();
  EXPECT_GE(includes, 200u);
}

TEST(Layering, EveryLayerIncludesOnlyWhatItMayUse) {
  for (const SourceFile& source : AllSources()) {
    EXPECT_THAT(Violations(source), testing::IsEmpty());
  }
}

TEST(Layering, ReservedLibrariesAreUsedOnlyInTheirPlace) {
  for (const SourceFile& source : AllSources()) {
    if (LayerOf(source.path) == "tests") continue;
    EXPECT_THAT(ReservedViolations(source), testing::IsEmpty());
  }
}

TEST(Layering, TheTableHasNoCycle) {
  // Removing layers that use nothing any more must end with none left.
  std::map<std::string, Layers> left = kMayUse;
  while (!left.empty()) {
    const auto lowest =
        std::ranges::find_if(left, [](const auto& layer) { return layer.second.empty(); });
    ASSERT_NE(lowest, left.end()) << "a cycle among " << left.size() << " layers";
    const std::string name = lowest->first;
    left.erase(lowest);
    for (auto& [layer, uses] : left) uses.erase(name);
  }
}

TEST(Layering, AViolationIsFoundAndNamesFileAndLine) {
  const SourceFile upward =
      Made("harness/base/x.cc", {"// text", "# include \"harness/model/claim.h\""});
  EXPECT_THAT(Violations(upward),
              testing::ElementsAre("harness/base/x.cc:2: harness/base may not use harness/model "
                                   "(harness/model/claim.h)"));
  EXPECT_THAT(Violations(Made("harness/judge/x.cc", {"#include \"harness/os/file.h\""})),
              testing::SizeIs(1));
  EXPECT_THAT(Violations(Made("harness/model/x.cc", {"#include <bulkhead.h>"})),
              testing::SizeIs(1));
  EXPECT_THAT(Violations(Made("harness/new/x.cc", {})), testing::SizeIs(1));
  EXPECT_THAT(Violations(Made("harness/os/x.cc", {"#include \"local.h\""})), testing::SizeIs(1));
  EXPECT_THAT(Violations(Made("scenarios/memory/x.cc", {"#include <bulkhead.hpp>"})),
              testing::IsEmpty());
  EXPECT_THAT(ReservedViolations(Made("harness/os/x.cc", {"#include <boost/process/v2.hpp>"})),
              testing::SizeIs(1));
  EXPECT_THAT(ReservedViolations(Made("harness/os/spawn.cc", {"#include <boost/process/v2.hpp>"})),
              testing::IsEmpty());
}

TEST(Headers, EachUnderHarnessSaysWhereItRuns) {
  for (const SourceFile& source : SourcesOf("harness")) {
    if (!source.IsHeader()) continue;
    const bool says = std::ranges::any_of(source.lines, [](const std::string& line) {
      return line.find("Runs in:") != std::string::npos;
    });
    EXPECT_TRUE(says) << source.At(1) << ": no \"Runs in:\"";
  }
}

TEST(Headers, EachBeginsWithWhatItIs) {
  for (const SourceFile& source : AllSources()) {
    if (!source.IsHeader()) continue;
    const std::string first = source.lines.empty() ? "" : source.lines[0];
    EXPECT_TRUE(first.starts_with("//") || first.starts_with("/*"))
        << source.At(1) << ": begins with no comment";
  }
}

TEST(Files, NineOfTenAreShort) {
  const std::vector<SourceFile> sources = AllSources();
  std::string names;
  std::size_t longer = 0;
  for (const SourceFile& source : sources) {
    if (source.lines.size() < kLongFile) continue;
    ++longer;
    names += "\n  " + source.path + ": " + std::to_string(source.lines.size()) + " lines";
  }
  EXPECT_LE(longer * 10, sources.size()) << "files of " << kLongFile << " lines and more:" << names;
}

TEST(Files, TheTopLevelHoldsNothingElse) {
  const Layers known{"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "harness",
                     "scenarios", "reports", "tests", "script",
                     // Made by building and running.
                     "build", "bulkhead-runs", "compile_commands.json"};
  for (const auto& entry : fs::directory_iterator(BULKHEAD_SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || name.starts_with("build-")) continue;
    EXPECT_TRUE(known.contains(name)) << name << " has no place at the top level";
  }
}

}  // namespace
}  // namespace bulkhead
