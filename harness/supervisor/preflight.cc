#include "harness/supervisor/preflight.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "harness/base/msgid.h"
#include "harness/model/names.h"
#include "harness/os/limits.h"
#include "harness/os/machine.h"
#include "harness/os/process_table.h"
#include "harness/vehicle/vehicle.h"

namespace bulkhead {

std::string WhyNoVehicle(VehicleKind vehicle) { return VehicleFor(vehicle).WhyNot(); }

std::string WhyNoScenario(const Manifest& manifest, const std::vector<Danger>& allowed) {
  if (manifest.danger != Danger::kContained &&
      std::find(allowed.begin(), allowed.end(), manifest.danger) == allowed.end()) {
    return manifest.danger == Danger::kHeavy
               ? Msgid("its danger class is heavy: --allow heavy permits it")
               : Msgid("its danger class is hazard: --allow hazard permits it");
  }
  for (const std::string& need : manifest.needs) {
    if (!IsGivenByVehicle(need) && !os::HasCapability(need)) {
      return Msgid("it needs a capability") + (": " + need);
    }
  }
  return "";
}

Envelope TakeEnvelope() {
  Envelope envelope;
  for (auto& [key, value] : os::MachineFacts()) envelope.fields.push_back({key, value});
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  envelope.fields.push_back({"harness.sanitizer", "yes"});
#endif
  return envelope;
}

std::vector<Checkup> Examine() {
  using Level = Checkup::Level;
  std::vector<Checkup> checkups;
  if (os::CorePatternIsPipe()) {
    checkups.push_back({Level::kNote, "core dumps",
                        "core_pattern starts a program: " + os::CorePattern(),
                        "units run with a core limit of 1, which keeps it from being started; "
                        "--core on lets it, at about 0.2 s per crash"});
  } else {
    checkups.push_back(
        {Level::kGood, "core dumps",
         "written as files named " + os::CorePattern() + "; units run with a core limit of 0", ""});
  }
  const bool root = geteuid() == 0;
  checkups.push_back({Level::kGood, "privileges", root ? "root" : "an ordinary user", ""});
  if (root && !os::HasCapability("CAP_SYS_RESOURCE")) {
    checkups.push_back({Level::kNote, "capabilities",
                        "root without CAP_SYS_RESOURCE: hard limits cannot be raised", ""});
  }
  // A word of our own stands for a unit's: same user, same ptrace rules but for the relation.
  const std::uint64_t word = 42;
  const bool readable =
      os::ReadWord(getpid(), reinterpret_cast<std::uint64_t>(&word)) == std::optional(word);
  checkups.push_back({readable ? Level::kGood : Level::kNote, "memory of units",
                      readable ? "can be read by the supervisor (a second channel for wild stores)"
                               : "cannot be read: wild stores are confirmed by one channel less",
                      ""});
  const std::optional<os::TaskState> self = os::ReadTask(getpid(), getpid());
  checkups.push_back(
      {self ? Level::kGood : Level::kProblem, "process table",
       self ? "/proc tells state, CPU time and system call of threads"
            : "/proc does not show threads: hangs and ended threads cannot be confirmed",
       self ? "" : "mount proc, or run outside the container"});
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const bool enough = files.rlim_cur >= 256;
  checkups.push_back({enough ? Level::kGood : Level::kProblem, "descriptors",
                      "limit " + os::DescribeLimit(RLIMIT_NOFILE),
                      enough ? "" : "raise it: ulimit -n 1024"});
  checkups.push_back({Level::kGood, "cgroups", os::CgroupLayout(), ""});
  return checkups;
}

}  // namespace bulkhead
