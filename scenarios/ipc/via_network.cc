// The victim sends its token to each bystander over TCP from its own host to the bystander's, and
// writes it into a plain global of each.  What makes that certain stands in way.h.
//
// Runs in: unit.
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "scenarios/ipc/loopback.h"
#include "scenarios/ipc/way.h"

namespace {

using bulkhead::scenarios::kLoopbackPatienceMs;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

constexpr in_port_t kPort = 7008;  // the hosts are the trial's own: nobody else is there

class Network : public bulkhead::scenarios::Way {
 public:
  static constexpr const char* kReading = "via-network";

  bool Make(std::uint32_t) { return true; }

  void Open(bh_unit* unit) {
    if (unit->index == kVictim) return;
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;  // an earlier trial's connections may linger on this host
    Require(setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0);
    const sockaddr_in own = AddressOf(unit, unit->index);
    Require(bind(listener_, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 &&
            listen(listener_, 4) == 0);
  }

  void Send(bh_unit* unit, std::uint32_t bystander, std::uint64_t word) {
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in to = AddressOf(unit, bystander);
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
  static sockaddr_in AddressOf(bh_unit* unit, std::uint32_t index) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(kPort);
    address.sin_addr.s_addr = bulkhead::plugin::Address(unit, index);
    return address;
  }

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
