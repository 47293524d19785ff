// Claim files: TOML into Claims (the format: scenarios/README.md).  Strict: what is misspelt,
// missing or contradictory is refused with file, line, what was found and what is accepted, because
// a claim that was read differently than its author meant would be judged wrongly.
//
// Runs in: supervisor.  Errors are of Error::Kind::kUser, one line per problem.
#ifndef BULKHEAD_CLI_CLAIM_FILE_H_
#define BULKHEAD_CLI_CLAIM_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/claim.h"

namespace bulkhead {

// `path` is only for messages and Claim::file.
Expected<std::vector<Claim>> ParseClaims(std::string_view text, const std::string& path);

Expected<std::vector<Claim>> ReadClaimFile(const std::string& path);

// All *.toml of `directory`, in the order of their names.
Expected<std::vector<Claim>> ReadClaimDirectory(const std::string& directory);

// The line of `claim`'s file on which its experiment names `entry`, a tag or a scenario; the line
// of the claim when the file says so no more.  Reads the file again: asked for a refusal only.
int LineOfEntry(const Claim& claim, const std::string& entry);

// An id may occur once in a run; the later place is the error.
Expected<void> CheckDistinct(const std::vector<Claim>& claims);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_CLAIM_FILE_H_
