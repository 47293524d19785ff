#include "harness/base/digest.h"

#include <openssl/evp.h>

#include <memory>

namespace bulkhead {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

Sha256 DigestOf(std::initializer_list<std::string_view> parts) {
  // Fetching the algorithm costs more than hashing a record: once.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Sha256 digest{};
  EVP_DigestInit_ex2(context.get(), algorithm, nullptr);
  for (const std::string_view part : parts) {
    EVP_DigestUpdate(context.get(), part.data(), part.size());
  }
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

struct Digest::State {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Digest::Digest() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex2(state_->context.get(), EVP_sha256(), nullptr);
}
Digest::~Digest() = default;

void Digest::Add(std::string_view part) {
  EVP_DigestUpdate(state_->context.get(), part.data(), part.size());
}

Sha256 Digest::Take() {
  Sha256 digest{};
  EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr);
  return digest;
}

std::string Hex(const Sha256& digest, std::size_t bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes);
  for (std::size_t i = 0; i < bytes && i < digest.size(); ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

}  // namespace bulkhead
