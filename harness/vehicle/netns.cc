// netns: every unit a process on a host of its own, that is, in a network namespace with one
// interface, a veth pair into a bridge that only the hosts of this trial are linked to
// (network_namespaces(7), veth(4)).
//
// The hosts are made once per zygote and a unit only enters its own: making them takes
// milliseconds. Nothing names them, so that they go with the last process of the zygote and its
// units.
//
// Runs in: zygote.
#include <unistd.h>

#include <string>
#include <vector>

#include "harness/base/msgid.h"
#include "harness/os/call.h"
#include "harness/os/network.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

constexpr const char* kBridge = "switch";
constexpr const char* kInterface = "host";  // the same name on every host
constexpr int kPrefixBits = 24;

class Netns final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kNetns; }

  // By making a host, in a child that is thrown away.
  std::string WhyNot() const override {
    return WhyNotInChild([] {
      Netns trial;
      Expected<void> made = trial.Prepare();
      if (made) made = trial.AddHosts(1);
      return made ? std::string() : Msgid("hosts cannot be linked") + (": " + made.error().message);
    });
  }

  Expected<void> Prepare() override {
    Expected<UniqueFd> home = os::CurrentNetwork();
    if (!home) return tl::make_unexpected(home.error());
    home_ = std::move(*home);
    Expected<UniqueFd> made = os::EnterNewNetwork();
    if (made) switch_ = std::move(*made);
    const Expected<void> bridged =
        made ? os::AddBridge(kBridge) : Expected<void>(tl::make_unexpected(made.error()));
    return GoHome(bridged);
  }

  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) override {
    if (Expected<void> hosts = AddHosts(request.units); !hosts) return hosts;
    return ForkedVehicle::Launch(request, made);
  }

 protected:
  void Settle(const LaunchRequest&, std::uint32_t index) override {
    os::call::LeadGroup();
    // An earlier trial may have cut the link.  126: seen as an end before the unit was ready.
    if (!os::EnterNetwork(hosts_[index].get()) || !os::SetLinkUp(kInterface)) _exit(126);
    // No way to another's host, or out.
    for (const UniqueFd& host : hosts_) os::call::Close(host.get());
    os::call::Close(switch_.get());
    os::call::Close(home_.get());
  }

 private:
  // Until there are `count`.
  Expected<void> AddHosts(std::uint32_t count) {
    while (hosts_.size() < count) {
      if (Expected<void> added = GoHome(AddHost()); !added) return added;
    }
    return {};
  }

  Expected<void> AddHost() {
    const auto index = static_cast<std::uint32_t>(hosts_.size());
    const std::string port = "port" + std::to_string(index);
    Expected<UniqueFd> host = os::EnterNewNetwork();
    if (!host) return tl::make_unexpected(host.error());
    Expected<void> done = os::AddVethPair(kInterface, port.c_str(), switch_.get());
    if (done) done = os::SetAddress(kInterface, HostAddress(index), kPrefixBits);
    if (done) done = os::SetLinkUp(kInterface);
    if (done) done = os::EnterNetwork(switch_.get());
    if (done) done = os::SetLinkUp(port.c_str());
    if (done) done = os::JoinBridge(kBridge, port.c_str());
    if (done) hosts_.push_back(std::move(*host));
    return done;
  }

  // The zygote itself stays where it was.
  Expected<void> GoHome(Expected<void> done) {
    const Expected<void> back = os::EnterNetwork(home_.get());
    return done ? back : done;
  }

  UniqueFd home_, switch_;
  std::vector<UniqueFd> hosts_;  // by unit
};

}  // namespace

Vehicle& NetnsVehicle() {
  static Netns vehicle;
  return vehicle;
}

}  // namespace bulkhead
