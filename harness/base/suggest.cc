#include "harness/base/suggest.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace bulkhead {
namespace {

// Optimal string alignment: insert, remove, replace a letter, or swap two neighbours.  Three rows
// are kept.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_above, above, row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_above = std::move(above);
    above = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = above[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, substitute});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

}  // namespace

std::string Nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = Distance(word, candidate);
    if (best == nullptr || distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  if (best == nullptr || best_distance * 3 > std::max(word.size(), best->size())) return "";
  return *best;
}

std::string Accepted(std::string_view word, std::span<const std::string> candidates) {
  constexpr std::size_t kMostNames = 40;  // a longer list hides the suggestion
  std::string text;
  if (candidates.empty()) {
    text = "; none is available";
  } else if (candidates.size() <= kMostNames) {
    text = "; accepted: ";
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      text += (i == 0 ? "" : ", ") + candidates[i];
    }
  } else {
    text = "; accepted: see `bulkhead list`";
  }
  const std::string nearest = Nearest(word, candidates);
  if (!nearest.empty()) text += " (did you mean \"" + nearest + "\"?)";
  return text;
}

bool MatchesGlob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*') {
      ++p, ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace bulkhead
