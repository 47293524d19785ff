// All units work at once, each until its own CPU clock has advanced, with their tokens held in a
// register all the time.  The victim works much longer than the bystanders: a bystander whose clock
// shows that much has a clock that counts another's work.  Each also says which thread number it
// has.
//
// The token passes through an asm operand in every round: it is in a register there, and no
// compiler knows that it is still the same.
//
// Runs in: unit.
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Gone;
using bulkhead::plugin::Opaque;
using bulkhead::plugin::Reading;
using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;

constexpr std::uint64_t kLong = 10'000'000, kShort = 200'000;  // ns of own work
constexpr int kRoundsPerLook = 1'000;
constexpr int kMostLooks = 200'000;  // far more than any clock that counts this work needs

struct Account {
  std::uint64_t begun;  // own clock, when the unit got ready
  std::uint64_t held;   // what came back from the register
  bool advanced;        // the clock, by own work
};

Account g_accounts[kMostUnits];  // of the unit with that index

std::uint64_t OwnClock() {
  timespec time{};
  bulkhead::scenarios::Require(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(time.tv_nsec);
}

// Returns what came back from the register.
BH_KEEP std::uint64_t Work(std::uint64_t token, std::uint64_t least, bool* advanced) {
  const std::uint64_t begun = OwnClock();
  for (int look = 0; look < kMostLooks && !*advanced; ++look) {
    for (int round = 0; round < kRoundsPerLook; ++round) token = Opaque(token);
    *advanced = OwnClock() - begun >= least;
  }
  return token;
}

void Prepare(bh_unit* unit) {
  bulkhead::scenarios::Require(unit->count <= kMostUnits);
  g_accounts[unit->index] = {OwnClock(), unit->token, true};
}

void Act(bh_unit* unit) {
  Account& account = g_accounts[unit->index];
  const bool was_hit = account.held != unit->token;
  account.advanced = false;
  const std::uint64_t held =
      Work(unit->token, unit->index == kVictim ? kLong : kShort, &account.advanced);
  if (!was_hit) account.held = held;
}

void Watch(bh_unit* unit) {
  const Account& account = g_accounts[unit->index];
  const auto number = static_cast<std::uintptr_t>(syscall(SYS_gettid));
  bulkhead::plugin::Region(unit, "tid", reinterpret_cast<const void*>(number), 1);
  Reading(unit, "register", account.held);
  const bool others_work = unit->index != kVictim && OwnClock() - account.begun >= kLong;
  if (account.advanced && !others_work) {
    Reading(unit, "clock", unit->token);
  } else {
    Gone(unit, "clock");
  }
}

// A clock that shows as much as the victim's work, and a register that holds another's token.
void Hit(bh_unit* unit, std::uint64_t foreign) {
  bool advanced = false;
  g_accounts[unit->index].held = Work(foreign, kLong, &advanced);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "schedulable",
    .summary = "All units work at once, each by its own CPU clock and with its own registers.",
    .tags = {"thread"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
