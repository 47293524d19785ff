// The launching state of TrialRunner: channels, order, pidfds.
//
// Runs in: supervisor.
#include <algorithm>

#include "harness/model/names.h"
#include "harness/os/channel.h"
#include "harness/os/pidfd.h"
#include "harness/supervisor/trial_runner.h"

namespace bulkhead {

Expected<void> TrialRunner::Order() {
  const TrialPlan& plan = trial_.plan;
  const std::uint32_t roles = plan.bystanders + 1;
  const std::uint32_t all = roles + (traits_.has_host ? 1 : 0);
  units_.resize(all);
  if (Expected<void> made = zygote_.NeedChannels(all); !made) return made;
  for (std::uint32_t index = 0; index < all; ++index) {
    Unit& unit = units_[index];
    unit.index = index;
    unit.is_process = index == roles || (index == kVictimIndex ? traits_.victim_is_process
                                                               : traits_.bystanders_are_processes);
    unit.channel = zygote_.channel(index);
    wire::Begin begin{};
    begin.header = {wire::kMagic, wire::Begin::kType};
    begin.trial = plan.id;
    begin.index = index;
    begin.count = roles;
    begin.token = TokenOf(plan.seed, index);
    begin.seed = Derive(plan.seed, 0x73656564u + index);
    begin.canary_seed = Derive(zygote_.CanarySeed(plan.seed), index);
    begin.control = plan.arm == Arm::kNoFault ? 1 : 0;
    begin.is_process = unit.is_process ? 1 : 0;
    begin.on_hosts = traits_.Gives("hosts") ? 1 : 0;
    if (!os::SendMessage(unit.channel, begin)) return FailErrno("cannot brief a unit");
  }
  zygote_.Listen({[this](std::span<const std::byte> message, std::vector<UniqueFd> descriptors) {
                    OnZygoteMessage(message, std::move(descriptors));
                  },
                  [this] {
                    if (state_ == State::kLaunching && !launched_) {
                      Trouble("the zygote ended while it made the units");
                    }
                  },
                  [this](std::uint32_t index) {
                    if (index < units_.size()) OnChannel(units_[index]);
                  }});
  wire::Order order{};
  order.header = {wire::kMagic, wire::Order::kType};
  order.trial = plan.id;
  order.vehicle = static_cast<std::uint32_t>(plan.cell.vehicle);
  order.units = roles;
  order.channels = all;
  order.canaries = zygote_.CanarySeed(plan.seed);
  return zygote_.Give(order);
}

void TrialRunner::OnZygoteMessage(std::span<const std::byte> message,
                                  std::vector<UniqueFd> descriptors) {
  if (const auto* launched = wire::Parse<wire::Launched>(message);
      launched != nullptr && launched->trial == trial_.plan.id && !launched_) {
    launched_ = true;
    TakePidfds(launched->count, launched->units, std::move(descriptors));
    Advance();
  } else if (const auto* refusal = wire::Parse<wire::NotLaunched>(message);
             refusal != nullptr && refusal->trial == trial_.plan.id) {
    Trouble("cannot launch: " + std::string(refusal->why, wire::TextLength(refusal->why)));
  } else {
    Record(kVictimIndex, Garbage{"a message of the zygote that does not fit"});
  }
}

void TrialRunner::TakePidfds(std::uint32_t count, const std::uint32_t* units,
                             std::vector<UniqueFd> descriptors) {
  if (count != descriptors.size() || count > units_.size()) {
    Record(kVictimIndex, Garbage{"pidfds that do not match their message"});
    return;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool fits =
        units[i] < units_.size() && units_[units[i]].is_process && !units_[units[i]].pidfd;
    if (!fits) {
      Record(kVictimIndex, Garbage{"a pidfd for a unit that has none"});
      continue;
    }
    Unit& unit = units_[units[i]];
    unit.pidfd = std::move(descriptors[i]);
    // Whether it is a child of ours shows when it is reaped, or signalled: Kill looks first.
    if (!loop_.Watch(unit.pidfd.get(), [this, &unit] { OnEnd(unit); })) {
      Record(unit.index, Garbage{"a descriptor that nobody can wait for"});
      unit.pidfd.Reset();
    }
  }
}

}  // namespace bulkhead
