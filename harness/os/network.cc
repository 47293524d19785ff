#include "harness/os/network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <string>

namespace bulkhead::os {
namespace {

Expected<UniqueFd> Control() {
  UniqueFd control(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!control) return FailErrno("cannot open a socket for network interfaces");
  return control;
}

ifreq RequestFor(const char* name) {
  ifreq request{};
  std::strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
  return request;
}

void PutAddress(sockaddr& into, std::uint32_t address) {
  sockaddr_in value{};
  value.sin_family = AF_INET;
  value.sin_addr.s_addr = address;
  std::memcpy(&into, &value, sizeof value);
}

Expected<void> Ask(int control, unsigned long what, ifreq& request) {
  if (ioctl(control, what, &request) == 0) return {};
  return FailErrno("interface " + std::string(request.ifr_name));
}

// A netlink request that grows by attributes, nested ones too.
class LinkRequest {
 public:
  LinkRequest() {
    message_.header.nlmsg_type = RTM_NEWLINK;
    message_.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK;
    message_.header.nlmsg_len = offsetof(Message, attributes);
  }

  void Add(unsigned short type, const void* data, std::size_t bytes) {
    const std::size_t start = Open(type);
    Append(data, bytes);
    Close(start);
  }
  void Add(unsigned short type, const char* text) { Add(type, text, std::strlen(text) + 1); }

  void Append(const void* data, std::size_t bytes) {
    std::memcpy(reinterpret_cast<char*>(&message_) + message_.header.nlmsg_len, data, bytes);
    message_.header.nlmsg_len += static_cast<std::uint32_t>(bytes);
  }

  std::size_t Open(unsigned short type) {
    const std::size_t start = message_.header.nlmsg_len;
    auto* attribute = reinterpret_cast<rtattr*>(reinterpret_cast<char*>(&message_) + start);
    attribute->rta_type = type;
    message_.header.nlmsg_len += RTA_LENGTH(0);
    return start;
  }
  void Close(std::size_t start) {
    auto* attribute = reinterpret_cast<rtattr*>(reinterpret_cast<char*>(&message_) + start);
    attribute->rta_len = static_cast<unsigned short>(message_.header.nlmsg_len - start);
    message_.header.nlmsg_len = NLMSG_ALIGN(message_.header.nlmsg_len);
  }

  // Empty when the kernel has acknowledged it.
  Expected<void> Send() {
    UniqueFd route(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    if (!route) return FailErrno("cannot open a netlink socket");
    if (send(route.get(), &message_, message_.header.nlmsg_len, 0) < 0) {
      return FailErrno("cannot ask for a link");
    }
    struct {
      nlmsghdr header;
      nlmsgerr answer;
      char rest[512];
    } reply{};
    if (recv(route.get(), &reply, sizeof reply, 0) < static_cast<ssize_t>(sizeof(nlmsghdr))) {
      return FailErrno("no answer about a link");
    }
    if (reply.header.nlmsg_type != NLMSG_ERROR) return Fail("a strange answer about a link");
    if (reply.answer.error != 0) return FailErrno("cannot make a link", -reply.answer.error);
    return {};
  }

 private:
  struct Message {
    nlmsghdr header;
    ifinfomsg link;
    char attributes[512];  // more than those below need
  } message_{};
};

}  // namespace

Expected<UniqueFd> CurrentNetwork() {
  UniqueFd network(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
  if (!network) return FailErrno("cannot open /proc/thread-self/ns/net");
  return network;
}

Expected<UniqueFd> EnterNewNetwork() {
  if (unshare(CLONE_NEWNET) != 0) return FailErrno("cannot make a network namespace");
  if (Expected<void> up = SetLinkUp("lo"); !up) return tl::make_unexpected(up.error());
  return CurrentNetwork();
}

Expected<void> EnterNetwork(int network) {
  if (setns(network, CLONE_NEWNET) != 0) return FailErrno("cannot enter a network namespace");
  return {};
}

Expected<void> AddBridge(const char* name) {
  Expected<UniqueFd> control = Control();
  if (!control) return tl::make_unexpected(control.error());
  if (ioctl(control->get(), SIOCBRADDBR, name) != 0) return FailErrno("cannot make a bridge");
  return SetLinkUp(name);
}

Expected<void> JoinBridge(const char* bridge, const char* port) {
  Expected<UniqueFd> control = Control();
  if (!control) return tl::make_unexpected(control.error());
  ifreq request = RequestFor(bridge);
  request.ifr_ifindex = static_cast<int>(if_nametoindex(port));
  return Ask(control->get(), SIOCBRADDIF, request);
}

Expected<void> AddVethPair(const char* name, const char* peer, int peer_network) {
  LinkRequest request;
  request.Add(IFLA_IFNAME, name);
  const std::size_t info = request.Open(IFLA_LINKINFO);
  request.Add(IFLA_INFO_KIND, "veth");
  const std::size_t data = request.Open(IFLA_INFO_DATA);
  const ifinfomsg none{};
  // The peer's own ifinfomsg stands before its attributes (drivers/net/veth.c, veth_newlink).
  const std::size_t other = request.Open(VETH_INFO_PEER);
  request.Append(&none, sizeof none);
  request.Add(IFLA_IFNAME, peer);
  request.Add(IFLA_NET_NS_FD, &peer_network, sizeof peer_network);
  request.Close(other);
  request.Close(data);
  request.Close(info);
  return request.Send();
}

Expected<void> SetAddress(const char* name, std::uint32_t address, int prefix_bits) {
  Expected<UniqueFd> control = Control();
  if (!control) return tl::make_unexpected(control.error());
  ifreq request = RequestFor(name);
  PutAddress(request.ifr_addr, address);
  if (auto set = Ask(control->get(), SIOCSIFADDR, request); !set) return set;
  PutAddress(request.ifr_netmask, htonl(~std::uint32_t{0} << (32 - prefix_bits)));
  return Ask(control->get(), SIOCSIFNETMASK, request);
}

Expected<void> SetLinkUp(const char* name) {
  Expected<UniqueFd> control = Control();
  if (!control) return tl::make_unexpected(control.error());
  ifreq request = RequestFor(name);
  if (auto got = Ask(control->get(), SIOCGIFFLAGS, request); !got) return got;
  if ((request.ifr_flags & IFF_UP) != 0) return {};
  request.ifr_flags |= IFF_UP;
  return Ask(control->get(), SIOCSIFFLAGS, request);
}

}  // namespace bulkhead::os
