#include <fmt/format.h>

#include <algorithm>

#include "reports/html/page.h"
#include "reports/html/templates.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead::html {
namespace {

std::string Escaped(std::string_view ours) {
  return kainjow::mustache::html_escape(std::string(ours));
}

int Rank(const Verdict& verdict) {
  if (verdict.as_expected == false) return 0;
  return wording::NeedsAttention(verdict) ? 1 : 2;
}

}  // namespace

Data Value(std::string_view foreign) { return Data(text::Clip(text::OneLine(foreign), kMostText)); }

Data ValueOrNone(std::string_view foreign) {
  return foreign.empty() ? Data(false) : Value(foreign);
}

Data TableData(const Context& context, const Table& table) {
  const std::size_t shown = std::min(table.rows.size(), kMostRows);
  // Columns in which nothing stands are left out.
  std::vector<bool> filled(table.head.size());
  for (const std::vector<std::string>& row : table.rows) {
    for (std::size_t column = 0; column < row.size() && column < filled.size(); ++column) {
      filled[column] = filled[column] || !row[column].empty();
    }
  }
  const auto class_of = [&](std::size_t column) {
    return ValueOrNone(std::ranges::count(table.numeric, column) > 0 ? "num" : "");
  };
  Data head(Data::type::list), rows(Data::type::list);
  for (std::size_t column = 0; column < table.head.size(); ++column) {
    if (!filled[column]) continue;
    Data title;
    title["class"] = class_of(column);
    title["text"] = Value(table.head[column]);
    head << std::move(title);
  }
  for (std::size_t i = 0; i < shown; ++i) {
    Data cells(Data::type::list);
    for (std::size_t column = 0; column < table.rows[i].size(); ++column) {
      if (column >= filled.size() || !filled[column]) continue;
      Data cell;
      cell["first"] = Data(column == 0);
      cell["other"] = Data(column != 0);
      cell["class"] = class_of(column);
      cell["text"] = Value(table.rows[i][column]);
      cells << std::move(cell);
    }
    rows << Data("cells", std::move(cells));
  }
  std::string note = table.note;
  if (shown < table.rows.size()) {
    note += (note.empty() ? "" : " ") +
            context.tr.Format("Showing {} of {} rows.", wording::Count(shown, context.tr),
                              wording::Count(table.rows.size(), context.tr));
  }
  Data data;
  data["caption"] = Value(table.caption);
  data["table_class"] = ValueOrNone(table.css_class);
  data["head"] = std::move(head);
  data["rows"] = std::move(rows);
  data["note"] = ValueOrNone(note);
  return data;
}

Data FigureData(const Context& context, const charts::Figure& figure, std::string_view prefix) {
  Data data;
  data["prefix"] = Value(prefix);
  data["id"] = Value(figure.id);
  data["title"] = Value(figure.title);
  data["how"] = Value(figure.how_to_read);
  data["svg"] = Data(figure.inline_svg);
  data["data"] = figure.data.rows.empty() ? Data(false)
                                          : TableData(context, {.caption = figure.title,
                                                                .head = figure.data.head,
                                                                .rows = figure.data.rows,
                                                                .numeric = {},
                                                                .note = "",
                                                                .css_class = "data"});
  return data;
}

std::string Render(std::string_view html_template, const Data& data, const Context& context) {
  using kainjow::mustache::partial;
  Data all = data;
  all["t"] = Data(kainjow::mustache::lambda(
      [&](const std::string& english) { return Escaped(context.tr(english)); }));
  all["language"] = Value(context.language());
  const auto part = [](std::string_view text) {
    return Data(partial([text] { return std::string(text); }));
  };
  all["figure_html"] = part(kFigure);
  all["table_html"] = part(kTable);
  kainjow::mustache::mustache page{std::string(html_template)};
  return page.render(all);
}

std::vector<std::size_t> OrderOfVerdicts(const RunReport& report) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) order.push_back(i);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    const Verdict& left = report.verdicts[a];
    const Verdict& right = report.verdicts[b];
    return std::pair(Rank(left), std::string_view(left.claim)) <
           std::pair(Rank(right), std::string_view(right.claim));
  });
  return order;
}

}  // namespace bulkhead::html
