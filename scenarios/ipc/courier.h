// Takes a descriptor from the victim to a bystander, so that the victim alone holds the other end
// of a pipe or connection.  What is made in `setup` is held by every unit and by the zygote: its
// end would never be seen.
//
// The courier itself is made in `setup` and outlives the trial.  The victim throws away what an
// earlier trial has left before it sends; bystanders take theirs in `watch`, long after that.  In
// the exec vehicle couriers connect nobody, and nothing is taken.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_IPC_COURIER_H_
#define BULKHEAD_SCENARIOS_IPC_COURIER_H_

#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

class Couriers {
 public:
  // In setup.
  void Make() {
    for (auto& ends : ends_) {
      Require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    }
  }

  // In the victim's prepare.  Closes the sender's copy.
  void Send(std::uint32_t bystander, int descriptor) {
    int old;
    while ((old = Take(bystander)) >= 0) close(old);
    Parcel parcel(descriptor);
    Require(sendmsg(ends_[bystander][1], &parcel.message, 0) == 1);
    close(descriptor);
  }

  // In the bystander's watch.  -1: there is none.
  int Take(std::uint32_t bystander) {
    Parcel parcel(-1);
    if (recvmsg(ends_[bystander][0], &parcel.message, MSG_CMSG_CLOEXEC) != 1) return -1;
    const cmsghdr* header = CMSG_FIRSTHDR(&parcel.message);
    Require(header != nullptr && header->cmsg_type == SCM_RIGHTS);
    int descriptor;
    std::memcpy(&descriptor, CMSG_DATA(header), sizeof(descriptor));
    return descriptor;
  }

 private:
  // A byte and a descriptor.
  struct Parcel {
    explicit Parcel(int descriptor) {
      message.msg_iov = &data;
      message.msg_iovlen = 1;
      message.msg_control = control;
      message.msg_controllen = sizeof(control);
      cmsghdr* header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int));
      std::memcpy(CMSG_DATA(header), &descriptor, sizeof(descriptor));
    }
    char byte = 0;
    iovec data{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
  };

  int ends_[kMostUnits][2];  // of the bystander with that index: to take from, to send to
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_COURIER_H_
