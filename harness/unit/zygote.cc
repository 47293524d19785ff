#include "harness/unit/zygote.h"

#include <unistd.h>

#include <array>
#include <optional>
#include <vector>

#include "harness/os/channel.h"
#include "harness/os/limits.h"
#include "harness/unit/compartment.h"
#include "harness/unit/fault_handler.h"
#include "harness/unit/life.h"
#include "harness/vehicle/vehicle.h"

namespace bulkhead {
namespace {

// Stack overflow must come soon: the limit of main threads, and the default of new ones.
constexpr unsigned long kStackLimit = 1 << 20;

struct Context {
  const Compartment* compartment;
  std::uint64_t trial;
  std::uint32_t units;
};

void RunUnit(void* context, std::uint32_t index, int channel) {
  const Context& zygote = *static_cast<const Context*>(context);
  if (index == zygote.units) {
    LiveHost(zygote.trial, channel);
  } else {
    LiveUnit(*zygote.compartment, zygote.trial, index, channel);
  }
}

// Descriptors go in the order of `units` in the message.
template <typename Message>
bool SendPidfds(int channel, Message message, std::span<const LaunchedUnit> launched) {
  std::array<int, wire::kMostUnits> descriptors{};
  message.header = {wire::kMagic, Message::kType};
  message.count = static_cast<std::uint32_t>(launched.size());
  for (std::size_t i = 0; i < launched.size(); ++i) {
    message.units[i] = launched[i].unit;
    descriptors[i] = launched[i].pidfd.get();
  }
  return os::SendMessage(channel, message, std::span(descriptors).first(launched.size()));
}

void Announce(void*, int channel, std::span<const LaunchedUnit> launched) {
  SendPidfds(channel, wire::Pidfds{}, launched);
}

bool Refuse(int channel, std::uint64_t trial, const std::string& why) {
  wire::NotLaunched message{};
  message.header = {wire::kMagic, wire::NotLaunched::kType};
  message.trial = trial;
  wire::SetText(message.why, why.c_str());
  return os::SendMessage(channel, message);
}

// The vehicle of this zygote: all orders of a block name the same.
Expected<Vehicle*> Prepared(std::uint32_t kind, std::optional<std::uint32_t>& prepared) {
  if (kind >= AllVehicles().size()) return Fail("unknown vehicle");
  Vehicle& vehicle = VehicleFor(static_cast<VehicleKind>(kind));
  if (prepared != kind) {
    if (Expected<void> done = vehicle.Prepare(); !done) return tl::make_unexpected(done.error());
    prepared = kind;
  }
  return &vehicle;
}

// A loaded plugin, or the refusal sent and an exit code.
std::optional<Compartment> LoadOrRefuse(const std::string& plugin, int channel) {
  os::LimitStack(kStackLimit);
  InstallFaultHandlers();
  WatchThisThread(-1);
  PrepareForUnits();
  Expected<Compartment> compartment = Compartment::Load(plugin);
  if (compartment) return *compartment;
  Refuse(channel, 0, compartment.error().message);
  return std::nullopt;
}

}  // namespace

int ServeZygote(const std::string& plugin, int channel) {
  // What units use is not on the stack: a victim that ends this thread alone, by pthread_exit,
  // takes its frames down under the others.  Nor is it ever destroyed: a victim that calls exit may
  // share its descriptors with others.
  static auto& compartment = *new std::optional<Compartment>;
  static auto& ends = *new std::vector<UniqueFd>;  // of the units' channels, by index
  static auto& channels = *new std::vector<int>;
  static Context context;
  static LaunchRequest request;
  alignas(std::max_align_t) static std::byte buffer[wire::kMostBytes];

  compartment = LoadOrRefuse(plugin, channel);
  if (!compartment) return 1;
  if (!os::SendMessage(channel, compartment->Describe())) return 1;
  std::optional<std::uint32_t> prepared;
  std::size_t size = 0;
  while (os::Receive(channel, buffer, size, &ends) == os::Received::kMessage) {
    const auto* order = wire::Parse<wire::Order>({buffer, size});
    if (order == nullptr || order->units == 0 || order->channels < order->units ||
        ends.size() < order->channels) {
      return 1;
    }
    for (std::size_t i = channels.size(); i < ends.size(); ++i) channels.push_back(ends[i].get());

    compartment->FillCanaries(order->canaries, order->units);
    context = {&*compartment, order->trial, order->units};
    request.units = order->units;
    request.channels = std::span(channels).first(order->channels);
    request.body = {&context, RunUnit, Announce};
    request.zygote_channel = channel;
    request.supervisor = getppid();
    request.plugin = plugin.c_str();
    request.trial = order->trial;
    Expected<Vehicle*> vehicle = Prepared(order->vehicle, prepared);
    LaunchedUnits made;
    const Expected<void> launched = vehicle ? (*vehicle)->Launch(request, made)
                                            : Expected<void>(tl::make_unexpected(vehicle.error()));
    wire::Launched message{};
    message.trial = order->trial;
    const bool told = launched ? SendPidfds(channel, message, made.all())
                               : Refuse(channel, order->trial, launched.error().message);
    if (!told) return 1;
  }
  return 0;
}

int ServeExecutedUnit(const std::string& plugin, int channel, unsigned index, std::uint64_t trial) {
  const std::optional<Compartment> compartment = LoadOrRefuse(plugin, channel);
  if (!compartment) return 125;
  LiveUnit(*compartment, trial, index, channel);
  return 0;
}

}  // namespace bulkhead
