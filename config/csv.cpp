#include "config/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace config {

std::vector<csv_row> parse_csv(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());

  std::vector<csv_row> rows;
  csv_row row{1, {}};
  std::string cell;
  bool quoted = false;
  std::size_t line = 1;
  const auto end_row = [&] {
    if (!row.cells.empty() || !cell.empty()) {
      row.cells.push_back(std::move(cell));
      rows.push_back(std::move(row));
    }
    cell.clear();
    row = {line, {}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back(text[++i]);
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == ',') {
      row.cells.push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cell.push_back(c);
    }
  }
  end_row();
  return rows;
}

std::optional<std::string> text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

csv_table::csv_table(const std::filesystem::path& file, layout columns, std::vector<std::string>& faults)
    : name_(file.string()), faults_(faults) {
  const auto text = text_of(file);
  if (!text) {
    sound_ = columns.may_be_missing;
    if (!sound_) fault(0, "missing");
    return;
  }
  rows_ = parse_csv(*text);
  if (rows_.empty()) {
    fault(1, "empty");
    return;
  }
  name_columns(columns);
  if (!sound_) rows_.clear();
}

void csv_table::name_columns(const layout& columns) {
  const auto& header = rows_.front().cells;
  const auto place = [&](std::string_view column) {
    const auto at = std::find(header.begin(), header.end(), column);
    at_.push_back(at == header.end() ? nowhere : static_cast<std::size_t>(at - header.begin()));
  };
  sound_ = true;
  for (const std::string_view column : columns.columns) {
    place(column);
    if (at_.back() != nowhere) continue;
    fault(1, fmt::format("no column {}", column));
    sound_ = false;
  }
  for (const std::string_view column : columns.may_have) place(column);
  // With a misspelt column it is clear already what is wrong.
  for (std::size_t i = 0; i < header.size() && sound_; ++i)
    if (std::find(at_.begin(), at_.end(), i) == at_.end())
      fault(1, fmt::format("the column \"{}\" is not known here", header[i]));
}

void csv_table::each(const std::function<void(const std::vector<std::string_view>&, std::size_t)>& use) {
  std::vector<std::string_view> cells(at_.size());
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    const csv_row& row = rows_[i];
    if (row.cells.size() != rows_.front().cells.size()) {
      fault(row.line, fmt::format("{} cells instead of {}", row.cells.size(), rows_.front().cells.size()));
      continue;
    }
    for (std::size_t c = 0; c < cells.size(); ++c)
      cells[c] = at_[c] == nowhere ? std::string_view() : std::string_view(row.cells[at_[c]]);
    use(cells, row.line);
  }
}

std::string csv_table::at(std::size_t line) const { return fmt::format("{}:{}", name_, line); }

void csv_table::fault(std::size_t line, std::string_view what) {
  faults_.push_back(fmt::format("{}: {}", line == 0 ? name_ : at(line), what));
}

}  // namespace config
