#include "config/retention.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "config/rule_file.hpp"

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

bot::retention load_retention(const std::filesystem::path& path, std::vector<std::string>& faults) {
  bot::retention all;
  const std::size_t before = faults.size();
  rule_file file(path, faults);
  if (!file.is_read()) return all;
  rule_entry root = file.root();
  std::map<std::string, rule_entry, std::less<>> seen;
  for (rule_entry& e : root.tables("keep")) {
    const auto name = e.text("what");
    const auto known = std::find_if(rules.begin(), rules.end(), [&](const rule& r) { return name == r.name; });
    if (!name.empty() && known == rules.end()) e.fault("what", fmt::format("\"{}\" is not kept", name));
    if (seen.contains(name)) e.fault("what", fmt::format("\"{}\" stands twice", name));
    const auto days = e.whole("days", 0, 36500);
    if (!e.has("days")) e.missing("days");
    e.text("source");
    e.text("confidence");
    if (!e.has("valid_from")) e.missing("valid_from");
    e.day("valid_from");
    e.finish();
    seen.emplace(name, e);
    if (known == rules.end() || !days) continue;
    if (*days < known->least || *days > known->most)
      e.fault("days", fmt::format("{}: days must be between {} and {}", name, known->least, known->most));
    all.*known->where = bot::retention::days(*days);
  }
  root.finish();
  for (const auto& r : rules)
    if (!seen.contains(r.name)) root.fault("keep", fmt::format("\"{}\" is missing", r.name));
  if (faults.size() != before) return all;
  const auto at = [&](std::string_view name, const char* what) { seen.find(name)->second.fault("days", what); };
  if (all.failed >= all.inbox) at("failed", "failed must be shorter than inbox: a replay would count what was counted");
  if (all.payloads > all.deliveries) at("deliveries", "deliveries must not be shorter than payloads");
  if (all.addresses > all.reports) at("addresses", "addresses must not be longer than reports");
  if (all.persons > all.notices) at("persons", "persons must not be longer than notices");
  if (all.media > all.reports) at("media", "media must not be longer than reports");
  return all;
}

}  // namespace config
