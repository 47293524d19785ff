// A browser loads pictures until its process may map no more memory, while editors are open; nobody
// catches the std::bad_alloc.  What the operator gives is opaque: no compiler may leave the
// allocation out.
//
// Runs in: zygote (setup) and unit.
#include <csignal>

#include "scenarios/case/applications.h"
#include "scenarios/case/ways.h"

namespace {

void Fail(bulkhead::scenarios::Page&, char*) { bulkhead::scenarios::LoadPicturesForEver(); }

using Applications = bulkhead::scenarios::Applications<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "application-out-of-memory",
    .summary = "A browser loads pictures until it may have no more memory, while editors are open.",
    .tags = {"case", "separate-applications"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .setup = Applications::Setup,
    .prepare = Applications::Prepare,
    .act = Applications::Act,
    .watch = Applications::Watch,
};
