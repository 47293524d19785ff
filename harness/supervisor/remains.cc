#include "harness/supervisor/remains.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>

#include "harness/base/clock.h"
#include "harness/base/unique_fd.h"
#include "harness/journal/journal.h"
#include "harness/os/cgroup.h"
#include "harness/os/file.h"
#include "harness/os/identity.h"
#include "harness/os/pidfd.h"
#include "harness/os/process_table.h"
#include "harness/supervisor/scratch.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using os::ProcessIdentity;

// A process that is being ended may have forked meanwhile: looked for again as often.
constexpr int kMostPasses = 8;
constexpr int kEndMs = 3000;
// A user's services lie five levels below the root of a hierarchy, a container's some more.
constexpr int kDeepestCgroup = 8;
constexpr Nanoseconds kCgroupPatience = kSecond;

bool IsOurs(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && status.st_uid == geteuid();
}

std::vector<std::string> DirectoriesIn(const std::string& path) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    if (entry.is_directory(error) && !entry.is_symlink(error)) {
      found.push_back(entry.path().filename().string());
    }
  }
  return found;
}

// Ourselves and those that we come from.
std::set<pid_t> OwnLine() {
  std::set<pid_t> line;
  for (pid_t pid = getpid(); pid > 0 && line.insert(pid).second;) {
    const auto start = os::ReadStart(pid);
    pid = start ? start->parent : 0;
  }
  return line;
}

std::string Mark(const ProcessIdentity& identity) {
  return os::ToText(identity) + "@" + std::to_string(os::PidNamespace());
}

// Whose run a process belongs to; empty: nobody's, or a supervisor's whom we cannot know.
std::optional<ProcessIdentity> OwnerOf(pid_t pid, const std::string& variable) {
  const std::string mark = os::EnvironmentOf(pid, variable);
  const auto identity = os::ParseIdentity(mark);
  return identity && mark == Mark(*identity) ? identity : std::nullopt;
}

std::vector<pid_t> ProcessesOf(const std::string& cgroup) {
  std::vector<pid_t> pids;
  std::istringstream text(os::ReadFile(cgroup + "/cgroup.procs", 1 << 20).value_or(""));
  for (pid_t pid; text >> pid;) {
    if (pid > 0) pids.push_back(pid);  // 0: of a PID namespace that we do not see
  }
  return pids;
}

