// main: the victim is the first thread of the host process, the bystanders are other threads of it.
// That thread is special: returning from it ends the process, its stack is the kernel's to grow,
// and when it ends alone it stays as a zombie until the others have gone (pthread_exit(3)).
//
// Runs in: zygote, host.
#include <unistd.h>

#include "harness/vehicle/hosted.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Main final : public HostedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kMain; }

 protected:
  Expected<void> Populate(const LaunchRequest& request, LaunchedUnits&) override {
    for (std::uint32_t index = 1; index < request.units; ++index) {
      if (Expected<void> started = StartThread(request, index); !started) return started;
    }
    // What the first thread does in other hosts: it awaits the release and ends the process.
    return StartThread(request, request.units);
  }

  void Stay(const LaunchRequest& request) override {
    request.body.run(request.body.context, 0, request.channels[0]);
    for (;;) pause();  // released; the process is not
  }
};

}  // namespace

Vehicle& MainVehicle() {
  static Main vehicle;
  return vehicle;
}

}  // namespace bulkhead
