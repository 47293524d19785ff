// What a command works with: the installation, the claims that were asked for, the scenarios at
// hand, and what the machine grants.
//
// Runs in: supervisor.  Loading scenarios starts a zygote per plugin.
#ifndef BULKHEAD_CLI_WORKBENCH_H_
#define BULKHEAD_CLI_WORKBENCH_H_

#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/claim.h"
#include "harness/supervisor/catalog.h"
#include "harness/supervisor/planner.h"

namespace bulkhead {

// Paths of claim files (they end in .toml or have a slash) give all their claims; everything else
// is a pattern over the ids of the installed claims.  Nothing asked: all installed ones.  A pattern
// that matches nothing is a user error, and so is an empty selection.
Expected<std::vector<Claim>> SelectClaims(const std::string& claim_dir,
                                          const std::vector<std::string>& asked,
                                          const std::vector<std::string>& excluded);

// One sentence per claim of a file of the person's own that has the id of an installed claim, which
// it replaces in this run.
std::vector<std::string> Replacements(const std::string& claim_dir,
                                      const std::vector<Claim>& selected);

// The scenarios of `directory` (empty: the installed ones) and the plugins `extra`.  A plugin that
// was named explicitly and cannot be used is a user error.
Expected<Catalog> LoadScenarios(const Installation& installation, const std::string& directory,
                                const std::vector<std::string>& extra);

// Scenarios that match any of `faults` and carry any of `tags`; empty lists do not restrict.
// Returns nothing when neither restricts; a pattern or tag without a match is a user error.
Expected<std::vector<std::string>> SelectScenarios(const Catalog& catalog,
                                                   const std::vector<std::string>& faults,
                                                   const std::vector<std::string>& tags);

// A claim may name a scenario whose installed plugin is broken.  It is planned nevertheless, under
// a manifest that says nothing: the campaign fails to load it and records its cells as broken.
void AddStandIns(Catalog& catalog, const std::vector<Claim>& claims);

// The questions of a PlanRequest, the two about this machine put to it once each.
void AskThisMachine(PlanRequest& request, const std::vector<Danger>& allowed);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_WORKBENCH_H_
