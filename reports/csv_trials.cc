// trials.csv: every trial with what the judge derives of it.  Rows are in the order of the journal.
// Columns are added at the end and never change their meaning.
//
// Runs in: anywhere.
#include "harness/model/names.h"
#include "reports/csv_row.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::string_view kTitles =
    "trial,block,scenario,vehicle,arm,hit,seed,bystanders,started_ns,took_ns,fired,fired_by,"
    "why_not_fired,victim_fate,bystander_fates,counts,why_not_counted,control_failure,output_bytes";

std::string_view WordOf(Fired::State state) {
  switch (state) {
    case Fired::State::kFired:
      return "fired";
    case Fired::State::kVoid:
      return "void";
    case Fired::State::kUnknown:
      break;
  }
  return "unknown";
}

std::string Channels(const Fired& fired) {
  std::string all;
  for (const std::string& channel : fired.confirmed_by) all += (all.empty() ? "" : "; ") + channel;
  return all;
}

std::string BystanderFates(const std::vector<Fate>& fates) {
  std::string all;
  for (std::size_t unit = 1; unit < fates.size(); ++unit) {
    all += (all.empty() ? "" : "; ") + Describe(fates[unit]);
  }
  return all;
}

class TrialRows : public RecordWriter {
 public:
  std::string Head() override { return CsvHead(kTitles); }

  std::string Line(const Record& record, const JudgedTrial* judged) override {
    const auto* trial = std::get_if<Trial>(&record);
    if (trial == nullptr) return "";
    const TrialPlan& plan = trial->plan;
    CsvRow row;
    row.Number(plan.id).Number(plan.block).Foreign(plan.cell.scenario);
    row.Word(TraitsOf(plan.cell.vehicle).name).Word(NameOf(plan.arm)).Word(NameOf(plan.hit));
    row.Word(wording::Hex(plan.seed)).Number(plan.bystanders);
    row.Number(trial->started).Number(trial->took);
    if (judged != nullptr) {
      row.Word(WordOf(judged->fired.state)).Foreign(Channels(judged->fired));
      row.Foreign(judged->fired.why_not.English());
      row.Foreign(judged->fates.empty() ? "" : Describe(judged->fates.front()));
      row.Foreign(BystanderFates(judged->fates));
      row.Yes(judged->why_not_counted.empty()).Foreign(judged->why_not_counted);
      row.Foreign(judged->control_failure);
    } else {
      row.Word(WordOf(Fired::State::kUnknown)).Nothing().Nothing().Nothing().Nothing();
      row.Yes(false).Word("the plan has no scenario of this name").Nothing();
    }
    row.Number(trial->output.size());
    return row.Take();
  }
};

}  // namespace

std::unique_ptr<RecordWriter> WriteCsvTrials() { return std::make_unique<TrialRows>(); }

}  // namespace bulkhead
