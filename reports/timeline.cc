#include "reports/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "harness/model/fate.h"
#include "harness/model/names.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

using wording::Counted;
using wording::Hex;

// Names as in sigaction(2), for the codes that a fault of one's own has.
std::string CodeName(int signal, int code) {
  if (code == SI_USER) return "sent by kill";
  if (code == SI_TKILL) return "sent by tgkill";
  if (code < 0) return fmt::format("sent, si_code {}", code);
  if (code == SI_KERNEL) return "SI_KERNEL";
  switch (signal) {
    case SIGSEGV:
      if (code == SEGV_MAPERR) return "SEGV_MAPERR: nothing is mapped there";
      if (code == SEGV_ACCERR) return "SEGV_ACCERR: not permitted there";
      break;
    case SIGBUS:
      if (code == BUS_ADRALN) return "BUS_ADRALN: misaligned";
      if (code == BUS_ADRERR) return "BUS_ADRERR: nothing behind the mapping";
      break;
    case SIGILL:
      if (code == ILL_ILLOPN || code == ILL_ILLOPC) return "ILL: no such instruction";
      break;
    case SIGFPE:
      if (code == FPE_INTDIV) return "FPE_INTDIV: division by zero";
      break;
    default:
      break;
  }
  return fmt::format("si_code {}", code);
}

struct Row {
  std::string_view word_of;
  std::string what;
  bool main = true;
};

bool BystandersAnswered(const Trial& trial) {
  std::set<std::uint32_t> answered;
  for (const Observation& seen : trial.observations) {
    if (seen.unit != kVictimIndex && std::holds_alternative<Answered>(seen.event)) {
      answered.insert(seen.unit);
    }
  }
  return !answered.empty() && answered.size() == trial.plan.bystanders;
}

// One overload for each kind of observation.
struct Tell {
  const Trial& trial;
  std::uint32_t unit = 0;

