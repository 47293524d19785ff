// A browser writes past the end of a paragraph and over all that lies behind it on its heap: the
// rest of the page, the allocator's own words, and the addresses at which the editor beside it has
// its text.  Then it goes on as if nothing had happened, and paints the page.  The stores are
// volatile.
//
// The pattern is no address on any machine: the chain of paragraphs surely breaks.
//
// Runs in: zygote (setup) and unit.
#include <csignal>

#include "scenarios/case/applications.h"

namespace {

void Fail(bulkhead::scenarios::Page& page, char* end) {
  constexpr std::uint64_t kPattern = 0x5a5a'5a5a'5a5a'5a5a;
  auto* word = reinterpret_cast<volatile std::uint64_t*>(page.EndOfSomeText());
  for (; word < reinterpret_cast<volatile std::uint64_t*>(end); ++word) *word = kPattern;
  bulkhead::plugin::Opaque(page.Show());
}

using Applications = bulkhead::scenarios::Applications<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "application-scribbles-heap",
    .summary = "A browser writes over its own heap while editors are open, and goes on.",
    .tags = {"case", "separate-applications"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .setup = Applications::Setup,
    .prepare = Applications::Prepare,
    .act = Applications::Act,
    .watch = Applications::Watch,
};
