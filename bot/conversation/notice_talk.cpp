#include "bot/conversation/notice_talk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/recommendation.hpp"

namespace bot {
namespace {

constexpr std::string_view form_id = "event";

using notices::track;

std::string_view form_of(track where) {
  switch (where) {
    case track::expression: return "expression";
    case track::political: return "political";
    case track::permit: return "permit";
    case track::none: break;
  }
  return "information";
}

// Before the rules can tell: what such an event is most likely asked.
track likely(notices::purpose p) {
  switch (p) {
    case notices::purpose::opinion: return track::expression;
    case notices::purpose::political: return track::political;
    case notices::purpose::family:
    case notices::purpose::religious:
    case notices::purpose::campus_science:
    case notices::purpose::community: return track::none;
    default: return track::permit;
  }
}

}  // namespace

notice_talk::notice_talk(turn& t, const inbound& in, const facts& f, const world& w)
    : turn_(t), talk_(t.next), in_(in), facts_(f), world_(w) {}

bool notice_talk::open() const { return talk_.form == form_id; }

bool notice_talk::laid_aside() const { return !talk_.aside.empty(); }

std::string notice_talk::slot(std::string_view name) const {
  const auto at = talk_.answers.find(std::string(name));
  return at == talk_.answers.end() ? std::string() : at->second;
}

void notice_talk::set(std::string_view name, std::string value) {
  if (value.empty())
    talk_.answers.erase(std::string(name));
  else
    talk_.answers[std::string(name)] = std::move(value);
}

std::string_view notice_talk::text(std::string_view key) const { return world_.book.texts.text(talk_.language, key); }

std::string notice_talk::when_words(instant at) const {
  language::when w;
  w.resolved = at;
  return say_when(moment_answer(w, world_.book.utc_offset), world_.now, talk_.language, world_.book.texts,
                  world_.book.utc_offset);
}

std::string notice_talk::clock_words(instant at) const {
  return say_clock(at, world_.now, talk_.language, world_.book.texts, world_.book.utc_offset);
}

std::string notice_talk::when_day(const std::string& answer) const {
  return say_when(answer, world_.now, talk_.language, world_.book.texts, world_.book.utc_offset);
}

void notice_talk::say_with(std::string_view key, std::vector<argument> args, std::vector<choice> choices) {
  turn_.replies.push_back({.key = std::string(key), .args = std::move(args), .choices = std::move(choices)});
}

void notice_talk::start_form() {
  if (open()) return;
  talk_.form = form_id;
  talk_.form_version = world_.book.forms.find(form_id)->second.version;
  talk_.asked.clear();
  talk_.prompts = 0;
  talk_.filed.clear();
  talk_.greeted = true;
  ++talk_.draft;
  talk_.answers = {{"id", std::to_string(facts_.fresh.notice_id)}};
  talk_.expires_at = world_.now + world_.book.drafts.notice_life;
  turn_.timers.push_back({"notice_draft", facts_.fresh.notice_id, 0, talk_.expires_at + std::chrono::minutes(1)});
}

void notice_talk::lay_aside() {
  if (!open()) return;
  talk_.aside = std::move(talk_.answers);
  talk_.aside["until"] = std::to_string(to_millis(talk_.expires_at));
  talk_.answers.clear();
  close();
}

void notice_talk::begin() {
  if (open() && !slot("changes").empty()) {
    // Another event: what was to be changed stays as it is.
    const std::string number = slot("changes");
    close();
    say_with("notice.kept", {{"number", number}});
  } else if (open()) {
    if (!slot("purpose").empty() || !slot("start").empty()) say_with("notice.one_at_a_time");
    return go_on();
  }
  if (laid_aside()) {
    const instant until = from_millis(std::stoll("0" + talk_.aside["until"]));
    if (world_.now < until) {
      talk_.form = form_id;
      talk_.form_version = world_.book.forms.find(form_id)->second.version;
      talk_.answers = std::exchange(talk_.aside, {});
      talk_.answers.erase("until");
      talk_.asked.clear();
      talk_.expires_at = until;
      ++talk_.draft;
      return go_on();
    }
    talk_.aside.clear();
  }
  start_form();
  go_on();
}

void notice_talk::close() {
  talk_.form.clear();
  talk_.asked.clear();
  talk_.answers.clear();
  talk_.filed.clear();
  talk_.prompts = 0;
  talk_.expires_at = {};
  ++talk_.draft;
}

const form* notice_talk::track_form() const {
  const auto plan = plan_now();
  track where = track::none;
  if (plan.track)
    where = *plan.track;
  else if (const auto e = event_from(talk_.answers, world_.book.utc_offset); !e.purposes.empty())
    where = likely(e.purposes.front());
  else
    return nullptr;
  return &world_.book.forms.find(form_of(where))->second;
}

std::vector<const question*> notice_talk::all_questions() const {
  std::vector<const question*> all;
  if (const form* own = track_form())
    for (const auto& q : own->questions) all.push_back(&q);
  for (const auto& q : world_.book.forms.find(form_id)->second.questions)
    if (std::none_of(all.begin(), all.end(), [&](const question* have) { return have->slot == q.slot; }))
      all.push_back(&q);
  return all;
}

const question* notice_talk::find(std::string_view name) const {
  for (const question* q : all_questions())
    if (q->slot == name) return q;
  return nullptr;
}

notices::plan notice_talk::plan_of(const answer_map& answers) const {
  return notices::plan_event(event_from(answers, world_.book.utc_offset), world_.now, world_.book.notices,
                             world_.book.atlas, world_.book.units, world_.book.utc_offset);
}

notices::plan notice_talk::plan_now() const {
  auto plan = plan_of(talk_.answers);
  const auto* was = slot("changes").empty() ? nullptr : filed(slot("changes"));
  if (was != nullptr && notices::is_settled_for(*was, talk_.answers)) notices::keep_track(plan, *was, world_);
  return plan;
}

bool notice_talk::is_own(const perception& p) const {
  return p.meaning.category == "protest" && p.meaning.level.value_or(cases::level::low) != cases::level::high &&
         p.meaning.when.kind == language::spoken_time::kind::future &&
         has_phrase(p.words, world_.book.notices.words.own);
}

bool notice_talk::is_burial(const perception& p) const {
  static constexpr std::array calm = {"", "traffic_or_road_block", "gathering", "unclear", "other"};
  return !open() && !p.meaning.weapons && std::find(calm.begin(), calm.end(), p.meaning.category) != calm.end() &&
         has_phrase(p.words, world_.book.notices.words.burial);
}

bool notice_talk::comfort(const perception& p) {
  if (!has_phrase(p.words, world_.book.notices.words.funeral)) return false;
  const auto e = notices::event_of(p.words, p.meaning, p.places, world_.book.atlas, world_.book.notices.words,
                                   world_.book.utc_offset);
  const auto where = notices::stations_of(e.wards, world_.book.atlas, world_.book.units,
                                          notices::time_at(world_.now, world_.book.utc_offset).day);
  if (where.polsek.empty())
    say_with("notice.funeral_anywhere");
  else
    say_with("notice.funeral", {{"unit", cases::name_of_unit(where.polsek.front(), world_)}});
  return true;
}

bool notice_talk::takes(const perception& p) const {
  if (!open()) return false;
  using language::intent;
  // "sampai jam 10 malam" greets nobody.
  const bool number = std::any_of(p.words.begin(), p.words.end(),
                                  [](const language::word& w) { return w.what == language::word::kind::number; });
  // Nor does "malam" where a time is asked for.
  const question* asked = find(talk_.asked);
  const bool tells_time = asked != nullptr && asked->kind == question_kind::moment && p.words.size() == 1;
  switch (p.meaning.intent) {
    case intent::greeting: return p.words.size() > 4 || number || tells_time;
    case intent::thanks: return p.words.size() > 4 || number;
    case intent::question:
      // "kalau telat bisa dibubarkan?" is answered in between; "terop di jalan gak papa kan?" tells something.
      return p.meaning.when.resolved.has_value() || p.meaning.crowd.has_value();
    case intent::status_query:
    case intent::cancel: return false;
    default: return true;
  }
}

void notice_talk::locate(const said::pin& pin) {
  const auto where = cases::place_pin(pin.latitude, pin.longitude, "", "", world_);
  set("changing", "");
  talk_.prompts = 0;
  set("pin", fmt::format("{:.6f},{:.6f}", pin.latitude, pin.longitude));
  if (where.ward_codes.empty()) {
    set("wards", std::string(outside_area));
    set("wards_open", "");
  } else if (where.ward_codes.size() == 1) {
    set("wards", where.ward_codes.front());
    set("wards_open", "");
  } else {
    set("wards", "");
    set("wards_open", joined(where.ward_codes));
  }
  go_on();
}

bool notice_talk::tap(std::string_view data) {
  if (data.starts_with("e:")) {
    if (picks()) close();
    const std::string_view rest = data.substr(2);
    const auto colon = rest.find(':');
    const std::string_view action = rest.substr(0, colon);
    const std::string number(colon == std::string_view::npos ? "" : rest.substr(colon + 1));
    if (notices::after_tap(turn_, action, number, facts_, world_) ||
        notices::recommend_tap(turn_, action, number, facts_, world_))
      return true;
    if (action == "send") return open() ? confirm() : say_with("answer.stale_button"), true;
    if (action == "change") return change(), true;
    if (action == "voluntary" && open()) return set("voluntary", "yes"), go_on(), true;
    if (action == "leave" && open()) return close(), say_with("notice.left"), true;
    if (action == "keep") return say_with("notice.kept", {{"number", number}}), true;
    const auto value = number.find(':');
    const notices::notice* n = number.empty() ? nullptr : filed(number.substr(0, value));
    if (n == nullptr) return say_with("answer.stale_button"), true;
    if (action == "cancel") return cancel({n}), true;
    if (action == "both") return cancel(with_parts(*n)), true;
    if (action == "drop") return ask_cancel(*n), true;
    if (action == "edit") return edit(*n), true;
    if (action == "dates") return ask_which_date(*n, "notice.which_date_off"), true;
    if ((action == "off" || action == "only") && value != std::string::npos)
      return tell_date_off(*n, number.substr(value + 1)), true;
    if (action == "paper") return give_paper(*n), true;
    if (action == "complete") {
      talk_.form = "notice_words";
      talk_.filed = n->number;
      talk_.expires_at = world_.now + std::chrono::hours(24);
      say_with("notice.ask_complete",
               {{"number", n->number},
                {"items", n->answers.contains("asked_items") ? n->answers.at("asked_items") : std::string()}});
      return true;
    }
    return say_with("answer.stale_button"), true;
  }
  if (!open() || !data.starts_with("c:")) return false;
  if (data.starts_with("c:change:")) {
    const question* q = find(data.substr(9));
    if (q == nullptr || talk_.asked != "change") return say_with("answer.stale_button"), true;
    return change_part(*q), true;
  }
  if (const auto colon = data.find(':', 2); colon != std::string_view::npos && open())
    if (choose_of_doubt(data.substr(2, colon - 2), data.substr(colon + 1))) return go_on(), true;
  for (const question* q : all_questions()) {
    const auto value = read_button(*q, data);
    if (!value) continue;
    if (q->kind == question_kind::place) {
      if (*value != outside_area && world_.book.atlas.find(*value) == geography::no_area) return false;
      set("wards_open", "");
    }
    set(q->slot, *value);
    set("changing", "");
    talk_.prompts = 0;
    return go_on(), true;
  }
  return say_with("answer.stale_button"), true;
}

void notice_talk::confirm() {
  if (!open()) return say_with("cancel.nothing");
  set("changing", "");  // what was to be changed and was not stays
  auto plan = plan_now();
  auto open_ones = missing(plan);
  // What the rules do not need may follow.
  const auto may_follow = [&](const question* q) {
    const bool ruled = std::any_of(plan.ask.begin(), plan.ask.end(),
                                   [&](notices::slot one) { return notices::name_of(one) == q->slot; });
    return !ruled && (q->kind == question_kind::text || q->kind == question_kind::contact || q->slot == "end");
  };
  if (plan.track && slot("wards_open").empty() && !open_ones.empty() &&
      std::all_of(open_ones.begin(), open_ones.end(), may_follow)) {
    for (const question* q : open_ones) set(q->slot, "later");
    return go_on();
  }
  if (!open_ones.empty() || !plan.track || (talk_.asked != "confirm" && talk_.asked != "change")) return go_on();
  const std::string number = slot("changes");
  if (number.empty()) return file(plan);
  if (const auto* was = filed(number)) return refile(*was, plan);
  close();
  say_with("notice.over", {{"number", number}});
}

}  // namespace bot
