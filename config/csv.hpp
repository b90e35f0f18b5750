// Comma-separated files as spreadsheets write them (RFC 4180): quotes, doubled quotes, line breaks inside quotes.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
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

// A whole file; nothing when it cannot be read.
std::optional<std::string> text_of(const std::filesystem::path& file);

// A file whose first row names its columns. What is wrong is appended to `faults`, a line each, with `name` and line.
class csv_table {
 public:
  // `faults` outlives this. A file that is not `required` may be missing.
  csv_table(const std::filesystem::path& file, std::string name, std::vector<std::string_view> columns, bool required,
            std::vector<std::string>& faults);

  // Calls `use` for each row with its cells, in the order of the columns, and its line.
  void each(const std::function<void(const std::vector<std::string_view>& cells, std::size_t line)>& use);
  void fault(std::size_t line, std::string_view what);

 private:
  std::string name_;
  std::vector<std::string_view> columns_;
  std::vector<std::string>& faults_;
  std::vector<csv_row> rows_;
  std::vector<std::size_t> at_;  // of each column in a row
};

}  // namespace config
