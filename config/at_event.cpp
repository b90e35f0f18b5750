#include "config/at_event.hpp"

#include <algorithm>

#include "config/rule_file.hpp"

namespace config {
namespace {

constexpr int most_minutes = 24 * 60;

std::chrono::minutes span(rule_entry& e, std::string_view key) {
  return std::chrono::minutes(e.needed_whole(key, 0, most_minutes));
}

}  // namespace

bot::notices::at_event_rules load_at_event(const std::filesystem::path& path, const bot::language::catalogue& texts,
                                           const bot::geography::routing_rules& routing,
                                           std::vector<std::string>& faults) {
  bot::notices::at_event_rules rules;
  rule_file file(path, faults);
  if (!file.is_read()) return rules;
  rule_entry root = file.root();
  auto tables = root.tables("at_event");
  if (tables.size() != 1) return root.fault("at_event", "[at_event] is missing, or stands twice"), rules;
  rule_entry& e = tables.front();
  const auto categories = [&](std::string_view key) {
    auto all = e.texts(key);
    for (const auto& one : all) {
      if (!texts.has("category." + one)) e.fault(key, fmt::format("there is no category \"{}\"", one));
      for (const auto& each : routing.sealed)
        if (std::find(each.categories.begin(), each.categories.end(), one) != each.categories.end())
          e.fault(key, fmt::format("\"{}\" is sealed: it belongs to no event", one));
    }
    return all;
  };
  rules.before = span(e, "minutes_before");
  rules.after = span(e, "minutes_after");
  rules.near_m = static_cast<double>(e.needed_whole("metres", 1, 100000));
  if (!e.has("categories")) e.missing("categories");
  rules.categories = categories("categories");
  rules.if_high = categories("if_high");
  e.text("source");
  e.verified();
  e.finish();
  return rules;
}

}  // namespace config
