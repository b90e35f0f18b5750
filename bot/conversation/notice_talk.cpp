#include "bot/conversation/notice_talk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/desk.hpp"

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
  if (open()) return go_on();
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

notices::plan notice_talk::plan_now() const {
  return notices::plan_event(event_from(talk_.answers, world_.book.utc_offset), world_.now, world_.book.notices,
                             world_.book.atlas, world_.book.units, world_.book.utc_offset);
}

void notice_talk::keep_person(std::string words) {
  words = masked(words.substr(0, utf8_cut(words, 300)));
  set("person", "given");
  turn_.persons.push_back({std::stoll("0" + slot("id")), std::move(words)});
}

// The day was told before, now its hour. Empty: the words name none, or another day.
std::string notice_talk::hour_of_day(const std::string& day, std::string_view words) const {
  answer_map only_day = {{"start", day}};
  const auto offset = world_.book.utc_offset;
  const auto start = event_from(only_day, offset).start;
  if (!start) return {};
  const instant midnight = instant{start->day.time_since_epoch()} - offset;
  const perception then = perceive(words, midnight, world_.book);
  if (!then.meaning.when.resolved || then.meaning.when.date_only) return {};
  std::string moment = moment_answer(then.meaning.when, offset);
  return moment.starts_with(day) ? moment : std::string();
}

void notice_talk::answer_one(const question& q, std::string_view words) {
  if (q.slot == "end") {
    if (slot("start").empty()) return set("end_words", std::string(words));  // counted once the start is known
    std::string end = end_after(slot("start"), words, world_.book);
    if (end.empty()) end = end_after(slot("start"), "jam " + std::string(words), world_.book);
    return end.empty() ? void() : set("end", std::move(end));
  }
  if (q.slot == "start" && slot("start").size() == 10) {
    for (const std::string& said : {std::string(words), "jam " + std::string(words)})
      if (std::string hour = hour_of_day(slot("start"), said); !hour.empty()) return set("start", std::move(hour));
    return;
  }
  if (q.kind == question_kind::contact) return keep_person(std::string(words));
  if (q.kind == question_kind::text) return set(q.slot, masked(std::string(words.substr(0, utf8_cut(words, q.most)))));
  const perception p = perceive(words, in_.sent_at, world_.book);
  if (q.kind == question_kind::place) return fill_place(p, true);
  if (auto answer = read_answer(q, p, words, talk_.language, world_.book)) set(q.slot, std::move(*answer));
}

void notice_talk::fill_place(const perception& p, bool correcting) {
  using outcome = geography::place_finding::outcome;
  if (!correcting && !slot("wards").empty() && slot("wards_open").empty()) return;
  if (p.places.what == outcome::outside) {
    set("wards", std::string(outside_area));
    set("pin", "");
    if (!p.places.mentions.empty() && slot("venue").empty()) {
      const auto& at = p.places.mentions.front();
      std::string named;
      for (auto i = at.begin; i < at.end && i < p.words.size(); ++i)
        named += (named.empty() ? "" : " ") + p.words[i].folded;
      set("venue", std::move(named));
    }
    return set("wards_open", "");
  }
  if (p.places.what != outcome::inside || p.places.candidates.empty()) return;
  std::vector<std::string> codes;
  for (const auto& c : p.places.candidates)
    if (codes.size() < 9) codes.push_back(world_.book.atlas.at(c.where).code);
  // What both messages allow settles it.
  if (const auto before = parted(slot("wards_open")); !before.empty() && !correcting) {
    std::vector<std::string> both;
    for (const auto& one : codes)
      for (const auto& other : before)
        if (one == other || one.starts_with(other + ".") || other.starts_with(one + "."))
          both.push_back(one.size() > other.size() ? one : other);
    if (!both.empty()) codes = std::move(both);
  }
  // A mere similarity proposes; the organiser decides by the button.
  const bool settled = p.places.settled && codes.size() == 1;
  if (!settled || codes.front() != slot("wards")) set("pin", "");
  set("wards", settled ? codes.front() : "");
  set("wards_open", settled ? "" : joined(codes));
}

