#include "config/retention.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <set>

namespace config {
namespace {

struct rule {
  const char* name;
  bot::retention::days bot::retention::*where;
  int least, most;
};

// Meta delivers again for 7 days and what is older than 8 is taken for 8 days old: a row that goes earlier would let a
// message count twice.
constexpr std::array rules = {
    rule{"inbox", &bot::retention::inbox, 9, 60},          rule{"failed", &bot::retention::failed, 1, 59},
    rule{"payloads", &bot::retention::payloads, 1, 90},    rule{"deliveries", &bot::retention::deliveries, 1, 800},
    rule{"positions", &bot::retention::positions, 1, 400}, rule{"reports", &bot::retention::reports, 1, 3700},
    rule{"media", &bot::retention::media, 4, 3700},        rule{"unfiled", &bot::retention::unfiled, 1, 60},
    rule{"addresses", &bot::retention::addresses, 4, 400}, rule{"notices", &bot::retention::notices, 30, 3700},
    rule{"persons", &bot::retention::persons, 1, 3700},    rule{"audit", &bot::retention::audit, 90, 3700}};

}  // namespace

bot::retention load_retention(const std::filesystem::path& file, std::vector<std::string>& faults) {
  bot::retention all;
  toml::table whole;
  try {
    whole = toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    faults.push_back(fmt::format("{}:{}: {}", file.string(), e.source().begin.line, e.description()));
    return all;
  }
  const auto fault = [&](const toml::node& at, const std::string& what) {
    faults.push_back(fmt::format("{}:{}: {}", file.string(), at.source().begin.line, what));
  };
  std::set<std::string> seen;
  const toml::array* list = whole["keep"].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* one = (*list)[i].as_table();
    if (one == nullptr) continue;
    const auto name = (*one)["what"].value_or(std::string());
    const auto known = std::find_if(rules.begin(), rules.end(), [&](const rule& r) { return name == r.name; });
    if (known == rules.end() || !seen.insert(name).second) {
      fault(*one, fmt::format("\"{}\" is not kept, or stands twice", name));
      continue;
    }
    const auto days = (*one)["days"].value_or(std::int64_t{0});
    if (days < known->least || days > known->most)
      fault(*one, fmt::format("{}: days must be between {} and {}", name, known->least, known->most));
    for (const char* key : {"source", "confidence"})
      if ((*one)[key].value_or(std::string()).empty()) fault(*one, fmt::format("{}: {} is missing", name, key));
    if (!(*one)["valid_from"].is_date()) fault(*one, fmt::format("{}: valid_from must be a date", name));
    all.*known->where = bot::retention::days(days);
  }
  for (const auto& r : rules)
    if (!seen.contains(r.name)) fault(whole, fmt::format("\"{}\" is missing", r.name));
  if (all.failed >= all.inbox) fault(whole, "failed must be shorter than inbox: a replay would count what was counted");
  if (all.payloads > all.deliveries) fault(whole, "deliveries must not be shorter than payloads");
  if (all.addresses > all.reports) fault(whole, "addresses must not be longer than reports");
  if (all.persons > all.notices) fault(whole, "persons must not be longer than notices");
  if (all.media > all.reports) fault(whole, "media must not be longer than reports");
  return all;
}

}  // namespace config
