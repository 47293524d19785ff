#include "harness/unit/fault_handler.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>

#include "harness/model/wire.h"
#include "harness/os/call.h"
#include "harness/os/channel.h"

namespace bulkhead {
namespace {

constexpr std::array kFatal{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

// Which thread reports where.  A table and not thread-local storage: in a dying thread nothing may
// allocate, and units that share memory without being threads share the table too.
struct Slot {
  std::atomic<int> tid{0};
  std::atomic<int> channel{-1};
};
std::array<Slot, wire::kMostUnits> slots;

Slot* FindSlot(int tid) {
  for (Slot& slot : slots) {
    if (slot.tid.load(std::memory_order_acquire) == tid) return &slot;
  }
  return nullptr;
}

std::uint64_t ProgramCounter(const void* context) {
  [[maybe_unused]] const auto* machine = static_cast<const ucontext_t*>(context);
#if defined(__x86_64__)
  return static_cast<std::uint64_t>(machine->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return machine->uc_mcontext.pc;
#elif defined(__riscv)
  return machine->uc_mcontext.__gregs[REG_PC];
#else
  return 0;
#endif
}

// The faulting instruction would be executed again after the handler's return.
bool ComesBack(int signal, int code) {
  const bool by_kernel = code > 0;
  return by_kernel &&
         (signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL);
}

void OnFatalSignal(int signal, siginfo_t* info, void* context) {
  const int tid = os::call::ThreadId();
  if (const Slot* slot = FindSlot(tid)) {
    wire::Faulted message;
    message.signal = signal;
    message.code = info->si_code;
    message.tid = tid;
    message.address = reinterpret_cast<std::uint64_t>(info->si_addr);
    message.pc = ProgramCounter(context);
    os::SendMessage(slot->channel.load(std::memory_order_relaxed), message);
  }
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, nullptr);
  // Pending until the handler returns, since the signal is blocked here.
  if (!ComesBack(signal, info->si_code)) syscall(SYS_tgkill, getpid(), tid, signal);
}

}  // namespace

void InstallFaultHandlers() {
  struct sigaction action {};
  action.sa_sigaction = OnFatalSignal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (const int signal : kFatal) sigaction(signal, &action, nullptr);
}

void WatchThisThread(int channel) {
  stack_t current{};
  os::call::AlternateStack(nullptr, &current);
  if ((current.ss_flags & SS_DISABLE) != 0) {
    // MINSIGSTKSZ is too small for wide vector state; the kernel knows what it needs.
    const long needed = sysconf(_SC_SIGSTKSZ);
    const std::size_t bytes = needed > 65536 ? static_cast<std::size_t>(needed) : 65536;
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) {
      stack_t stack{};
      stack.ss_sp = memory;
      stack.ss_size = bytes;
      os::call::AlternateStack(&stack, nullptr);
    }
  }
  if (channel < 0) return;
  const int tid = os::call::ThreadId();
  for (Slot& slot : slots) {
    int none = 0;
    if (slot.tid.compare_exchange_strong(none, -1)) {
      slot.channel.store(channel, std::memory_order_relaxed);
      slot.tid.store(tid, std::memory_order_release);
      return;
    }
  }
}

void UnwatchThisThread() {
  if (Slot* slot = FindSlot(os::call::ThreadId())) slot->tid.store(0, std::memory_order_release);
}

}  // namespace bulkhead
