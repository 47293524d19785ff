#include <fmt/format.h>

#include "harness/model/names.h"
#include "reports/content.h"
#include "reports/markdown_parts.h"
#include "reports/redaction.h"
#include "reports/wording.h"

namespace bulkhead::markdown {

std::string Method(const RunReport& report, const Translator& tr) {
  std::string out = fmt::format("## {}\n\n", tr("Method"));
  int number = 0;
  for (const auto& points : {MethodOf(report, tr), StatisticsOf(report, tr)}) {
    for (const Point& point : points) {
      out += fmt::format("{}. **{}** {}\n", ++number, Escape(point.title), Escape(point.text));
    }
  }
  return out + "\n" + Escape(ControlsOf(report, tr)) + "\n\n";
}

std::string Environment(const RunReport& report, bool names, const Translator& tr) {
  const RunPlan& plan = report.plan;
  const Redaction redact(plan.envelope, names, tr);
  std::string out = fmt::format("## {}\n\n{}", tr("Environment"),
                                tr("The answers may depend on everything in this table."));
  if (!names) out += fmt::format(" {}", tr("Names of hosts and of people are left out."));
  out += "\n\n" + TableHead({tr("what"), tr("value")});
  std::size_t rows = 0;
  for (const EnvelopeField& field : redact.Fields()) {
    if (rows++ == kMostRows) break;
    out += TableRow({Code(field.key), Escape(field.value)});
  }
  out += TableRow({std::string(tr("jobs")), wording::Count(plan.jobs, tr)});
  if (!plan.profile.empty()) {
    const std::string profile =
        plan.estimate > 0
            ? tr.Format("{}, thought to take {}", plan.profile, wording::About(plan.estimate, tr))
            : plan.profile;
    out += TableRow({std::string(tr("profile")), Escape(profile)});
  }
  for (const std::string& what : plan.cleaned_up) {
    out += TableRow({std::string(tr("before the run")), Escape(redact(what))});
  }
  out += TableRow({std::string(tr("command")), Escape(redact(plan.command_line))});
  const std::size_t hidden = redact.Hidden();
  if (hidden == 0) return out + "\n";
  return out + "\n" +
         tr.FormatPlural("{} field not shown.", "{} fields not shown.", hidden,
                         wording::Count(hidden, tr)) +
         "\n\n";
}

std::string Limits(const RunReport& report, const Shown& shown, const Translator& tr) {
  std::string out = fmt::format("## {}\n\n", tr("Limits of this evidence"));
  for (const std::string& limit : LimitsOf(report, tr)) {
    out += fmt::format("- {}\n", Escape(limit));
  }
  if (shown.not_shown > 0) {
    out +=
        "- " +
        tr.Format("{} decisive trials are shown; {} are not.",
                  wording::Count(shown.decisive.size(), tr), wording::Count(shown.not_shown, tr)) +
        "\n";
  }
  out += "\n";
  const std::vector<const CellResult*> cells = LimitedCells(report);
  if (!cells.empty()) {
    out += tr("Cells in which not every planned trial counts:");
    out += "\n\n" + TableHead({tr("cell"), tr("planned"), tr("executed"), tr("counted"), tr("void"),
                               tr("spoilt"), tr("why")});
    std::size_t rows = 0;
    for (const CellResult* cell : cells) {
      if (rows++ == kMostRows) {
        out += "\n" +
               tr.Format("Showing {} of {} cells.", wording::Count(kMostRows, tr),
                         wording::Count(cells.size(), tr)) +
               "\n";
        break;
      }
      const std::string why = cell->reason.empty() && cell->stopped_early
                                  ? std::string(tr("stopped early"))
                                  : tr(cell->reason);
      out += TableRow({Code(CellName(cell->cell)), wording::Count(cell->planned, tr),
                       wording::Count(cell->executed, tr), wording::Count(cell->counted, tr),
                       wording::Count(cell->void_trials, tr), wording::Count(cell->troubled, tr),
                       Escape(why)});
    }
    out += "\n";
  }
  const auto list = [&](std::string_view title, const auto& things, const auto& show) {
    if (things.empty()) return;
    out += fmt::format("{}\n\n", title);
    for (std::size_t i = 0; i < things.size() && i < kMostRows; ++i) {
      out += "- " + show(things[i]) + "\n";
    }
    if (things.size() > kMostRows) {
      out += "- " + tr.Format("and {} more", wording::Count(things.size() - kMostRows, tr)) + "\n";
    }
    out += "\n";
  };
  list(tr("Broken, so that nothing can be said:"), report.broken, [](const BrokenCell& broken) {
    return fmt::format("{}: {}", Code(CellName(broken.key)), Escape(broken.why));
  });
  list(tr("Left behind by trials, then cleaned up:"), report.leaks, [&](const Leak& leak) {
    return tr.Format("{}, block {}: {}", Code(CellName(leak.cell)), leak.block, Escape(leak.what));
  });
  return out;
}

std::string Glossary(const Translator& tr) {
  // The anchor is that of the link in the summary, whatever the heading is called.
  std::string out = fmt::format("<a id=\"glossary\"></a>\n\n## {}\n\n", tr("Glossary"));
  for (const Point& point : GlossaryOf(tr)) {
    out += fmt::format("- **{}**: {}\n", point.title, Escape(point.text));
  }
  return out + "\n";
}

}  // namespace bulkhead::markdown
