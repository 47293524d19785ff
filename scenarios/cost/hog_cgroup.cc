// Times a unit of CPU-bound work of the victim, alone, beside a process that burns the same CPU,
// and beside one that is in a control group of its own with a fifth of one CPU: cgroups(7), and
// cfs_quota_us (version 1) or cpu.max (version 2).
//
// Without a group that can be made and limited nothing is measured.  It lies below the group that
// the unit is in (version 1) or below the root if that hands out the cpu controller (version 2: a
// group that holds processes cannot).  Its name is bulkhead-<pid>-<start time>-<n>, the first two
// being the supervisor's: if the unit is killed in the middle, an empty group of that name remains.
//
// Runs in: unit.  Each hog is a child that is killed and reaped before the next sample.
#include <fcntl.h>
#include <mntent.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "scenarios/cost/hog.h"
#include "scenarios/cost/interleaved.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::CpuWork;
using scenarios::Hog;
using scenarios::kSameCpu;
using scenarios::Require;

bool Write(const std::string& file, const std::string& text) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const ssize_t wrote = write(descriptor, text.data(), text.size());
  close(descriptor);
  return wrote == static_cast<ssize_t>(text.size());
}

// ---- Where a group can be made.

struct Place {
  std::string directory;  // empty: nowhere
  std::string tasks;      // a file that takes a process back to where it came from
  bool first_version = false;
};

bool Lists(const std::string& words, char separator, const std::string& word) {
  std::istringstream in(words);
  for (std::string one; std::getline(in, one, separator);) {
    if (one == word) return true;
  }
  return false;
}

// The group that this process is in, as a path: of the cpu controller (version 1), or the one
// hierarchy's (version 2).  cgroups(7), "/proc/pid/cgroup".
std::string OwnGroup(bool first_version) {
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (first_version ? Lists(controllers, ',', "cpu") : controllers.empty()) {
      return line.substr(second + 1);
    }
  }
  return "";
}

Place InMount(const mntent& mount) {
  const std::string root = mount.mnt_dir, type = mount.mnt_type;
  if (type == "cgroup" && hasmntopt(&mount, "cpu") != nullptr) {
    const std::string own = root + OwnGroup(true);
    return {own, own + "/cgroup.procs", true};
  }
  std::string controllers;
  if (type == "cgroup2" &&
      std::getline(std::ifstream(root + "/cgroup.subtree_control"), controllers) &&
      Lists(controllers, ' ', "cpu")) {
    return {root, root + OwnGroup(false) + "/cgroup.procs", false};
  }
  return {};
}

Place FindPlace() {
  Place place;
  FILE* mounts = setmntent("/proc/self/mounts", "re");
  Require(mounts != nullptr);
  while (const mntent* mount = place.directory.empty() ? getmntent(mounts) : nullptr) {
    place = InMount(*mount);
  }
  endmntent(mounts);
  return place;
}

// ---- The group.

// Field 22 of /proc/pid/stat, counted from behind the name, which may hold anything.
std::string StartTime(pid_t process) {
  std::string line, field;
  std::getline(std::ifstream("/proc/" + std::to_string(process) + "/stat"), line);
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  for (int i = 3; i <= 22; ++i) rest >> field;
  return field;
}

class Group {
 public:
  Group() : place_(FindPlace()) {
    if (place_.directory.empty() || getppid() == 0) return;
    path_ = place_.directory + "/bulkhead-" + std::to_string(getppid()) + '-' +
            StartTime(getppid()) + '-' + std::to_string(getpid());
    made_ = mkdir(path_.c_str(), 0755) == 0;
    limited_ = made_ && (place_.first_version ? Write(path_ + "/cpu.cfs_period_us", "10000") &&
                                                    Write(path_ + "/cpu.cfs_quota_us", "2000")
                                              : Write(path_ + "/cpu.max", "2000 10000"));
  }
  ~Group() {
    if (made_) rmdir(path_.c_str());
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  bool Limits() const { return limited_; }
  void Take(pid_t process) const { Require(Move(process, path_ + "/cgroup.procs")); }
  void Return(pid_t process) const { Require(Move(process, place_.tasks)); }

 private:
  static bool Move(pid_t process, const std::string& tasks) {
    return Write(tasks, std::to_string(process));
  }

  Place place_;
  std::string path_;
  bool made_ = false, limited_ = false;
};

// ---- The measurement.

CpuWork g_work;
const Group* g_group = nullptr;

std::uint64_t Without(int) {
  return scenarios::TimeOf([] { g_work.Do(); });
}

std::uint64_t WithHog(int cpu) {
  const Hog hog(cpu, {.burn = CpuWork::Burn});
  return Without(cpu);
}

void InGroup(pid_t hog, bool on) { on ? g_group->Take(hog) : g_group->Return(hog); }

std::uint64_t WithLimitedHog(int cpu) {
  const Hog hog(cpu, {.burn = CpuWork::Burn, .limit = InGroup});
  return Without(cpu);
}

scenarios::Interleaved<3, 2> g_measured{{
    {"without", kSameCpu, Without},
    {"with-hog", kSameCpu, WithHog},
    {"with-limited-hog", kSameCpu, WithLimitedHog},
}};

void Act(bh_unit*) {
  const Group group;
  if (!group.Limits()) return;
  g_group = &group;
  g_work.Calibrate(12'000'000);
  g_measured.Measure();
}

void Watch(bh_unit* unit) { g_measured.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "hog-cgroup",
    .summary = "Times 12 ms of work without a CPU hog, with one, and with one limited by a cgroup.",
    .tags = {"cost", "timing"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"CAP_SYS_ADMIN"},
    .act = Act,
    .watch = Watch,
};
