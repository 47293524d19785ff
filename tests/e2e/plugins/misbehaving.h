/* A plugin that is sound but for what its constructor does.  Include once, then define `misbehave`. */
#ifndef MISBEHAVING_H_
#define MISBEHAVING_H_

#include "harness/plugin/bulkhead.h"

__attribute__((constructor)) static void misbehave(void);

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = MISBEHAVING_NAME,
    .summary = "Never gets beyond its constructor.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
    .ends = {{BH_END_RETURN, 0}},
};

#endif
