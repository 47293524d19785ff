#include "harness/vehicle/hosted.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>

#include "harness/os/clone.h"
#include "harness/vehicle/process_unit.h"

namespace bulkhead {
namespace {

struct Placement {
  const LaunchRequest* request;
  std::uint32_t index;
  // Sharing processes only.
  std::uint64_t flags = 0;
  int pidfd = -1;
  sem_t started;
  Expected<pid_t> made = 0;
};

Expected<void> StartDetached(void* (*body)(void*), void* argument) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kUnitStackBytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  const int error = pthread_create(&thread, &attributes, body, argument);
  pthread_attr_destroy(&attributes);
  if (error != 0) return FailErrno("pthread_create", error);
  return {};
}

void* LiveAsThread(void* argument) {
  const std::unique_ptr<Placement> placement(static_cast<Placement*>(argument));
  const LaunchRequest& request = *placement->request;
  const std::uint32_t index = placement->index;
  request.body.run(request.body.context, index, request.channels[index]);
  if (index == request.units) _exit(0);  // the host's part: the process ends with it
  return nullptr;
}

int LiveAsSharingProcess(void* argument) {
  Placement* placement = static_cast<Placement*>(argument);
  const LaunchRequest& request = *placement->request;
  StayWithSupervisor(request);
  setpgid(0, 0);
  // A private futex works across processes that share the address space.
  sem_post(&placement->started);
  request.body.run(request.body.context, placement->index, request.channels[placement->index]);
  _exit(0);
}

void* CarrySharingProcess(void* argument) {
  Placement* placement = static_cast<Placement*>(argument);
  void* stack = mmap(nullptr, kUnitStackBytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED) {
    placement->made = FailErrno("mmap of a stack");
    sem_post(&placement->started);
    return nullptr;
  }
  // The lowest page is the guard: an overflow must fault, not reach a neighbour's mapping.
  mprotect(stack, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), PROT_NONE);
  Expected<pid_t> pid = os::CloneSharingMemory(LiveAsSharingProcess, placement,
                                               static_cast<char*>(stack) + kUnitStackBytes,
                                               &placement->pidfd, placement->flags);
  if (!pid) {
    placement->made = pid;
    sem_post(&placement->started);
  }
  // The unit has ended; its carrier stays until the host goes, so that nobody reuses its memory.
  for (;;) pause();
}

}  // namespace

Expected<void> StartThread(const LaunchRequest& request, std::uint32_t index) {
  auto placement = std::make_unique<Placement>();
  placement->request = &request;
  placement->index = index;
  Expected<void> started = StartDetached(LiveAsThread, placement.get());
  if (started) (void)placement.release();  // the thread owns it
  return started;
}

Expected<LaunchedUnit> StartSharingProcess(const LaunchRequest& request, std::uint32_t index,
                                           std::uint64_t flags) {
  // Leaked on purpose: the unit keeps using it and the host is disposable.
  Placement* placement = new Placement{&request, index, flags, -1, {}, 0};
  sem_init(&placement->started, 0, 0);
  if (Expected<void> carrier = StartDetached(CarrySharingProcess, placement); !carrier) {
    return tl::make_unexpected(carrier.error());
  }
  while (sem_wait(&placement->started) != 0) {
  }
  if (!placement->made) return tl::make_unexpected(placement->made.error());
  return LaunchedUnit{index, UniqueFd(placement->pidfd)};
}

void HostedVehicle::Stay(const LaunchRequest& request) {
  request.body.run(request.body.context, request.units, request.HostChannel());
}

Expected<void> HostedVehicle::Launch(const LaunchRequest& request, LaunchedUnits& made) {
  Expected<os::Cloned> host = os::CloneSibling();
  if (!host) return FailWith("host process", host.error());
  if (host->pid == 0) {
    StayWithSupervisor(request);
    close(request.zygote_channel);
    setpgid(0, 0);
    LaunchedUnits sharing;
    // Exit code 126: seen by the supervisor as an end before the units were ready.
    if (!Populate(request, sharing)) _exit(126);
    if (!sharing.all().empty()) {
      request.body.announce(request.body.context, request.HostChannel(), sharing.all());
    }
    Stay(request);
    _exit(0);
  }
  made.Add(request.units, std::move(host->pidfd));
  return {};
}

}  // namespace bulkhead
