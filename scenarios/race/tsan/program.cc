// Makes a program of a race probe's own source, for ThreadSanitizer: the threads of this process
// do what the units of a trial do, all at once.  It exits with 0, or as ThreadSanitizer wants when
// it reports (scenarios/race/sanitizer.h).
//
// Linked with one source of scenarios/race each (scenarios/CMakeLists.txt): lib/bulkhead/probes.
//
// Runs in: a program of its own, started by a unit.
#include <pthread.h>

#include <bulkhead.hpp>
#include <cstdio>

namespace {

constexpr std::uint32_t kUnits = 3;  // as in a trial

void* Act(void* unit) {
  bulkhead_scenario.act(static_cast<bh_unit*>(unit));
  return nullptr;
}

}  // namespace

int main() {
  constexpr bh_api kApi{
      .size = sizeof(bh_api),
      .reading = [](bh_unit*, const char*, std::uint64_t) {},
      .gone = [](bh_unit*, const char*) {},
      .region = [](bh_unit*, const char*, const void*, std::size_t) {},
      .samples = [](bh_unit*, const char*, const std::uint64_t*, std::size_t) {},
      .guard = [](bh_unit*, std::uint32_t, void*, std::size_t) {},
  };
  bh_unit units[kUnits] = {};
  pthread_t threads[kUnits];
  for (std::uint32_t index = 0; index < kUnits; ++index) {
    units[index] = {.api = &kApi, .index = index, .count = kUnits, .token = index + 1};
  }
  bulkhead_scenario.setup(&units[0]);
  for (bh_unit& unit : units) bulkhead_scenario.prepare(&unit);
  for (std::uint32_t index = 0; index < kUnits; ++index) {
    if (pthread_create(&threads[index], nullptr, Act, &units[index]) != 0) {
      std::perror("pthread_create");
      return 1;
    }
  }
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  return 0;
}
