// Answers that contradict each other: which of them holds is asked once, and never guessed.
#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/tracks.hpp"

namespace bot {
namespace {

using notices::purpose;

// "jalan ditutup, … tidak menutup jalan": the phrases that deny hold those that affirm.
bool says_both(std::span<const language::word> words, const phrase_set& yes, const phrase_set& no) {
  bool affirms = false, denies = false;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t denied = phrase_at(words, i, no);
    denies = denies || denied > 0;
    affirms = affirms || (denied == 0 && phrase_at(words, i, yes) > 0);
    i += std::max<std::size_t>(1, denied);
  }
  return affirms && denies;
}

std::optional<notices::people> people_of(const std::string& answer) {
  answer_map only = {{"attendance", answer}};
  return event_from(only, {}).attendance;
}

}  // namespace

// A second one of the same message is only taken back: it is asked again like everything that is missing.
void notice_talk::doubt(std::string_view name, std::string_view first, std::string_view second) {
  // Another day has the same hours: the end is counted anew from the day that holds.
  const std::string end = slot("end");
  if (name == "start" && end.size() > 16) {
    set("end_words", fmt::format("jam {}.{}", end.substr(11, 2), end.substr(14, 2)));
    set("end", "");
  }
  set(name, "");
  if (slot("doubt").empty()) set("doubt", fmt::format("{} {} {}", name, first, second));
}

std::string notice_talk::doubt_words(std::string_view name, const std::string& value) const {
  if (value.find('.') != std::string::npos && world_.book.texts.has(value)) return std::string(text(value));
  if (name == "attendance") return notices::crowd_words({{"attendance", value}});
  const std::string key = fmt::format("event_doubt.{}_{}", name, value);
  return world_.book.texts.has(key) ? std::string(text(key)) : when_day(value);
}

// True: it was asked.
bool notice_talk::ask_doubt() {
  const auto said = parted(slot("doubt"));
  set("doubt", "");
  if (said.size() != 3) return false;
  const std::string &name = said[0], &first = said[1], &second = said[2];
  set("doubted", joined(said));
  set("listed", "");
  set("choice", "");
  set("changing", "");
  talk_.asked = name;
  std::vector<choice> choices;
  const question* q = find(name);
  if (q != nullptr && q->kind == question_kind::choice) {
    set("choice", name);
    for (const auto& id : q->choices) choices.push_back({button_data(name, id), q->labels + "." + id});
  } else if (name != "end") {
    for (const auto& value : {first, second})
      if (value.find('.') == std::string::npos)
        choices.push_back({button_data(name, value), "=" + doubt_words(name, value)});
  }
  const std::string key = name == "end"            ? "event.ends_first"
                          : name == "public_place" ? "event.march_indoors"
                                                   : "event.contradiction";
  // One of two is chosen; what has no value of its own to choose is written.
  if (q != nullptr && q->kind != question_kind::choice && choices.size() == 1) choices.clear();
  say_offering(key, {{"first", doubt_words(name, first)}, {"second", doubt_words(name, second)}}, std::move(choices));
  return true;
}

// One of the two that were asked about, by button or as "1" and "2".
bool notice_talk::choose_of_doubt(std::string_view name, std::string_view value) {
  const auto asked = parted(slot("doubted"));
  if (asked.size() != 3 || asked[0] != name || !slot(name).empty() || name == "end") return false;
  const std::string chosen = value == "1" ? asked[1] : value == "2" ? asked[2] : std::string(value);
  const question* q = find(name);
  const bool offered = (chosen == asked[1] || chosen == asked[2]) && chosen.find('.') == std::string::npos;
  if (!offered || q == nullptr || q->kind == question_kind::choice) return false;
  set("doubted", "");
  set(name, chosen);
  return true;
}

// What a later message says against an earlier one; what it corrects in so many words is taken as it is.
void notice_talk::doubt_answers(const perception& about, const notices::event& e, bool end_told) {
  const auto& words = world_.book.notices.words;
  const auto flag = [&](std::string_view name, std::optional<bool> now) {
    const std::string said = !now ? "" : *now ? "yes" : "no", had = slot(name);
    const bool same = had == said || (said == "yes" && had != "no");  // of a road: closed, or a part of it
    if (!said.empty() && !had.empty() && !same) doubt(name, had, said);
  };
  flag("public_road", e.public_road);
  flag("fireworks", e.fireworks);
  if (const auto had = people_of(slot("attendance")); had && had->max > 0 && e.attendance && e.attendance->max > 0)
    if (e.attendance->min > had->max || e.attendance->max < had->min)
      doubt("attendance", slot("attendance"), crowd_answer({e.attendance->min, e.attendance->max}));
  const auto asked = parted(slot("listed"));
  const auto awaits = [&](std::string_view name) {
    return talk_.asked == name || std::find(asked.begin(), asked.end(), name) != asked.end();
  };
  const auto had = event_from(talk_.answers, world_.book.utc_offset).start;
  const bool other_day = had && e.start && about.meaning.when.resolved && had->day != e.start->day &&
                         names_day_of_month(about.words, e.start->day);
  if (other_day && !end_told && !awaits("end") && !awaits("recurs_end") && !awaits("start"))
    doubt("start", slot("start"), answer_of(*e.start, world_.book.utc_offset));
  if (says_both(about.words, words.road, words.no_road)) doubt("public_road", "yes", "no");
}

