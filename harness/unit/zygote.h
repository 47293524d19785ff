// The zygote's service: describes the plugin, then makes the units of one trial after the other.
//
// Runs in: zygote, single-threaded.
#ifndef BULKHEAD_UNIT_ZYGOTE_H_
#define BULKHEAD_UNIT_ZYGOTE_H_

#include <cstdint>
#include <string>

namespace bulkhead {

// Returns the exit code when the supervisor has closed the channel.
int ServeZygote(const std::string& plugin, int channel);

// The life of unit `index` in a program of its own (exec vehicle).
int ServeExecutedUnit(const std::string& plugin, int channel, unsigned index, std::uint64_t trial);

}  // namespace bulkhead

#endif  // BULKHEAD_UNIT_ZYGOTE_H_
