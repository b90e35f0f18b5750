// What an organiser's words answer: a first message, answers to one question or several at once, a correction.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

// "pj Hendra" in answer to "siapa penanggung jawabnya?".
std::string_view without_label(const question& q, std::string_view text) {
  const auto words = language::split(text);
  std::size_t at = phrase_at(words, 0, q.after);
  if (at == 0) return text;
  while (at < words.size() && words[at].what == language::word::kind::sign) ++at;
  return at < words.size() ? text.substr(words[at].begin) : text;
}

// Said instead of an answer ("belum tahu"): short, and with nothing in it that could be one.
bool is_no_answer(std::string_view text, const handbook& book) {
  constexpr std::size_t short_words = 9;
  const auto words = language::split(text);
  const bool number = std::any_of(words.begin(), words.end(),
                                  [](const language::word& w) { return w.what == language::word::kind::number; });
  return words.size() <= short_words && !number && has_phrase(words, book.notices.words.unknown);
}

// "dari Gentong lewat Kebonsari ke Wirogunan": the wards of a route in order; empty where that is not certain.
std::vector<std::string> route_in(const perception& p, const handbook& book) {
  std::vector<std::string> codes;
  const auto& all = p.places.mentions;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].candidates.size() != 1 || all[i].candidates.front().how == geography::match::fuzzy) return {};
    const std::span words(p.words);
    if (i > 0 && (all[i].begin <= all[i - 1].end ||
                  !has_phrase(words.subspan(all[i - 1].end, all[i].begin - all[i - 1].end), book.notices.words.onward)))
      return {};
    const std::string& code = book.atlas.at(all[i].candidates.front().where).code;
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
  return codes.size() > 1 ? codes : std::vector<std::string>{};
}

}  // namespace

