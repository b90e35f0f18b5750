#include "bot/conversation/perception.hpp"
#include "config/event_rules.hpp"
#include "config/rule_file.hpp"

namespace config {

namespace notices = bot::notices;

namespace {

bool is_value_of(std::string_view slot, std::string_view value) {
  if (slot == "purpose") return notices::purpose_named(value).has_value();
  if (slot == "participants_from" || slot == "scope") return notices::reach_named(value).has_value();
  return value == "yes" || value == "no" || (slot == "public_road" && (value == "part" || value == "closed"));
}

}  // namespace

notices::event_words load_event_words(const std::filesystem::path& file, std::vector<std::string>& faults) {
  notices::event_words out;
  rule_file whole(file, faults);
  if (!whole.is_read()) return out;
  rule_entry root = whole.root();
  for (rule_entry& kinds : root.tables("purpose")) {
    for (const std::string& kind : kinds.keys()) {
      if (const auto what = kinds.word<notices::purpose>(kind, notices::purpose_named)) out.purpose_of[kind] = *what;
    }
  }
  if (out.purpose_of.empty()) root.fault("[purpose] is missing");
  const auto lists = root.tables("words");
  if (lists.empty()) root.fault("[words] is missing");
  for (rule_entry words : lists) {
    const auto phrases = [&](std::string_view key) { return bot::folded(words.needed_texts(key)); };
    out.opinion = phrases("opinion");
    out.demand = phrases("demand");
    out.family = phrases("family");
    out.community = phrases("community");
    out.political = phrases("political");
    out.worship = phrases("worship");
    out.neighbours = phrases("neighbours");
    out.campus_science = phrases("campus_science");
    out.campus = phrases("campus");
    out.off_campus = phrases("off_campus");
    out.indoors = phrases("indoors");
    out.open_air = phrases("open_air");
    out.either = phrases("either");
    out.own = phrases("own");
    out.funeral = phrases("funeral");
    out.burial = phrases("burial");
    out.leading = phrases("leading");
    out.onward = phrases("onward");
    out.unknown = phrases("unknown");
    out.road = phrases("road");
    out.no_road = phrases("no_road");
    out.fireworks = phrases("fireworks");
    out.no_fireworks = phrases("no_fireworks");
    out.small_crowd = phrases("small_crowd");
    out.large_crowd = phrases("large_crowd");
    out.marching = phrases("marching");
    out.spots = phrases("spots");
    out.spot_parts = phrases("spot_parts");
    out.roads = {phrases("village_road"), phrases("city_road"), phrases("province_road")};
    for (std::size_t i = 0; i < out.reaches.size(); ++i) {
      out.reaches[i] = phrases(notices::name_of(static_cast<notices::reach>(i)));
    }
    out.beside = phrases("beside");
    out.wrong = phrases("wrong");
    out.open_end = phrases("open_end");
    out.does = phrases("does");
    out.begins = phrases("begins");
    out.hours = phrases("hours");
    out.nights = phrases("nights");
    out.heads = phrases("heads");
    out.short_forms = phrases("short_forms");
    out.writing = {phrases("zones"), phrases("also"), phrases("over"), phrases("from"), phrases("in_a_row")};
    words.finish();
  }
  const auto repeats = root.tables("repeats");
  if (repeats.empty()) root.fault("[repeats] is missing");
  for (rule_entry words : repeats) {
    const auto phrases = [&](std::string_view key) { return bot::folded(words.needed_texts(key)); };
    auto& to = out.repeats;
    to = {phrases("every"),      phrases("also"),  phrases("once"),       phrases("a_week"),
          phrases("week"),       phrases("month"), phrases("weekly"),     phrases("monthly"),
          phrases("five_weeks"), phrases("times"), phrases("throughout"), phrases("end_of")};
    words.finish();
  }
  const auto folded_texts = [](rule_entry& from, const std::string& key) {
    return bot::phrase_set(bot::folded(from.texts(key)));
  };
  for (rule_entry& by_slot : root.tables("answers"))
    for (const std::string& slot : by_slot.keys())
      for (rule_entry& by_value : by_slot.tables(slot))
        for (const std::string& value : by_value.keys()) {
          if (!is_value_of(slot, value)) by_value.fault(value, fmt::format("\"{}\" is no answer to {}", value, slot));
          out.answers[slot][value] = folded_texts(by_value, value);
        }
  for (const char* section : {"mixed", "filed"})
    for (rule_entry& given : root.tables(section))
      for (const std::string& name : given.keys()) out.answers[section][name] = folded_texts(given, name);
  for (rule_entry& names : root.tables("slots"))
    for (const std::string& slot : names.keys()) out.slots[slot] = folded_texts(names, slot);
  root.finish();
  return out;
}

}  // namespace config
