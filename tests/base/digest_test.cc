#include "harness/base/digest.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

TEST(Digest, InPartsIsThatOfTheWhole) {
  Digest digest;
  digest.Add("ab");
  digest.Add("");
  digest.Add("c");
  EXPECT_EQ(digest.Take(), DigestOf({"abc"}));
  EXPECT_EQ(Hex(DigestOf({"abc"}), 4), "ba7816bf");
}

}  // namespace
}  // namespace bulkhead
