// Figures: whatever the report says, they are well-formed, complete and harmless.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>

#include "harness/model/names.h"
#include "reports/charts/figure.h"
#include "reports/text.h"
#include "tests/reports/sample_report.h"

namespace bulkhead::charts {
namespace {

using sample::kHostile;

SeriesResult Series(const std::string& name, double middle) {
  SeriesResult series{name, 200, middle / 4, middle / 2, middle, middle * 2, middle * 90, {}};
  for (const int percent : kQuantileGrid) {
    series.quantiles.push_back(middle * (0.25 + percent / 50.0));
  }
  return series;
}

CellResult Measuring(const std::string& scenario, std::vector<SeriesResult> series) {
  CellResult cell;
  cell.cell = {scenario, VehicleKind::kFork};
  cell.counted = 20;
  cell.series = std::move(series);
  return cell;
}

Scenario Tagged(const std::string& name, std::vector<std::string> tags) {
  Scenario scenario;
  scenario.manifest.name = name;
  scenario.manifest.tags = std::move(tags);
  return scenario;
}

// The sample, and measurements: known ones, one of a plugin, and zeros.
RunReport Report() {
  RunReport report = sample::Sample();
  Verdict& slower = report.verdicts[7];
  slower.cells = {Measuring("process-creation-1m", {Series("process", 2e5), Series("thread", 2e4),
                                                    Series("parent-mib", 1)}),
                  Measuring("process-creation-256m", {Series("process", 7e6), Series("thread", 3e4),
                                                      Series("parent-mib", 256)}),
                  Measuring("unit-memory", {Series("process", 1e5), Series("thread", 12000)}),
                  Measuring("theirs", {Series(kHostile, 42), Series("nothing", 0)})};
  slower.cells[0].ratio = slower.ratio;
  slower.cells[1].ratio = RatioResult{100, 0, 0, 0, 0, 0, 1, 10};  // none
  for (const char* name : {"process-creation-1m", "process-creation-256m"}) {
    report.plan.scenarios.push_back(Tagged(name, {"cost", "creation"}));
  }
  report.plan.scenarios.push_back(Tagged("unit-memory", {"cost", "memory"}));
  report.plan.scenarios.push_back(Tagged("theirs", {"odd"}));
  report.plan.claims[0].id = kHostile;
  report.verdicts[0].claim = kHostile;
  return report;
}

std::vector<Figure> All(const RunReport& report, Language language = Language::kEnglish) {
  const Translator tr(language);
  std::vector<Figure> figures = CostFigures(report, tr);
  if (auto rates = RateForest(report, tr)) figures.push_back(std::move(*rates));
  if (auto ratios = RatioForest(report, tr)) figures.push_back(std::move(*ratios));
  for (const auto& [id, trial] : report.decisive) {
    figures.push_back(TrialLanes(report, trial, "trial-" + std::to_string(id), tr));
  }
  return figures;
}

const Figure& Of(const std::vector<Figure>& figures, std::string_view id) {
  for (const Figure& figure : figures) {
    if (figure.id == id) return figure;
  }
  ADD_FAILURE() << "no figure " << id;
  return figures[0];
}

void Walk(const pugi::xml_node& node, const std::function<void(const pugi::xml_node&)>& see) {
  see(node);
  for (const pugi::xml_node& child : node.children()) Walk(child, see);
}

// Calls `see` for every element of both forms.
void ForEveryElement(const std::vector<Figure>& figures,
                     const std::function<void(const Figure&, const pugi::xml_node&)>& see) {
  for (const Figure& figure : figures) {
    for (const std::string* svg : {&figure.inline_svg, &figure.file_svg}) {
      pugi::xml_document document;
      const auto parsed = document.load_string(svg->c_str());
      ASSERT_TRUE(parsed) << figure.id << ": " << parsed.description();
      Walk(document.document_element(), [&](const pugi::xml_node& node) {
        if (node.type() == pugi::node_element) see(figure, node);
      });
    }
  }
}

TEST(Charts, EveryLanguageHasTheSameWellFormedFigures) {
  const RunReport report = Report();
  for (const Language language : AllLanguages()) {
    const std::vector<Figure> figures = All(report, language);
    std::set<std::string> ids;
    for (const Figure& figure : figures) {
      EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
      EXPECT_FALSE(figure.title.empty());
      EXPECT_FALSE(figure.how_to_read.empty());
      EXPECT_FALSE(figure.data.rows.empty());
    }
    EXPECT_EQ(ids.size(), All(report).size());
    ForEveryElement(figures, [](const Figure&, const pugi::xml_node&) {});
  }
}

TEST(Charts, AnEmptyReportHasNoFigures) { EXPECT_TRUE(All(RunReport{}).empty()); }

TEST(Charts, ATrialWithoutObservationsStillHasItsLanes) {
  Trial trial;
  trial.plan.cell = {"nothing", VehicleKind::kThread};
  const Figure figure = TrialLanes(RunReport{}, trial, "t", Translator());
  EXPECT_NE(figure.inline_svg.find(">victim<"), std::string::npos);
  EXPECT_NE(figure.inline_svg.find(">host<"), std::string::npos);
}

TEST(Charts, ForeignTextStaysText) {
  for (const Figure& figure : All(Report())) {
    for (const std::string* svg : {&figure.inline_svg, &figure.file_svg}) {
      for (const char* bad : {"<b>", "</script", "\x1b", "\x01", "\x7f", "\xe2\x80\xae", "&#1;"}) {
        EXPECT_EQ(svg->find(bad), std::string::npos) << figure.id << " " << bad;
      }
    }
    for (const auto& row : figure.data.rows) {
      for (const std::string& cell : row) EXPECT_EQ(cell, text::OneLine(cell)) << figure.id;
    }
  }
}

TEST(Charts, NothingIsFetchedOrRun) {
  ForEveryElement(All(Report()), [](const Figure& figure, const pugi::xml_node& node) {
    const std::set<std::string> known{"svg",  "title", "desc", "style",  "g",   "a",
                                      "text", "line",  "rect", "circle", "path"};
    EXPECT_TRUE(known.contains(node.name())) << figure.id << " " << node.name();
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string name = attribute.name(), value = attribute.value();
      if (name == "href") {
        EXPECT_EQ(value.rfind("#claim-", 0), 0u) << value;
      }
      EXPECT_NE(name.rfind("on", 0), 0u) << name;
      EXPECT_EQ(value.find("url("), std::string::npos) << value;
    }
  });
}

TEST(Charts, EveryCoordinateIsAFiniteNumberWithinThePicture) {
  ForEveryElement(All(Report()), [](const Figure& figure, const pugi::xml_node& node) {
    for (const char* name : {"x", "x1", "x2", "cx"}) {
      if (!node.attribute(name)) continue;
      EXPECT_GE(node.attribute(name).as_double(-1), 0) << figure.id;
      EXPECT_LE(node.attribute(name).as_double(1e9), 720) << figure.id;
    }
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string name = attribute.name(), value = attribute.value();
      if (name == "class" || name == "aria-labelledby" || name == "id" || name == "xmlns") continue;
      EXPECT_EQ(value.find("nan"), std::string::npos) << figure.id;
      EXPECT_EQ(value.find("inf"), std::string::npos) << figure.id;
      EXPECT_EQ(value.find(','), std::string::npos) << figure.id << " " << value;
    }
  });
}

