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

// A file whose first row names its columns. What is wrong is appended to `faults`, a line each, with path and line.
class csv_table {
 public:
  struct layout {
    std::vector<std::string_view> columns;        // all of them must be there
    std::vector<std::string_view> may_have = {};  // no others may
    bool may_be_missing = false;                  // the file
  };
  // `faults` outlives this.
  csv_table(const std::filesystem::path& file, layout, std::vector<std::string>& faults);

  // Whether the file and all its columns are there; else it has no rows.
  bool sound() const { return sound_; }
  // Calls `use` for each row with its cells, in the order of the layout (empty for a column that is not there), and its
  // line.
  void each(const std::function<void(const std::vector<std::string_view>& cells, std::size_t line)>& use);
  void fault(std::size_t line, std::string_view what);
  std::string at(std::size_t line) const;  // "config/areas/madiun/wards.csv:12"

 private:
  void name_columns(const layout&);

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  std::string name_;
  std::vector<std::string>& faults_;
  bool sound_ = false;
  std::vector<csv_row> rows_;
  std::vector<std::size_t> at_;  // of each column of the layout in a row
};

}  // namespace config
