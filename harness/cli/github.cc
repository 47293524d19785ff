#include "harness/cli/github.h"

#include <fmt/format.h>

#include <filesystem>

#include "harness/model/names.h"
#include "harness/model/standing.h"
#include "harness/os/file.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr std::size_t kMostAnnotations = 10;  // GitHub shows no more of one step
constexpr std::uintmax_t kMostSummary = 1 << 20;

// The rules of workflow commands; text::OneLine leaves no newline.
std::string EscapedData(std::string_view foreign, std::string_view also = "") {
  std::string out;
  for (const char c : text::OneLine(foreign)) {
    if (c == '%' || also.find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

std::string EscapedProperty(std::string_view foreign) { return EscapedData(foreign, ":,"); }

std::string Annotation(const Claim& claim, const Verdict& verdict) {
  std::string place;
  if (!claim.file.empty()) {
    place = fmt::format("file={},line={},", EscapedProperty(claim.file), claim.line);
  }
  return fmt::format(
      "::error {}title={}::{}\n", place,
      EscapedProperty(fmt::format("{}: {}", verdict.claim, NameOf(verdict.outcome))),
      EscapedData(verdict.sentence.English() + " " + wording::Expectation(claim, verdict)));
}

// What came of it, as a note.
std::string AppendSummary(const std::string& path, const std::string& summary) {
  std::error_code none;
  const std::uintmax_t before = std::filesystem::file_size(path, none);
  if (!none && before + summary.size() > kMostSummary) {
    return "no step summary was written: with what is there already it would be larger than 1 MiB";
  }
  if (auto done = os::AppendToFile(path, summary); !done) {
    return "no step summary was written: " + done.error().message;
  }
  return "the step summary was appended to " + path;
}

std::string Variable(const Context& context, const char* name) {
  const char* value = context.env ? context.env(name) : nullptr;
  return value != nullptr ? value : "";
}

}  // namespace

std::string Annotations(const RunReport& report) {
  std::string commands;
  std::size_t unexpected = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    if (StandingOf(report, verdict) != Standing::kUnexpected) continue;
    if (++unexpected > kMostAnnotations) continue;
    commands += Annotation(wording::ClaimOf(report, i), verdict);
  }
  if (unexpected > kMostAnnotations) {
    commands += fmt::format("::notice::{} more verdicts are not as expected\n",
                            unexpected - kMostAnnotations);
  }
  return commands;
}

void TellGithub(const RunReport& report, const WriteOptions& options, const Context& context) {
  if (Variable(context, "GITHUB_ACTIONS").empty()) return;
  const Stream& err = context.console.err;
  // stdout keeps its form for programs; the runner reads commands from both.
  err.Write(Annotations(report));
  const std::string path = Variable(context, "GITHUB_STEP_SUMMARY");
  if (path.empty()) return;
  err.Line("note: " + AppendSummary(path, FindWriter("github")->write(report, options).text));
}

}  // namespace bulkhead
