// The victim sends its token to each bystander through a POSIX message queue, and writes it into a
// plain global of each.  What makes that certain stands in way.h.
//
// The name is taken back at once, so a queue ends with its last descriptor.
//
// Runs in: unit.
#include "scenarios/ipc/ends.h"
#include "scenarios/ipc/way.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::Require;

class PosixQueue : public bulkhead::scenarios::Way {
 public:
  static constexpr const char* kReading = "via-posix-queue";

  bool Make(std::uint32_t bystander) {
    mq_attr attributes{};
    attributes.mq_maxmsg = 2;
    attributes.mq_msgsize = sizeof(std::uint64_t);
    queues_[bystander] =
        bulkhead::scenarios::MakePosixQueue("via-posix-queue", O_NONBLOCK, &attributes);
    return queues_[bystander] >= 0;
  }

  void Send(bh_unit*, std::uint32_t bystander, std::uint64_t word) {
    Require(mq_send(queues_[bystander], reinterpret_cast<char*>(&word), sizeof(word), 0) == 0);
  }

  bool Take(bh_unit* unit, std::uint64_t& word) {
    auto* bytes = reinterpret_cast<char*>(&word);
    return mq_receive(queues_[unit->index], bytes, sizeof(word), nullptr) == sizeof(word);
  }

 private:
  mqd_t queues_[kMostUnits];  // of the bystander with that index
};

using Over = bulkhead::scenarios::HandOver<PosixQueue>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-posix-queue",
    .summary = "The victim sends its token to each bystander through a POSIX message queue.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