// The number in "bulkhead-via-posix-queue.4711" and "bulkhead-4711-0x7f..."; 0: there is none.
pid_t MakerOf(std::string_view name) {
  for (std::size_t at = name.find_first_of("-."); at != std::string_view::npos;
       at = name.find_first_of("-.", at + 1)) {
    const std::string_view word = name.substr(at + 1, name.find_first_of("-.", at + 1) - at - 1);
    const bool number = !word.empty() && word.size() < 10 && std::ranges::all_of(word, [](char c) {
      return std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
    if (number) return static_cast<pid_t>(std::atol(std::string(word).c_str()));
  }
  return 0;
}

// Objects of a kind ("msg", "shm") that are ours, private, and used by no process any more.  They
// do not say whose they are, so that nobody but the person can remove them.
void AddSystemV(const std::string& kind, const std::string& option,
                std::vector<std::string>& sentences) {
  std::istringstream table(os::ReadFile("/proc/sysvipc/" + kind, 4 << 20).value_or(""));
  std::string line;
  std::getline(table, line);
  std::vector<std::string> heads;
  std::istringstream names(line);
  for (std::string name; names >> name;) heads.push_back(name);
  while (std::getline(table, line)) {
    std::map<std::string, long> row;
    std::istringstream values(line);
    long value = 0;
    for (auto head = heads.begin(); head != heads.end() && values >> value; ++head) {
      row[*head] = value;
    }
    const pid_t last = static_cast<pid_t>(kind == "msg" ? row["lspid"] : row["lpid"]);
    if (row["key"] != 0 || row["nattch"] != 0 || row["cuid"] != static_cast<long>(geteuid()) ||
        (last != 0 && os::IdentityOf(last))) {
      continue;
    }
    sentences.push_back(
        "left: a System V object that nobody uses and that may be of that run, see "
        "`ipcs`; `ipcrm -" +
        option + " " + std::to_string(row[kind + "id"]) + "` removes it");
  }
}

std::string Counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

class Cleaner {
 public:
  void Processes(const std::string& variable);
  void Cgroups(const std::string& directory, int depth);
  void Directories(const std::string& runs);
  void Names(const std::string& directory);
  std::vector<std::string> Sentences() const;

 private:
  struct Run {
    std::set<ProcessIdentity> ended;
    std::size_t cgroups = 0, directories = 0;
    std::vector<std::string> left;
  };

  bool Dead(const ProcessIdentity& supervisor);
  void EndProcess(int pidfd, pid_t pid, Run& run);
  void EndCgroup(const std::string& path, Run& run);

  const std::set<pid_t> own_line_ = OwnLine();
  std::map<ProcessIdentity, bool> dead_;
  std::map<ProcessIdentity, Run> runs_;
  std::vector<std::string> names_;
};

bool Cleaner::Dead(const ProcessIdentity& supervisor) {
  const auto [known, is_new] = dead_.try_emplace(supervisor, false);
  if (is_new) known->second = !os::Lives(supervisor);
  return known->second;
}

void Cleaner::EndProcess(int pidfd, pid_t pid, Run& run) {
  const auto identity = os::IdentityOf(pid);
  if (!identity) return;  // it has ended
  (void)os::SendSignal(pidfd, SIGKILL);
  pollfd end{pidfd, POLLIN, 0};
  if (poll(&end, 1, kEndMs) > 0) {
    run.ended.insert(*identity);
  } else {
    run.left.push_back("process " + std::to_string(pid) + ", which cannot be ended");
  }
}

void Cleaner::Processes(const std::string& variable) {
  bool again = true;
  for (int pass = 0; again && pass < kMostPasses; ++pass) {
    again = false;
    for (const pid_t pid : os::AllProcesses()) {
      if (own_line_.contains(pid) || !IsOurs("/proc/" + std::to_string(pid))) continue;
      const auto owner = OwnerOf(pid, variable);
      if (!owner || !Dead(*owner)) continue;
      const Expected<UniqueFd> pidfd = os::OpenPidfd(pid);
      // The number may have passed to another one between the two.
      if (!pidfd || OwnerOf(pid, variable) != owner) continue;
      EndProcess(pidfd->get(), pid, runs_[*owner]);
      again = true;
    }
  }
}

void Cleaner::Cgroups(const std::string& directory, int depth) {
  for (const std::string& name : DirectoriesIn(directory)) {
    const std::string path = directory + "/" + name;
    const auto owner =
        name.starts_with(os::kCgroupPrefix)
            ? os::ParseIdentity(std::string_view(name).substr(os::kCgroupPrefix.size()))
            : std::nullopt;
    if (owner && IsOurs(path) && Dead(*owner)) {
      EndCgroup(path, runs_[*owner]);
    } else if (depth > 0) {
      Cgroups(path, depth - 1);
    }
  }
}

void Cleaner::EndCgroup(const std::string& path, Run& run) {
  for (const std::string& name : DirectoriesIn(path)) EndCgroup(path + "/" + name, run);
  // Version 1 lets a frozen process not even be killed.
  if (UniqueFd freezer(open((path + "/freezer.state").c_str(), O_WRONLY | O_CLOEXEC)); freezer) {
    (void)os::WriteAll(freezer.get(), "THAWED");
  }
  for (const pid_t pid : ProcessesOf(path)) {
    const Expected<UniqueFd> pidfd = os::OpenPidfd(pid);
    const std::vector<pid_t> now = ProcessesOf(path);
    if (pidfd && std::ranges::find(now, pid) != now.end() && !own_line_.contains(pid)) {
      EndProcess(pidfd->get(), pid, run);
    }
  }
  // Until its last process has been reaped, by whoever is its parent now: not ours to wait for, and
  // version 1 has no event that says so.
  const Nanoseconds deadline = Now() + kCgroupPatience;
  while (rmdir(path.c_str()) != 0) {
    if (errno != EBUSY || Now() > deadline) {
      if (errno != ENOENT) run.left.push_back("the cgroup " + path);
      return;
    }
    poll(nullptr, 0, 5);
  }
  ++run.cgroups;
}

void Cleaner::Directories(const std::string& runs) {
  for (const std::string& name : DirectoriesIn(runs)) {
    const std::string run = runs + "/" + name;
    // A look into all that lies beside a run would be none of our business.
    if (access((run + "/" + std::string(kJournalName)).c_str(), F_OK) != 0) continue;
    for (const std::string& inside : DirectoriesIn(run)) {
      const auto owner = Scratch::OwnerOf(inside);
      if (!owner || !IsOurs(run + "/" + inside) || !Dead(*owner)) continue;
      auto scratch = Scratch::TakeOver(run + "/" + inside);
      if (!scratch) continue;  // of a namespace that we do not see, and alive
      if (scratch->Remove()) {
        ++runs_[*owner].directories;
      } else {
        runs_[*owner].left.push_back("the directory " + run + "/" + inside);
      }
    }
  }
}

void Cleaner::Names(const std::string& directory) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("bulkhead-") || !IsOurs(entry.path().string())) continue;
    const pid_t maker = MakerOf(name);
    if (maker == 0 || os::IdentityOf(maker)) continue;
    if (unlink(entry.path().c_str()) == 0) names_.push_back(entry.path().string());
  }
}

std::vector<std::string> Cleaner::Sentences() const {
  std::vector<std::string> sentences;
  for (const auto& [supervisor, run] : runs_) {
    std::string what;
    const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
      if (count > 0) what += (what.empty() ? "" : ", ") + Counted(count, one, many);
    };
    add(run.ended.size(), "process", "processes");
    add(run.cgroups, "cgroup", "cgroups");
    add(run.directories, "directory", "directories");
    if (what.empty() && run.left.empty()) continue;
    std::string sentence = "cleaned up after the run of process " + std::to_string(supervisor.pid) +
                           ", which was killed: " + (what.empty() ? "nothing" : what);
    for (const std::string& left : run.left) sentence += "; left: " + left;
    sentences.push_back(sentence);
  }
  if (!sentences.empty()) {
    AddSystemV("msg", "q", sentences);
    AddSystemV("shm", "m", sentences);
  }
  for (const std::string& name : names_) {
    sentences.push_back("removed " + name + ": whoever made it has ended");
  }
  return sentences;
}

}  // namespace

void MarkDescendants() { setenv(kRunVariable, Mark(os::OwnIdentity()).c_str(), 1); }

RemainsPlaces UsualPlaces(const std::string& runs) {
  RemainsPlaces places;
  places.runs = runs;
  places.names = {"/dev/shm", "/dev/mqueue"};
  places.cgroups = os::CgroupMountPoints();
  return places;
}

std::vector<std::string> RemoveRemains(const RemainsPlaces& places) {
  Cleaner cleaner;
  cleaner.Processes(places.variable);
  for (const std::string& hierarchy : places.cgroups) cleaner.Cgroups(hierarchy, kDeepestCgroup);
  cleaner.Directories(places.runs);
  for (const std::string& directory : places.names) cleaner.Names(directory);
  return cleaner.Sentences();
}

}  // namespace bulkhead
