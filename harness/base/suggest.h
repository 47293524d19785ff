// "Did you mean ...": the nearest of the names that would have been accepted.
//
// Runs in: anywhere.
#ifndef BULKHEAD_BASE_SUGGEST_H_
#define BULKHEAD_BASE_SUGGEST_H_

#include <span>
#include <string>
#include <string_view>

namespace bulkhead {

// The candidate with the smallest edit distance to `word`, where two swapped neighbours are one
// edit; empty when none is near enough to be meant (more than a third of the letters differ).
std::string Nearest(std::string_view word, std::span<const std::string> candidates);

// The sentence part that every refusal of a name ends with:
//   "; accepted: a, b, c (did you mean \"b\"?)"
// A list too long to be read gives way to "see `bulkhead list`".
std::string Accepted(std::string_view word, std::span<const std::string> candidates);

// Shell-style pattern with * and ?; matches the whole text.
bool MatchesGlob(std::string_view pattern, std::string_view text);

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_SUGGEST_H_