  Row operator()(const Launched& e) const {
    return {"kernel", fmt::format("started as pid {}", e.pid), false};
  }
  Row operator()(const Ready& e) const {
    return {"unit", fmt::format("ready, tid {}", e.tid), false};
  }
  Row operator()(const Armed&) const { return {"supervisor", "armed: told to act"}; }
  Row operator()(const Firing&) const { return {"unit", "firing: the act comes next"}; }
  Row operator()(const Returned&) const { return {"unit", "the act returned"}; }
  Row operator()(const Faulted& e) const {
    // Only the kernel fills in an address; a sender's pid lies at the same place.
    const std::string at = e.si_code > 0 ? " at " + Hex(e.address) : "";
    return {"unit", fmt::format("its handler saw {}{} ({})", SignalName(e.signal), at,
                                CodeName(e.signal, e.si_code))};
  }
  Row operator()(const Ended& e) const {
    if (!e.signaled) return {"kernel", fmt::format("ended: exited with code {}", e.status)};
    return {"kernel", fmt::format("ended: killed by {}{}", SignalName(e.status),
                                  e.core ? ", core dumped" : "")};
  }
  Row operator()(const TaskGone&) const {
    return {"kernel", "its thread is gone, the process is not"};
  }
  Row operator()(const Doing& e) const {
    std::string what =
        fmt::format("state {}, {:.1f} ms of CPU time since armed", text::OneLine({&e.state, 1}),
                    static_cast<double>(e.cpu_ns) / kMillisecond);
    if (e.syscall >= 0) what += fmt::format(", in system call {}", e.syscall);
    return {"kernel", what};
  }
  Row operator()(const TargetRead& e) const {
    return {"kernel", e.stored ? "the target word holds what the victim stored"
                               : "the target word does not hold what the victim stored"};
  }
  Row operator()(const OomKilled& e) const {
    return {"kernel",
            fmt::format("its cgroup is out of memory: the kernel killed {} there", e.times)};
  }
  Row operator()(const Challenged&) const { return {"supervisor", "challenged", false}; }
  Row operator()(const Answered& e) const {
    if (e.digest_right) return {"supervisor", "answered; its canary is whole"};
    return {"supervisor", fmt::format("answered; its canary is broken: {} from byte {}",
                                      Counted(e.words, "wrong word"), Hex(e.offset))};
  }
  Row operator()(const Silent& e) const {
    const double waited = static_cast<double>(e.waited) / kMillisecond;
    // The victim is given no deadline of its own once all the others have answered.
    if (unit == kVictimIndex && BystandersAnswered(trial)) {
      return {"supervisor",
              fmt::format("no answer while the bystanders answered ({:.0f} ms)", waited)};
    }
    return {"supervisor", fmt::format("no answer within {:.0f} ms", waited)};
  }
  Row operator()(const ChannelClosed&) const {
    return {"kernel", "its channel was closed by all holders", false};
  }
  Row operator()(const Reading& e) const {
    const std::string name = text::OneLine(e.name);
    if (e.gone) return {"unit", fmt::format("reading {}: not there any more", name)};
    std::string whose;
    for (std::uint32_t owner = 0; owner <= trial.plan.bystanders; ++owner) {
      if (e.value == TokenOf(trial.plan.seed, owner)) {
        whose = fmt::format(", the value of {}",
                            UnitName(owner, trial.plan.bystanders, trial.plan.cell.vehicle));
      }
    }
    return {"unit", fmt::format("reading {} = {}{}", name, Hex(e.value), whose)};
  }
  Row operator()(const Region& e) const {
    return {"unit", fmt::format("region {}: {} bytes at {}", text::OneLine(e.name),
                                wording::Count(e.bytes), Hex(e.low))};
  }
  Row operator()(const Samples& e) const {
    return {"unit",
            fmt::format("{} of {}", Counted(e.values.size(), "sample"), text::OneLine(e.name))};
  }
  Row operator()(const SignalSent& e) const {
    return {"supervisor", fmt::format("sent {}: {}", SignalName(e.signal), text::OneLine(e.why))};
  }
  Row operator()(const NotReaped&) const {
    return {"supervisor", "could not be ended: every step of the stop ladder failed"};
  }
  Row operator()(const Garbage& e) const {
    return {"supervisor",
            fmt::format("sent what is no message: {}", text::Clip(text::OneLine(e.what), 120))};
  }
};

Nanoseconds ZeroOf(const Trial& trial) {
  const Observation* zero = nullptr;
  for (const Observation& seen : trial.observations) {
    if (!std::holds_alternative<Armed>(seen.event)) continue;
    if (seen.unit == kVictimIndex) return seen.at;
    if (!zero) zero = &seen;
  }
  return zero ? zero->at : 0;
}

}  // namespace

Timeline TimelineOf(const Trial& trial, Detail detail, std::size_t most, const Translator& /*tr*/) {
  std::vector<const Observation*> order;
  for (const Observation& seen : trial.observations) order.push_back(&seen);
  std::stable_sort(order.begin(), order.end(),
                   [](const Observation* a, const Observation* b) { return a->at < b->at; });
  const Nanoseconds zero = ZeroOf(trial);
  Timeline timeline;
  for (const Observation* seen : order) {
    Row row = std::visit(Tell{trial, seen->unit}, seen->event);
    if (detail == Detail::kMain && !row.main) continue;
    if (timeline.rows.size() == most) {
      ++timeline.left_out;
      continue;
    }
    timeline.rows.push_back({wording::Relative(seen->at - zero),
                             UnitName(seen->unit, trial.plan.bystanders, trial.plan.cell.vehicle),
                             row.word_of, std::move(row.what)});
  }
  return timeline;
}

std::string TrialLine(const Trial& trial, const Translator& /*tr*/) {
  const TrialPlan& plan = trial.plan;
  std::string line = fmt::format("trial {}: {}, {}", plan.id, text::OneLine(CellName(plan.cell)),
                                 NameOf(plan.arm));
  if (plan.arm == Arm::kPositive) line += fmt::format(" ({})", NameOf(plan.hit));
  return line + fmt::format(", seed {}", Hex(plan.seed));
}

}  // namespace bulkhead
