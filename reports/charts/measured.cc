#include "reports/charts/measured.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "harness/base/msgid.h"
#include "reports/charts/scale.h"
#include "reports/wording.h"

namespace bulkhead::charts {
namespace {

struct Kind {
  std::string_view id;
  std::string_view title;
  Unit unit;
};

// In the order in which they are shown.
enum KindIndex : std::size_t {
  kCreation,
  kSwitch,
  kLatency,
  kThroughput,
  kMemory,
  kTiming,
  kParallel,
  kResponse,
  kCounts,
  kKinds,
};

const std::array<Kind, kKinds>& Kinds() {
  static const std::array<Kind, kKinds> kTable{{
      {"cost-creation", Msgid("Making and ending a unit"), Unit::kNanoseconds},
      {"cost-switch", Msgid("Switching between units"), Unit::kNanoseconds},
      {"cost-latency", Msgid("A question of one word and its answer"), Unit::kNanoseconds},
      {"cost-throughput", Msgid("Getting 1 MiB across"), Unit::kNanoseconds},
      {"cost-memory", Msgid("Memory that one more unit takes"), Unit::kBytes},
      {"cost-timing", Msgid("The same work with and without a hog beside it"), Unit::kNanoseconds},
      {"cost-parallel", Msgid("Work done in parallel"), Unit::kNanoseconds},
      {"cost-response", Msgid("How long users and clients waited"), Unit::kNanoseconds},
      {"cost-counts", Msgid("What was counted"), Unit::kNumber},
  }};
  return kTable;
}

// Where the catalogue's own scenarios say in what they measure.  A series that no line knows, of a
// plugin perhaps, is a plain number.
KindIndex KindOf(const Manifest& scenario, std::string_view series) {
  const auto one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), series) != names.end();
  };
  if (scenario.HasTag("case")) {
    return series.ends_with("-latency") || one_of({"page", "recovery", "replacement"}) ? kResponse
                                                                                       : kCounts;
  }
  if (scenario.HasTag("parallel")) {
    return one_of({"alone", "together"}) || scenario.name == "small-tasks" ? kParallel : kCounts;
  }
  if (!scenario.HasTag("cost")) return kCounts;
  if (scenario.name.starts_with("process-creation")) {
    return series == "parent-mib" ? kCounts : kCreation;
  }
  if (scenario.HasTag("switch")) return one_of({"faults", "pages", "switches"}) ? kCounts : kSwitch;
  if (scenario.HasTag("latency")) return kLatency;
  if (scenario.HasTag("throughput")) return kThroughput;
  if (scenario.HasTag("memory")) return kMemory;
  if (scenario.HasTag("timing")) return kTiming;
  return kCounts;
}

const Manifest& ManifestOf(const RunReport& report, const std::string& name) {
  static const Manifest kNone;
  for (const Scenario& scenario : report.plan.scenarios) {
    if (scenario.manifest.name == name) return scenario.manifest;
  }
  return kNone;
}

}  // namespace

std::vector<MeasuredGroup> MeasuredGroups(const RunReport& report) {
  std::array<MeasuredGroup, kKinds> all;
  std::set<CellKey> seen;  // several claims read one cell
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) {
      if (cell.series.empty() || !seen.insert(cell.cell).second) continue;
      const Manifest& manifest = ManifestOf(report, cell.cell.scenario);
      std::array<MeasuredCell, kKinds> parts;
      for (const SeriesResult& series : cell.series) {
        parts[KindOf(manifest, series.name)].series.push_back(&series);
      }
      for (std::size_t kind = 0; kind < kKinds; ++kind) {
        if (parts[kind].series.empty()) continue;
        parts[kind].cell = &cell;
        all[kind].cells.push_back(std::move(parts[kind]));
      }
    }
  }
  std::vector<MeasuredGroup> groups;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    if (all[kind].cells.empty()) continue;
    const Kind& known = Kinds()[kind];
    groups.push_back({known.id, known.title, known.unit, std::move(all[kind].cells)});
  }
  return groups;
}

std::string InUnit(double value, Unit unit, const Translator& tr) {
  if (unit == Unit::kNanoseconds) return wording::Measured(value, tr);
  if (!(value >= 0)) return "–";
  if (unit == Unit::kNumber || value < 1024) {
    const std::string count = wording::Count(static_cast<std::uint64_t>(std::llround(value)), tr);
    return unit == Unit::kBytes ? count + " B" : count;
  }
  const bool mebi = value >= 1024.0 * 1024.0;
  const double scaled = value / (mebi ? 1024.0 * 1024.0 : 1024.0);
  return wording::Count(static_cast<std::uint64_t>(std::llround(scaled)), tr) +
         (mebi ? " MiB" : " KiB");
}

std::string TickIn(double value, Unit unit, const Translator& tr) {
  return unit == Unit::kNanoseconds ? RoundTime(value) : InUnit(value, unit, tr);
}

double Quantile(const SeriesResult& series, int percent) {
  for (std::size_t i = 0; i < kQuantileGrid.size() && i < series.quantiles.size(); ++i) {
    if (kQuantileGrid[i] == percent) return series.quantiles[i];
  }
  return percent < 50 ? series.least : series.most;
}

std::string_view ColorOf(std::string_view series) {
  if (series.starts_with("thread") || series == "without" || series == "alone") return "c-s1";
  if (series.starts_with("process") || series == "with-hog") return "c-s2";
  if (series == "fork-exec" || series == "with-limited-hog") return "c-s3";
  if (series == "spawn") return "c-s4";
  if (series == "vfork" || series == "together") return "c-s5";
  return "c-s6";
}

}  // namespace bulkhead::charts
