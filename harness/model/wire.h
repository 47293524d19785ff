// The messages between supervisor, zygotes and units: fixed-size values over SOCK_SEQPACKET, so
// that the kernel keeps their borders and copies their content.  Nothing that a zygote or unit
// sends is trusted: size, magic and type must fit (Parse), texts are cut and checked by the reader.
//
// Runs in: all processes.  Async-signal-safe.
#ifndef BULKHEAD_MODEL_WIRE_H_
#define BULKHEAD_MODEL_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace bulkhead::wire {

inline constexpr std::uint32_t kMagic = 0x31574842;  // "BHW1"
inline constexpr std::uint32_t kMostUnits = 64;      // of one trial, host included
inline constexpr std::uint32_t kNameBytes = 48;
inline constexpr std::uint32_t kSamplesPerMessage = 64;

enum class Type : std::uint32_t {
  kHello = 1,
  kOrder,
  kLaunched,
  kNotLaunched,  // supervisor <-> zygote
  kBegin,
  kAct,
  kChallenge,
  kHit,
  kRelease,  // supervisor -> unit
  kReady,
  kFiring,
  kReturned,
  kFaulted,
  kLeaving,
  kAnswer,  // unit -> supervisor
  kReading,
  kRegion,
  kSamples,
  kPidfds,
};

struct Header {
  std::uint32_t magic = kMagic;
  Type type{};
};

template <Type T>
struct Message {
  static constexpr Type kType = T;
  Header header{kMagic, T};
};

// ---- Zygote.
struct End {
  std::uint32_t kind;
  std::int32_t value;
};
// The plugin's manifest, texts NUL-terminated.
struct Hello : Message<Type::kHello> {
  char name[kNameBytes];
  char summary[200];
  char tags[12][kNameBytes];
  char needs[4][kNameBytes];
  std::uint32_t kind, danger, flags;
  End ends[6];
};
// Carries by SCM_RIGHTS the unit ends of channels that the zygote does not have yet, by index; it
// keeps them for later trials.
struct Order : Message<Type::kOrder> {
  std::uint64_t trial;
  std::uint32_t vehicle;
  std::uint32_t units;     // victim and bystanders, without a host
  std::uint32_t channels;  // that the trial uses: one more when there is a host
  std::uint64_t canaries;  // seed of this zygote's canaries; unit i's is Derive(canaries, i)
};
// Carries pidfds by SCM_RIGHTS, for the units named, in that order.  From the zygote, or from a
// host for the processes that it has made itself (kPidfds).
struct Launched : Message<Type::kLaunched> {
  std::uint64_t trial;
  std::uint32_t count;
  std::uint32_t units[kMostUnits];
};
struct Pidfds : Message<Type::kPidfds> {
  std::uint32_t count;
  std::uint32_t units[kMostUnits];
};
struct NotLaunched : Message<Type::kNotLaunched> {
  std::uint64_t trial;
  char why[120];
};

// ---- Supervisor -> unit.
// Lies in the channel before the unit exists: no other unit ever sees its token.  Whatever a unit
// of an earlier trial has left unread lies before it and is passed over.
struct Begin : Message<Type::kBegin> {
  std::uint64_t trial;
  std::uint32_t index, count;
  std::uint64_t token, seed, canary_seed;
  std::uint32_t control;     // units act in turn
  std::uint32_t is_process;  // the kernel will attest its end: it need not announce it
  std::uint32_t on_hosts;    // each unit has an address of its own (HostAddress)
};
struct Act : Message<Type::kAct> {
  std::uint64_t arming;  // echoed in Firing
  std::uint64_t target;  // address inside the first bystander's canary
};
struct Challenge : Message<Type::kChallenge> {
  std::uint64_t nonce;
  std::uint32_t last;  // leave after the answer
};
struct HitOrder : Message<Type::kHit> {
  std::uint32_t corrupt;  // 1: break a word of the canary at `offset`; 0: the scenario's own hit
  std::uint64_t offset;
  std::uint64_t foreign;
};
struct Release : Message<Type::kRelease> {};

// ---- Unit -> supervisor.
struct Ready : Message<Type::kReady> {
  std::int32_t tid;
  std::uint64_t canary;       // address
  std::uint64_t guard_words;  // canary words beyond the standard ones, by bh_api.guard
};
struct Firing : Message<Type::kFiring> {
  std::uint64_t arming;
};
struct Returned : Message<Type::kReturned> {};
struct Faulted : Message<Type::kFaulted> {
  std::int32_t signal, code, tid;
  std::uint64_t address, pc;
};
// The thread is about to end: look whether the kernel agrees.
struct Leaving : Message<Type::kLeaving> {};
struct Answer : Message<Type::kAnswer> {
  std::uint64_t nonce, digest, damage_offset, damage_words, beats;
};
struct Reading : Message<Type::kReading> {
  char name[kNameBytes];
  std::uint64_t value;
  std::uint32_t gone;
};
struct Region : Message<Type::kRegion> {
  char name[kNameBytes];
  std::uint64_t low, bytes;
};
struct Samples : Message<Type::kSamples> {
  char name[kNameBytes];
  std::uint32_t count;
  std::uint64_t values[kSamplesPerMessage];
};

inline constexpr std::size_t kMostBytes = 2048;       // larger than any message
inline constexpr std::size_t kMostBytesToUnit = 128;  // larger than any that a unit is sent
static_assert(sizeof(Begin) <= kMostBytesToUnit && sizeof(HitOrder) <= kMostBytesToUnit);

// The header, if the bytes are a message of some type.
inline const Header* ParseHeader(std::span<const std::byte> bytes) {
  if (bytes.size() < sizeof(Header)) return nullptr;
  const auto* header = reinterpret_cast<const Header*>(bytes.data());
  return header->magic == kMagic ? header : nullptr;
}

// The message, if the bytes are exactly one of type M.  `bytes` must be aligned for it.
template <typename M>
const M* Parse(std::span<const std::byte> bytes) {
  static_assert(std::is_trivially_copyable_v<M> && sizeof(M) <= kMostBytes);
  const Header* header = ParseHeader(bytes);
  if (header == nullptr || header->type != M::kType || bytes.size() != sizeof(M)) return nullptr;
  return reinterpret_cast<const M*>(bytes.data());
}

// Copies at most N - 1 bytes and ends them with NUL.
template <std::size_t N>
void SetText(char (&to)[N], const char* from) {
  std::size_t i = 0;
  for (; from != nullptr && from[i] != '\0' && i + 1 < N; ++i) to[i] = from[i];
  std::memset(to + i, 0, N - i);
}

// Length of a text that may lack its NUL.
template <std::size_t N>
std::size_t TextLength(const char (&text)[N]) {
  return ::strnlen(text, N);
}

}  // namespace bulkhead::wire

#endif  // BULKHEAD_MODEL_WIRE_H_
