// A seccomp filter, written by hand, that answers one system call in its own way and allows all
// others.  It holds for the calling thread and those that it makes: its siblings call as before
// (seccomp(2)).
//
// It does not look at the architecture: it is no protection, and only the call made here shall meet
// it.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_SIGNAL_REFUSE_CALL_H_
#define BULKHEAD_SCENARIOS_SIGNAL_REFUSE_CALL_H_

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// Harmless and rare: neither the harness nor the C library needs it.
inline constexpr long kRefusedCall = SYS_sched_rr_get_interval;

// The low half of the call's first argument.
inline constexpr std::uint32_t kFirstArgument =
    offsetof(seccomp_data, args) + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0);

template <std::size_t kLength>
void InstallFilter(sock_filter (&filter)[kLength]) {
  const sock_fprog program{kLength, filter};
  // Without it only the privileged may set a filter.
  Require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  Require(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

// `action`: a SECCOMP_RET_ constant.
inline void RefuseCall(std::uint32_t action, long call = kRefusedCall) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  InstallFilter(filter);
}

// Only when it is made with this descriptor: what the unit does with others is not refused.
inline void RefuseCallOn(int descriptor, std::uint32_t action, long call) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFirstArgument),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(descriptor), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  InstallFilter(filter);
}

// The call fails with this error number; 0: it returns 0.
inline constexpr std::uint32_t FailWith(int error) {
  return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(error) & SECCOMP_RET_DATA);
}

inline void MakeRefusedCall() {
  timespec interval;
  syscall(kRefusedCall, 0, &interval);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_SIGNAL_REFUSE_CALL_H_