void notice_talk::fill(const perception& p, std::string_view text, bool fresh) {
  const auto& book = world_.book;
  const bool correcting =
      talk_.asked == "confirm" || talk_.asked == "change" || p.meaning.intent == language::intent::correction;
  const auto offset = book.utc_offset;
  const auto put = [&](std::string_view name, std::string value) {
    if (!value.empty() && (correcting || slot(name).empty())) set(name, std::move(value));
  };
  // The kind of event first: it says which answers can be looked for.
  const auto whole = notices::event_of(p.words, p.meaning, p.places, book.atlas, book.notices.words, offset);
  if (slot("purpose").empty() && !whole.purposes.empty())
    set("purpose", std::string(notices::name_of(whole.purposes.front())));

  const auto questions = all_questions();
  auto parts = parts_of(text, questions, parted(slot("listed")), !fresh);
  const perception about = perceive(parts.about_event, in_.sent_at, book);
  auto e = notices::event_of(about.words, about.meaning, about.places, book.atlas, book.notices.words, offset);
  if (!e.start && !fresh) {  // "12 desember jam 5 sore": a date and nothing before it
    const perception dated = perceive("tanggal " + parts.about_event, in_.sent_at, book);
    e.start = notices::event_of(dated.words, dated.meaning, dated.places, book.atlas, book.notices.words, offset).start;
    if (const auto& at = about.places; !e.start && at.end > at.begin && at.begin < about.words.size()) {
      // The words that only lead to the name hide the date.
      static constexpr std::array leading = {"di", "kel", "kelurahan", "desa", "ds", "ing", "teng", "wonten", "."};
      std::size_t end = at.begin;
      while (end > 0 && std::find(leading.begin(), leading.end(), about.words[end - 1].folded) != leading.end()) --end;
      const perception head = perceive(parts.about_event.substr(0, about.words[end].begin), in_.sent_at, book);
      e.start = notices::event_of(head.words, head.meaning, {}, book.atlas, book.notices.words, offset).start;
    }
  }

  const bool start_listed = slot("listed").find("start") != std::string::npos || talk_.asked == "start";
  const std::string have = slot("start");
  const std::string hour = fresh || have.size() != 10 ? std::string() : hour_of_day(have, parts.about_event);
  if (!hour.empty()) {
    set("start", hour);
  } else if (e.start && (have.empty() || correcting)) {
    set("start", answer_of(*e.start, offset));
  } else if (e.start && e.start->at && about.meaning.when.kind == language::spoken_time::kind::future &&
             have.size() > 10 && !start_listed && !fresh && slot("end").empty()) {
    parts.of.try_emplace("end", parts.about_event);  // the start is known: another hour is the end
  }
  if (!e.attendance && (slot("attendance").empty() || correcting)) {
    // One alone is no crowd, and yet a number of people.
    for (std::size_t i = 0; i + 1 < about.words.size(); ++i) {
      static constexpr std::array people = {"orang", "org", "peserta", "tiyang", "wong", "oreng"};
      const auto& w = about.words[i];
      if (w.what == language::word::kind::number && w.folded.size() <= 9 &&
          std::find(people.begin(), people.end(), about.words[i + 1].folded) != people.end())
        set("attendance", w.folded + "-" + w.folded);
    }
  }
  if (e.attendance) put("attendance", crowd_answer({e.attendance->min, e.attendance->max}));
  if (e.participants_from) put("participants_from", std::string(notices::name_of(*e.participants_from)));
  const auto put_flag = [&](std::string_view name, std::optional<bool> flag) {
    if (flag) put(name, *flag ? "yes" : "no");
  };
  put_flag("public_place", e.public_place);
  put_flag("public_road", e.public_road);
  put_flag("fireworks", e.fireworks);
  put_flag("on_campus", e.on_campus);
  fill_place(about, correcting);
  if (const auto& at = about.places;
      at.end > at.begin && at.end <= about.words.size() && (slot("venue").empty() || correcting)) {
    // "lapangan Sungiwetan", "alun2 pasuruan": the spot itself, as it was said.
    const std::string_view all = parts.about_event;
    set("venue", std::string(all.substr(about.words[at.begin].begin,
                                        about.words[at.end - 1].end - about.words[at.begin].begin)));
  }

  for (const question* q : questions) {
    const auto said = parts.of.find(q->slot);
    if (said != parts.of.end() && (correcting || !fresh || slot(q->slot).empty())) answer_one(*q, said->second);
  }
  if (fresh) {
    if (slot("about").empty()) {
      std::string about_words = parts.about_event;
      about_words.resize(utf8_cut(about_words, 500));
      set("about", masked(without_numbers(about_words)));
    }
    return;
  }
  // What was asked in words and not found by any: one question left takes all that is left, several take it in turn.
  std::vector<const question*> open_ones;
  for (const auto& name : parted(slot("listed")))
    if (const question* q = find(name); q != nullptr && slot(name).empty() && !parts.of.contains(name) &&
                                        (q->kind == question_kind::text || q->kind == question_kind::contact))
      open_ones.push_back(q);
  // Who is in charge is not guessed among other questions.
  if (parted(slot("listed")).size() > 1)
    std::erase_if(open_ones, [](const question* q) { return q->kind == question_kind::contact; });
  std::erase_if(parts.rest, [&](const std::string& one) {
    const perception words = perceive(one, in_.sent_at, book);
    const bool told =
        words.meaning.crowd || words.meaning.when.resolved ||
        words.places.what != geography::place_finding::outcome::nothing ||
        notices::event_of(words.words, words.meaning, words.places, book.atlas, book.notices.words, offset)
            .participants_from;
    return told || words.words.empty();
  });
  if (open_ones.size() == 1 && !parts.rest.empty()) {
    std::string all;
    for (const auto& one : parts.rest) all += (all.empty() ? "" : ", ") + one;
    answer_one(*open_ones.front(), all);
  } else if (open_ones.size() == parts.rest.size()) {
    for (std::size_t i = 0; i < open_ones.size(); ++i) answer_one(*open_ones[i], parts.rest[i]);
  }
}