// "pj Heru, …. acaranya tanggal 26 desember": an answer that also names another day.
bool notice_talk::names_another_day(const perception& p) const {
  const auto start = event_from(talk_.answers, world_.book.utc_offset).start;
  if (!start || !p.meaning.when.resolved) return false;
  const auto day = notices::time_at(*p.meaning.when.resolved, world_.book.utc_offset).day;
  return day != start->day && names_day_of_month(p.words, day);
}

// What one answer says against another, whenever either was told.
void notice_talk::doubt_together(std::span<const language::word> heard) {
  const auto& book = world_.book;
  const auto crowd = people_of(slot("attendance"));
  if (crowd && crowd->max > 0) {
    const auto tier = notices::find_tier(crowd, book.notices.rules, plan_of(talk_.answers).chain,
                                         notices::time_at(world_.now, book.utc_offset).day)
                          .tier;
    if (has_phrase(heard, book.notices.words.small_crowd) && tier == notices::tier::large)
      doubt("attendance", "event_doubt.small", slot("attendance"));
    else if (has_phrase(heard, book.notices.words.large_crowd) && tier != notices::tier::large)
      doubt("attendance", "event_doubt.large", slot("attendance"));
  }
  if (slot("public_place") == "no" && slot("indoors").empty()) {
    const auto about = language::split(slot("about") + " . " + slot("shape"));
    const bool marches = slot("purpose") == notices::name_of(purpose::procession) ||
                         has_phrase(about, book.notices.words.marching) ||
                         has_phrase(heard, book.notices.words.marching);
    if (marches) {
      set("indoors", "asked");
      doubt("public_place", "no", "yes");
    }
  }
}

// "jam 7 malam sampai jam 5 sore": the next day is as likely as a slip.
bool notice_talk::doubts_end(std::string_view words) {
  constexpr std::chrono::hours longest_night{14};
  const auto e = event_from(talk_.answers, world_.book.utc_offset);
  if (!e.start || !e.start->at || !e.end || !e.end->at || slot("doubted").starts_with("end ")) return false;
  const perception p = perceive(words, *e.start->at, world_.book);
  const bool next_day = p.meaning.when.resolved && *p.meaning.when.resolved <= *e.start->at;
  if (!next_day || *e.end->at - *e.start->at <= longest_night) return false;
  doubt(
      "end", slot("start"),
      answer_of(notices::time_at(*e.end->at - std::chrono::hours(24), world_.book.utc_offset), world_.book.utc_offset));
  return true;
}

// In answer to an end before the start: "mulai jam 5 sore", then the end was right.
bool notice_talk::corrects_start(const perception& p, std::string_view text) {
  const auto asked = parted(slot("doubted"));
  if (asked.size() != 3 || asked[0] != "end" || p.words.empty() ||
      phrase_at(p.words, 0, world_.book.notices.words.begins) == 0)
    return false;
  const std::string was = slot("start");
  set("start", was.substr(0, 10));
  const std::string hour = hour_of_day(was.substr(0, 10), text.substr(p.words.front().end));
  if (hour.empty()) return set("start", was), false;
  set("doubted", "");
  set("start", hour);
  const auto start = event_from(talk_.answers, world_.book.utc_offset).start;
  answer_map end = {{"start", asked[2]}};
  const auto told = event_from(end, world_.book.utc_offset).start;
  if (start && start->at && told && told->at && *told->at > *start->at) set("end", asked[2]);
  return true;
}

// "minggu 12 desember" where the 12th is a Saturday: asked, not guessed. The night before a day bears its name.
bool notice_talk::doubts_start(const perception& p) {
  const auto e = event_from(talk_.answers, world_.book.utc_offset);
  if (!e.start || !names_day_of_month(p.words, e.start->day)) return false;
  const auto day = std::chrono::weekday(std::chrono::sys_days(e.start->day.time_since_epoch())).iso_encoding();
  for (unsigned named = 1; named <= 7; ++named) {
    const std::string name = folded(text("weekday." + std::to_string(named)));
    for (std::size_t i = 0; i < p.words.size(); ++i) {
      if (p.words[i].folded != name || named == day) continue;
      const bool night = i > 0 && phrase_at(p.words, i - 1, world_.book.notices.words.nights) > 0;
      if (night && named == day % 7 + 1) continue;
      doubt("start", fmt::format("weekday.{}", named), slot("start").substr(0, 10));
      return true;
    }
  }
  return false;
}

}  // namespace bot
