#include "harness/unit/compartment.h"

#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/mman.h>

#include <cstddef>

#include "harness/model/canary.h"

namespace bulkhead {
namespace {

// `setup` runs before any unit exists: only guard() means something there.
struct SetupUnit : bh_unit {
  Compartment* compartment;
};

}  // namespace

void Compartment::AddGuard(bh_unit* unit, std::uint32_t owner, void* memory, std::size_t bytes) {
  Compartment& self = *static_cast<SetupUnit*>(unit)->compartment;
  // Whole aligned words only; a malloc'ed block is aligned anyway.
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (address + 7) & ~std::uintptr_t{7};
  if (bytes < first - address + sizeof(std::uint64_t)) return;
  if (owner >= wire::kMostUnits || self.guarded_count_ == kMostGuards) return;
  self.guarded_[self.guarded_count_++] = {owner, reinterpret_cast<std::uint64_t*>(first),
                                          (bytes - (first - address)) / sizeof(std::uint64_t)};
}

Expected<Compartment> Compartment::Load(const std::string& plugin) {
  void* library = dlopen(plugin.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return Fail(std::string("cannot be loaded: ") + dlerror());
  const auto* scenario = static_cast<const bh_scenario*>(dlsym(library, "bulkhead_scenario"));
  if (scenario == nullptr) return Fail("is no bulkhead plugin: it exports no bulkhead_scenario");
  if (scenario->abi_version != BH_ABI_VERSION) {
    return Fail("has plugin ABI version " + std::to_string(scenario->abi_version) +
                "; this bulkhead speaks version " + std::to_string(BH_ABI_VERSION));
  }
  if (scenario->size != sizeof(bh_scenario)) {
    return Fail("describes itself in " + std::to_string(scenario->size) + " bytes; ABI version " +
                std::to_string(BH_ABI_VERSION) + " has " + std::to_string(sizeof(bh_scenario)));
  }
  Compartment self;
  self.scenario_ = scenario;
  void* memory = mmap(nullptr, kCanaryBytes * wire::kMostUnits, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return FailErrno("cannot map the canaries");
  // A huge page would be cleared as a whole for each canary.
  madvise(memory, kCanaryBytes * wire::kMostUnits, MADV_NOHUGEPAGE);
  self.canaries_ = static_cast<std::uint64_t*>(memory);
  if (scenario->setup != nullptr) {
    static constexpr bh_api kSetupApi{
        .size = sizeof(bh_api),
        .reading = [](bh_unit*, const char*, std::uint64_t) {},
        .gone = [](bh_unit*, const char*) {},
        .region = [](bh_unit*, const char*, const void*, std::size_t) {},
        .samples = [](bh_unit*, const char*, const std::uint64_t*, std::size_t) {},
        .guard = &Compartment::AddGuard,
        .address = [](bh_unit*, std::uint32_t) -> std::uint32_t { return htonl(INADDR_LOOPBACK); },
    };
    SetupUnit unit{};
    unit.api = &kSetupApi;
    unit.compartment = &self;
    scenario->setup(&unit);
  }
  return self;
}

void Compartment::FillCanaries(std::uint64_t seed, std::uint32_t units) {
  if (filled_units_ >= units && filled_seed_ == seed) return;
  for (std::uint32_t unit = 1; unit < units; ++unit) {
    ForEachStretch(unit, [&](std::uint64_t* words, std::uint64_t first, std::uint64_t count) {
      for (std::uint64_t i = 0; i < count; ++i) {
        words[i] = CanaryWord(Derive(seed, unit), first + i);
      }
    });
  }
  filled_seed_ = seed;
  filled_units_ = units;
}

bool Compartment::HoldsCanary(std::uint32_t unit, std::uint64_t seed) const {
  return unit < filled_units_ && Derive(filled_seed_, unit) == seed;
}

std::uint64_t* Compartment::CanaryOf(std::uint32_t unit) const {
  return canaries_ + unit * kCanaryWords;
}

wire::Hello Compartment::Describe() const {
  wire::Hello hello{};
  hello.header = {wire::kMagic, wire::Hello::kType};
  wire::SetText(hello.name, scenario_->name);
  wire::SetText(hello.summary, scenario_->summary);
  for (std::size_t i = 0; i < std::size(hello.tags); ++i) {
    wire::SetText(hello.tags[i], scenario_->tags[i]);
  }
  for (std::size_t i = 0; i < std::size(hello.needs); ++i) {
    wire::SetText(hello.needs[i], scenario_->needs[i]);
  }
  hello.kind = scenario_->kind;
  hello.danger = scenario_->danger;
  hello.flags = scenario_->flags;
  for (std::size_t i = 0; i < std::size(hello.ends); ++i) {
    hello.ends[i] = {scenario_->ends[i].kind, scenario_->ends[i].value};
  }
  return hello;
}

}  // namespace bulkhead
