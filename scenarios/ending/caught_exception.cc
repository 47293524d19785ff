// Throws an exception and catches it: the failure is handled and the unit goes on.  The throw stays
// in a function of its own, where no compiler sees the handler; an act that did not come by the
// handler aborts.
//
// Runs in: unit.
#include <stdexcept>

#include "scenarios/common.h"

namespace {

BH_KEEP void Throw() { throw std::runtime_error("caught on purpose"); }

void Act(bh_unit*) {
  bool caught = false;
  try {
    Throw();
  } catch (const std::runtime_error&) {
    caught = true;
  }
  bulkhead::scenarios::Require(bulkhead::plugin::Opaque(caught));
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "caught-exception",
    .summary = "Throws a C++ exception and catches it.",
    .tags = {"failure", "exception"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
