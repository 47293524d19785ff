// bulkhead.prom: metrics for node_exporter's textfile collector.  No sample has a time of its own
// (the collector refuses it): when the run began is a metric.  No label names a host or a person.
//
// Runs in: anywhere.
// Source of the form: prometheus.io, "Exposition formats", text format 0.0.4.
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>

#include "harness/model/names.h"
#include "reports/redaction.h"
#include "reports/text.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

std::string Label(std::string_view name, std::string_view foreign) {
  std::string out = std::string(name) + "=\"";
  for (const char c : text::OneLine(foreign)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// "2026-01-15T10:15:00Z" as seconds since 1970; a journal may hold anything there.
std::optional<std::int64_t> UnixTime(std::string_view iso) {
  if (iso.size() != 20 || iso[10] != 'T' || iso[19] != 'Z') return std::nullopt;
  int fields[6]{};
  constexpr int kFrom[]{0, 5, 8, 11, 14, 17}, kDigits[]{4, 2, 2, 2, 2, 2};
  for (int i = 0; i < 6; ++i) {
    const char* from = iso.data() + kFrom[i];
    const auto [end, error] = std::from_chars(from, from + kDigits[i], fields[i]);
    if (error != std::errc() || end != from + kDigits[i]) return std::nullopt;
  }
  using namespace std::chrono;
  const year_month_day date{year(fields[0]), month(static_cast<unsigned>(fields[1])),
                            day(static_cast<unsigned>(fields[2]))};
  if (!date.ok()) return std::nullopt;
  return (sys_days(date) + hours(fields[3]) + minutes(fields[4]) + seconds(fields[5]))
             .time_since_epoch() /
         seconds(1);
}

class Metrics {
 public:
  // All samples of one name follow its head.
  void Begin(std::string_view name, std::string_view help) {
    name_ = name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
  }
  template <typename Number>
  void Sample(const std::string& labels, Number value) {
    text_ += name_;
    if (!labels.empty()) text_ += "{" + labels + "}";
    text_ += fmt::format(" {}\n", value);
  }
  template <typename Number>
  void One(std::string_view name, std::string_view help, Number value) {
    Begin(name, help);
    Sample("", value);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string_view name_;
  std::string text_;
};

void AddClaims(const RunReport& report, Metrics& metrics) {
  const auto each = [&](auto add) {
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
      add(report.verdicts[i], Label("claim", report.verdicts[i].claim));
    }
  };
  metrics.Begin("bulkhead_claim_verdict", "1 for the verdict on the claim, 0 for the others.");
  each([&](const Verdict& verdict, const std::string& claim) {
    for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
      metrics.Sample(claim + "," + Label("verdict", outcome.name),
                     verdict.outcome == outcome.value ? 1 : 0);
    }
  });
  metrics.Begin("bulkhead_claim_as_expected",
                "1 where the verdict is what the claim expects, 0 where not; absent where nothing "
                "is expected or decided.");
  each([&](const Verdict& verdict, const std::string& claim) {
    if (verdict.as_expected) metrics.Sample(claim, *verdict.as_expected ? 1 : 0);
  });
  metrics.Begin("bulkhead_claim_counted_trials", "Trials that count for the claim.");
  each([&](const Verdict& v, const std::string& claim) { metrics.Sample(claim, v.counted); });
  metrics.Begin("bulkhead_claim_findings", "Counted trials that show what is looked for.");
  each([&](const Verdict& v, const std::string& claim) { metrics.Sample(claim, v.found); });
  metrics.Begin("bulkhead_claim_rate_upper_bound",
                "Largest upper bound on the rate of the finding among the holding cells.");
  each([&](const Verdict& v, const std::string& claim) { metrics.Sample(claim, v.worst_upper); });
  struct Part {
    const char* name;
    const char* help;
    double RatioResult::*value;
  };
  for (const Part& part :
       {Part{"bulkhead_claim_ratio", "Measured ratio of a claim that compares.",
             &RatioResult::ratio},
        Part{"bulkhead_claim_ratio_low", "Lower end of its interval.", &RatioResult::low},
        Part{"bulkhead_claim_ratio_high", "Upper end of its interval.", &RatioResult::high}}) {
    metrics.Begin(part.name, part.help);
    each([&](const Verdict& verdict, const std::string& claim) {
      if (verdict.ratio) metrics.Sample(claim, (*verdict.ratio).*part.value);
    });
  }
}

void AddRun(const RunReport& report, const Redaction& redact, Metrics& metrics) {
  const RunPlan& plan = report.plan;
  metrics.Begin("bulkhead_run_info", "The run, as labels.");
  const auto kernel = std::string(wording::EnvelopeValue(plan.envelope, "kernel.release"));
  metrics.Sample(Label("version", plan.tool_version) + "," + Label("kernel", redact(kernel)) + "," +
                     Label("profile", plan.profile),
                 1);
  metrics.Begin("bulkhead_run_trials", "Planned trials, by what became of them.");
  const Accounting& account = report.end.accounting;
  metrics.Sample(Label("state", "executed"), account.executed);
  metrics.Sample(Label("state", "skipped"), account.skipped);
  metrics.Sample(Label("state", "broken"), account.broken);
  if (const auto started = UnixTime(plan.started)) {
    metrics.One("bulkhead_run_started_timestamp_seconds", "When the run began.", *started);
  }
  metrics.One("bulkhead_run_duration_seconds", "How long the run took.",
              static_cast<double>(report.end.took) / kSecond);
  metrics.One("bulkhead_run_confidence", "Confidence of every bound and interval.",
              plan.confidence);
  metrics.One("bulkhead_run_complete", "1 unless the run was interrupted or cut off.",
              report.complete && !report.end.interrupted ? 1 : 0);
  metrics.One("bulkhead_run_leaks", "Things that outlived their trials.", report.leaks.size());
  metrics.One("bulkhead_run_blinded_observers", "Observers switched off on purpose.",
              plan.blind.size());
  metrics.One("bulkhead_run_exit_code", "Exit code of the run.", report.exit_code);
}

}  // namespace

Document WritePrometheus(const RunReport& report, const WriteOptions& options) {
  Metrics metrics;
  AddRun(report, Redaction(report.plan.envelope, options.names), metrics);
  AddClaims(report, metrics);
  return metrics.Take();
}

}  // namespace bulkhead
