// What an organiser writes of an event that is filed already: questions, that the letter is handed over, changes in
// free words. And whether a first message tells of the writer's own event.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/recommendation.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

const phrase_set& list(const handbook& book, const char* name) {
  static const phrase_set none;
  const auto& all = book.notices.words.answers;
  const auto section = all.find("filed");
  if (section == all.end()) return none;
  const auto at = section->second.find(name);
  return at == section->second.end() ? none : at->second;
}

// Where the phrase stands with nothing before it but greetings and the writer himself.
std::optional<std::size_t> at_head(std::span<const language::word> words, const phrase_set& wanted,
                                   const handbook& book) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (phrase_at(words, i, wanted) > 0) return i;
    if (words[i].what != language::word::kind::sign && phrase_at(words, i, list(book, "self")) == 0)
      return std::nullopt;
  }
  return std::nullopt;
}

// What happens to somebody is no change of an event.
bool is_calm(const language::understanding& m) {
  static constexpr std::array calm = {"", "traffic_or_road_block", "gathering", "unclear", "other", "protest", "noise"};
  return !m.weapons && !m.injuries && m.level != cases::level::high &&
         std::find(calm.begin(), calm.end(), m.category) != calm.end();
}

}  // namespace

const phrase_set& notice_talk::filed_phrases(const char* name) const { return list(world_.book, name); }

bool notice_talk::is_himself(const perception& p) const {
  return !open() && is_calm(p.meaning) && at_head(p.words, list(world_.book, "himself"), world_.book).has_value();
}

void notice_talk::say_standing(const notices::notice& n) {
  std::vector<argument> args = {{"number", n.number},
                                {"what", purpose_key(n.answers), true},
                                {"when", notices::span_words(n.answers, talk_.language, world_)},
                                {"unit", cases::name_of_unit(n.filed.unit, world_)},
                                {"receipt", n.filed.number},
                                {"state", notices::told_state_key(n.filed), true}};
  for (auto& a : notices::waiting_arguments(n, talk_.language, world_)) args.push_back(std::move(a));
  say_with("notice.status", std::move(args), notices::recommend_choices(n, world_));
}

void notice_talk::say_papers(const notices::notice& n) {
  std::string documents;
  for (const auto& item : notices::legal_items(n, world_)) documents += "· " + item + "\n";
  if (documents.empty()) return say_standing(n);
  const auto practice = notices::practice_of(n, world_);
  say_with(n.filed.track == notices::track::permit ? "permit.bring" : "notice.bring",
           {{"number", n.number},
            {"unit", cases::name_of_unit(n.filed.unit, world_)},
            {"hours", practice.desk_hours ? " (" + *practice.desk_hours + ")" : ""},
            {"documents", documents}});
}

// He says so; whether it is so the officers know.
void notice_talk::hand_over(const notices::notice& was) {
  notices::notice n = notices::touched(was, world_);
  n.answers["handed"] = written_day(world_.now, world_.book.utc_offset);
  turn_.notice_events.push_back({n.id, "handed_over", facts_.actor, "", world_.now});
  notices::announce_change(turn_, n, "notice_card.handed", world_);
  say_with("notice.handed", {{"number", n.number}, {"unit", cases::name_of_unit(n.filed.unit, world_)}});
  turn_.notices.push_back(std::move(n));
}

// "diundur sehari", "dimajukan 2 jam": by how much; none: to when is said, or nothing.
std::optional<std::chrono::minutes> notice_talk::shift_in(const perception& p) const {
  int sign = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < p.words.size() && sign == 0; ++i) {
    if (phrase_at(p.words, i, list(world_.book, "later")) > 0) sign = 1;
    if (phrase_at(p.words, i, list(world_.book, "earlier")) > 0) sign = -1;
    at = i + 1;
  }
  if (sign == 0) return std::nullopt;
  using std::chrono::minutes;
  static constexpr std::pair<std::string_view, int> wholes[] = {{"sehari", 1440},      {"sedina", 1440},
                                                                {"sedinten", 1440},    {"seminggu", 7 * 1440},
                                                                {"sepekan", 7 * 1440}, {"sejam", 60}};
  static constexpr std::pair<std::string_view, int> units[] = {
      {"hari", 1440}, {"dina", 1440}, {"dinten", 1440}, {"minggu", 7 * 1440}, {"pekan", 7 * 1440}, {"jam", 60}};
  static constexpr std::string_view numbers[] = {"satu", "dua", "tiga", "empat", "lima", "enam"};
  for (std::size_t i = at; i < p.words.size(); ++i) {
    const std::string& word = p.words[i].folded;
    for (const auto& [name, worth] : wholes)
      if (word == name) return minutes(sign * worth);
    int count = 0;
    if (p.words[i].what == language::word::kind::number && word.size() <= 2)
      std::from_chars(word.data(), word.data() + word.size(), count);
    for (std::size_t k = 0; k < std::size(numbers); ++k)
      if (word == numbers[k]) count = static_cast<int>(k) + 1;
    if (count == 0 || i + 1 >= p.words.size()) continue;
    for (const auto& [name, worth] : units)
      if (p.words[i + 1].folded == name) return minutes(sign * count * worth);
  }
  return std::nullopt;
}

bool notice_talk::change_filed(const perception& p, std::string_view text) {
  const auto& book = world_.book;
  const auto told = [&](const char* name) { return at_head(p.words, list(book, name), book).has_value(); };
  const auto shift = shift_in(p);
  const bool more = told("more"), fewer = told("fewer");
  const bool moved = has_phrase(p.words, list(book, "later")) || has_phrase(p.words, list(book, "earlier"));
  const bool tells = p.meaning.when.resolved || p.meaning.crowd ||
                     p.places.what != geography::place_finding::outcome::nothing ||
                     language::names_day(text, book.lexicon);
  if (!shift && !((more || fewer) && p.meaning.crowd) && !((told("becomes") || moved) && tells)) return false;
  const auto all = events();
  if (all.size() > 1) return ask_which("edit", "notice.which_change"), true;
  begin_edit(*all.front());
  talk_.asked = "change";
  if (shift) {
    if (const auto start = read_moment(slot("start")))
      set_start(written(start->at + *shift, book.utc_offset), true);
    else if (const auto day = read_day(slot("start")))
      set_start(written_day(instant{*day} + *shift - book.utc_offset, book.utc_offset), true);
    return go_on(), true;
  }
  if (const auto now = event_from(talk_.answers, book.utc_offset).attendance; (more || fewer) && now) {
    const std::int64_t by = p.meaning.crowd->min;
    const auto changed = [&](std::int64_t was) { return std::max<std::int64_t>(1, more ? was + by : was - by); };
    set("attendance", fmt::format("{}-{}", changed(now->min), changed(now->max)));
    return go_on(), true;
  }
  return hear(p, text), true;
}

bool notice_talk::hears_of_filed(const perception& p, std::string_view text) {
  if (!talk_.form.empty() || !is_calm(p.meaning)) return false;
  const auto all = alive();
  if (all.empty()) return false;
  const auto& book = world_.book;
  if (has_phrase(p.words, list(book, "handed"))) {
    for (const auto* n : with_parts(*all.front())) hand_over(*n);
    return true;
  }
  if (has_phrase(p.words, list(book, "papers"))) {
    for (const auto* n : all) say_papers(*n);
    return true;
  }
  if (has_phrase(p.words, list(book, "state"))) {
    for (const auto* n : all) say_standing(*n);
    return true;
  }
  return tells_date_off(p) || change_filed(p, text);
}

}  // namespace bot
