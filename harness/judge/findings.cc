#include "harness/judge/findings.h"

#include <algorithm>
#include <optional>

#include "harness/judge/fates.h"
#include "harness/model/names.h"

namespace bulkhead {
namespace {

bool Is(const Fate& fate, Finding finding) {
  const bool stopped = IsDead(fate) || std::holds_alternative<Stalled>(fate) ||
                       std::holds_alternative<Unkillable>(fate);
  const bool damaged = std::holds_alternative<Corrupt>(fate);
  switch (finding) {
    case Finding::kBystanderDied:
      return IsDead(fate);
    case Finding::kBystanderStopped:
      return stopped;
    case Finding::kBystanderDamaged:
      return damaged;
    default:
      return stopped || damaged;
  }
}

Look AnyBystander(const Examined& trial, Finding finding) {
  Look look;
  for (std::uint32_t unit = 1; unit < trial.happenings.units(); ++unit) {
    look.shown |= Is(trial.fates[unit], finding);
  }
  return look;
}

Look SilentDamage(const Examined& trial) {
  Look look = AnyBystander(trial, Finding::kBystanderDamaged);
  for (const Fate& fate : trial.fates) {
    // Whatever is not seen to live and act is not silent.
    look.shown &= std::holds_alternative<Intact>(fate) || std::holds_alternative<Corrupt>(fate);
  }
  return look;
}

Look ThreadOutlived(const Happenings& h) {
  Look look;
  if (!h.traits().has_host || h.traits().bystanders_are_processes) return look;
  const Place ended = h.log(h.host()).ended;
  if (ended == kNowhere) return look;
  for (std::uint32_t unit = 1; unit < h.units(); ++unit) {
    const Place asked = h.log(unit).challenged;
    look.shown |= asked != kNowhere && asked > ended && h.AnswerOf(unit) != nullptr;
  }
  return look;
}

bool Selected(const Experiment& experiment, const std::string& reading) {
  constexpr std::string_view kBack = "-back";
  return experiment.readings.empty() ||
         std::any_of(
             experiment.readings.begin(), experiment.readings.end(), [&](const std::string& name) {
               return reading == name || (reading.size() == name.size() + kBack.size() &&
                                          reading.starts_with(name) && reading.ends_with(kBack));
             });
}

// Whether the claim wants others to reach what is read: because it was passed on purpose, or
// because it belongs to the process that they all are part of.
bool ShouldArrive(const Happenings& h, const std::string& reading) {
  const bool one_process = !h.traits().victim_is_process && !h.traits().bystanders_are_processes;
  return one_process || reading.starts_with("via-") || reading.starts_with("shared-");
}

struct Sights {
  bool any = false, own = false, foreign = false, misplaced = false;
  Message unclear;
};

Sights Readings(const Experiment& experiment, const Happenings& h) {
  Sights sights;
  const std::vector<Observation>& seen = h.trial().observations;
  for (Place place = 0; place < seen.size(); ++place) {
    const auto* reading = h.Get<Reading>(place);
    if (reading == nullptr || !h.AfterArming(place) || seen[place].unit >= h.units() ||
        IsCount(reading->name) || !Selected(experiment, reading->name)) {
      continue;
    }
    sights.any = true;
    switch (SightOf(h, seen[place].unit, *reading)) {
      case Sight::kOwn:
        sights.own = true;
        sights.misplaced |= ShouldArrive(h, reading->name);
        break;
      case Sight::kForeign:
        sights.foreign = true;
        sights.misplaced |= !ShouldArrive(h, reading->name);
        break;
      case Sight::kOther:
        sights.unclear = Say("{} read a value of \"{}\" that no unit wrote",
                             TheUnit(h, seen[place].unit), reading->name);
        break;
    }
  }
  return sights;
}

struct Stretch {
  const std::string* name;
  std::uint32_t unit;
  std::uint64_t low, high;  // high: last byte
};

std::vector<Stretch> RegionsOf(const Experiment& experiment, const Happenings& h) {
  std::vector<Stretch> regions;
  const std::vector<Observation>& seen = h.trial().observations;
  for (Place place = 0; place < seen.size(); ++place) {
    const auto* region = h.Get<Region>(place);
    if (region == nullptr || region->bytes == 0 || seen[place].unit >= h.units() ||
        !Selected(experiment, region->name)) {
      continue;
    }
    const std::uint64_t room = ~std::uint64_t{0} - region->low;
    regions.push_back({&region->name, seen[place].unit, region->low,
                       region->low + std::min(region->bytes - 1, room)});
  }
  return regions;
}

bool Overlap(const std::vector<Stretch>& regions) {
  for (std::size_t i = 0; i < regions.size(); ++i) {
    for (std::size_t j = i + 1; j < regions.size(); ++j) {
      const Stretch &a = regions[i], &b = regions[j];
      if (a.unit != b.unit && *a.name == *b.name && a.low <= b.high && b.low <= a.high) return true;
    }
  }
  return false;
}

Look ReadingFinding(const Experiment& experiment, const Happenings& h) {
  const Sights sights = Readings(experiment, h);
  Look look{false, sights.unclear};
  look.shown = experiment.finding == Finding::kForeignMissed ? sights.own
               : experiment.finding == Finding::kMisplaced   ? sights.misplaced
                                                             : sights.foreign;
  bool evidence = sights.any;
  if (experiment.finding == Finding::kRegionShared) {
    const std::vector<Stretch> regions = RegionsOf(experiment, h);
    evidence |= !regions.empty();
    // Equal addresses in separate address spaces are different memory.
    look.shown |= h.traits().shares_memory && Overlap(regions);
  }
  if (!evidence) look.unclear = Say("no unit reported a reading");
  return look;
}

// What one unit reports of the counter.
struct Count {
  std::optional<std::uint64_t> added, total, base;
  Place when = kNowhere;  // of the total
};

}  // namespace

bool IsCount(const std::string& reading) {
  return reading == "added" || reading == "total" || reading == "base";
}

Sight SightOf(const Happenings& h, std::uint32_t unit, const Reading& reading) {
  if (reading.gone) return Sight::kForeign;  // undone by somebody: its own it would find
  const std::uint64_t seed = h.trial().plan.seed;
  if (reading.value == TokenOf(seed, unit)) return Sight::kOwn;
  for (std::uint32_t other = 0; other < h.units(); ++other) {
    if (reading.value == TokenOf(seed, other)) return Sight::kForeign;
  }
  return Sight::kOther;
}

Look UpdatesLost(const Examined& trial, std::uint32_t through) {
  const Happenings& h = trial.happenings;
  std::vector<Count> counts(h.units());
  const std::vector<Observation>& seen = h.trial().observations;
  for (Place place = 0; place < seen.size(); ++place) {
    const auto* reading = h.Get<Reading>(place);
    if (reading == nullptr || seen[place].unit >= h.units() || reading->gone) continue;
    Count& count = counts[seen[place].unit];
    if (reading->name == "added") count.added = reading->value;
    if (reading->name == "base") count.base = reading->value;
    if (reading->name == "total") {
      count.total = reading->value;
      count.when = place;
    }
  }
  for (std::uint32_t unit = 0; unit < h.units(); ++unit) {
    const Count& count = counts[unit];
    if (count.added && count.total && count.base) continue;
    return {false, Say("{} did not report what it added and found", TheUnit(h, unit))};
  }

  Look look;
  // Modulo 2^64 throughout, as the counters are.
  if (!h.traits().shares_memory && !trial.manifest.shared_mapping) {
    for (std::uint32_t unit = 0; unit < h.units(); ++unit) {
      if (through != kNoUnit && through != unit) continue;
      look.shown |= *counts[unit].added != *counts[unit].total - *counts[unit].base;
    }
    return look;
  }
  std::uint64_t added = 0;
  const Count* last = &counts[0];
  for (const Count& count : counts) {
    added += *count.added;
    if (count.when > last->when) last = &count;
  }
  if (through != kNoUnit) last = &counts[through];
  look.shown = added != *last->total - *last->base;
  return look;
}

Examined::Examined(const Manifest& of, const Trial& trial) : manifest(of), happenings(trial) {
  fates.reserve(happenings.units());
  for (std::uint32_t unit = 0; unit < happenings.units(); ++unit) {
    fates.push_back(FateOf(happenings, unit));
  }
}

Look LookFor(const Experiment& experiment, const Examined& trial) {
  switch (experiment.finding) {
    case Finding::kBystanderDied:
    case Finding::kBystanderStopped:
    case Finding::kBystanderDamaged:
    case Finding::kBystanderAffected:
      return AnyBystander(trial, experiment.finding);
    case Finding::kSilentDamage:
      return SilentDamage(trial);
    case Finding::kThreadOutlived:
      return ThreadOutlived(trial.happenings);
    case Finding::kForeignSeen:
    case Finding::kForeignMissed:
    case Finding::kRegionShared:
    case Finding::kMisplaced:
      return ReadingFinding(experiment, trial.happenings);
    case Finding::kUpdatesLost:
      return UpdatesLost(trial);
  }
  return {false, Say("this judge does not know the finding")};
}

Message TheUnit(const Happenings& h, std::uint32_t unit) {
  if (unit == kVictimIndex) return Say("the victim");
  if (unit <= h.bystanders()) return Say("bystander {}", std::to_string(unit));
  return Say("the host");
}

Message WhySpoilt(const Examined& trial) {
  const Happenings& h = trial.happenings;
  if (!h.trial().trouble.empty()) return Message(h.trial().trouble);
  for (std::uint32_t unit = 1; unit < h.units(); ++unit) {
    const Fate& fate = trial.fates[unit];
    if (const auto* lost = std::get_if<Lost>(&fate)) {
      return Say("{}: {}", TheUnit(h, unit), Message::Known(lost->why));
    }
    // Our own hand is not the fault's doing.
    if (IsDead(fate) && h.EndedBySupervisor(unit)) {
      return Say("{} was ended by the supervisor before it had answered", TheUnit(h, unit));
    }
  }
  return {};
}

bool Shows(const Experiment& experiment, const Manifest& manifest, const Trial& trial) {
  const Look look = LookFor(experiment, Examined(manifest, trial));
  return look.unclear.empty() && look.shown;
}

}  // namespace bulkhead
