#include "handlers/calendar/feed.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <set>

#include "bot/conversation/event_answers.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/written_moment.hpp"

namespace handlers::calendar {
namespace {

namespace notices = bot::notices;

struct component_free {
  void operator()(icalcomponent* c) const { icalcomponent_free(c); }
};
using component = std::unique_ptr<icalcomponent, component_free>;

icaltimetype utc(bot::instant t) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
  return icaltime_from_timet_with_zone(static_cast<std::time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

icaltimetype date(notices::local_day day) {
  const std::chrono::year_month_day d{day};
  icaltimetype t = icaltime_null_date();
  t.year = static_cast<int>(d.year());
  t.month = static_cast<int>(static_cast<unsigned>(d.month()));
  t.day = static_cast<int>(static_cast<unsigned>(d.day()));
  return t;
}

std::string wards_of(const notices::notice& n, const bot::handbook& book) {
  std::string names;
  for (const auto& code : n.wards)
    if (const auto id = book.atlas.find(code); id != bot::geography::no_area)
      names += (names.empty() ? "" : ", ") + book.atlas.title(id);
  return names;
}

std::string kind_of(const notices::notice& n, const bot::handbook& book) {
  return std::string(book.texts.text("id", bot::purpose_key(n.answers)));
}

bool is_exempt(const notices::notice& n) {
  if (n.filed.track != notices::track::none) return false;
  const auto what = notices::purpose_named(bot::main_purpose(n.answers));
  return what == notices::purpose::religious || what == notices::purpose::campus_science;
}

void add_x(icalcomponent* to, const char* name, const std::string& value) {
  icalproperty* p = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(p, name);
  icalcomponent_add_property(to, p);
}

void add_event(icalcomponent* to, const notices::notice& n, const std::string& uid, const bot::handbook& book) {
  icalcomponent* event = icalcomponent_new_vevent();
  icalcomponent_add_component(to, event);  // which owns it, as each event owns its properties
  const auto add = [&](icalproperty* p) { icalcomponent_add_property(event, p); };
  const auto start = n.answers.find("start");
  const bool only_day = start != n.answers.end() && start->second.size() == 10;
  const auto when = notices::span_of(n, book.notices.clashes, book.utc_offset);
  const auto place = wards_of(n, book);
  add(icalproperty_new_uid((uid + "@kentongan").c_str()));
  add(icalproperty_new_dtstamp(utc(n.changed_at)));
  add(icalproperty_new_sequence(static_cast<int>(n.revision)));
  if (only_day) {
    add(icalproperty_new_dtstart(date(notices::time_at(when.from, book.utc_offset).day)));
    add(icalproperty_new_dtend(date(notices::time_at(when.until, book.utc_offset).day)));
  } else {
    add(icalproperty_new_dtstart(utc(when.from)));
    if (n.end > n.start) add(icalproperty_new_dtend(utc(when.until)));  // else nobody has told
  }
  add(icalproperty_new_summary((kind_of(n, book) + (place.empty() ? "" : ", " + place)).c_str()));
  if (!place.empty()) add(icalproperty_new_location(place.c_str()));
  add(icalproperty_new_class(ICAL_CLASS_CONFIDENTIAL));
}

}  // namespace

std::string write_feed(std::string_view unit, std::vector<bot::notices::notice> events, const bot::handbook& book,
                       bot::instant since) {
  std::erase_if(events, [&](const auto& n) { return is_exempt(n) || !notices::on_calendar(n, unit, book.units); });
  std::set<std::int64_t> series;
  for (const auto& n : events)
    if (notices::recurrence_of(n.answers)) series.insert(n.id);
  events = notices::occurrences_of(std::move(events), book.utc_offset);
  std::erase_if(events, [&](const auto& n) {
    return series.contains(n.id) && notices::span_of(n, book.notices.clashes, book.utc_offset).until <= since;
  });
  std::sort(events.begin(), events.end(),
            [](const auto& a, const auto& b) { return a.start != b.start ? a.start < b.start : a.id < b.id; });
  if (events.size() > most_events) events.resize(most_events);
  const component whole(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  const auto id = book.units.find(unit);
  icalcomponent_add_property(whole.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(whole.get(), icalproperty_new_prodid("-//Kentongan//Kalender acara//ID"));
  add_x(whole.get(), "X-WR-CALNAME",
        "Acara " + (id == bot::geography::no_unit ? std::string(unit) : book.units.at(id).name));
  add_x(whole.get(), "X-PUBLISHED-TTL", "PT1H");
  for (const auto& n : events) {
    std::string uid = std::to_string(n.id);
    if (series.contains(n.id)) uid += "-" + bot::written_day(n.start, book.utc_offset);
    add_event(whole.get(), n, uid, book);
  }
  const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(whole.get()),
                                                    icalmemory_free_buffer);
  return text.get();
}

}  // namespace handlers::calendar
