// A window's script wants the lock of its page, which a loader holds: a thread of the same window
// that waits for a server that never answers.  The calls have effects that no compiler may remove.
//
// Runs in: unit.
#include <mutex>

#include "scenarios/case/window.h"

namespace {

using bulkhead::scenarios::Require;

// The far end of the connection stays open, and nobody sends.
int g_server[2];
std::mutex g_page_lock;
bulkhead::scenarios::Turn g_loading;

void* Load(void*) {
  g_page_lock.lock();
  g_loading.Give(1);
  char byte;
  while (recv(g_server[0], &byte, sizeof byte, 0) < 0) {
  }
  g_page_lock.unlock();
  return nullptr;
}

void Wait(bulkhead::scenarios::Page&) { g_page_lock.lock(); }

using Windows = bulkhead::scenarios::Windows<Wait>;

void Prepare(bh_unit* unit) {
  Windows::Prepare(unit);
  if (unit->index != bulkhead::scenarios::kVictim) return;
  Require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, g_server) == 0);
  pthread_t loader;
  Require(pthread_create(&loader, nullptr, Load, nullptr) == 0);
  g_loading.AwaitOtherThan(0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "browser-window-waits",
    .summary = "The script of a browser window waits for a lock that is never given back.",
    .tags = {"case", "browser-window"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}},
    .prepare = Prepare,
    .act = Windows::Act,
    .watch = Windows::Watch,
};
