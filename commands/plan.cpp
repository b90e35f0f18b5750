#include "commands/plan.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/notices/plan.hpp"
#include "bot/written_moment.hpp"
#include "commands/nearest.hpp"
#include "config/event_rules.hpp"

namespace commands {
namespace {

using nlohmann::json;
namespace notices = bot::notices;

// "35.75.01.1003" and its beginnings "35.75.01", "35.75", "35".
bool shaped_as_code(std::string_view text) {
  constexpr std::string_view shape = "00.00.00.0000";
  if (text.size() != 2 && text.size() != 5 && text.size() != 8 && text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != '.') return false;
  }
  return true;
}

// Reads one line's object; the first thing that cannot be read stands in fault().
class event_reader {
 public:
  event_reader(const json& asked, std::chrono::minutes utc_offset) : asked_(asked), utc_offset_(utc_offset) {}

  notices::event run() {
    notices::event e;
    e.start = time("start");
    e.end = time("end");
    e.purposes = purposes();
    e.attendance = people();
    e.participants_from = reach("participants_from");
    e.scope = reach("scope");
    e.wards = wards();
    e.public_place = flag("public_place");
    e.public_road = flag("public_road");
    e.fireworks = flag("fireworks");
    e.on_campus = flag("on_campus");
    return e;
  }

  std::optional<bot::instant> now() {
    const json* given = known("now");
    if (given == nullptr) return std::nullopt;
    const auto moment = given->is_string() ? bot::read_moment(given->get<std::string>()) : std::nullopt;
    if (!moment) wrong("now is not ISO 8601 with an offset");
    return moment ? std::optional(moment->at) : std::nullopt;
  }

  const std::string& fault() const { return fault_; }

