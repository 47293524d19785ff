#include "harness/os/machine.h"

#include <gnu/libc-version.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "harness/os/file.h"
#include "harness/os/limits.h"

namespace bulkhead::os {
namespace {

// The value of the first line "KEY<spaces>: value" of a /proc file.
std::string FieldOf(const std::string& path, std::string_view key) {
  Expected<std::string> text = ReadFile(path, 1 << 20);
  if (!text) return "unknown";
  std::size_t start = 0;
  while (start < text->size()) {
    std::size_t end = text->find('\n', start);
    if (end == std::string::npos) end = text->size();
    const std::string_view line(text->data() + start, end - start);
    start = end + 1;
    if (!line.starts_with(key)) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::size_t value = line.find_first_not_of(" \t", colon + 1);
    return value == std::string_view::npos ? "" : std::string(line.substr(value));
  }
  return "unknown";
}

std::string LineOr(const std::string& path, const std::string& fallback = "unknown") {
  const std::string line = ReadLine(path);
  return line.empty() ? fallback : line;
}

std::string Mitigations() {
  std::string text;
  std::error_code error;
  std::vector<std::string> names;
  const std::string directory = "/sys/devices/system/cpu/vulnerabilities";
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::string state = ReadLine(directory + "/" + name);
    if (state == "Not affected") continue;
    text += (text.empty() ? "" : "; ") + name + ": " + state;
  }
  return text.empty() ? "unknown" : text;
}

std::string Distribution() {
  const std::string text = ReadFile("/etc/os-release", 1 << 16).value_or("");
  constexpr std::string_view kKey = "PRETTY_NAME=\"";
  const std::size_t key = text.find(kKey);
  if (key == std::string::npos) return "unknown";
  const std::size_t start = key + kKey.size();
  return text.substr(start, text.find('"', start) - start);
}

std::string Affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return "unknown";
  std::string text;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) text += (text.empty() ? "" : ",") + std::to_string(cpu);
  }
  return text;
}

std::string Hypervisor() {
  const std::string flags = FieldOf("/proc/cpuinfo", "flags");
  if (flags.find(" hypervisor") == std::string::npos) return "none seen";
  const std::string vendor = ReadLine("/sys/class/dmi/id/sys_vendor");
  return vendor.empty() ? "yes" : "yes, " + vendor;
}

// capabilities(7): number of the capability in the masks of /proc/self/status.
constexpr std::array<std::pair<std::string_view, int>, 8> kCapabilities{{
    {"CAP_CHOWN", 0},
    {"CAP_KILL", 5},
    {"CAP_SETUID", 7},
    {"CAP_NET_ADMIN", 12},
    {"CAP_SYS_PTRACE", 19},
    {"CAP_SYS_ADMIN", 21},
    {"CAP_SYS_NICE", 23},
    {"CAP_SYS_RESOURCE", 24},
}};

}  // namespace

bool HasCapability(const std::string& name) {
  for (const auto& [known, number] : kCapabilities) {
    if (known != name) continue;
    const std::string mask = FieldOf("/proc/self/status", "CapEff");
    return ((std::strtoull(mask.c_str(), nullptr, 16) >> number) & 1) != 0;
  }
  return false;
}

unsigned RunnableTasks() {
  // "0.20 0.18 0.12 3/127 4711": the fourth is runnable/all (proc(5), /proc/loadavg).
  unsigned runnable = 0;
  const std::string line = ReadLine("/proc/loadavg");
  return std::sscanf(line.c_str(), "%*s %*s %*s %u/", &runnable) == 1 ? runnable : 0;
}

std::string CgroupLayout() {
  const bool v2 = access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0;
  if (v2) return "v2";
  const bool unified = access("/sys/fs/cgroup/unified/cgroup.controllers", F_OK) == 0;
  const bool v1 =
      access("/sys/fs/cgroup/memory", F_OK) == 0 || access("/sys/fs/cgroup/pids", F_OK) == 0;
  if (v1) return unified ? "hybrid" : "v1";
  return "none";
}

std::vector<Fact> MachineFacts() {
  utsname name{};
  uname(&name);
  std::vector<Fact> facts {
    {"compiler", __VERSION__},
#if defined(__clang__)
        {"compiler.kind", "clang"},
#else
        {"compiler.kind", "gcc"},
#endif
        {"cgroup.layout", CgroupLayout()}, {"core.limit", DescribeLimit(RLIMIT_CORE)},
        {"core.pattern", LineOr("/proc/sys/kernel/core_pattern")}, {"cpu.affinity", Affinity()},
        {"cpu.count", std::to_string(sysconf(_SC_NPROCESSORS_ONLN))},
        {"cpu.governor", LineOr("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")},
        {"cpu.hypervisor", Hypervisor()}, {"cpu.microcode", FieldOf("/proc/cpuinfo", "microcode")},
        {"cpu.mitigations", Mitigations()}, {"cpu.model", FieldOf("/proc/cpuinfo", "model name")},
        {"distribution", Distribution()},
        {"kernel.aslr", LineOr("/proc/sys/kernel/randomize_va_space")},
        {"kernel.clocksource",
         LineOr("/sys/devices/system/clocksource/clocksource0/current_clocksource")},
        {"kernel.pid_max", LineOr("/proc/sys/kernel/pid_max")},
        {"kernel.ptrace_scope", LineOr("/proc/sys/kernel/yama/ptrace_scope", "no yama")},
        {"kernel.release", name.release}, {"kernel.version", name.version},
        {"libc", std::string("glibc ") + gnu_get_libc_version()},
        {"limit.descriptors", DescribeLimit(RLIMIT_NOFILE)},
        {"limit.processes", DescribeLimit(RLIMIT_NPROC)},
        {"limit.stack", DescribeLimit(RLIMIT_STACK)}, {"load", LineOr("/proc/loadavg")},
        {"machine", name.machine},
        {"memory.huge_pages", LineOr("/sys/kernel/mm/transparent_hugepage/enabled")},
        {"memory.total", FieldOf("/proc/meminfo", "MemTotal")},
        {"privileges", std::string(geteuid() == 0 ? "root" : "user") + ", CapEff " +
                           FieldOf("/proc/self/status", "CapEff")},
        {"seccomp", FieldOf("/proc/self/status", "Seccomp")},
  };
  std::sort(facts.begin(), facts.end());
  return facts;
}

}  // namespace bulkhead::os
