// A web server of worker processes is busy when one request makes its worker store through null.
//
// What is built and looked at stands in server_trial.h, how the failure is made in http_server.h.
//
// Runs in: unit, and processes that it forks.
#include "scenarios/case/server_trial.h"

namespace {

using bulkhead::scenarios::Failure;
using bulkhead::scenarios::Organisation;
using Trial = bulkhead::scenarios::ServerTrial<Organisation::kPrefork, Failure::kCrash>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "prefork-server-crash",
    .summary = "A request crashes a worker process of a busy web server.",
    .tags = {"case", "web-server"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Trial::Setup,
    .prepare = Trial::Prepare,
    .act = Trial::Act,
    .watch = Trial::Watch,
    .hit = Trial::Hit,
};
