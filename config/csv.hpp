// Comma-separated files as spreadsheets write them (RFC 4180): quotes, doubled quotes, line breaks inside quotes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace config {

struct csv_row {
  std::size_t line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
};

// Every row, the header included. Empty lines are left out, a byte order mark is skipped.
std::vector<csv_row> parse_csv(std::string_view text);

}  // namespace config
