// The victim writes its token into a word of each bystander's in a mapping that they share, and
// into a plain global of each.  What makes that certain stands in way.h.
//
// Runs in: unit.
#include "scenarios/ipc/way.h"

namespace {

using bulkhead::scenarios::kMostUnits;

class SharedMemory : public bulkhead::scenarios::Way {
 public:
  static constexpr const char* kReading = "via-shared-memory";

  bool Make(std::uint32_t bystander) {
    if (bystander != 1) return true;  // one mapping serves all
    words_ = static_cast<volatile std::uint64_t*>(bulkhead::scenarios::MapAnonymous(
        kMostUnits * sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED));
    return true;
  }

  void Send(bh_unit*, std::uint32_t bystander, std::uint64_t word) { words_[bystander] = word; }

  bool Take(bh_unit* unit, std::uint64_t& word) {
    const std::uint64_t found = words_[unit->index];
    if (found == 0) return false;  // no unit's token
    words_[unit->index] = 0;
    word = found;
    return true;
  }

 private:
  volatile std::uint64_t* words_ = nullptr;  // of the bystander with that index
};

using Over = bulkhead::scenarios::HandOver<SharedMemory>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-shared-memory",
    .summary = "The victim writes its token to memory that each bystander shares with it.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
