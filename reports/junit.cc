// junit.xml for Jenkins, GitLab and the like.  A claim is a testcase, of the suite of its group; no
// time stands at a testcase, for trials of several claims run at once.  Each testcase has at most
// one of failure, error and skipped, and GitLab reads its content, Jenkins its attributes: both
// say why.
//
// Runs in: anywhere.  pugixml writes control characters as references that XML forbids: all foreign
// text has gone through text::OneLine before.
#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "harness/model/names.h"
#include "reports/redaction.h"
#include "reports/test_points.h"
#include "reports/text.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

struct Totals {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void Add(Mark mark) {
    ++tests;
    failures += mark == Mark::kFailed;
    errors += mark == Mark::kError;
    skipped += mark == Mark::kSkipped;
  }
  void Add(const Totals& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
};

// U+FFFE and U+FFFF are valid UTF-8 and no characters of XML.
std::string Legal(std::string text) {
  for (const char* illegal : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
    for (std::size_t at = 0; (at = text.find(illegal, at)) != std::string::npos; at += 3) {
      text.replace(at, 3, "\xef\xbf\xbd");
    }
  }
  return text;
}

void Set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(Legal(value).c_str());
}

void SetTotals(pugi::xml_node node, const Totals& totals) {
  Set(node, "tests", fmt::format("{}", totals.tests));
  Set(node, "failures", fmt::format("{}", totals.failures));
  Set(node, "errors", fmt::format("{}", totals.errors));
  Set(node, "skipped", fmt::format("{}", totals.skipped));
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

class Suites {
 public:
  Suites(const RunReport& report, const WriteOptions& options)
      : report_(report), options_(options), redact_(report.plan.envelope, options.names) {
    root_ = document_.append_child("testsuites");
    Set(root_, "name", "bulkhead");
    Set(root_, "time", fmt::format("{:.3f}", static_cast<double>(report.end.took) / kSecond));
    if (!report.plan.started.empty()) {
      Set(root_, "timestamp", text::OneLine(report.plan.started));
    }
  }

  void AddGroup(const TestGroup& group);
  void AddRun();
  std::string Text();

 private:
  void AddCase(pugi::xml_node suite, const std::string& classname, const TestPoint& point,
               const Claim* claim, Totals& totals);

  const RunReport& report_;
  const WriteOptions& options_;
  const Redaction redact_;
  pugi::xml_document document_;
  pugi::xml_node root_;
  Totals all_;
};

void Suites::AddCase(pugi::xml_node suite, const std::string& classname, const TestPoint& point,
                     const Claim* claim, Totals& totals) {
  totals.Add(point.mark);
  pugi::xml_node node = suite.append_child("testcase");
  Set(node, "classname", classname);
  Set(node, "name", point.name);
  if (claim != nullptr && !claim->file.empty()) {
    Set(node, "file", text::OneLine(redact_(claim->file)));
    Set(node, "line", fmt::format("{}", claim->line));
  }
  const std::string message = redact_(point.message);
  const std::string text = Legal(message + "\n" + redact_(Joined(point.details)));
  if (point.mark == Mark::kOk) {
    node.append_child("system-out").text().set(text.c_str());
    return;
  }
  const char* what = point.mark == Mark::kSkipped  ? "skipped"
                     : point.mark == Mark::kFailed ? "failure"
                                                   : "error";
  pugi::xml_node child = node.append_child(what);
  if (!point.type.empty()) Set(child, "type", std::string(point.type));
  Set(child, "message", message);
  if (point.mark != Mark::kSkipped) child.text().set(text.c_str());
}

void Suites::AddGroup(const TestGroup& group) {
  pugi::xml_node suite = root_.append_child("testsuite");
  Set(suite, "name", group.name);
  Totals totals;
  for (const std::size_t index : group.verdicts) {
    const Claim& claim = wording::ClaimOf(report_, index);
    if (!options_.junit_cells) {
      AddCase(suite, group.name, PointOf(report_, index), &claim, totals);
      continue;
    }
    for (const TestPoint& point : CellPointsOf(report_, index)) {
      AddCase(suite, text::OneLine(report_.verdicts[index].claim), point, &claim, totals);
    }
  }
  SetTotals(suite, totals);
  all_.Add(totals);
}

void Suites::AddRun() {
  pugi::xml_node suite = root_.append_child("testsuite");
  Set(suite, "name", kRunGroup);
  pugi::xml_node properties = suite.append_child("properties");
  const auto add = [&](const std::string& name, const std::string& value) {
    pugi::xml_node property = properties.append_child("property");
    Set(property, "name", text::OneLine(name));
    Set(property, "value", text::OneLine(value));
  };
  const RunPlan& plan = report_.plan;
  add("run.id", plan.run_id);
  add("run.version", plan.tool_version);
  add("run.seed", wording::Hex(plan.seed));
  add("run.confidence", fmt::format("{}", plan.confidence));
  add("run.profile", plan.profile);
  add("run.command_line", redact_(plan.command_line));
  add("run.exit_code", fmt::format("{}", report_.exit_code));
  add("run.journal_digest", report_.journal_digest);
  for (const std::string& name : plan.blind) add("run.blind", name);
  for (const EnvelopeField& field : redact_.Fields()) add(field.key, field.value);
  Totals totals;
  for (const TestPoint& point : RunPointsOf(report_)) {
    AddCase(suite, kRunGroup, point, nullptr, totals);
  }
  SetTotals(suite, totals);
  all_.Add(totals);
}

std::string Suites::Text() {
  SetTotals(root_, all_);
  std::ostringstream out;
  document_.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace

Document WriteJunit(const RunReport& report, const WriteOptions& options) {
  Suites suites(report, options);
  for (const TestGroup& group : GroupsOf(report)) suites.AddGroup(group);
  suites.AddRun();
  return suites.Text();
}

}  // namespace bulkhead