 private:
  void wrong(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  const json* known(const char* key) const {
    const auto found = asked_.find(key);
    if (found == asked_.end() || found->is_null() || (found->is_array() && found->empty())) return nullptr;
    return &*found;
  }

  std::optional<notices::event_time> time(const char* key) {
    const json* given = known(key);
    if (given == nullptr) return std::nullopt;
    const std::string text = given->is_string() ? given->get<std::string>() : std::string();
    if (const auto moment = bot::read_moment(text)) return notices::time_at(moment->at, utc_offset_);
    if (const auto day = bot::read_day(text))
      return notices::event_time{notices::local_day{day->time_since_epoch()}, std::nullopt};
    wrong(std::string(key) + " is not ISO 8601 with an offset");
    return std::nullopt;
  }

  std::vector<notices::purpose> purposes() {
    std::vector<notices::purpose> all;
    const json* given = known("purpose");
    if (given == nullptr) return all;
    const auto add = [&](const json& each) {
      const auto what = each.is_string() ? notices::purpose_named(each.get<std::string>()) : std::nullopt;
      if (!what) return wrong("purpose is not in the vocabulary");
      if (std::find(all.begin(), all.end(), *what) == all.end()) all.push_back(*what);
    };
    if (!given->is_array()) {
      add(*given);
    } else {
      for (const json& each : *given) add(each);
    }
    return all;
  }

  std::optional<std::int64_t> count(const json& given) {
    const bool whole = given.is_number_unsigned()
                           ? given.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max()
                           : given.is_number_integer() && given.get<std::int64_t>() >= 0;
    if (whole) return given.get<std::int64_t>();
    wrong("attendance is not a whole number of people");
    return std::nullopt;
  }

  std::optional<notices::people> people() {
    const json* given = known("attendance");
    if (given == nullptr) return std::nullopt;
    if (!given->is_object()) {
      const auto number = count(*given);
      return number ? std::optional(notices::people{*number, *number}) : std::nullopt;
    }
    // Of a range whose one end is open the other counts.
    std::optional<std::int64_t> ends[2];
    for (int i = 0; i < 2; ++i) {
      const auto found = given->find(i == 0 ? "min" : "max");
      if (found != given->end() && !found->is_null()) ends[i] = count(*found);
    }
    if (!ends[0] && !ends[1]) return std::nullopt;
    const std::int64_t a = ends[0] ? *ends[0] : *ends[1];
    const std::int64_t b = ends[1] ? *ends[1] : *ends[0];
    return notices::people{std::min(a, b), std::max(a, b)};
  }

  std::optional<notices::reach> reach(const char* key) {
    const json* given = known(key);
    if (given == nullptr) return std::nullopt;
    const auto from = given->is_string() ? notices::reach_named(given->get<std::string>()) : std::nullopt;
    if (!from) wrong(std::string(key) + " is not in the vocabulary");
    return from;
  }

  std::vector<std::string> wards() {
    std::vector<std::string> all;
    const json* given = known("wards");
    if (given == nullptr) return all;
    if (!given->is_array()) wrong("wards is not a list of codes");
    for (const json& each : *given) {
      const std::string code = each.is_string() ? each.get<std::string>() : std::string();
      if (!shaped_as_code(code)) {
        wrong("wards is not a list of codes");
      } else {
        all.push_back(code);
      }
    }
    return all;
  }

  std::optional<bool> flag(const char* key) {
    const json* given = known(key);
    if (given == nullptr) return std::nullopt;
    if (!given->is_boolean()) wrong(std::string(key) + " is not true or false");
    return given->is_boolean() ? std::optional(given->get<bool>()) : std::nullopt;
  }

  const json& asked_;
  std::chrono::minutes utc_offset_;
  std::string fault_;
};

template <class T>
json name_or_null(const std::optional<T>& value) {
  return value ? json(name_of(*value)) : json();
}

json answer(const json& id, const notices::plan& p, std::chrono::minutes utc_offset) {
  json extras = json::array(), ask = json::array(), deadlines = json::array();
  for (const notices::extra each : p.extras) extras.push_back(name_of(each));
  for (const notices::slot each : p.ask) ask.push_back(name_of(each));
  // One deadline alone is `latest`.
  const bool several = p.deadlines.size() > 1 || (!p.deadlines.empty() && p.deadlines.front().is_extra);
  for (const notices::dated_part& each : p.deadlines) {
    if (several) deadlines.push_back({{"part", each.part}, {"latest", bot::written(each.deadline.latest, utc_offset)}});
  }
  return {{"id", id},
          {"track", name_or_null(p.track)},
          {"tier", name_or_null(p.tier)},
          {"extras", std::move(extras)},
          {"addressee", name_or_null(p.to)},
          {"unit", p.unit.empty() ? json() : json(p.unit)},
          {"watchers", p.watchers},
          {"latest", p.latest ? json(bot::written(*p.latest, utc_offset)) : json()},
          {"late", p.late ? json(*p.late) : json()},
          {"deadlines", std::move(deadlines)},
          {"ask", std::move(ask)},
          {"sources", sources_of(p)}};
}

const std::vector<std::string>& known_keys() {
  static const std::vector<std::string> keys = {
      "id",    "now",   "start",        "end",         "event_type", "purpose",  "attendance", "participants_from",
      "scope", "wards", "public_place", "public_road", "fireworks",  "on_campus"};
  return keys;
}

void warn_of_unknown(const json& asked, std::size_t line, std::ostream& errors) {
  for (const auto& [key, value] : asked.items()) {
    if (std::find(known_keys().begin(), known_keys().end(), key) != known_keys().end()) continue;
    const auto meant = nearest(key, known_keys());
    errors << "line " << line << ": warning: \"" << key << "\" is not known and was not read"
           << (meant.empty() ? std::string("; kentongan plan --help names the keys")
                             : "; is it \"" + std::string(meant) + "\"?")
           << '\n';
  }
}

void tell_documents(const notices::plan& p, const notices::event_rules& rules, notices::local_day on,
                    std::ostream& out) {
  if (!p.track) return;
  for (const notices::checklist* list : documents_for(*p.track, p.tier, p.extras, rules, p.chain, on)) {
    out << "  " << list->note.id << " (" << list->note.article << ")"
        << (list->unit.empty() ? "" : ", the list of " + list->unit) << '\n';
    for (const std::string& item : list->items) out << "    - " << item << '\n';
  }
  const auto practice = practice_of(p.chain, rules, on);
  if (practice.desk_hours) out << "  desk: " << *practice.desk_hours << '\n';
  if (practice.fee) out << "  fee: " << *practice.fee << '\n';
  if (practice.processing_days) out << "  processing: " << *practice.processing_days << " day(s)\n";
  if (!practice.electronic_accepted.value_or(false)) out << "  a printed letter is to be handed over\n";
}

}  // namespace

int plan(const config::settings& settings, bool documents, std::istream& in, std::ostream& out, std::ostream& errors,
         bot::instant now) {
  std::vector<std::string> faults;
  const config::areas areas = config::load_areas(settings.areas.dir, faults);
  const auto utc_offset = config::clock_of(areas.packs);
  const notices::rulebook book = config::load_event_rules(
      settings.dir / "rules", [&](std::string_view code) { return areas.units.find(code) != bot::geography::no_unit; },
      faults, [&](std::string_view name) { return config::codes_in_area(areas, name); });
  for (const std::string& each : faults) errors << each << '\n';
  if (!faults.empty()) return 2;
  return plan(book, areas, utc_offset, in, out, errors, now, documents);
}

int plan(const notices::rulebook& book, const config::areas& areas, std::chrono::minutes utc_offset, std::istream& in,
         std::ostream& out, std::ostream& errors, bot::instant now, bool documents) {
  bool all_read = true;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const json asked = json::parse(line, nullptr, false);
    std::string fault = asked.is_object() ? "" : "not a JSON object";
    if (fault.empty()) {
      event_reader reader(asked, utc_offset);
      const notices::event event = reader.run();
      const bot::instant at = reader.now().value_or(now);
      fault = reader.fault();
      warn_of_unknown(asked, number, errors);
      if (fault.empty()) {
        const notices::plan found = notices::plan_event(event, at, book, areas.map, areas.units, utc_offset);
        // A dump never throws: bytes that are no UTF-8 are replaced.
        out << answer(asked.value("id", json()), found, utc_offset).dump(-1, ' ', false, json::error_handler_t::replace)
            << '\n';
        if (documents) tell_documents(found, book.rules, notices::time_at(at, utc_offset).day, out);
      }
    }
    if (!fault.empty()) {
      errors << "line " << number << ": " << fault << '\n';
      all_read = false;
    }
  }
  out.flush();
  return all_read ? 0 : 1;
}

}  // namespace commands