TEST(Charts, EveryClassHasALook) {
  const std::string css = ChartCss();
  ForEveryElement(All(Report()), [&](const Figure& figure, const pugi::xml_node& node) {
    std::string classes = node.attribute("class").value();
    for (std::size_t at = 0; at < classes.size();) {
      const std::size_t end = std::min(classes.find(' ', at), classes.size());
      const std::string one = classes.substr(at, end - at);
      at = end + 1;
      EXPECT_EQ(one.rfind("c-", 0), 0u) << figure.id << " " << one;
      // It only says what it is.
      if (one == "c-row") continue;
      EXPECT_NE(css.find("." + one), std::string::npos) << figure.id << " " << one;
    }
  });
}

TEST(Charts, AFileStandsAlone) {
  for (const Figure& figure : All(Report())) {
    EXPECT_EQ(figure.file_svg.find("var(--"), std::string::npos) << figure.id;
    EXPECT_EQ(figure.file_svg.find("href"), std::string::npos) << figure.id;
    EXPECT_NE(figure.file_svg.find("xmlns=\"http://www.w3.org/2000/svg\""), std::string::npos);
    EXPECT_NE(figure.inline_svg.find("class=\"c-svg\""), std::string::npos);
    EXPECT_EQ(figure.inline_svg.find("<style"), std::string::npos);
  }
}

TEST(Charts, TheFirstChildIsTheTitleThatTheFigureIsLabelledBy) {
  for (const Figure& figure : All(Report())) {
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(figure.inline_svg.c_str()));
    const pugi::xml_node svg = document.document_element();
    EXPECT_STREQ(svg.first_child().name(), "title");
    EXPECT_EQ(svg.first_child().text().get(), figure.title);
    EXPECT_EQ(svg.attribute("aria-labelledby").value(),
              figure.id + "-title " + figure.id + "-desc");
    // A picture has no parts that a keyboard could reach.
    const bool links = figure.inline_svg.find("<a ") != std::string::npos;
    EXPECT_STREQ(svg.attribute("role").value(), links ? "group" : "img") << figure.id;
  }
}

TEST(Charts, IdsBeginWithThatOfTheFigure) {
  ForEveryElement(All(Report()), [](const Figure& figure, const pugi::xml_node& node) {
    const std::string id = node.attribute("id").value();
    if (!id.empty()) {
      EXPECT_EQ(id.rfind(figure.id + "-", 0), 0u) << id;
    }
  });
}

