// The victim sends its token to each bystander through a System V message queue, the bystander's
// index being the type of the message, and writes it into a plain global of each.  What makes that
// certain stands in way.h.
//
// Such a queue outlives every process.  The victim makes it in `prepare` and removes it in its
// `watch`, which comes after all others'; an IPC namespace, where one may be made, takes along what
// a trial without an end has left.  A bystander that is hit where it knows of no queue makes one.
//
// Runs in: unit.
#include <sched.h>
#include <sys/msg.h>

#include "scenarios/ipc/way.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

struct Message {
  long type;
  std::uint64_t word;
};

class SystemVQueue : public bulkhead::scenarios::Way {
 public:
  static constexpr const char* kReading = "via-sysv-queue";

  bool Make(std::uint32_t bystander) {
    if (bystander != 1) return true;  // one queue serves all
    (void)unshare(CLONE_NEWIPC);
    id_ = static_cast<volatile int*>(
        bulkhead::scenarios::MapAnonymous(sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED));
    *id_ = -1;
    return true;
  }

  void Open(bh_unit* unit) {
    if (unit->index == kVictim) MakeQueue(unit);
  }

  void Send(bh_unit* unit, std::uint32_t bystander, std::uint64_t word) {
    if (*id_ < 0) MakeQueue(unit);
    const Message message{static_cast<long>(bystander), word};
    Require(msgsnd(*id_, &message, sizeof(word), IPC_NOWAIT) == 0);
  }

  // In `prepare` there may be no queue yet: nothing is taken then.
  bool Take(bh_unit* unit, std::uint64_t& word) {
    Message message{};
    const auto type = static_cast<long>(unit->index);
    if (msgrcv(*id_, &message, sizeof(word), type, IPC_NOWAIT) != sizeof(word)) return false;
    word = message.word;
    return true;
  }

  void Close(bh_unit* unit) {
    if (maker_ != static_cast<int>(unit->index)) return;
    msgctl(*id_, IPC_RMID, nullptr);
    *id_ = -1;
  }

 private:
  void MakeQueue(bh_unit* unit) {
    *id_ = msgget(IPC_PRIVATE, 0600);
    Require(*id_ >= 0);
    maker_ = static_cast<int>(unit->index);
  }

  int maker_ = -1;
  volatile int* id_ = nullptr;  // in memory that the units share, since the victim makes the queue
};

using Over = bulkhead::scenarios::HandOver<SystemVQueue>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-sysv-queue",
    .summary = "The victim sends its token to each bystander through a System V message queue.",
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
