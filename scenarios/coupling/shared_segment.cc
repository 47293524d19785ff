// The victim stores garbage into a segment that it shares with bystander 1, whose canary covers it.
// The words are volatile: every store happens.
//
// A shared segment keeps its damage, and a canary is filled before the units are made.  So what is
// filled is private memory; in `prepare`, bystander 1 copies that into the segment and maps the
// segment in its place.  Each trial starts from a whole canary.
//
// Runs in: unit.
#include <unistd.h>

#include <cstring>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::MapAnonymous;
using bulkhead::scenarios::Require;

constexpr std::uint32_t kOwner = 1;

int g_file = -1;
std::size_t g_bytes;
void* g_segment;  // the victim's view
void* g_canary;   // what bystander 1 calls its own

void* MapFile(void* where, int how) {
  void* memory = mmap(where, g_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | how, g_file, 0);
  Require(memory != MAP_FAILED);
  return memory;
}

void Setup(bh_unit* unit) {
  g_bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  g_file = memfd_create("bulkhead-segment", MFD_CLOEXEC);
  Require(g_file >= 0 && ftruncate(g_file, static_cast<off_t>(g_bytes)) == 0);
  g_segment = MapFile(nullptr, 0);
  g_canary = MapAnonymous(g_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE);
  bulkhead::plugin::Guard(unit, kOwner, g_canary, g_bytes);
}

void Prepare(bh_unit* unit) {
  if (unit->index != kOwner) return;
  std::memcpy(g_segment, g_canary, g_bytes);
  MapFile(g_canary, MAP_FIXED);
}

void Act(bh_unit* unit) {
  auto* words = static_cast<volatile std::uint64_t*>(g_segment);
  for (std::size_t i = 0; i < g_bytes / sizeof(*words); ++i) words[i] = unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-segment",
    .summary = "Stores garbage into memory that it shares with a bystander.",
    .tags = {"coupled-corruption", "memory"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
};
