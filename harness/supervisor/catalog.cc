#include "harness/supervisor/catalog.h"

#include <algorithm>
#include <filesystem>

#include "harness/base/digest.h"
#include "harness/os/file.h"
#include "harness/supervisor/zygote_process.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// Nothing is at stake yet: no trial runs, no signal but the zygote's own end is sent.
const Ledger kNoLedger = [](const SignalIntent&) { return true; };

void LoadOne(const Installation& installation, const std::string& path, Catalog& catalog) {
  Expected<std::string> content = os::ReadFile(path);
  if (!content) {
    catalog.broken.push_back({path, content.error().message});
    return;
  }
  auto zygote = ZygoteProcess::Start({installation.zygote, path, "", true}, kNoLedger);
  if (!zygote) {
    catalog.broken.push_back({path, zygote.error().message});
    return;
  }
  const Manifest& manifest = (*zygote)->manifest();
  if (const Scenario* other = catalog.Find(manifest.name)) {
    catalog.broken.push_back(
        {path, "names its scenario \"" + manifest.name + "\" like " + other->plugin_path});
    return;
  }
  catalog.scenarios.push_back({manifest, path, Hex(DigestOf({*content}))});
}

}  // namespace

const Scenario* Catalog::Find(const std::string& name) const {
  for (const Scenario& scenario : scenarios) {
    if (scenario.manifest.name == name) return &scenario;
  }
  return nullptr;
}

Expected<Installation> FindInstallation() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return Fail("cannot read /proc/self/exe: " + error.message());
  const fs::path bin = self.parent_path();
  const fs::path root = bin.parent_path();
  return Installation{bin / "bulkhead-zygote", root / "lib/bulkhead/scenarios",
                      root / "share/bulkhead/claims"};
}

Expected<Catalog> LoadCatalog(const Installation& installation, const std::string& directory,
                              const std::vector<std::string>& extra) {
  std::vector<std::string> paths;
  if (!directory.empty()) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
      // Absolute: zygotes run elsewhere.
      if (entry.path().extension() == ".so") paths.push_back(fs::absolute(entry.path()));
    }
    if (error)
      return FailUser("cannot read the scenario directory " + directory + ": " + error.message());
    std::sort(paths.begin(), paths.end());
  }
  for (const std::string& path : extra) {
    std::error_code error;
    if (!fs::exists(path, error)) return FailUser("there is no plugin " + path);
    // dlopen searches the library path for names without a slash.
    paths.push_back(fs::absolute(path));
  }
  Catalog catalog;
  for (const std::string& path : paths) LoadOne(installation, path, catalog);
  std::sort(catalog.scenarios.begin(), catalog.scenarios.end(),
            [](const Scenario& a, const Scenario& b) { return a.manifest.name < b.manifest.name; });
  return catalog;
}

}  // namespace bulkhead
