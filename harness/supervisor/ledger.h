// Where signals are written down before they are sent.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_LEDGER_H_
#define BULKHEAD_SUPERVISOR_LEDGER_H_

#include <functional>

#include "harness/model/json.h"

namespace bulkhead {

// False when the record could not be made safe: then the signal must not be sent.
using Ledger = std::function<bool(const SignalIntent&)>;

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_LEDGER_H_
