// The victim sends its token to each bystander over TCP from its own host to the bystander's, and
// writes it into a plain global of each.  What makes that certain stands in way.h.
//
// Runs in: unit.
#include <poll.h>

#include "scenarios/host/endpoint.h"
#include "scenarios/ipc/loopback.h"
#include "scenarios/ipc/way.h"

namespace {

using bulkhead::scenarios::EndpointOf;
using bulkhead::scenarios::kLoopbackPatienceMs;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::ListenAt;
using bulkhead::scenarios::Require;

constexpr in_port_t kPort = 7008;

class Network : public bulkhead::scenarios::Way {
 public:
  static constexpr const char* kReading = "via-network";

  bool Make(std::uint32_t) { return true; }

  void Open(bh_unit* unit) {
    if (unit->index == kVictim) return;
    listener_ = ListenAt(EndpointOf(unit, unit->index, kPort), SOCK_NONBLOCK);
  }

  void Send(bh_unit* unit, std::uint32_t bystander, std::uint64_t word) {
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in to = EndpointOf(unit, bystander, kPort);
    Require(connect(connection, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
    Require(write(connection, &word, sizeof word) == sizeof word);
    close(connection);
  }

  void Await(bh_unit*) {
    pollfd waiting{listener_, POLLIN, 0};
    poll(&waiting, 1, kLoopbackPatienceMs);
  }

  // What comes from the own host has not crossed the network; only `hit` sends it.
  bool Take(bh_unit*, std::uint64_t& word) {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return false;
    const bool got = read(connection, &word, sizeof word) == sizeof word;
    close(connection);
    return got;
  }

 private:
  int listener_ = -1;
};

using Over = bulkhead::scenarios::HandOver<Network>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-network",
    .summary = "The victim sends its token to each bystander, from one host to another.",
    .tags = {"ipc", "host", "network"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"hosts"},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
