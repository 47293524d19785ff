// Forks while another thread of its process holds a mutex.  Only the thread that forks exists in
// the child (fork(2)), but the mutex is copied as it is: locked, by nobody.  The child wants it and
// waits in vain; in the victim the owner lives on and gives it back.
//
// What stands for "for ever": the mutex is locked, the child is its process's only thread, so that
// nobody is there who could unlock it, and it does wait until a deadline.  A child that waited
// longer could outlive a victim that is killed.  A busy machine makes the wait longer and changes
// nothing else.  Each of it is a condition, and a child that misses one says which: the act aborts.
//
// Runs in: unit, and a process that it forks.
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr long kPatienceNs = 1'000'000;

// What the child found, as its exit code.
enum Finding { kWaitedInVain = 42, kLockIsFree, kOwnerIsThere, kGotLock, kLostParent };

pthread_mutex_t g_mutex;
sem_t g_is_held, g_may_unlock;
pthread_t g_owner;

void Await(sem_t* event) {
  while (sem_wait(event) != 0) {
  }
}

void* HoldUntilTold(void*) {
  Require(pthread_mutex_lock(&g_mutex) == 0);
  sem_post(&g_is_held);
  Await(&g_may_unlock);
  Require(pthread_mutex_unlock(&g_mutex) == 0);
  return nullptr;
}

// A directory has a link from itself, one from above and one from each directory in it.
bool IsOnlyThread() {
  struct stat tasks {};
  return stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink == 2 + 1;
}

// In the child: system calls and the mutex, nothing that needs another lock.
Finding WantLock() {
  if (pthread_mutex_trylock(&g_mutex) == 0) return kLockIsFree;
  if (!IsOnlyThread()) return kOwnerIsThere;
  timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += kPatienceNs;
  if (until.tv_nsec >= 1'000'000'000) {
    until.tv_nsec -= 1'000'000'000;
    ++until.tv_sec;
  }
  return pthread_mutex_timedlock(&g_mutex, &until) == ETIMEDOUT ? kWaitedInVain : kGotLock;
}

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  pthread_mutexattr_t attributes;
  Require(pthread_mutexattr_init(&attributes) == 0);
  Require(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_NORMAL) == 0);
  Require(pthread_mutex_init(&g_mutex, &attributes) == 0);
  Require(sem_init(&g_is_held, 0, 0) == 0);
  Require(sem_init(&g_may_unlock, 0, 0) == 0);
  Require(pthread_create(&g_owner, nullptr, HoldUntilTold, nullptr) == 0);
  Await(&g_is_held);
}

void Act(bh_unit*) {
  const pid_t maker = getpid();
  const pid_t child = fork();
  Require(child >= 0);
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    _exit(getppid() == maker ? WantLock() : kLostParent);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) Require(errno == EINTR);
  Require(WIFEXITED(status) && WEXITSTATUS(status) == kWaitedInVain);
  sem_post(&g_may_unlock);
  Require(pthread_join(g_owner, nullptr) == 0);
  Require(pthread_mutex_lock(&g_mutex) == 0);
  Require(pthread_mutex_unlock(&g_mutex) == 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "fork-with-lock-held",
    .summary =
        "Forks while its other thread holds a mutex, which the child then waits for in vain.",
    .tags = {"failure", "lock", "fork"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
};
