#include "config/reminders.hpp"

#include <set>

#include "bot/conversation/perception.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

using bot::notices::reminded_of;

std::optional<reminded_of> anchor_named(std::string_view name) {
  if (name == "last_moment") return reminded_of::last_moment;
  if (name == "extra") return reminded_of::extra;
  if (name == "start") return reminded_of::start;
  if (name == "end") return reminded_of::end;
  return std::nullopt;
}

std::optional<bool> audience_named(std::string_view name) {
  if (name == "organiser") return false;
  if (name == "unit") return true;
  return std::nullopt;
}

std::optional<std::chrono::minutes> hour_of(const std::string& text) {
  const bool shaped = text.size() == 5 && text[2] == ':' && text.find_first_not_of("0123456789:") == std::string::npos;
  if (!shaped) return std::nullopt;
  const int hour = std::stoi(text.substr(0, 2)), minute = std::stoi(text.substr(3));
  if (hour > 23 || minute > 59) return std::nullopt;
  return std::chrono::minutes(hour * 60 + minute);
}

bot::notices::reminder one_of(rule_entry& e, const bot::notices::reminder_rules& rules,
                              const bot::language::catalogue& texts, std::set<std::string>& ids) {
  bot::notices::reminder one;
  one.id = e.text("id");
  if (!one.id.empty() && !ids.insert(one.id).second) e.fault("id", fmt::format("the id {} stands twice", one.id));
  if (!e.has("to")) e.missing("to");
  one.to_unit = e.word<bool>("to", audience_named).value_or(false);
  const bool after = e.has("after");
  if (e.has("before") == after) e.fault("a reminder comes before something or after something");
  one.what = e.word<reminded_of>(after ? "after" : "before", anchor_named).value_or(reminded_of::start);
  if ((one.what == reminded_of::end) != after) e.fault("only the end has an afterwards");
  one.each = e.flag("each").value_or(false);
  if (one.each && one.what != reminded_of::start) e.fault("each", "each belongs to reminders before the start");
  one.days = static_cast<int>(e.needed_whole("days", 0, 60));
  const auto at = hour_of(e.text("at"));
  if (e.has("at") && !at) e.fault("at", "at is an hour like 08:00");
  if (at && (*at < rules.awake_from || *at > rules.awake_until))
    e.fault("at", "at lies in the night: outside of awake");
  one.at = at.value_or(rules.awake_from);
  one.says = e.text("says");
  if (!one.says.empty() && !texts.has(one.says)) e.fault("says", fmt::format("there is no text \"{}\"", one.says));
  return one;
}

}  // namespace

bot::notices::reminder_rules load_reminders(const std::filesystem::path& path, const bot::language::catalogue& texts,
                                            std::vector<std::string>& faults) {
  bot::notices::reminder_rules rules;
  rule_file file(path, faults);
  if (!file.is_read()) return rules;
  rule_entry root = file.root();
  if (const auto awake = root.hours("awake")) std::tie(rules.awake_from, rules.awake_until) = *awake;
  std::set<std::string> ids;
  for (rule_entry& e : root.tables("reminder")) {
    rules.all.push_back(one_of(e, rules, texts, ids));
    e.finish();
  }
  if (!root.has("learned")) root.missing("[learned]");
  for (rule_entry& e : root.tables("series")) {
    rules.again_after = static_cast<int>(e.whole("again_after", 1, 60).value_or(rules.again_after));
    e.finish();
  }
  for (rule_entry& e : root.tables("learned")) {
    rules.learned_days = static_cast<int>(e.whole("days", 1, 3660).value_or(rules.learned_days));
    rules.never_learned = bot::folded(e.texts("never_at"));
    if (rules.never_learned.empty()) e.fault("never_at is missing or empty");
    e.finish();
  }
  root.finish();
  return rules;
}

}  // namespace config
