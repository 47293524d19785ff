// SHA-256 through OpenSSL's EVP.
//
// Runs in: supervisor, or anywhere that reads a run; never in a unit.
#ifndef BULKHEAD_BASE_DIGEST_H_
#define BULKHEAD_BASE_DIGEST_H_

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace bulkhead {

using Sha256 = std::array<unsigned char, 32>;

// Of the parts one after the other.
Sha256 DigestOf(std::initializer_list<std::string_view> parts);

// Of what is larger than memory.
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void Add(std::string_view part);
  Sha256 Take();  // of all parts; ends it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The first `bytes` bytes as lower-case hex.
std::string Hex(const Sha256& digest, std::size_t bytes = 32);

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_DIGEST_H_
