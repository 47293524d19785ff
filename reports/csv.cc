// claims.csv and cells.csv: tables for spreadsheets and scripts.  Columns are added at the end and
// never change their meaning; what there is nothing to say of is empty.
//
// Runs in: anywhere.
#include "harness/model/names.h"
#include "reports/csv_row.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::string_view kClaimTitles =
    "claim,quantifier,verdict,expected,as_expected,counted,found,worst_upper,target,confidence,"
    "ratio,ratio_low,ratio_high,ratio_samples,witness,control_failed,cells,holds_in,fails_in,"
    "sentence,text";
constexpr std::string_view kCellTitles =
    "claim,scenario,vehicle,state,planned,executed,counted,void,troubled,found,lower,upper,"
    "stopped_early,layouts,replays,replayed,no_fault_run,no_fault_failed,positive_run,"
    "positive_failed,ratio,ratio_low,ratio_high,ratio_samples,witness,typical,victim_fates,"
    "bystander_fates,reason";

void AddRatio(const std::optional<RatioResult>& ratio, CsvRow& row) {
  if (!ratio) {
    row.Nothing().Nothing().Nothing().Nothing();
    return;
  }
  row.Number(ratio->ratio).Number(ratio->low).Number(ratio->high).Number(ratio->samples);
}

void AddControl(const ControlTally& tally, CsvRow& row) {
  row.Number(tally.run).Number(tally.run - tally.passed);
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "; ") + part;
  return all;
}

std::vector<std::string> English(const std::vector<Message>& messages) {
  std::vector<std::string> texts;
  for (const Message& message : messages) texts.push_back(message.English());
  return texts;
}

// "signaled SIGSEGV: 299; exited 0: 1"
std::string Fates(const std::map<std::string, std::uint64_t>& fates) {
  std::vector<std::string> parts;
  for (const auto& [fate, times] : fates) parts.push_back(fmt::format("{}: {}", fate, times));
  return Joined(parts);
}

std::string ClaimRow(const RunReport& report, std::size_t index) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  CsvRow row;
  row.Foreign(verdict.claim).Word(NameOf(claim.quantifier)).Word(NameOf(verdict.outcome));
  row.Word(claim.expect ? NameOf(*claim.expect) : "").Yes(verdict.as_expected);
  row.Number(verdict.counted).Number(verdict.found).Number(verdict.worst_upper);
  row.Number(claim.target).Number(report.plan.confidence);
  AddRatio(verdict.ratio, row);
  row.Number(verdict.witness).Yes(verdict.control_failed).Number(verdict.cells.size());
  row.Foreign(Joined(English(verdict.holds_in))).Foreign(Joined(English(verdict.fails_in)));
  row.Foreign(verdict.sentence.English()).Foreign(wording::ClaimText(claim, "en"));
  return row.Take();
}

std::string CellRow(const Verdict& verdict, const CellResult& cell) {
  CsvRow row;
  row.Foreign(verdict.claim).Foreign(cell.cell.scenario).Word(TraitsOf(cell.cell.vehicle).name);
  row.Word(NameOf(cell.state)).Number(cell.planned).Number(cell.executed).Number(cell.counted);
  row.Number(cell.void_trials).Number(cell.troubled).Number(cell.found);
  row.Number(cell.lower).Number(cell.upper).Yes(cell.stopped_early).Number(cell.blocks);
  row.Number(cell.replays).Number(cell.replayed);
  AddControl(cell.no_fault, row);
  AddControl(cell.positive, row);
  AddRatio(cell.ratio, row);
  row.Number(cell.witness).Number(cell.typical);
  row.Foreign(Fates(cell.victim_fates))
      .Foreign(Fates(cell.bystander_fates))
      .Foreign(cell.reason.English());
  return row.Take();
}

}  // namespace

Document WriteCsvClaims(const RunReport& report, const WriteOptions& /*options*/) {
  std::string out = CsvHead(kClaimTitles);
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) out += ClaimRow(report, i);
  return out;
}

Document WriteCsvCells(const RunReport& report, const WriteOptions& /*options*/) {
  std::string out = CsvHead(kCellTitles);
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) out += CellRow(verdict, cell);
  }
  return out;
}

}  // namespace bulkhead
