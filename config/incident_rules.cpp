#include "config/incident_rules.hpp"

#include "config/rule_file.hpp"

namespace config {

bot::cases::incident_rules load_incidents(const std::filesystem::path& path, const kinds& known,
                                          std::vector<std::string>& faults) {
  bot::cases::incident_rules rules;
  rule_file file(path, faults);
  if (!file.is_read()) return rules;
  rule_entry root = file.root();
  constexpr auto most = std::chrono::minutes(bot::cases::recent_cases::kept).count();
  rules.window = std::chrono::minutes(root.needed_whole("window", 1, most));
  rules.near_m = root.needed_number("near_m", 1, 100000);
  rules.never = categories_in(root, "never", known);
  for (rule_entry& e : root.tables("same")) {
    rules.kinds.push_back(categories_in(e, "categories", known));
    e.finish();
  }
  root.ignore("at_event");
  root.finish();
  return rules;
}

}  // namespace config
