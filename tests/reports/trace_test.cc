#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "harness/model/names.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;

struct Event {
  std::string phase, name, thread;  // "pid/tid"
  long long begin = 0, end = 0;     // ns
};

// One event per line, as the writer lays them out.
std::vector<Event> EventsOf(const RunReport& report) {
  std::vector<Event> events;
  std::istringstream lines(WriteTrace(report, {}).text);
  const std::regex form(
      R"re(\{"ph":"(\w)","name":"((?:[^"\\]|\\.)*)","pid":(\d+),"tid":(\d+),(.*)\},?)re");
  const std::regex times(R"re("ts":(-?[0-9.]+)(?:,"dur":([0-9.]+))?)re");
  for (std::string line; std::getline(lines, line);) {
    std::smatch parts, when;
    if (!std::regex_match(line, parts, form)) continue;
    Event event{parts[1], parts[2], parts[3].str() + "/" + parts[4].str()};
    const std::string rest = parts[5];
    if (std::regex_search(rest, when, times)) {
      event.begin = event.end = std::llround(std::stod(when[1]) * 1000);
      if (when[2].matched) event.end += std::llround(std::stod(when[2]) * 1000);
    }
    events.push_back(event);
  }
  return events;
}

TEST(Trace, SlicesOfAThreadNest) {
  std::map<std::string, std::vector<Event>> slices;
  for (const Event& event : EventsOf(sample::Sample())) {
    if (event.phase == "X") slices[event.thread].push_back(event);
  }
  EXPECT_GE(slices.size(), 12u);
  for (const auto& [thread, all] : slices) {
    for (const Event& a : all) {
      for (const Event& b : all) {
        const bool apart = a.end <= b.begin || b.end <= a.begin;
        const bool within =
            (a.begin <= b.begin && b.end <= a.end) || (b.begin <= a.begin && a.end <= b.end);
        EXPECT_TRUE(apart || within) << thread << ": " << a.name << " and " << b.name;
      }
    }
  }
}

TEST(Trace, EveryProcessAndThreadHasAName) {
  std::set<std::string> processes, threads;
  const std::vector<Event> events = EventsOf(sample::Sample());
  const auto process = [](const Event& event) {
    return event.thread.substr(0, event.thread.find('/'));
  };
  for (const Event& event : events) {
    if (event.name == "process_name") processes.insert(process(event));
    if (event.name == "thread_name") threads.insert(event.thread);
  }
  for (const Event& event : events) {
    EXPECT_TRUE(processes.contains(process(event))) << event.thread;
    EXPECT_TRUE(threads.contains(event.thread)) << event.thread;
  }
}

TEST(Trace, ThreadsShareTheirProcessAndProcessesDoNot) {
  RunReport report = sample::Sample();
  const auto processes = [&](std::uint64_t trial) {
    const Trial only = report.decisive.at(trial);
    report.decisive = {{trial, only}};
    std::set<std::string> pids;
    for (const Event& event : EventsOf(report)) {
      pids.insert(event.thread.substr(0, event.thread.find('/')));
    }
    report = sample::Sample();
    return pids.size();
  };
  EXPECT_EQ(processes(5), 3u);   // fork
  EXPECT_EQ(processes(32), 1u);  // thread
}

TEST(Trace, AChallengeIsAPairOfItsOwn) {
  std::map<std::string, int> phases;
  for (const Event& event : EventsOf(sample::Sample())) ++phases[event.phase];
  EXPECT_GT(phases["b"], 0);
  EXPECT_EQ(phases["b"], phases["e"]);
}

TEST(Trace, WithoutATrialThereIsNoEvent) {
  EXPECT_THAT(WriteTrace(RunReport{}, {}).text, HasSubstr("\"traceEvents\":[\n]"));
}

}  // namespace
}  // namespace bulkhead
