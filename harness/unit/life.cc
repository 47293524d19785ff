#include "harness/unit/life.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

#include "harness/model/canary.h"
#include "harness/model/vehicle.h"
#include "harness/os/call.h"
#include "harness/os/channel.h"
#include "harness/unit/fault_handler.h"

namespace bulkhead {
namespace {

// The plugin's bh_unit, with what the harness keeps beside it.
struct Unit : bh_unit {
  const Compartment* compartment = nullptr;
  int channel = -1;
  std::uint64_t canary_seed = 0;
  std::uint64_t beats = 0;
  pid_t process = 0;
  bool on_hosts = false;
};

// After each callback: a scenario may have forked and both have returned.  The copy would answer,
// and take what the next trial's unit should get.
void LeaveIfCopy(const Unit& unit) {
  if (os::call::ProcessId() != unit.process) _exit(0);
}

// ---- What a scenario may report.

Unit& Self(bh_unit* unit) { return *static_cast<Unit*>(unit); }

void SendReading(bh_unit* unit, const char* name, std::uint64_t value, bool gone) {
  wire::Reading message{};
  message.header = {wire::kMagic, wire::Reading::kType};
  wire::SetText(message.name, name);
  message.value = value;
  message.gone = gone ? 1 : 0;
  os::SendMessage(Self(unit).channel, message);
}

void ReportSamples(bh_unit* unit, const char* name, const std::uint64_t* values,
                   std::size_t count) {
  while (count > 0) {
    wire::Samples message{};
    message.header = {wire::kMagic, wire::Samples::kType};
    wire::SetText(message.name, name);
    message.count =
        static_cast<std::uint32_t>(std::min<std::size_t>(count, wire::kSamplesPerMessage));
    std::copy_n(values, message.count, message.values);
    os::SendMessage(Self(unit).channel, message);
    values += message.count;
    count -= message.count;
  }
}

void ReportRegion(bh_unit* unit, const char* name, const void* low, std::size_t bytes) {
  wire::Region message{};
  message.header = {wire::kMagic, wire::Region::kType};
  wire::SetText(message.name, name);
  message.low = reinterpret_cast<std::uint64_t>(low);
  message.bytes = bytes;
  os::SendMessage(Self(unit).channel, message);
}

constexpr bh_api kUnitApi{
    .size = sizeof(bh_api),
    .reading = [](bh_unit* unit, const char* name,
                  std::uint64_t value) { SendReading(unit, name, value, false); },
    .gone = [](bh_unit* unit, const char* name) { SendReading(unit, name, 0, true); },
    .region = ReportRegion,
    .samples = ReportSamples,
    .guard = [](bh_unit*, std::uint32_t, void*, std::size_t) {},  // only in setup
    .address = [](bh_unit* unit, std::uint32_t index) -> std::uint32_t {
      return Self(unit).on_hosts ? HostAddress(index) : htonl(INADDR_LOOPBACK);
    },
};

// ---- The canary.

// Words in all.  A unit that was not forked from a zygote that had filled it does so itself.
std::uint64_t EnsureCanary(const Unit& unit) {
  const bool inherited = unit.compartment->HoldsCanary(unit.index, unit.canary_seed);
  return unit.compartment->ForEachStretch(
      unit.index, [&](std::uint64_t* words, std::uint64_t first, std::uint64_t count) {
        for (std::uint64_t i = 0; i < count && !inherited; ++i) {
          words[i] = CanaryWord(unit.canary_seed, first + i);
        }
      });
}

void BreakCanary(const Unit& unit, std::uint64_t offset) {
  volatile std::uint64_t* word =
      unit.compartment->CanaryOf(unit.index) + (offset / sizeof(std::uint64_t)) % kCanaryWords;
  *word = ~*word;
}

void AnswerChallenge(Unit& unit, const wire::Challenge& challenge) {
  if (unit.compartment->scenario().watch != nullptr) {
    unit.compartment->scenario().watch(&unit);
    LeaveIfCopy(unit);
  }
  wire::Answer answer{};
  answer.header = {wire::kMagic, wire::Answer::kType};
  answer.nonce = challenge.nonce;
  answer.beats = ++unit.beats;
  CanaryDigest digest(challenge.nonce);
  CanaryDamage damage;
  // The victim has no canary: it only shows that it acts.
  if (unit.index != 0) {
    unit.compartment->ForEachStretch(
        unit.index, [&](std::uint64_t* words, std::uint64_t first, std::uint64_t count) {
          DigestMemory(digest, damage, words, unit.canary_seed, first, count);
        });
  }
  answer.digest = digest.Value();
  answer.damage_offset = damage.offset;
  answer.damage_words = damage.words;
  os::SendMessage(unit.channel, answer);
}

// ---- A thread that ends without being released says so on its way out; whether it is true, the
// ---- supervisor asks the kernel.

pthread_key_t leaving_key;

void AnnounceLeaving(int channel) {
  // Never null, or the destructor would not run.
  pthread_setspecific(leaving_key, reinterpret_cast<void*>(std::intptr_t{channel} + 1));
}

void LeaveQuietly() {
  pthread_setspecific(leaving_key, nullptr);
  UnwatchThisThread();
}

struct Buffer {
  alignas(std::max_align_t) std::byte bytes[wire::kMostBytesToUnit];
  std::size_t size = 0;
};

// Passes over what an earlier trial has left unread.  Null when the supervisor is gone.
const wire::Begin* AwaitBriefing(std::uint64_t trial, int channel, Buffer& buffer) {
  while (os::Receive(channel, buffer.bytes, buffer.size) == os::Received::kMessage) {
    const auto* begin = wire::Parse<wire::Begin>({buffer.bytes, buffer.size});
    if (begin != nullptr && begin->trial == trial) return begin;
  }
  return nullptr;
}

// True while the unit shall go on.
bool Obey(Unit& unit, std::span<const std::byte> bytes) {
  const bh_scenario& scenario = unit.compartment->scenario();
  if (const auto* act = wire::Parse<wire::Act>(bytes)) {
    unit.target = reinterpret_cast<std::uint64_t*>(act->target);
    wire::Firing firing{};
    firing.header = {wire::kMagic, wire::Firing::kType};
    firing.arming = act->arming;
    os::SendMessage(unit.channel, firing);
    if (scenario.act != nullptr) scenario.act(&unit);
    LeaveIfCopy(unit);
    os::SendMessage(unit.channel, wire::Returned{});
  } else if (const auto* challenge = wire::Parse<wire::Challenge>(bytes)) {
    AnswerChallenge(unit, *challenge);
    return challenge->last == 0;
  } else if (const auto* hit = wire::Parse<wire::HitOrder>(bytes)) {
    if (hit->corrupt != 0) {
      BreakCanary(unit, hit->offset);
    } else if (scenario.hit != nullptr) {
      scenario.hit(&unit, hit->foreign);
    }
    LeaveIfCopy(unit);
    os::SendMessage(unit.channel, wire::Returned{});
  } else {
    return false;  // released
  }
  return true;
}

}  // namespace

void PrepareForUnits() {
  pthread_key_create(&leaving_key, [](void* value) {
    os::SendMessage(static_cast<int>(reinterpret_cast<std::intptr_t>(value)) - 1, wire::Leaving{});
  });
}

void LiveUnit(const Compartment& compartment, std::uint64_t trial, std::uint32_t index,
              int channel) {
  Buffer buffer;
  const wire::Begin* begin = AwaitBriefing(trial, channel, buffer);
  if (begin == nullptr) return;

  const bool is_process = begin->is_process != 0;
  Unit unit;
  unit.api = &kUnitApi;
  unit.index = index;
  unit.count = begin->count;
  unit.token = begin->token;
  unit.seed = begin->seed;
  unit.target = nullptr;
  unit.control = begin->control;
  unit.compartment = &compartment;
  unit.channel = channel;
  unit.process = os::call::ProcessId();
  unit.canary_seed = begin->canary_seed;
  unit.on_hosts = begin->on_hosts != 0;

  WatchThisThread(channel);
  if (!is_process) AnnounceLeaving(channel);
  wire::Ready ready{};
  ready.header = {wire::kMagic, wire::Ready::kType};
  ready.tid = os::call::ThreadId();
  ready.canary = reinterpret_cast<std::uint64_t>(compartment.CanaryOf(index));
  if (index != 0) ready.guard_words = EnsureCanary(unit) - kCanaryWords;
  if (compartment.scenario().prepare != nullptr) {
    compartment.scenario().prepare(&unit);
    LeaveIfCopy(unit);
  }
  os::SendMessage(channel, ready);

  while (os::Receive(channel, buffer.bytes, buffer.size) == os::Received::kMessage) {
    if (!Obey(unit, {buffer.bytes, buffer.size})) break;
  }
  if (!is_process) LeaveQuietly();
}

void LiveHost(std::uint64_t trial, int channel) {
  Buffer buffer;
  if (AwaitBriefing(trial, channel, buffer) == nullptr) return;
  wire::Ready ready{};
  ready.header = {wire::kMagic, wire::Ready::kType};
  ready.tid = os::call::ThreadId();
  os::SendMessage(channel, ready);
  while (os::Receive(channel, buffer.bytes, buffer.size) == os::Received::kMessage) {
    if (wire::Parse<wire::Release>({buffer.bytes, buffer.size}) != nullptr) break;
  }
}

}  // namespace bulkhead
