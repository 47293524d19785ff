// Four mappings are made before any unit exists: three that are asked to be shared (anonymous, of a
// memfd, of a POSIX shared memory object that is unlinked at once) and one that is not.  The victim
// writes its token into the bystanders' cells of all four.
//
// The shared mappings outlive the trial: every bystander writes its own cell before it is ready.
// Units that execute a program map all four anew, and share none.  The cells are volatile: every
// load and store happens.
//
// Runs in: unit.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::MapAnonymous;
using bulkhead::scenarios::Require;

using Cells = volatile std::uint64_t[kMostUnits];  // of the bystander with that index

struct Place {
  const char* name;  // of the reading
  Cells* cells;
};

Place g_places[] = {{"shared-anonymous", nullptr},
                    {"shared-memfd", nullptr},
                    {"shared-shm", nullptr},
                    {"private", nullptr}};

// Takes the descriptor.
Cells* MapShared(int file) {
  Require(file >= 0 && ftruncate(file, sizeof(Cells)) == 0);
  void* memory = mmap(nullptr, sizeof(Cells), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  Require(memory != MAP_FAILED);
  close(file);
  return static_cast<Cells*>(memory);
}

int OpenUnlinkedObject() {
  char name[64];
  // The address differs even where two PID namespaces give out the same number.
  std::snprintf(name, sizeof(name), "/bulkhead-%d-%p", static_cast<int>(getpid()),
                static_cast<void*>(&g_places));
  const int file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  shm_unlink(name);
  return file;
}

void Setup(bh_unit*) {
  constexpr int kBoth = PROT_READ | PROT_WRITE;
  g_places[0].cells = static_cast<Cells*>(MapAnonymous(sizeof(Cells), kBoth, MAP_SHARED));
  g_places[1].cells = MapShared(memfd_create("bulkhead-cells", MFD_CLOEXEC));
  g_places[2].cells = MapShared(OpenUnlinkedObject());
  g_places[3].cells = static_cast<Cells*>(MapAnonymous(sizeof(Cells), kBoth, MAP_PRIVATE));
}

void Fill(std::uint32_t bystander, std::uint64_t token) {
  for (const Place& place : g_places) (*place.cells)[bystander] = token;
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  if (unit->index != kVictim) Fill(unit->index, unit->token);
}

void Act(bh_unit* unit) {
  for (std::uint32_t i = 1; i < unit->count; ++i) Fill(i, unit->token);
}

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  for (const Place& place : g_places) {
    bulkhead::plugin::Reading(unit, place.name, (*place.cells)[unit->index]);
  }
}

void Hit(bh_unit* unit, std::uint64_t foreign) { Fill(unit->index, foreign); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-when-asked",
    .summary =
        "The victim writes to three mappings that are shared on purpose, and one that is not.",
    .tags = {"memory", "shared"},
    .kind = BH_PROBE,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
