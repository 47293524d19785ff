// What went wrong in the harness or on the machine, and the type of a call that may fail.
// A unit's misfortune is never an Error: it is a Fate (DESIGN section 6).
//
// Runs in: anywhere.
#ifndef BULKHEAD_BASE_ERROR_H_
#define BULKHEAD_BASE_ERROR_H_

#include <cerrno>
#include <cstring>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace bulkhead {

// `message` is a lower-case fragment that names the thing that failed; it grows context on its way
// up ("cannot start the zygote: clone3: Operation not permitted").
struct Error {
  // kUser: the person can mend it (exit code 2).  kMachine: the machine or the harness failed.
  enum class Kind { kMachine, kUser };

  Kind kind = Kind::kMachine;
  std::string message;
  int sys_errno = 0;  // 0 when no system call was involved
};

template <typename T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> Fail(std::string message) {
  return tl::make_unexpected(Error{Error::Kind::kMachine, std::move(message), 0});
}

// Bad input: file, line, what was found, what is accepted.
inline tl::unexpected<Error> FailUser(std::string message) {
  return tl::make_unexpected(Error{Error::Kind::kUser, std::move(message), 0});
}

// Appends the text of `error` (errno by default) to `what`.
inline tl::unexpected<Error> FailErrno(const std::string& what, int error = errno) {
  return tl::make_unexpected(
      Error{Error::Kind::kMachine, what + ": " + std::strerror(error), error});
}

// The same error with `context` in front, kind and errno kept.
inline tl::unexpected<Error> FailWith(const std::string& context, const Error& cause) {
  return tl::make_unexpected(Error{cause.kind, context + ": " + cause.message, cause.sys_errno});
}

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_ERROR_H_
