// Rows of text, aligned in columns.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_CLI_TABLE_H_
#define BULKHEAD_CLI_TABLE_H_

#include <string>
#include <vector>

namespace bulkhead {

// One line per row.  The last column is wrapped below itself when `width` is above 0.
std::string AlignColumns(const std::vector<std::vector<std::string>>& rows, int width);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_TABLE_H_
