#include <fmt/format.h>

#include "harness/model/names.h"
#include "reports/content.h"
#include "reports/html/page.h"
#include "reports/redaction.h"
#include "reports/wording.h"

namespace bulkhead::html {

void AddMethod(const Context& context, Data& page) {
  Data list(Data::type::list);
  for (const auto& points :
       {MethodOf(context.report, context.tr), StatisticsOf(context.report, context.tr)}) {
    for (const Point& point : points) {
      Data data;
      data["title"] = Value(point.title);
      data["text"] = Value(point.text);
      list << std::move(data);
    }
  }
  page["method"] = std::move(list);
  page["controls"] = Value(ControlsOf(context.report, context.tr));
}

void AddEnvironment(const Context& context, Data& page) {
  const RunPlan& plan = context.report.plan;
  const Translator& tr = context.tr;
  const Redaction redact(plan.envelope, context.options.names, tr);
  Table table{.caption = std::string(tr("The machine and the run")),
              .head = {std::string(tr("what")), std::string(tr("value"))},
              .rows = {},
              .numeric = {},
              .note = "",
              .css_class = "environment"};
  for (const EnvelopeField& field : redact.Fields()) table.rows.push_back({field.key, field.value});
  table.rows.push_back({std::string(tr("jobs")), fmt::format("{}", plan.jobs)});
  table.rows.push_back({std::string(tr("seed")), wording::Hex(plan.seed)});
  if (!plan.profile.empty()) {
    table.rows.push_back({std::string(tr("profile")),
                          plan.estimate > 0 ? tr.Format("{}, thought to take {}", plan.profile,
                                                        wording::About(plan.estimate, tr))
                                            : plan.profile});
  }
  for (const std::string& what : plan.cleaned_up) {
    table.rows.push_back({std::string(tr("before the run")), redact(what)});
  }
  table.rows.push_back({std::string(tr("command")), redact(plan.command_line)});
  page["environment"] = TableData(context, table);
  const std::size_t hidden = redact.Hidden();
  page["hidden_fields"] = Value(
      context.options.names
          ? ""
          : std::string(tr("Names of hosts and of people are left out.")) +
                (hidden > 0 ? " " + tr.FormatPlural("{} field is not shown.",
                                                    "{} fields are not shown.", hidden, hidden)
                            : ""));
}

void AddLimits(const Context& context, Data& page) {
  const RunReport& report = context.report;
  const Translator& tr = context.tr;
  Data list(Data::type::list);
  for (const std::string& limit : LimitsOf(report, tr)) list << Data("text", Value(limit));
  page["limits"] = std::move(list);

  Data tables(Data::type::list);
  const auto add = [&](Table table) {
    if (!table.rows.empty()) tables << TableData(context, table);
  };
  Table cells{.caption = std::string(tr("Cells in which not every planned trial counts")),
              .head = {std::string(tr("cell")), std::string(tr("planned")),
                       std::string(tr("executed")), std::string(tr("counted")),
                       std::string(tr("void")), std::string(tr("spoilt")), std::string(tr("why"))},
              .rows = {},
              .numeric = {1, 2, 3, 4, 5},
              .note = "",
              .css_class = ""};
  for (const CellResult* cell : LimitedCells(report)) {
    std::string why(tr(cell->reason));
    if (why.empty() && cell->stopped_early) why = tr("stopped early");
    cells.rows.push_back({CellName(cell->cell), wording::Count(cell->planned, tr),
                          wording::Count(cell->executed, tr), wording::Count(cell->counted, tr),
                          wording::Count(cell->void_trials, tr), wording::Count(cell->troubled, tr),
                          why});
  }
  add(std::move(cells));
  Table broken{.caption = std::string(tr("Broken, so that nothing can be said")),
               .head = {std::string(tr("cell")), std::string(tr("why"))},
               .rows = {},
               .numeric = {},
               .note = "",
               .css_class = ""};
  for (const BrokenCell& one : report.broken) broken.rows.push_back({CellName(one.key), one.why});
  add(std::move(broken));
  Table leaks{.caption = std::string(tr("Left behind by trials, then cleaned up")),
              .head = {std::string(tr("cell")), std::string(tr("block")), std::string(tr("what"))},
              .rows = {},
              .numeric = {1},
              .note = "",
              .css_class = ""};
  for (const Leak& leak : report.leaks) {
    leaks.rows.push_back({CellName(leak.cell), fmt::format("{}", leak.block), leak.what});
  }
  add(std::move(leaks));
  Table skipped{.caption = std::string(tr("Skipped trials")),
                .head = {std::string(tr("reason")), std::string(tr("trials"))},
                .rows = {},
                .numeric = {1},
                .note = "",
                .css_class = ""};
  for (const auto& [reason, trials] : report.end.accounting.skipped_because) {
    skipped.rows.push_back({tr.Known(reason), wording::Count(trials, tr)});
  }
  add(std::move(skipped));
  page["limit_tables"] = std::move(tables);
}

void AddGlossary(const Context& context, Data& page) {
  Data list(Data::type::list);
  for (const Point& point : GlossaryOf(context.tr)) {
    Data data;
    data["word"] = Value(point.title);
    data["meaning"] = Value(point.text);
    list << std::move(data);
  }
  page["glossary"] = std::move(list);
}

void AddAppendix(const Context& context, Data& page) {
  const RunReport& report = context.report;
  const Translator& tr = context.tr;
  Table table{
      .caption = std::string(tr("Digests")),
      .head = {std::string(tr("what")), std::string(tr("digest"))},
      .rows = {{std::string(tr("head of the journal's hash chain")), report.journal_digest}},
      .numeric = {},
      .note = std::string(tr("SHA-256, of the journal's last record and of the plugins.")),
      .css_class = "digests"};
  for (const Scenario& scenario : report.plan.scenarios) {
    table.rows.push_back({scenario.manifest.name, scenario.plugin_digest});
  }
  page["appendix"] = TableData(context, table);
}

}  // namespace bulkhead::html
