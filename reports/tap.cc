// results.tap and results.ktap: the Test Anything Protocol, version 14, and the kernel's version of
// it.  In TAP a claim is a test point with its numbers as YAML.  In KTAP, where YAML is not
// recommended and tests nest, a group has claims and a claim has cells.  Nothing undecided is
// "ok" or TODO: consumers take both for success.
//
// Runs in: anywhere.
// Sources: testanything.org, TAP 14 specification; Linux, Documentation/dev-tools/ktap.rst.
#include <fmt/format.h>

#include <algorithm>

#include "harness/model/names.h"
#include "reports/redaction.h"
#include "reports/test_points.h"
#include "reports/text.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

std::string_view OkOrNot(Mark mark) { return IsBad(mark) ? "not ok" : "ok"; }

// In a TAP description "#" would begin a directive.
std::string Escaped(std::string_view description) {
  std::string out;
  for (const char c : description) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// KTAP has no way to escape it.
std::string WithoutHash(std::string description) {
  std::ranges::replace(description, '#', '_');
  return description;
}

// A YAML scalar in double quotes; the text is one harmless line.
std::string Quoted(std::string_view line) {
  std::string out = "\"";
  for (const char c : line) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string RunLine(const RunReport& report) {
  const RunPlan& plan = report.plan;
  return fmt::format("# bulkhead {}, run {}, seed {}, kernel {}", text::OneLine(plan.tool_version),
                     text::OneLine(plan.run_id), wording::Hex(plan.seed),
                     text::OneLine(wording::EnvelopeValue(plan.envelope, "kernel.release")));
}

class Tap {
 public:
  explicit Tap(const Redaction& redact) : redact_(redact) {}

  void Add(const std::string& name, const TestPoint& point, const std::string& yaml) {
    text_ += fmt::format("{} {} - {}", OkOrNot(point.mark), ++number_, Escaped(name));
    if (point.mark == Mark::kSkipped) text_ += " # SKIP " + redact_(point.message);
    text_ += "\n  ---\n  message: " + Quoted(redact_(point.message)) + "\n";
    if (!point.type.empty()) text_ += fmt::format("  type: {}\n", point.type);
    text_ += yaml;
    if (IsBad(point.mark) && !point.details.empty()) {
      text_ += "  details:\n";
      for (const std::string& line : point.details) {
        text_ += "    - " + Quoted(redact_(line)) + "\n";
      }
    }
    text_ += "  ...\n";
  }
  std::string Take() { return std::move(text_); }

 private:
  const Redaction& redact_;
  std::size_t number_ = 0;
  std::string text_;
};

std::string VerdictYaml(const RunReport& report, std::size_t index) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  std::string yaml = fmt::format("  verdict: {}\n", NameOf(verdict.outcome));
  if (claim.expect) yaml += fmt::format("  expected: {}\n", NameOf(*claim.expect));
  yaml += fmt::format("  counted: {}\n  found: {}\n  upper: {}\n  cells: {}\n", verdict.counted,
                      verdict.found, verdict.worst_upper, verdict.cells.size());
  if (verdict.witness) yaml += fmt::format("  witness: {}\n", *verdict.witness);
  return yaml;
}

class Ktap {
 public:
  explicit Ktap(const Redaction& redact) : redact_(redact) {}

  void Line(const std::string& line) { text_ += std::string(2 * depth_, ' ') + line + "\n"; }
  void Begin(std::size_t points) {
    Line("KTAP version 1");
    Line(fmt::format("1..{}", points));
  }
  void BeginWithin(std::size_t points) {
    ++depth_;
    Begin(points);
  }
  void End() { --depth_; }
  void Result(std::size_t number, const std::string& name, Mark mark, const std::string& message) {
    const char* directive = mark == Mark::kError ? "ERROR " : mark == Mark::kSkipped ? "SKIP " : "";
    Line(fmt::format("{} {} {}{}", OkOrNot(mark), number, WithoutHash(name),
                     message.empty() ? "" : fmt::format(" # {}{}", directive, redact_(message))));
  }
  void Points(const std::vector<TestPoint>& points) {
    BeginWithin(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (IsBad(points[i].mark)) Details(points[i]);
      Result(i + 1, points[i].name, points[i].mark, points[i].message);
    }
    End();
  }
  void Details(const TestPoint& point) {
    for (const std::string& line : point.details) Line("# " + redact_(line));
  }
  std::string Take() { return std::move(text_); }

 private:
  const Redaction& redact_;
  std::size_t depth_ = 0;
  std::string text_;
};

void AddGroup(const RunReport& report, std::size_t number, const TestGroup& group, Ktap& ktap) {
  ktap.BeginWithin(group.verdicts.size());
  std::vector<TestPoint> claims;
  for (const std::size_t index : group.verdicts) {
    const TestPoint& claim = claims.emplace_back(PointOf(report, index));
    ktap.Points(CellPointsOf(report, index));
    if (IsBad(claim.mark)) ktap.Details(claim);
    ktap.Result(claims.size(), claim.name, claim.mark, claim.message);
  }
  ktap.End();
  ktap.Result(number, group.name, MarkOf(claims), "");
}

}  // namespace

Document WriteTap(const RunReport& report, const WriteOptions& options) {
  const Redaction redact(report.plan.envelope, options.names);
  Tap tap(redact);
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    tap.Add(text::OneLine(report.verdicts[i].claim), PointOf(report, i), VerdictYaml(report, i));
  }
  const std::vector<TestPoint> run = RunPointsOf(report);
  for (const TestPoint& point : run)
    tap.Add(fmt::format("{}.{}", kRunGroup, point.name), point, "");
  return fmt::format("TAP version 14\n1..{}\n", report.verdicts.size() + run.size()) +
         RunLine(report) + "\n" + tap.Take();
}

Document WriteKtap(const RunReport& report, const WriteOptions& options) {
  const Redaction redact(report.plan.envelope, options.names);
  const std::vector<TestGroup> groups = GroupsOf(report);
  const std::vector<TestPoint> run = RunPointsOf(report);
  Ktap ktap(redact);
  ktap.Begin(groups.size() + 1);
  ktap.Line(RunLine(report));
  for (std::size_t i = 0; i < groups.size(); ++i) AddGroup(report, i + 1, groups[i], ktap);
  ktap.Points(run);
  ktap.Result(groups.size() + 1, kRunGroup, MarkOf(run), "");
  return ktap.Take();
}

}  // namespace bulkhead
