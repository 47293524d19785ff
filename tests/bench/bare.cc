// bench-bare: the kernel calls alone, with nothing observed.  A small program of its own, so that
// what it forks is as small as a zygote's units.
//
// Reads one line "KIND COUNT" after the other and answers with nanoseconds per round, one a line.
//   one      fork, fatal fault, wait
//   three    fork three, of which one crashes and two wait to be released; wait for all
//   threads  fork a process of three threads, of which one crashes; wait
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "harness/base/clock.h"

namespace {

using bulkhead::Nanoseconds;

[[noreturn]] void Crash() {
  volatile std::uintptr_t nowhere = 8;
  *reinterpret_cast<volatile int*>(nowhere) = 1;
  _exit(1);
}

void Reap(pid_t pid) {
  int status;
  waitpid(pid, &status, 0);
}

void One() {
  const pid_t pid = fork();
  if (pid == 0) Crash();
  Reap(pid);
}

void Three() {
  int release[2];
  if (pipe(release) != 0) _exit(1);
  pid_t bystanders[2];
  for (pid_t& bystander : bystanders) {
    bystander = fork();
    if (bystander == 0) {
      close(release[1]);
      char byte;
      (void)!read(release[0], &byte, 1);
      _exit(0);
    }
  }
  One();
  close(release[1]);
  for (const pid_t bystander : bystanders) Reap(bystander);
  close(release[0]);
}

void* Wait(void*) {
  for (;;) pause();
}

void Threads() {
  const pid_t pid = fork();
  if (pid == 0) {
    pthread_t thread;
    pthread_create(&thread, nullptr, Wait, nullptr);
    pthread_create(&thread, nullptr, Wait, nullptr);
    pthread_create(
        &thread, nullptr, [](void*) -> void* { Crash(); }, nullptr);
    Wait(nullptr);
  }
  Reap(pid);
}

}  // namespace

int main() {
  char kind[16];
  int count;
  while (std::scanf("%15s %d", kind, &count) == 2) {
    void (*round)() = std::strcmp(kind, "one") == 0     ? One
                      : std::strcmp(kind, "three") == 0 ? Three
                                                        : Threads;
    for (int i = 0; i < count; ++i) {
      const Nanoseconds start = bulkhead::Now();
      round();
      std::printf("%lld\n", static_cast<long long>(bulkhead::Now() - start));
    }
    std::fflush(stdout);
  }
}
