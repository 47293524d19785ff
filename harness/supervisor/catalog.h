// The scenarios that are at hand: each plugin is asked for its manifest inside a zygote of its own.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_CATALOG_H_
#define BULKHEAD_SUPERVISOR_CATALOG_H_

#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/scenario.h"

namespace bulkhead {

// A file that was offered as plugin and is none, or does not behave as one.
struct BrokenPlugin {
  std::string path;
  std::string why;  // one sentence: "ended by SIGSEGV while it was being loaded"
};

struct Catalog {
  std::vector<Scenario> scenarios;  // sorted by name
  std::vector<BrokenPlugin> broken;

  const Scenario* Find(const std::string& name) const;
};

// Where this installation keeps things, found from the running program's own place.
struct Installation {
  std::string zygote;        // the bulkhead-zygote program
  std::string scenario_dir;  // lib/bulkhead/scenarios
  std::string claim_dir;     // share/bulkhead/claims
};
Expected<Installation> FindInstallation();

// Loads all *.so of `directory` and the files of `extra`.  Two plugins of one name: the later is
// reported broken.  An unreadable directory is an error; a broken plugin is not.
Expected<Catalog> LoadCatalog(const Installation& installation, const std::string& directory,
                              const std::vector<std::string>& extra);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_CATALOG_H_
