// What ThreadSanitizer says of a race probe.  The victim runs a program that was built from the
// probe's own source with -fsanitize=thread (scenarios/race/tsan/program.cc).  Where a race was
// reported, the victim leaves its token in a shared page, and the bystanders read it; otherwise
// they read their own.  ThreadSanitizer's words are part of the trial's output.
//
// ThreadSanitizer follows which accesses synchronisation orders: it can report a race that did no
// damage in that run, and cannot see one that the run does not come by.
//
// The program lies beside the plugins: DIR/../probes/NAME.  Where it was not built, because the
// compiler has no ThreadSanitizer, the scenario has no certain end and is not run.
//
// Runs in: unit, and a program that the victim starts and reaps.
#ifndef BULKHEAD_SCENARIOS_RACE_SANITIZER_H_
#define BULKHEAD_SCENARIOS_RACE_SANITIZER_H_

#include <dlfcn.h>
#include <limits.h>
#include <sys/personality.h>

#include <cstdio>
#include <cstring>

#include "scenarios/race/together.h"

namespace bulkhead::scenarios::sanitizer {

inline char program[PATH_MAX];

struct Page {
  std::atomic<std::uint64_t> reported{0};  // the victim's token, where it saw a report
};
inline Page* page = nullptr;
inline Sightings sightings;

// The first of the scenario's ends, found out when the plugin is loaded.
inline bh_end EndOf(const char* name) {
  Dl_info plugin;
  char path[PATH_MAX];
  if (dladdr(&page, &plugin) == 0 || realpath(plugin.dli_fname, path) == nullptr) return {};
  *std::strrchr(path, '/') = '\0';
  const int length = std::snprintf(program, sizeof program, "%s/../probes/%s", path, name);
  const bool whole = length > 0 && static_cast<std::size_t>(length) < sizeof program;
  return whole && access(program, X_OK) == 0 ? bh_end{BH_END_RETURN, 0} : bh_end{};
}

// In the child; async-signal-safe.
inline void RunProgram(void*) {
  // Its shadow memory wants fixed places, which some layouts occupy ("unexpected memory mapping").
  // Refused, it may still find them free.
  personality(ADDR_NO_RANDOMIZE);
  // The first report is enough.  No other variables: no symbolizer is searched for.
  static char options[] = "TSAN_OPTIONS=exitcode=66 halt_on_error=1";
  char* arguments[] = {program, nullptr};
  char* variables[] = {options, nullptr};
  execve(program, arguments, variables);
  _exit(127);
}

inline void Setup(bh_unit*) { page = SharedPage<Page>(); }

inline void Prepare(bh_unit* unit) {
  sightings.Begin(unit);
  page->reported.store(0);
}

inline void Act(bh_unit* unit) {
  const int status = PartnerProcess(RunProgram, nullptr).Await();
  // Any other end is one of the program, not a finding: the trial is void.
  Require(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 66));
  if (WEXITSTATUS(status) == 66) page->reported.store(unit->token);
}

// The victim has seen the report itself: what the others read is the evidence.
inline void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  if (const std::uint64_t token = page->reported.load()) sightings.Saw(unit, token);
  sightings.Report(unit, "sanitizer");
}

inline void Hit(bh_unit* unit, std::uint64_t foreign) { sightings.Saw(unit, foreign); }

}  // namespace bulkhead::scenarios::sanitizer

#endif  // BULKHEAD_SCENARIOS_RACE_SANITIZER_H_