bool notice_talk::names_day_of_month(std::span<const language::word> words, notices::local_day day) {
  const std::string number = std::to_string(static_cast<unsigned>(std::chrono::year_month_day(day).day()));
  return std::any_of(words.begin(), words.end(), [&](const language::word& w) {
    return w.what == language::word::kind::number && (w.folded == number || w.folded == "0" + number);
  });
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
  if (q.slot == "recurs_end") {
    if (!bound_repeats(words) && is_no_answer(words, world_.book)) repeat_as_long_as_allowed();
    return;
  }
  if (q.slot == "repeats") {
    const auto end = end_in(words).first;
    hear_repeats(words.substr(0, end), words, true);
    if (end < words.size()) bound_repeats(words);
  }
  if (q.slot == "end") {
    words = without_label(q, words);
    if (slot("start").empty()) return set("end_words", std::string(words));  // counted once the start is known
    std::string end = end_after(slot("start"), words, world_.book);
    if (end.empty()) end = end_after(slot("start"), "jam " + std::string(words), world_.book);
    if (end.empty()) return;
    set("end", std::move(end));
    doubts_end(words);
    return;
  }
  if (q.slot == "start" && slot("start").size() == 10) {
    for (const std::string& said : {std::string(words), "jam " + std::string(words)})
      if (std::string hour = hour_of_day(slot("start"), said); !hour.empty()) return set("start", std::move(hour));
    return;
  }
  if (q.kind == question_kind::contact || q.kind == question_kind::text) {
    if (is_no_answer(words, world_.book)) return set(q.slot, "later");
    words = without_label(q, words);
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
  if (const auto route = route_in(p, world_.book); !route.empty()) {
    set("wards", joined(route));
    return set("wards_open", "");
  }
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
      const auto& leading = book.notices.words.leading;
      std::size_t end = at.begin;
      while (end > 0 && std::find(leading.begin(), leading.end(), about.words[end - 1].folded) != leading.end()) --end;
      const perception head = perceive(parts.about_event.substr(0, about.words[end].begin), in_.sent_at, book);
      e.start = notices::event_of(head.words, head.meaning, {}, book.atlas, book.notices.words, offset).start;
    }
  }

  hear_repeats(parts.about_event, text, correcting);
  const bool start_listed = slot("listed").find("start") != std::string::npos || talk_.asked == "start";
  const std::string have = slot("start");
  const auto began = event_from(talk_.answers, offset).start;
  const bool awaits_end = slot("listed").find("end") != std::string::npos || talk_.asked == "end";
  const bool other_day =
      e.start && began && (e.start->day < began->day || e.start->day - began->day > std::chrono::days(1));
  const std::string hour = fresh || have.size() != 10 ? std::string() : hour_of_day(have, parts.about_event);
  if (!hour.empty()) {
    set("start", hour);
  } else if (e.start && (have.empty() || correcting)) {
    set("start", answer_of(*e.start, offset));
  } else if (e.start && e.start->at && about.meaning.when.kind == language::spoken_time::kind::future &&
             have.size() > 10 && !start_listed && !fresh && slot("end").empty() && (awaits_end || !other_day)) {
    parts.of.try_emplace("end", parts.about_event);  // the start is known: another hour is the end
  }
  if (!e.attendance && (slot("attendance").empty() || correcting)) {
    // One alone is no crowd, and yet a number of people.
    for (std::size_t i = 0; i + 1 < about.words.size(); ++i) {
      static constexpr std::array people = {"orang", "org", "peserta", "tiyang", "wong", "oreng"};
      const auto& w = about.words[i];
      if (w.what == language::word::kind::number && w.folded.size() <= 9 && w.folded != "0" &&
          std::find(people.begin(), people.end(), about.words[i + 1].folded) != people.end())
        set("attendance", w.folded + "-" + w.folded);
    }
  }
  // "500", where their number was asked for among other things: no button and no hour is that large.
  const auto asked_for = parted(slot("listed"));
  if (const auto& w = p.words; !fresh && !e.attendance && slot("attendance").empty() && w.size() == 1 &&
                               w[0].what == language::word::kind::number && w[0].folded.size() >= 3 &&
                               w[0].folded.size() <= 7 &&
                               std::find(asked_for.begin(), asked_for.end(), "attendance") != asked_for.end())
    set("attendance", w[0].folded + "-" + w[0].folded);
  if (e.attendance && e.attendance->max > 0) put("attendance", crowd_answer({e.attendance->min, e.attendance->max}));
  if (e.participants_from) put("participants_from", std::string(notices::name_of(*e.participants_from)));
  const auto put_flag = [&](std::string_view name, std::optional<bool> flag) {
    if (flag) put(name, *flag ? "yes" : "no");
  };
  put_flag("public_place", e.public_place);
  put_flag("public_road", e.public_road);
  put_flag("fireworks", e.fireworks);
  put_flag("on_campus", e.on_campus);
  for (std::size_t i = 0; i < book.notices.words.roads.size(); ++i)
    if (has_phrase(about.words, book.notices.words.roads[i]))
      put("road_class", std::string(notices::name_of(static_cast<notices::road_class>(i))));
  // "sampai 20 desember jam 21.00 di lapangan Sungiwetan": the place stands behind the end.
  const auto end_words = parts.of.find("end");
  const bool behind = about.places.what == geography::place_finding::outcome::nothing && end_words != parts.of.end();
  const perception placed = behind ? perceive(end_words->second, in_.sent_at, book) : about;
  fill_place(placed, correcting);
  if (const auto& at = placed.places;
      at.end > at.begin && at.end <= placed.words.size() && (slot("venue").empty() || correcting)) {
    // "lapangan Sungiwetan", "alun2 pasuruan": the spot itself, as it was said.
    const std::string_view all = behind ? end_words->second : parts.about_event;
    const bool route = !route_in(placed, book).empty();
    const auto first = route ? placed.places.mentions.front().begin : at.begin;
    const auto last = route ? placed.places.mentions.back().end : at.end;
    set("venue",
        std::string(all.substr(placed.words[first].begin, placed.words[last - 1].end - placed.words[first].begin)));
  }

  if (!correcting) doubt_answers(about, e, parts.of.contains("end"));

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

void notice_talk::hear(const perception& p, std::string_view text) {
  const bool fresh = !open();
  if (fresh && comfort(p)) return;
  start_form();
  const auto before = talk_.answers;
  const std::string asked = talk_.asked;
  bool answered = !fresh && (choose_of_doubt(asked, p.folded) || corrects_start(p, text));
  // A button's answer given in words.
  if (!fresh && !answered) {
    for (const char* also : {"choice", "asked"}) {
      const question* q = find(also == std::string("choice") ? slot("choice") : asked);
      if (q == nullptr || q->kind != question_kind::choice || !slot(q->slot).empty()) continue;
      auto answer = read_answer(*q, p, text, talk_.language, world_.book);
      if (!answer && q->slot == "road_class" && is_no_answer(text, world_.book)) answer = "unknown";
      if (answer) {
        set(q->slot, std::move(*answer));
        answered = true;
        break;
      }
    }
    const question* one = find(asked);
    const bool lacks = one != nullptr && (slot(one->slot).empty() || (asked == "start" && slot("start").size() == 10));
    const bool says_more = one != nullptr && one->kind == question_kind::contact && names_another_day(p);
    if (!answered && lacks && !says_more && parted(slot("listed")).size() <= 1 && slot("choice").empty() &&
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
  const bool corrects = p.meaning.intent == language::intent::correction;
  if (!corrects) doubt_together(p.words);
  if (slot("recurs").empty() && doubts_start(p)) return go_on();
  talk_.prompts = talk_.answers == before ? talk_.prompts + 1 : 0;
  if (asked == "confirm" && talk_.answers == before) return read_back(plan_now());
  go_on();
}

}  // namespace bot
