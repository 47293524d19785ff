#include "harness/model/json_codec.h"

#include <charconv>

namespace bulkhead::json_codec {

void In::Refuse(const std::string& expected) const {
  constexpr std::size_t kMostShown = 60;
  std::string found = Dump(*value_);
  if (found.size() > kMostShown) found = found.substr(0, kMostShown) + "...";
  throw Refusal{"\"" + std::string(name_) + "\": expected " + expected + ", found " + found};
}

In In::At(const char* key) const {
  if (!value_->is_object()) Refuse("an object");
  const auto found = value_->find(key);
  if (found == value_->end()) {
    throw Refusal{"\"" + std::string(name_) + "\": the key \"" + key + "\" is missing"};
  }
  return In(*found, key);
}

bool In::Has(const char* key) const { return value_->is_object() && value_->contains(key); }

std::size_t In::Size() const {
  if (!value_->is_array()) Refuse("a list");
  return value_->size();
}

In In::Item(std::size_t index) const {
  if (index >= Size()) Refuse("a list of more than " + std::to_string(index) + " elements");
  return In((*value_)[index], name_);
}

void In::ExpectSize(std::size_t size) const {
  if (Size() != size) Refuse("a list of " + std::to_string(size) + " elements");
}

std::string In::Text() const {
  if (!value_->is_string()) Refuse("a string");
  return value_->get<std::string>();
}

bool In::Truth() const {
  if (!value_->is_boolean()) Refuse("true or false");
  return value_->get<bool>();
}

double In::Number() const {
  if (!value_->is_number()) Refuse("a number");
  return value_->get<double>();
}

std::uint64_t In::Hex() const {
  const std::string* text = value_->is_string() ? value_->get_ptr<const std::string*>() : nullptr;
  std::uint64_t number = 0;
  if (text != nullptr && text->starts_with("0x")) {
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data() + 2, end, number, 16);
    if (error == std::errc() && stop == end) return number;
  }
  Refuse("a hexadecimal string of at most 64 bits (\"0x1f\")");
}

std::vector<std::string> In::Texts() const {
  return List([](const In& in) { return in.Text(); });
}

Json HexOf(std::uint64_t value) {
  char text[18] = {'0', 'x'};
  const auto [end, error] = std::to_chars(text + 2, text + sizeof text, value, 16);
  (void)error;  // 16 digits always fit
  return std::string(text, end);
}

std::string Dump(const Json& json, int indent) {
  // Output of crashed programs holds anything; the default handler would throw.
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json CellOut(const CellKey& cell) { return CellName(cell); }

CellKey CellIn(const In& in) {
  const std::string text = in.Text();
  const std::size_t slash = text.rfind('/');
  if (slash == std::string::npos) in.Refuse("\"scenario/vehicle\"");
  const auto vehicle = FindVehicle(std::string_view(text).substr(slash + 1));
  if (!vehicle) in.Refuse("\"scenario/vehicle\" with a known vehicle");
  return CellKey{text.substr(0, slash), *vehicle};
}

Json SourcesOut(const std::vector<Source>& sources) {
  return ListOut(sources, [](const Source& source) {
    return Json{{"note", source.note},
                {"file", source.file},
                {"language", source.language},
                {"where", source.where}};
  });
}

Json ExperimentOut(const Experiment& experiment) {
  Json out{{"tags", experiment.tags},
           {"names", experiment.names},
           {"except", experiment.except},
           {"vehicles", ListOut(experiment.vehicles,
                                [](VehicleKind kind) { return Json(TraitsOf(kind).name); })},
           {"finding", NameOf(experiment.finding)},
           {"readings", experiment.readings}};
  if (experiment.ratio) {
    out["ratio"] = Json{{"numerator", experiment.ratio->numerator},
                        {"denominator", experiment.ratio->denominator},
                        {"than", experiment.ratio->than}};
  }
  return out;
}

Json EnvelopeFields(const Envelope& envelope) {
  Json fields = Json::object();
  for (const EnvelopeField& field : envelope.fields) fields[field.key] = field.value;
  return fields;
}

Json AccountingOut(const Accounting& accounting) {
  Json because = Json::object();
  for (const auto& [why, trials] : accounting.skipped_because) because[why] = trials;
  return Json{{"planned", accounting.planned},
              {"executed", accounting.executed},
              {"skipped", accounting.skipped},
              {"broken", accounting.broken},
              {"skipped_because", because}};
}

}  // namespace bulkhead::json_codec
