#include "config/csv.hpp"

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

}  // namespace config
