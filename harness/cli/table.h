// Rows of text, aligned in columns.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_CLI_TABLE_H_
#define BULKHEAD_CLI_TABLE_H_

#include <string>
#include <vector>

namespace bulkhead {

// One line per row.  When `width` is above 0, the last column is wrapped by words: below itself, or
// on lines of its own where too little of the width is left beside the others.
std::string AlignColumns(const std::vector<std::vector<std::string>>& rows, int width);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_TABLE_H_
