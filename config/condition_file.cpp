#include "bot/conversation/perception.hpp"
#include "bot/notices/conditions.hpp"
#include "config/event_rules.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace notices = bot::notices;

constexpr std::size_t most_bytes = 140;  // of a text: several of them must be readable in one message

void check_text(rule_entry& e, const notices::condition_rule& rule, const notices::event_rules& rules) {
  const auto wrong = [&](std::string_view what) { e.fault("text", fmt::format("\"{}\": {}", rule.text, what)); };
  if (rule.text.size() > most_bytes) wrong(fmt::format("longer than {} characters", most_bytes));
  if (rule.text.find_first_of(";\n\r") != std::string::npos) wrong("one condition is one line without semicolon");
  if (rule.text.ends_with('.')) wrong("no full stop at its end");
  if (speaks_of_leave(rule.text)) wrong("a condition asks for nobody's consent");
  if (const auto barred = notices::barred_among({rule.text}, rules))
    wrong(fmt::format("no condition, by the words of [[barred]] \"{}\"", barred->rule->id));
  for (auto open = rule.text.find('{'); open != std::string::npos; open = rule.text.find('{', open + 1)) {
    const auto close = rule.text.find('}', open);
    const std::string name = rule.text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
    if (name != "end" && name != "stewards" && name != "per") wrong(fmt::format("{{{}}} is not known here", name));
  }
  const bool counts = rule.text.find("{stewards}") != std::string::npos || rule.text.find("{per}") != std::string::npos;
  if (counts != (rule.per > 0)) e.fault("per and {stewards} go together");
}

}  // namespace

void load_conditions(const std::filesystem::path& path, const unit_known& known, notices::event_rules& into,
                     std::vector<std::string>& faults) {
  rule_file file(path, faults);
  if (!file.is_read()) return;
  rule_entry root = file.root();
  std::set<std::string> ids;
  into.no_number = bot::folded(root.texts("no_number"));
  for (rule_entry& e : root.tables("barred")) {
    into.barred.push_back({e.text("id"), bot::folded(e.texts("never")), bot::folded(e.texts("doubtful"))});
    e.finish();
  }
  if (into.barred.empty() || into.no_number.empty()) root.fault("[[barred]] or no_number is missing");
  for (rule_entry& e : root.tables("condition")) {
    notices::condition_rule rule;
    rule.note = e.note();
    if (!rule.note.id.empty() && !ids.insert(rule.note.id).second)
      e.fault("id", fmt::format("the id {} stands twice", rule.note.id));
    rule.text = e.text("text");
    rule.per = e.whole("per", 5, 1000).value_or(0);
    rule.from_people = e.whole("from_people", 1, 1000000).value_or(0);
    rule.extra = e.word<notices::extra>("extra", notices::extra_named);
    rule.purposes = e.words<notices::purpose>("purposes", notices::purpose_named);
    for (const auto what : rule.purposes)
      if (what == notices::purpose::opinion || what == notices::purpose::political)
        e.fault("purposes", fmt::format("{}: a notice has no conditions", name_of(what)));
    rule.unit = e.text_if("unit").value_or("");
    if (!rule.unit.empty() && !known(rule.unit)) e.fault("unit", fmt::format("there is no unit {}", rule.unit));
    if (!rule.text.empty()) check_text(e, rule, into);
    e.finish();
    into.conditions.push_back(std::move(rule));
  }
  root.finish();
}

}  // namespace config
