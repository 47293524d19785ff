// From the arguments of the program to its exit code: finds the command, parses its options, runs
// it, and turns every error into one clear message on `err`.
//
// Runs in: supervisor.
#ifndef BULKHEAD_CLI_APPLICATION_H_
#define BULKHEAD_CLI_APPLICATION_H_

#include <cstdio>
#include <string>
#include <vector>

namespace bulkhead {

// `arguments` without the program's name.
int RunApplication(const std::vector<std::string>& arguments, std::FILE* out, std::FILE* err);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_APPLICATION_H_
