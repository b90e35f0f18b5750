#include "config/handbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "config/area_words.hpp"
#include "config/at_event.hpp"
#include "config/choice_words.hpp"
#include "config/escalation.hpp"
#include "config/event_rules.hpp"
#include "config/form_files.hpp"
#include "config/incident_rules.hpp"
#include "config/lexicon.hpp"
#include "config/message_files.hpp"
#include "config/reminders.hpp"
#include "config/retention.hpp"
#include "config/routing_rules.hpp"
#include "config/rule_file.hpp"
#include "config/talk_words.hpp"
#include "config/templates.hpp"

namespace config {

void sort_faults(std::vector<std::string>& faults) {
  const auto key = [](const std::string& fault) {
    const auto end = fault.find(": ");
    const auto colon = fault.rfind(':', end == std::string::npos ? end : end - 1);
    int line = 0;
    if (end != std::string::npos && colon != std::string::npos)
      std::from_chars(fault.data() + colon + 1, fault.data() + end, line);
    const bool is_file = fault.substr(0, end).find(' ') == std::string::npos && fault.find('/') < end;
    return std::tuple(is_file, is_file ? fault.substr(0, line > 0 ? colon : end) : std::string(), line);
  };
  std::stable_sort(faults.begin(), faults.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  std::vector<std::string> once;
  for (auto& fault : faults)
    if (std::find(once.begin(), once.end(), fault) == once.end()) once.push_back(std::move(fault));
  faults = std::move(once);
}

loaded_handbook load_handbook(const settings& s, std::vector<std::string>& faults) {
  const std::size_t before = faults.size();
  const auto rules = [&](const char* file) { return s.dir / "rules" / file; };
  auto words = load_words(rules("words.toml"), faults);
  auto patience = load_escalation(rules("escalation.toml"), faults);
  auto complaints = load_complaints(rules("complaints.toml"), faults);
  auto sealed = load_sealed(rules("sealed.toml"), faults);
  auto activities = load_activities(rules("activities.toml"), faults);
  auto identity_cards = load_saying(rules("identity-cards.toml"), faults);
  auto pleas = load_saying(rules("pleas.toml"), faults);
  auto calm = load_saying(rules("calm.toml"), faults);
  auto corrections = load_corrections(rules("corrections.toml"), faults);
  const auto keep = load_retention(rules("retention.toml"), faults);
  if (faults.size() == before && keep.unfiled <= patience.drafts.life)
    faults.push_back(rules("retention.toml").string() + ": unfiled must be longer than drafts.life of escalation.toml");
  auto [texts, places] = load_texts(s.dir / "messages", faults);
  const kinds known = kinds_of(texts);
  auto lexicon = load_lexicon(s.dir / "language", faults, known.categories);
  const std::size_t before_areas = faults.size();
  auto areas = load_areas(s.areas.dir, faults, [&](std::string_view word) { return is_word_of(lexicon, word); });
  const bool areas_read = faults.size() == before_areas;  // else no other file is held against them
  const auto offset = clock_of(areas.packs);
  auto notices = load_event_rules(
      s.dir / "rules",
      [&](std::string_view code) { return !areas_read || areas.units.find(code) != bot::geography::no_unit; }, faults,
      [&](std::string_view name) {
        auto codes = codes_in_area(areas, name);
        return areas_read ? codes : std::vector<std::string>{"35"};
      });
  notices.clashes = load_clash_rules(
      rules("clashes.toml"),
      [&](std::string_view code) { return !areas_read || areas.map.find(code) != bot::geography::no_area; }, faults);

  // What names texts and kinds is judged by them: without Indonesian all of it would seem wrong.
  loaded_handbook loaded;
  loaded.places = std::move(places);
  if (known.categories.empty()) {
    if (faults.size() == before) faults.push_back(loaded.places.file_of("id") + ": [category] is missing or empty");
    return sort_faults(faults), std::move(loaded);
  }
  auto routing = load_routing_rules(rules("routing.toml"), known, faults);
  auto incidents = load_incidents(rules("incidents.toml"), known, faults);
  notices.at_event = load_at_event(rules("incidents.toml"), texts, routing, faults);
  notices.reminders = load_reminders(rules("reminders.toml"), texts, faults);
  auto card_facts = load_card_facts(rules("card-facts.toml"), texts, faults);
  auto advice = load_advice(rules("advice.toml"), texts, faults);
  auto faq = load_faq(rules("faq.toml"), texts, faults);
  auto templates = load_templates(rules("templates.toml"), texts, faults);
  load_without_template(rules("templates.toml"), texts, faults);  // for its faults alone
  const std::size_t before_forms = faults.size();
  auto forms = load_forms(s.dir / "forms", texts, known, faults);
  bot::choice_words choices;
  if (faults.size() == before_forms) choices = load_choice_words(rules("choices.toml"), texts, forms, faults);
  if (faults.size() != before) return sort_faults(faults), std::move(loaded);

  loaded.packs = std::move(areas.packs);
  loaded.book = std::make_unique<const bot::handbook>(bot::handbook{
      std::move(forms),
      std::move(words),
      std::move(texts),
      std::move(lexicon),
      std::move(areas.map),
      std::move(areas.units),
      std::move(routing),
      std::move(patience.cases),
      patience.drafts,
      patience.operators,
      std::move(incidents),
      std::move(complaints),
      std::move(sealed),
      std::move(card_facts),
      std::move(advice),
      std::move(activities),
      std::move(faq),
      std::move(templates),
      {s.limits.chat_per_minute, s.limits.area_per_minute, std::chrono::minutes(s.telegram.leave_groups_after)},
      offset,
      std::move(notices),
      keep,
      std::move(identity_cards),
      std::move(pleas),
      std::move(calm),
      std::move(choices),
      std::move(corrections),
      s.http.public_url});
  return loaded;
}

}  // namespace config
