#include "harness/observe/canary_observer.h"

#include <gtest/gtest.h>

#include <vector>

#include "harness/model/canary.h"

namespace bulkhead {
namespace {

constexpr std::uint64_t kSeed = 7, kNonce = 99;
// Not a multiple of four: the lanes end unevenly.
constexpr std::uint64_t kWords = 1027;

// What a unit would answer over this memory.
wire::Answer AnswerOver(const std::vector<std::uint64_t>& memory, std::uint64_t nonce = kNonce) {
  CanaryDigest digest(nonce);
  CanaryDamage damage;
  DigestMemory(digest, damage, memory.data(), kSeed, 0, memory.size());
  wire::Answer answer{};
  answer.nonce = nonce;
  answer.digest = digest.Value();
  answer.damage_offset = damage.offset;
  answer.damage_words = damage.words;
  answer.beats = 3;
  return answer;
}

class CanaryObserver : public testing::Test {
 protected:
  CanaryObserver() {
    for (std::uint64_t i = 0; i < kWords; ++i) memory_.push_back(CanaryWord(kSeed, i));
  }
  Answered Check(std::uint64_t nonce = kNonce) const {
    return Verify(AnswerOver(memory_), nonce, {kSeed, kWords});
  }
  std::vector<std::uint64_t> memory_;
};

TEST_F(CanaryObserver, WholeMemoryIsRight) {
  const Answered answered = Check();
  EXPECT_TRUE(answered.digest_right);
  EXPECT_EQ(answered.words, 0u);
  EXPECT_EQ(answered.beats, 3u);
}

TEST_F(CanaryObserver, AnySingleWrongWordIsSeenAndPlaced) {
  for (std::uint64_t i = 0; i < kWords; ++i) {
    for (const std::uint64_t damage :
         {std::uint64_t{1}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
      memory_[i] ^= damage;
      const Answered answered = Check();
      EXPECT_FALSE(answered.digest_right) << "word " << i;
      EXPECT_EQ(answered.offset, i * 8);
      EXPECT_EQ(answered.words, 1u);
      memory_[i] ^= damage;
    }
  }
}

TEST_F(CanaryObserver, TwoSwappedWordsAreSeen) {
  for (std::uint64_t i = 4; i < kWords; ++i) {
    std::swap(memory_[i], memory_[i - 4]);  // the same lane
    EXPECT_FALSE(Check().digest_right) << "word " << i;
    std::swap(memory_[i], memory_[i - 4]);
    std::swap(memory_[i], memory_[i - 1]);
    EXPECT_FALSE(Check().digest_right) << "word " << i;
    std::swap(memory_[i], memory_[i - 1]);
  }
}

TEST_F(CanaryObserver, AnAnswerToAnotherNonceIsWrong) {
  EXPECT_FALSE(Check(kNonce + 1).digest_right);
}

TEST_F(CanaryObserver, ACanaryOfAnotherSeedIsWrong) {
  EXPECT_FALSE(Verify(AnswerOver(memory_), kNonce, {kSeed + 1, kWords}).digest_right);
}

TEST_F(CanaryObserver, MissingWordsAreWrong) {
  wire::Answer answer = AnswerOver(memory_);
  EXPECT_FALSE(Verify(answer, kNonce, {kSeed, kWords - 1}).digest_right);
  EXPECT_FALSE(Verify(answer, kNonce, {kSeed, kWords + 1}).digest_right);
}

// The unit's own count is data to be weighed: the digest decides.
TEST_F(CanaryObserver, AUnitCannotTalkItsDamageAway) {
  memory_[5] = 0;
  wire::Answer answer = AnswerOver(memory_);
  answer.damage_words = 0;
  answer.damage_offset = 0;
  EXPECT_FALSE(Verify(answer, kNonce, {kSeed, kWords}).digest_right);
}

TEST_F(CanaryObserver, WithoutACanaryTheNonceAloneIsShown) {
  EXPECT_TRUE(Verify(AnswerOver({}), kNonce, {kSeed, 0}).digest_right);
  EXPECT_FALSE(Verify(AnswerOver({}), kNonce + 1, {kSeed, 0}).digest_right);
}

}  // namespace
}  // namespace bulkhead