TEST(Charts, EveryRowOfTheTableHasACellForEachHead) {
  for (const Figure& figure : All(Report())) {
    for (const auto& row : figure.data.rows) {
      EXPECT_EQ(row.size(), figure.data.head.size()) << figure.id;
    }
  }
}

// ---- Rates and ratios.

TEST(RateForest, EveryCountedClaimIsARowThatLinksToItAndTheOthersAreNamed) {
  const RunReport report = Report();
  const std::optional<Figure> rates = RateForest(report, Translator());
  ASSERT_TRUE(rates);
  std::size_t drawn = 0, uncounted = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (report.plan.claims[i].quantifier == Quantifier::kRatio) continue;
    const bool counted = report.verdicts[i].counted > 0;
    ++(counted ? drawn : uncounted);
    const std::string link = "href=\"#claim-" + std::to_string(i + 1) + "\"";
    EXPECT_EQ(rates->inline_svg.find(link) != std::string::npos, counted) << link;
  }
  EXPECT_EQ(rates->data.rows.size(), drawn);
  EXPECT_EQ(uncounted, 2u);
  EXPECT_NE(rates->inline_svg.find("2 claims have no counted trial"), std::string::npos);
}

TEST(RateForest, TheCellWithMostFindingsStandsForItsClaim) {
  const std::optional<Figure> rates = RateForest(Report(), Translator());
  ASSERT_TRUE(rates);
  bool seen = false;
  for (const auto& row : rates->data.rows) {
    if (row[0] != "crash.thread-siblings-continue") continue;
    seen = true;
    EXPECT_EQ(row[2], "null-store/thread");
    EXPECT_EQ(row[3], "20");
  }
  EXPECT_TRUE(seen);
}

TEST(RatioForest, ARatioThatIsNoneIsSaidAndNotDrawn) {
  const std::optional<Figure> ratios = RatioForest(Report(), Translator());
  ASSERT_TRUE(ratios);
  ASSERT_EQ(ratios->data.rows.size(), 2u);
  std::size_t squares = 0;
  for (std::size_t at = 0; (at = ratios->inline_svg.find("c-mark", at)) != std::string::npos;
       ++at) {
    ++squares;
  }
  EXPECT_EQ(squares, 1u);
}

// ---- Costs.

TEST(Costs, TimesAreTimesBytesAreBytesAndTheUnknownIsANumber) {
  const std::vector<Figure> figures = All(Report());
  EXPECT_EQ(Of(figures, "cost-creation").data.rows[0][5], "200.0 µs");
  EXPECT_EQ(Of(figures, "cost-memory").data.rows[0][5], "98 KiB");
  const Figure& counts = Of(figures, "cost-counts");
  std::map<std::string, std::string> medians;
  for (const auto& row : counts.data.rows) medians[row[1]] = row[5];
  EXPECT_EQ(medians["parent-mib"], "256");
  EXPECT_EQ(medians[text::OneLine(kHostile)], "42");
  EXPECT_EQ(medians["nothing"], "0");
}

TEST(Costs, ACellThatSeveralClaimsReadIsShownOnce) {
  RunReport report = Report();
  const std::size_t rows = Of(All(report), "cost-creation").data.rows.size();
  report.verdicts[8].cells.push_back(report.verdicts[7].cells[0]);
  EXPECT_EQ(Of(All(report), "cost-creation").data.rows.size(), rows);
}

TEST(Costs, WhatDoesNotFitOnASheetIsPartedAndNothingIsLost) {
  RunReport report = Report();
  std::vector<SeriesResult> many;
  for (int i = 0; i < 130; ++i) many.push_back(Series("series " + std::to_string(i), 10 + i));
  report.verdicts[7].cells.push_back(Measuring("plugin", many));
  std::size_t series = 0, parts = 0;
  const std::vector<Figure> figures = All(report);
  for (const Figure& figure : figures) {
    if (figure.id.rfind("cost-counts", 0) != 0) continue;
    ++parts;
    series += figure.data.rows.size();
    EXPECT_LE(figure.data.rows.size(), 52u);
  }
  EXPECT_EQ(parts, 4u);
  EXPECT_EQ(series, 134u);
  EXPECT_NE(Of(figures, "cost-counts-2").title.find("(2 of 4)"), std::string::npos);
}

TEST(Costs, GrowthHasAColumnForEachSizeOfTheParent) {
  const std::vector<Figure> figures = All(Report());
  const Figure& growth = Of(figures, "cost-creation-growth");
  EXPECT_EQ(growth.data.head, (std::vector<std::string>{"series", "1 MiB", "256 MiB"}));
  EXPECT_EQ(growth.data.rows[0], (std::vector<std::string>{"process", "200.0 µs", "7.00 ms"}));
}

}  // namespace
}  // namespace bulkhead::charts
