#include "config/rule_file.hpp"

#include <algorithm>

namespace config {
namespace {

std::optional<std::chrono::minutes> clock(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1000; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int minutes = (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
  if (minutes < 0 || minutes > 24 * 60 || digit(3) > 5) return std::nullopt;
  return std::chrono::minutes(minutes);
}

// Letters to add, drop, change or swap with the next, to make the one of the other.
std::size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

rule_entry::rule_entry(const toml::table& table, const std::string& file, std::vector<std::string>& faults)
    : table_(table), file_(file), faults_(&faults) {}

void rule_entry::fault_at(const toml::node& where, std::string_view what) {
  faults_->push_back(fmt::format("{}:{}: {}", file_, where.source().begin.line, what));
}

void rule_entry::fault(std::string_view key, std::string_view what) {
  const toml::node* node = table_.get(key);
  fault_at(node == nullptr ? table_ : *node, what);
}

void rule_entry::fault(std::string_view key, std::size_t item, std::string_view what) {
  const toml::array* list = table_[key].as_array();
  if (list == nullptr || item >= list->size()) return fault(key, what);
  fault_at((*list)[item], what);
}

const toml::node* rule_entry::get(std::string_view key) {
  read_.emplace(key);
  return table_.get(key);
}

std::optional<std::string> rule_entry::text_if(std::string_view key) {
  const toml::node* node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto text = node->is_string() ? node->value<std::string>() : std::nullopt;
  if (!text || text->empty()) {
    fault(key, fmt::format("{} must be a text", key));
    return std::nullopt;
  }
  return text;
}

std::string rule_entry::text(std::string_view key) {
  if (!has(key)) missing(key);
  return text_if(key).value_or("");
}

std::vector<std::string> rule_entry::texts(std::string_view key) {
  std::vector<std::string> all;
  const toml::node* node = get(key);
  if (node == nullptr) return all;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    fault(key, fmt::format("{} must be a list", key));
    return all;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto text = (*list)[i].is_string() ? (*list)[i].value<std::string>() : std::nullopt;
    if (text && !text->empty()) {
      all.push_back(*text);
    } else {
      fault_at((*list)[i], fmt::format("{} must hold texts", key));
    }
  }
  return all;
}

std::vector<std::string> rule_entry::needed_texts(std::string_view key) {
  if (!has(key)) missing(key);
  const toml::node* node = get(key);
  if (node != nullptr && node->is_array() && node->as_array()->empty()) fault(key, fmt::format("{} is empty", key));
  return texts(key);
}

std::optional<bool> rule_entry::flag(std::string_view key) {
  const toml::node* node = get(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_boolean()) fault(key, fmt::format("{} must be true or false", key));
  return node->value_exact<bool>();
}

std::optional<std::int64_t> rule_entry::whole(std::string_view key, std::int64_t least, std::int64_t most) {
  const toml::node* node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto number = node->value_exact<std::int64_t>();
  if (!number || *number < least || *number > most) {
    fault(key, fmt::format("{} must be a whole number from {} to {}", key, least, most));
    return std::nullopt;
  }
  return number;
}

std::int64_t rule_entry::needed_whole(std::string_view key, std::int64_t least, std::int64_t most) {
  if (!has(key)) missing(key);
  return whole(key, least, most).value_or(least);
}

std::vector<std::int64_t> rule_entry::wholes(std::string_view key, std::int64_t least, std::int64_t most) {
  std::vector<std::int64_t> all;
  const toml::node* node = get(key);
  if (node == nullptr) return missing(key), all;
  const toml::array* list = node->as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
    if (const auto number = (*list)[i].value_exact<std::int64_t>(); number && *number >= least && *number <= most)
      all.push_back(*number);
  if (all.empty() || all.size() != list->size())
    fault(key, fmt::format("{} must be a list of whole numbers from {} to {}", key, least, most));
  return all;
}

double rule_entry::needed_number(std::string_view key, double least, double most) {
  const toml::node* node = get(key);
  if (node == nullptr) return missing(key), least;
  const auto number = node->is_number() ? node->value<double>() : std::nullopt;
  if (number && *number >= least && *number <= most) return *number;
  fault(key, fmt::format("{} must be a number from {} to {}", key, least, most));
  return least;
}

std::optional<bot::notices::local_day> rule_entry::day(std::string_view key) {
  const toml::node* node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto date = node->value_exact<toml::date>();
  if (!date) {
    fault(key, fmt::format("{} must be a date like 2026-11-21", key));
    return std::nullopt;
  }
  return bot::notices::local_day(std::chrono::year_month_day{
      std::chrono::year{date->year}, std::chrono::month{date->month}, std::chrono::day{date->day}});
}

std::optional<std::chrono::minutes> rule_entry::time_of_day(std::string_view key) {
  const std::string text = this->text(key);
  if (text.empty()) return std::nullopt;
  const auto time = clock(text);
  if (!time) fault(key, fmt::format("{} \"{}\" is not HH:MM", key, text));
  return time;
}

std::optional<std::pair<std::chrono::minutes, std::chrono::minutes>> rule_entry::hours(std::string_view key,
                                                                                       bool over_midnight) {
  const std::string text = this->text(key);
  if (text.empty()) return std::nullopt;
  const std::string_view whole = text;
  if (whole.size() == 11 && whole[5] == '-') {
    const auto from = clock(whole.substr(0, 5)), until = clock(whole.substr(6));
    if (from && until && (*from < *until || (over_midnight && *from != *until))) return std::pair{*from, *until};
  }
  fault(key, fmt::format("{} \"{}\" are not HH:MM-HH:MM{}", key, text, over_midnight ? "" : ", the earlier first"));
  return std::nullopt;
}

bool rule_entry::verified() {
  const std::string word = text("confidence");
  if (!word.empty() && word != "verified" && word != "unverified") {
    fault("confidence", fmt::format("confidence is verified or unverified, not \"{}\"", word));
  }
  return word == "verified";
}

bot::notices::rule_note rule_entry::note() {
  bot::notices::rule_note out;
  out.id = text("id");
  out.article = text("article");
  out.source = text("source");
  if (!has("valid_from")) missing("valid_from");
  out.from = day("valid_from").value_or(bot::notices::local_day{});
  out.sure = verified() ? bot::geography::confidence::verified : bot::geography::confidence::unverified;
  return out;
}

std::vector<rule_entry> rule_entry::tables(std::string_view key) {
  std::vector<rule_entry> all;
  const toml::node* node = get(key);
  if (node == nullptr) return all;
  if (const toml::table* single = node->as_table()) return {rule_entry(*single, file_, *faults_)};
  const toml::array* list = node->as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (const toml::table* each = (*list)[i].as_table()) {
      all.emplace_back(*each, file_, *faults_);
    } else {
      fault_at((*list)[i], fmt::format("{} must hold tables", key));
    }
  }
  if (list == nullptr) fault(key, fmt::format("{} must be a table", key));
  return all;
}

std::optional<rule_entry> rule_entry::table(std::string_view key) {
  if (get(key) == nullptr) return missing(fmt::format("[{}]", key)), std::nullopt;
  auto all = tables(key);
  if (all.size() > 1) fault(key, fmt::format("[{}] stands twice", key));
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

bool rule_entry::is_table(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return node != nullptr && node->is_table();
}

int rule_entry::line(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return static_cast<int>((node == nullptr ? table_ : *node).source().begin.line);
}

std::string rule_entry::place(std::string_view key) const { return fmt::format("{}:{}", file_, line(key)); }

std::vector<std::string> rule_entry::keys() const {
  std::vector<std::string> all;
  for (const auto& [key, node] : table_) all.emplace_back(key.str());
  return all;
}

void rule_entry::finish() {
  for (const auto& [key, node] : table_) {
    if (read_.contains(key.str())) continue;
    // A key that was asked for, is not there, and is a slip away.
    const std::string_view have = key.str();
    std::string_view meant;
    for (const std::string& asked : read_)
      if (!table_.contains(asked) && slips(have, asked) <= (asked.size() < 5 ? 1 : 2)) meant = asked;
    fault_at(node, fmt::format("\"{}\" is not known here{}", have,
                               meant.empty() ? std::string() : fmt::format(": is \"{}\" meant?", meant)));
    if (const auto at = missing_.find(meant); at != missing_.end()) missing_.erase(at);
    if (const auto at = missing_.find(fmt::format("[{}]", meant)); at != missing_.end()) missing_.erase(at);
  }
  for (const std::string& key : missing_) fault(fmt::format("{} is missing", key));
  missing_.clear();
}

rule_file::rule_file(const std::filesystem::path& file, std::vector<std::string>& faults)
    : file_(file.string()), faults_(faults) {
  try {
    table_ = toml::parse_file(file_);
    is_read_ = true;
  } catch (const toml::parse_error& e) {
    const auto line = e.source().begin.line;  // 0: there is no such file
    faults.push_back(line == 0 ? fmt::format("{}: {}", file_, e.description())
                               : fmt::format("{}:{}: {}", file_, line, e.description()));
  }
}

}  // namespace config
