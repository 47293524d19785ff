// SHA-256 through OpenSSL's EVP.
//
// Runs in: supervisor, or anywhere that reads a run; never in a unit.
#ifndef BULKHEAD_BASE_DIGEST_H_
#define BULKHEAD_BASE_DIGEST_H_

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace bulkhead {

using Sha256 = std::array<unsigned char, 32>;

// Of the parts one after the other.
Sha256 DigestOf(std::initializer_list<std::string_view> parts);

// The first `bytes` bytes as lower-case hex.
std::string Hex(const Sha256& digest, std::size_t bytes = 32);

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_DIGEST_H_
