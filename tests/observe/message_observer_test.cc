#include "harness/observe/message_observer.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "harness/base/random.h"

namespace bulkhead {
namespace {

struct alignas(std::max_align_t) Buffer {
  std::byte bytes[wire::kMostBytes + 64];
};

template <typename M>
M Make() {
  M message{};
  message.header = {wire::kMagic, M::kType};
  return message;
}
template <typename M>
Event Hear(const M& message) {
  Buffer buffer{};
  std::memcpy(buffer.bytes, &message, sizeof message);
  return Understand(std::span(buffer.bytes, sizeof message));
}
bool IsGarbage(const Event& event) { return std::holds_alternative<Garbage>(event); }

TEST(MessageObserver, UnderstandsWhatUnitsSay) {
  auto ready = Make<wire::Ready>();
  ready.tid = 7;
  EXPECT_EQ(std::get<Ready>(Hear(ready)).tid, 7);
  EXPECT_TRUE(std::holds_alternative<Returned>(Hear(Make<wire::Returned>())));
  auto faulted = Make<wire::Faulted>();
  faulted.signal = 11;
  faulted.code = 1;
  faulted.address = 16;
  faulted.pc = 32;
  faulted.tid = 7;
  const auto fault = std::get<Faulted>(Hear(faulted));
  EXPECT_EQ(fault.signal, 11);
  EXPECT_EQ(fault.si_code, 1);
  EXPECT_EQ(fault.address, 16u);
  EXPECT_EQ(fault.pc, 32u);
  EXPECT_EQ(fault.tid, 7);
  auto reading = Make<wire::Reading>();
  wire::SetText(reading.name, "global-2");
  reading.value = 9;
  reading.gone = 1;
  const auto read = std::get<Reading>(Hear(reading));
  EXPECT_EQ(read.name, "global-2");
  EXPECT_EQ(read.value, 9u);
  EXPECT_TRUE(read.gone);
  auto region = Make<wire::Region>();
  wire::SetText(region.name, "stack");
  region.low = 64;
  region.bytes = 8;
  EXPECT_EQ(std::get<Region>(Hear(region)).low, 64u);
  auto samples = Make<wire::Samples>();
  wire::SetText(samples.name, "thread");
  samples.count = 2;
  samples.values[0] = 3;
  samples.values[1] = 4;
  EXPECT_EQ(std::get<Samples>(Hear(samples)).values, (std::vector<std::uint64_t>{3, 4}));
}

TEST(MessageObserver, GarbageOfAllSizesIsGarbage) {
  Random random(1);
  Buffer buffer;
  for (std::size_t size = 0; size <= sizeof buffer.bytes; ++size) {
    for (std::byte& byte : buffer.bytes) byte = static_cast<std::byte>(random());
    EXPECT_TRUE(IsGarbage(Understand(std::span(buffer.bytes, size)))) << size << " bytes";
  }
}

// The right magic and type, but not exactly the right size.
TEST(MessageObserver, AMessageCutOrExtendedIsGarbage) {
  Buffer buffer{};
  const auto returned = Make<wire::Returned>();
  std::memcpy(buffer.bytes, &returned, sizeof returned);
  for (std::size_t size = 0; size <= sizeof buffer.bytes; ++size) {
    const Event event = Understand(std::span(buffer.bytes, size));
    EXPECT_EQ(IsGarbage(event), size != sizeof returned) << size << " bytes";
  }
}

TEST(MessageObserver, AnUnknownTypeIsGarbage) {
  for (std::uint32_t type = 0; type < 64; ++type) {
    auto message = Make<wire::Returned>();
    message.header.type = static_cast<wire::Type>(type);
    EXPECT_EQ(IsGarbage(Hear(message)), type != static_cast<std::uint32_t>(wire::Type::kReturned));
  }
}

TEST(MessageObserver, AnotherMagicIsGarbage) {
  auto message = Make<wire::Returned>();
  message.header.magic ^= 1;
  EXPECT_TRUE(IsGarbage(Hear(message)));
}

TEST(MessageObserver, NamesAreKebabCaseOrNothing) {
  for (const std::string name : {"", "Upper", "a b", "a\n", "\x1b[31m", "a/b", "\xff\xfe", "<b>"}) {
    auto reading = Make<wire::Reading>();
    wire::SetText(reading.name, name.c_str());
    EXPECT_TRUE(IsGarbage(Hear(reading))) << '"' << name << '"';
    auto region = Make<wire::Region>();
    wire::SetText(region.name, name.c_str());
    EXPECT_TRUE(IsGarbage(Hear(region))) << '"' << name << '"';
    auto samples = Make<wire::Samples>();
    wire::SetText(samples.name, name.c_str());
    EXPECT_TRUE(IsGarbage(Hear(samples))) << '"' << name << '"';
  }
}

TEST(MessageObserver, ANameWithoutItsEndIsCutAtTheField) {
  auto reading = Make<wire::Reading>();
  std::memset(reading.name, 'a', sizeof reading.name);
  EXPECT_EQ(std::get<Reading>(Hear(reading)).name.size(), sizeof reading.name);
}

TEST(MessageObserver, MoreSamplesThanAMessageHoldsAreGarbage) {
  for (const std::uint32_t count : {wire::kSamplesPerMessage + 1, ~0u}) {
    auto samples = Make<wire::Samples>();
    wire::SetText(samples.name, "thread");
    samples.count = count;
    EXPECT_TRUE(IsGarbage(Hear(samples)));
  }
}

// Only the supervisor knows what these must echo.
TEST(MessageObserver, FiringAndAnswersAreNotTakenOnTrust) {
  EXPECT_TRUE(IsGarbage(Hear(Make<wire::Firing>())));
  EXPECT_TRUE(IsGarbage(Hear(Make<wire::Answer>())));
}

}  // namespace
}  // namespace bulkhead