bool notice_talk::is_own(const perception& p) const {
  return p.meaning.category == "protest" && p.meaning.level.value_or(cases::level::low) != cases::level::high &&
         p.meaning.when.kind == language::spoken_time::kind::future &&
         has_phrase(p.words, world_.book.notices.words.own);
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

void notice_talk::hear(const perception& p, std::string_view text) {
  const bool fresh = !open();
  if (fresh && comfort(p)) return;
  start_form();
  const auto before = talk_.answers;
  const std::string asked = talk_.asked;
  bool answered = false;
  // A button's answer given in words.
  if (!fresh) {
    for (const char* also : {"choice", "asked"}) {
      const question* q = find(also == std::string("choice") ? slot("choice") : asked);
      if (q == nullptr || q->kind != question_kind::choice || !slot(q->slot).empty()) continue;
      if (auto answer = read_answer(*q, p, text, talk_.language, world_.book)) {
        set(q->slot, std::move(*answer));
        answered = true;
        break;
      }
    }
    const question* one = find(asked);
    const bool lacks = one != nullptr && (slot(one->slot).empty() || (asked == "start" && slot("start").size() == 10));
    if (!answered && lacks && parted(slot("listed")).size() <= 1 && slot("choice").empty() &&
        one->kind != question_kind::choice) {
      answer_one(*one, text);
      answered = talk_.answers != before;
    }
    if (asked == "exempt") {
      const auto word = world_.book.words.find(p.folded);
      if (word != world_.book.words.end() && word->second == "no") return drop();
      if (word != world_.book.words.end() && agrees(word->second)) {
        set("voluntary", "yes");
        answered = true;
      }
    }
  }
  if (!answered) fill(p, text, fresh);
  talk_.prompts = talk_.answers == before ? talk_.prompts + 1 : 0;
  if (asked == "confirm" && talk_.answers == before) return read_back(plan_now());
  go_on();
}

bool notice_talk::takes(const perception& p) const {
  if (!open()) return false;
  using language::intent;
  // "sampai jam 10 malam" greets nobody.
  const bool number = std::any_of(p.words.begin(), p.words.end(),
                                  [](const language::word& w) { return w.what == language::word::kind::number; });
  switch (p.meaning.intent) {
    case intent::greeting:
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
    const std::string_view rest = data.substr(2);
    const auto colon = rest.find(':');
    const std::string_view action = rest.substr(0, colon);
    const std::string number(colon == std::string_view::npos ? "" : rest.substr(colon + 1));
    if (action == "send") return open() ? confirm() : say_with("answer.stale_button"), true;
    if (action == "change") return change(), true;
    if (action == "voluntary" && open()) return set("voluntary", "yes"), go_on(), true;
    if (action == "leave" && open()) return close(), say_with("notice.left"), true;
    if (action == "keep") return say_with("notice.kept", {{"number", number}}), true;
    const notices::notice* n = number.empty() ? nullptr : filed(number);
    if (n == nullptr) return say_with("answer.stale_button"), true;
    if (action == "cancel") return cancel(*n), true;
    if (action == "edit") return edit(*n), true;
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
    set(q->slot, "");
    if (q->slot == "wards") set("wards_open", ""), set("venue", ""), set("pin", "");
    if (q->slot == "start") set("end", "");
    set("listed", "");
    return go_on(), true;
  }
  for (const question* q : all_questions()) {
    const auto value = read_button(*q, data);
    if (!value) continue;
    if (q->kind == question_kind::place) {
      if (*value != outside_area && world_.book.atlas.find(*value) == geography::no_area) return false;
      set("wards_open", "");
    }
    set(q->slot, *value);
    return go_on(), true;
  }
  return say_with("answer.stale_button"), true;
}

void notice_talk::confirm() {
  if (!open()) return say_with("cancel.nothing");
  const auto plan = plan_now();
  if (!missing(plan).empty() || !plan.track) return go_on();
  const std::string number = slot("changes");
  if (number.empty()) return file(plan);
  if (const auto* was = filed(number)) return refile(*was, plan);
  close();
  say_with("notice.over", {{"number", number}});
}

}  // namespace bot
