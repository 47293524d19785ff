// exec: every unit executes a fresh program image, with an address space laid out anew, that loads
// the plugin itself.
//
// Runs in: zygote.
#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Exec final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kExec; }

 protected:
  void Settle(const LaunchRequest& request, std::uint32_t index) override {
    setpgid(0, 0);
    const int channel = request.channels[index];
    fcntl(channel, F_SETFD, 0);
    const std::string index_text = std::to_string(index), channel_text = std::to_string(channel);
    const std::string trial_text = std::to_string(request.trial);
    // PDEATHSIG outlives execve of a program that is not set-id (prctl(2)).
    execl("/proc/self/exe", "bulkhead-zygote", request.plugin, channel_text.c_str(),
          index_text.c_str(), trial_text.c_str(), static_cast<char*>(nullptr));
    _exit(127);  // seen by the supervisor as an end before the unit was ready
  }
};

}  // namespace

Vehicle& ExecVehicle() {
  static Exec vehicle;
  return vehicle;
}

}  // namespace bulkhead
