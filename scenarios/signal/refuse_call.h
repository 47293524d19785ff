// A seccomp filter, written by hand, that punishes one system call and allows all others.
//
// The call is harmless and rare: neither the harness nor the C library needs it.  The filter does
// not look at the architecture: it is no protection, and only the call made here shall meet it.
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

inline constexpr long kRefusedCall = SYS_sched_rr_get_interval;

// For the calling thread and those that it makes.  `action`: a SECCOMP_RET_ constant.
inline void RefuseCall(std::uint32_t action) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(kRefusedCall), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{sizeof(filter) / sizeof(filter[0]), filter};
  // Without it only the privileged may set a filter.
  Require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  Require(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

inline void MakeRefusedCall() {
  timespec interval;
  syscall(kRefusedCall, 0, &interval);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_SIGNAL_REFUSE_CALL_H_
