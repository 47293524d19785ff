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

using wording::Hex;

// Names as in sigaction(2), for the codes that a fault of one's own has.
std::string CodeName(int signal, int code, const Translator& tr) {
  if (code == SI_USER) return std::string(tr("sent by kill"));
  if (code == SI_TKILL) return std::string(tr("sent by tgkill"));
  if (code < 0) return tr.Format("sent, si_code {}", code);
  if (code == SI_KERNEL) return "SI_KERNEL";
  const auto named = [&](std::string_view name, std::string_view meaning) {
    return fmt::format("{}: {}", name, meaning);
  };
  switch (signal) {
    case SIGSEGV:
      if (code == SEGV_MAPERR) return named("SEGV_MAPERR", tr("nothing is mapped there"));
      if (code == SEGV_ACCERR) return named("SEGV_ACCERR", tr("not permitted there"));
      break;
    case SIGBUS:
      if (code == BUS_ADRALN) return named("BUS_ADRALN", tr("misaligned"));
      if (code == BUS_ADRERR) return named("BUS_ADRERR", tr("nothing behind the mapping"));
      break;
    case SIGILL:
      if (code == ILL_ILLOPN || code == ILL_ILLOPC) return named("ILL", tr("no such instruction"));
      break;
    case SIGFPE:
      if (code == FPE_INTDIV) return named("FPE_INTDIV", tr("division by zero"));
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
  const Translator& tr;
  std::uint32_t unit = 0;

  // Whose word it is.
  Row Kernel(std::string what, bool main = true) const {
    return {tr("kernel"), std::move(what), main};
  }
  Row Kernel(std::string_view what, bool main = true) const {
    return Kernel(std::string(what), main);
  }
  Row Says(std::string what, bool main = true) const { return {tr("unit"), std::move(what), main}; }
  Row Says(std::string_view what, bool main = true) const { return Says(std::string(what), main); }
  Row Supervisor(std::string what, bool main = true) const {
    return {tr("supervisor"), std::move(what), main};
  }
  Row Supervisor(std::string_view what, bool main = true) const {
    return Supervisor(std::string(what), main);
  }

  Row operator()(const Launched& e) const {
    return Kernel(tr.Format("started as pid {}", e.pid), false);
  }
  Row operator()(const Ready& e) const { return Says(tr.Format("ready, tid {}", e.tid), false); }
  Row operator()(const Armed&) const { return Supervisor(tr("armed: told to act")); }
  Row operator()(const Firing&) const { return Says(tr("firing: the act comes next")); }
  Row operator()(const Returned&) const { return Says(tr("the act returned")); }
  Row operator()(const Faulted& e) const {
    const std::string signal = SignalName(e.signal), code = CodeName(e.signal, e.si_code, tr);
    // Only the kernel fills in an address; a sender's pid lies at the same place.
    if (e.si_code <= 0) return Says(tr.Format("its handler saw {} ({})", signal, code));
    return Says(tr.Format("its handler saw {} at {} ({})", signal, Hex(e.address), code));
  }
  Row operator()(const Ended& e) const {
    if (!e.signaled) return Kernel(tr.Format("ended: exited with code {}", e.status));
    const std::string signal = SignalName(e.status);
    return Kernel(e.core ? tr.Format("ended: killed by {}, core dumped", signal)
                         : tr.Format("ended: killed by {}", signal));
  }
  Row operator()(const TaskGone&) const {
    return Kernel(tr("its thread is gone, the process is not"));
  }
  Row operator()(const Doing& e) const {
    const std::string state = text::OneLine({&e.state, 1});
    const std::string burnt =
        tr.Number(fmt::format("{:.1f}", static_cast<double>(e.cpu_ns) / kMillisecond));
    if (e.syscall < 0) {
      return Kernel(tr.Format("state {}, {} ms of CPU time since armed", state, burnt));
    }
    return Kernel(tr.Format("state {}, {} ms of CPU time since armed, in system call {}", state,
                            burnt, e.syscall));
  }
  Row operator()(const TargetRead& e) const {
    return Kernel(e.stored ? tr("the target word holds what the victim stored")
                           : tr("the target word does not hold what the victim stored"));
  }
  Row operator()(const OomKilled& e) const {
    return Kernel(tr.Format("its cgroup is out of memory: the kernel killed {} there", e.times));
  }
  Row operator()(const Challenged&) const { return Supervisor(tr("challenged"), false); }
  Row operator()(const Answered& e) const {
    if (e.digest_right) return Supervisor(tr("answered; its canary is whole"));
    return Supervisor(tr.FormatPlural("answered; its canary is broken: {} wrong word from byte {}",
                                      "answered; its canary is broken: {} wrong words from byte {}",
                                      e.words, wording::Count(e.words, tr), Hex(e.offset)));
  }
  Row operator()(const Silent& e) const {
    const std::string waited = wording::Count(
        static_cast<std::uint64_t>((e.waited + kMillisecond / 2) / kMillisecond), tr);
    // The victim is given no deadline of its own once all the others have answered.
    if (unit == kVictimIndex && BystandersAnswered(trial)) {
      return Supervisor(tr.Format("no answer while the bystanders answered ({} ms)", waited));
    }
    return Supervisor(tr.Format("no answer within {} ms", waited));
  }
  Row operator()(const ChannelClosed&) const {
    return Kernel(tr("its channel was closed by all holders"), false);
  }
  Row operator()(const Reading& e) const {
    const std::string name = text::OneLine(e.name), value = Hex(e.value);
    if (e.gone) return Says(tr.Format("reading {}: not there any more", name));
    for (std::uint32_t owner = 0; owner <= trial.plan.bystanders; ++owner) {
      if (e.value != TokenOf(trial.plan.seed, owner)) continue;
      return Says(tr.Format("reading {} = {}, the value of {}", name, value,
                            wording::Unit(owner, trial.plan, tr)));
    }
    return Says(tr.Format("reading {} = {}", name, value));
  }
  Row operator()(const Region& e) const {
    return Says(tr.FormatPlural("region {}: {} byte at {}", "region {}: {} bytes at {}", e.bytes,
                                text::OneLine(e.name), wording::Count(e.bytes, tr), Hex(e.low)));
  }
  Row operator()(const Samples& e) const {
    return Says(tr.FormatPlural("{} sample of {}", "{} samples of {}", e.values.size(),
                                wording::Count(e.values.size(), tr), text::OneLine(e.name)));
  }
  Row operator()(const SignalSent& e) const {
    return Supervisor(
        tr.Format("sent {}: {}", SignalName(e.signal), text::OneLine(tr.Known(e.why))));
  }
  Row operator()(const NotReaped&) const {
    return Supervisor(tr("could not be ended: every step of the stop ladder failed"));
  }
  Row operator()(const Garbage& e) const {
    return Supervisor(
        tr.Format("sent what is no message: {}", text::Clip(text::OneLine(e.what), 120)));
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

Timeline TimelineOf(const Trial& trial, Detail detail, std::size_t most, const Translator& tr) {
  std::vector<const Observation*> order;
  for (const Observation& seen : trial.observations) order.push_back(&seen);
  std::stable_sort(order.begin(), order.end(),
                   [](const Observation* a, const Observation* b) { return a->at < b->at; });
  const Nanoseconds zero = ZeroOf(trial);
  Timeline timeline;
  for (const Observation* seen : order) {
    Row row = std::visit(Tell{trial, tr, seen->unit}, seen->event);
    if (detail == Detail::kMain && !row.main) continue;
    if (timeline.rows.size() == most) {
      ++timeline.left_out;
      continue;
    }
    timeline.rows.push_back({wording::Relative(seen->at - zero, tr),
                             wording::Unit(seen->unit, trial.plan, tr), row.word_of,
                             std::move(row.what)});
  }
  return timeline;
}

std::string TrialLine(const Trial& trial, const Translator& tr) {
  const TrialPlan& plan = trial.plan;
  std::string arm(NameOf(plan.arm));
  if (plan.arm == Arm::kPositive) arm += fmt::format(" ({})", NameOf(plan.hit));
  return tr.Format("trial {}: {}, {}, seed {}", plan.id, text::OneLine(CellName(plan.cell)), arm,
                   Hex(plan.seed));
}

}  // namespace bulkhead
