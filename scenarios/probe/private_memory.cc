// Every unit writes its token where the others would see it if they shared memory: the victim into
// the cells of the bystanders, each bystander into its cell of the victim's.  Everybody then reads
// its own.  Three kinds of memory: a global, the heap, an anonymous mapping; the first two lie at
// the same address in units that were forked from one process, and so does the third.
//
// The cells are volatile: every load and store happens.
//
// Runs in: unit.
#include <new>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Reading;
using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::MapAnonymous;
using bulkhead::scenarios::Require;

struct Cells {
  volatile std::uint64_t forward[kMostUnits];   // of the bystander with that index
  volatile std::uint64_t backward[kMostUnits];  // of the victim, for the bystander with that index
};

struct Place {
  const char* forward;  // names of the readings
  const char* backward;
  Cells* cells;
};

Cells g_cells;
Place g_places[] = {{"global", "global-back", &g_cells},
                    {"heap", "heap-back", nullptr},
                    {"mmap", "mmap-back", nullptr}};

void Setup(bh_unit*) {
  g_places[1].cells = new Cells{};
  g_places[2].cells =
      new (MapAnonymous(sizeof(Cells), PROT_READ | PROT_WRITE, MAP_PRIVATE)) Cells{};
}

void Fill(volatile std::uint64_t* cells, std::uint32_t count, std::uint64_t token) {
  for (std::uint32_t i = 1; i < count; ++i) cells[i] = token;
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  for (const Place& place : g_places) {
    if (unit->index == kVictim) {
      Fill(place.cells->backward, unit->count, unit->token);
    } else {
      place.cells->forward[unit->index] = unit->token;
    }
  }
}

void Act(bh_unit* unit) {
  if (unit->control != 0) return;  // nobody reaches for anybody
  for (const Place& place : g_places) {
    if (unit->index == kVictim) {
      Fill(place.cells->forward, unit->count, unit->token);
    } else {
      place.cells->backward[unit->index] = unit->token;
    }
  }
}

// The first value that is not the victim's own, if there is one.
std::uint64_t Backward(const Cells& cells, const bh_unit& unit) {
  for (std::uint32_t i = 1; i < unit.count; ++i) {
    const std::uint64_t value = cells.backward[i];
    if (value != unit.token) return value;
  }
  return unit.token;
}

void Watch(bh_unit* unit) {
  for (const Place& place : g_places) {
    if (unit->index == kVictim) {
      Reading(unit, place.backward, Backward(*place.cells, *unit));
    } else {
      Reading(unit, place.forward, place.cells->forward[unit->index]);
    }
  }
}

void Hit(bh_unit* unit, std::uint64_t foreign) {
  for (const Place& place : g_places) place.cells->forward[unit->index] = foreign;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "private-memory",
    .summary = "Units write to the same addresses and read whether anything of the others arrived.",
    .tags = {"memory"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
