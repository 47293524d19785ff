#include "harness/cli/workbench.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <set>

#include "harness/base/suggest.h"
#include "harness/cli/claim_file.h"
#include "harness/supervisor/preflight.h"

namespace bulkhead {
namespace {

bool IsPath(const std::string& asked) {
  return asked.ends_with(".toml") || asked.find('/') != std::string::npos;
}

std::vector<std::string> IdsOf(const std::vector<Claim>& claims) {
  std::vector<std::string> ids;
  for (const Claim& claim : claims) ids.push_back(claim.id);
  return ids;
}

}  // namespace

Expected<std::vector<Claim>> SelectClaims(const std::string& claim_dir,
                                          const std::vector<std::string>& asked,
                                          const std::vector<std::string>& excluded) {
  std::vector<Claim> selected;
  std::vector<std::string> patterns;
  std::set<std::filesystem::path> files;
  for (const std::string& word : asked) {
    if (!IsPath(word)) {
      patterns.push_back(word);
      continue;
    }
    std::error_code error;
    const std::filesystem::path file = std::filesystem::weakly_canonical(word, error);
    if (!error && !files.insert(file).second) {
      return FailUser("claim file " + word + " is named twice; accepted: each file once");
    }
    auto claims = ReadClaimFile(word);
    if (!claims) return claims;
    std::ranges::move(*claims, std::back_inserter(selected));
  }
  if (!patterns.empty() || asked.empty()) {
    auto installed = ReadClaimDirectory(claim_dir);
    if (!installed) return installed;
    const std::vector<std::string> ids = IdsOf(*installed);
    const auto matches = [](const std::string& pattern) {
      return [&pattern](const std::string& id) { return MatchesGlob(pattern, id); };
    };
    for (const std::string& pattern : patterns) {
      if (std::ranges::any_of(ids, matches(pattern))) continue;
      const std::string nearest = Nearest(pattern, ids);
      return FailUser("no claim matches \"" + pattern + "\"" +
                      (nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)") +
                      "; accepted: an id or a pattern, see `bulkhead list`");
    }
    for (Claim& claim : *installed) {
      const bool wanted = asked.empty() || std::ranges::any_of(patterns, [&](const auto& pattern) {
                            return MatchesGlob(pattern, claim.id);
                          });
      if (wanted) selected.push_back(std::move(claim));
    }
  }
  if (auto distinct = CheckDistinct(selected); !distinct) {
    return tl::make_unexpected(distinct.error());
  }
  for (const std::string& pattern : excluded) {
    const std::vector<std::string> ids = IdsOf(selected);
    const auto removed =
        std::erase_if(selected, [&](const Claim& claim) { return MatchesGlob(pattern, claim.id); });
    if (removed == 0) {
      return FailUser("--exclude: no selected claim matches \"" + pattern + "\"" +
                      Accepted(pattern, ids));
    }
  }
  if (selected.empty()) {
    return FailUser(
        "nothing to run: every selected claim is excluded; accepted: at least one "
        "claim");
  }
  return selected;
}

std::vector<std::string> Replacements(const std::string& claim_dir,
                                      const std::vector<Claim>& selected) {
  std::vector<std::string> sentences;
  const auto installed = ReadClaimDirectory(claim_dir);
  if (!installed) return sentences;  // nothing there to be replaced
  for (const Claim& claim : selected) {
    const auto same = std::ranges::find(*installed, claim.id, &Claim::id);
    std::error_code error;
    if (same == installed->end() || std::filesystem::equivalent(same->file, claim.file, error)) {
      continue;
    }
    sentences.push_back("claim " + claim.id + " is that of " + claim.file + ":" +
                        std::to_string(claim.line) + ", in place of the installed one");
  }
  return sentences;
}

Expected<Catalog> LoadScenarios(const Installation& installation, const std::string& directory,
                                const std::vector<std::string>& extra) {
  if (!directory.empty() && !std::filesystem::is_directory(directory)) {
    return FailUser("--scenarios: " + directory +
                    " is no directory; accepted: a directory of "
                    "plugins");
  }
  for (const std::string& plugin : extra) {
    if (std::filesystem::is_regular_file(plugin) && access(plugin.c_str(), R_OK) == 0) continue;
    return FailUser("--plugin: " + plugin + " is no readable file; accepted: a scenario plugin");
  }
  // Zygotes need not share our working directory.
  auto catalog = LoadCatalog(
      installation,
      directory.empty() ? installation.scenario_dir : std::filesystem::absolute(directory).string(),
      extra);
  if (!catalog) return catalog;
  for (const BrokenPlugin& broken : catalog->broken) {
    const bool named = std::ranges::any_of(extra, [&](const std::string& plugin) {
      std::error_code error;
      return plugin == broken.path || std::filesystem::equivalent(plugin, broken.path, error);
    });
    if (!named) continue;
    return FailUser("--plugin: " + broken.path + ": " + broken.why +
                    "; accepted: a plugin built against bulkhead.h");
  }
  return catalog;
}

Expected<std::vector<std::string>> SelectScenarios(const Catalog& catalog,
                                                   const std::vector<std::string>& faults,
                                                   const std::vector<std::string>& tags) {
  std::vector<std::string> names;
  std::set<std::string> known_tags;
  for (const Scenario& scenario : catalog.scenarios) {
    names.push_back(scenario.manifest.name);
    known_tags.insert(scenario.manifest.tags.begin(), scenario.manifest.tags.end());
  }
  for (const std::string& pattern : faults) {
    const auto matches = [&](const std::string& name) { return MatchesGlob(pattern, name); };
    if (std::ranges::any_of(names, matches)) continue;
    return FailUser("--fault: no scenario matches \"" + pattern + "\"" + Accepted(pattern, names));
  }
  for (const std::string& tag : tags) {
    if (known_tags.contains(tag)) continue;
    const std::vector<std::string> all(known_tags.begin(), known_tags.end());
    return FailUser("--tag: no scenario carries \"" + tag + "\"" + Accepted(tag, all));
  }
  std::vector<std::string> selected;
  if (faults.empty() && tags.empty()) return selected;
  for (const Scenario& scenario : catalog.scenarios) {
    const Manifest& manifest = scenario.manifest;
    const bool matches =
        faults.empty() || std::ranges::any_of(faults, [&](const std::string& pattern) {
          return MatchesGlob(pattern, manifest.name);
        });
    const bool tagged = tags.empty() || std::ranges::any_of(tags, [&](const std::string& tag) {
                          return manifest.HasTag(tag);
                        });
    if (matches && tagged) selected.push_back(manifest.name);
  }
  if (selected.empty()) {
    return FailUser(
        "nothing to run: no scenario matches both --fault and --tag; accepted: a "
        "pattern and a tag that meet");
  }
  return selected;
}

void AddStandIns(Catalog& catalog, const std::vector<Claim>& claims) {
  for (const BrokenPlugin& broken : catalog.broken) {
    const std::string name = std::filesystem::path(broken.path).stem().string();
    const bool named = std::ranges::any_of(claims, [&](const Claim& claim) {
      const auto& names = claim.experiment.names;
      return std::ranges::find(names, name) != names.end();
    });
    if (!named || catalog.Find(name) != nullptr) continue;
    Scenario stand_in;
    stand_in.manifest.name = name;
    stand_in.manifest.summary = "cannot be loaded: " + broken.why;
    stand_in.manifest.ends = {ExpectedEnd{}};
    stand_in.plugin_path = broken.path;
    catalog.scenarios.push_back(std::move(stand_in));
  }
}

void AskThisMachine(PlanRequest& request, const std::vector<Danger>& allowed) {
  // Asking means trying, so it is done once however many plans are made from the request.
  auto answers = std::make_shared<std::map<VehicleKind, std::string>>();
  request.why_no_vehicle = [answers](VehicleKind vehicle) {
    const auto known = answers->find(vehicle);
    if (known != answers->end()) return known->second;
    return (*answers)[vehicle] = WhyNoVehicle(vehicle);
  };
  request.why_no_scenario = [allowed](const Manifest& manifest) {
    return WhyNoScenario(manifest, allowed);
  };
  request.line_of_entry = LineOfEntry;
}

}  // namespace bulkhead
