#include "harness/os/network.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "tests/os/child.h"

namespace bulkhead::os {
namespace {

// Everything happens in a child: the test's own network stays what it is.
bool Granted() {
  return AwaitEnd(StartChild([] { return EnterNewNetwork() ? 0 : 1; }).pidfd.get()).status == 0;
}

// Two hosts and a switch; 0: what the one sends to the other arrives.
int TwoHostsTalk() {
  const Expected<UniqueFd> middle = EnterNewNetwork();
  if (!middle || !AddBridge("switch")) return 1;
  UniqueFd hosts[2];
  for (int i = 0; i < 2; ++i) {
    const std::string port = "port" + std::to_string(i);
    Expected<UniqueFd> host = EnterNewNetwork();
    if (!host || !AddVethPair("host", port.c_str(), middle->get())) return 2;
    const std::string address = "198.18.0." + std::to_string(i + 1);
    if (!SetAddress("host", inet_addr(address.c_str()), 24) || !SetLinkUp("host")) return 3;
    if (!EnterNetwork(middle->get()) || !SetLinkUp(port.c_str())) return 4;
    if (!JoinBridge("switch", port.c_str())) return 5;
    hosts[i] = std::move(*host);
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(4711);
  to.sin_addr.s_addr = inet_addr("198.18.0.2");
  const auto* address = reinterpret_cast<const sockaddr*>(&to);
  if (!EnterNetwork(hosts[1].get())) return 6;
  const UniqueFd receiver(socket(AF_INET, SOCK_DGRAM, 0));
  if (bind(receiver.get(), address, sizeof to) != 0) return 7;
  if (!EnterNetwork(hosts[0].get())) return 8;
  const UniqueFd sender(socket(AF_INET, SOCK_DGRAM, 0));
  if (sendto(sender.get(), "x", 1, 0, address, sizeof to) != 1) return 9;
  char byte = 0;
  alarm(5);  // instead of waiting for ever
  return recv(receiver.get(), &byte, 1, 0) == 1 && byte == 'x' ? 0 : 10;
}

TEST(Network, WhatOneHostSendsArrivesAtAnother) {
  if (!Granted()) GTEST_SKIP() << "network namespaces are refused";
  const WaitStatus status = AwaitEnd(StartChild(TwoHostsTalk).pidfd.get());
  EXPECT_FALSE(status.signaled);
  EXPECT_EQ(status.status, 0);
}

}  // namespace
}  // namespace bulkhead::os
