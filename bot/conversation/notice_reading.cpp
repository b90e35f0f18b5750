// What an organiser's words answer: a first message, answers to one question or several at once, a correction.
#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/written_moment.hpp"

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

std::string names_of(const std::vector<notices::purpose>& all) {
  std::vector<std::string> names;
  for (const auto one : all) names.emplace_back(notices::name_of(one));
  return joined(names);
}

// "jam 7" of what was to begin at eight in the evening is seven in the evening.
std::string like_before(const std::string& moment, const std::string& was, std::string_view words,
                        const handbook& book) {
  const auto now = read_moment(moment), before = read_moment(was);
  if (!now || !before || was.size() == 10 || language::names_day_part(words, book.lexicon)) return moment;
  const bool evening = was.substr(11, 2) >= "12" && moment.substr(11, 2) > "00" && moment.substr(11, 2) < "12";
  return evening ? written(now->at + std::chrono::hours(12), book.utc_offset) : moment;
}

// "jadi 80 orang", "pindah ke Gentong": what was told before is told anew.
bool says_otherwise(const perception& p, const handbook& book) {
  const auto filed = book.notices.words.answers.find("filed");
  if (filed == book.notices.words.answers.end()) return false;
  const auto becomes = filed->second.find("becomes");
  return becomes != filed->second.end() && has_phrase(p.words, becomes->second);
}

bool may_be_none(const question& q) { return q.slot == "props" || q.slot == "gear" || q.slot == "speakers"; }

// "spanduk, satu kecamatan": where people come from is no prop and no name.
void drop_reaches(std::map<std::string, std::string>& answers, const notices::event_words& rules) {
  constexpr std::size_t most_words = 4;
  for (const char* slot : {"props", "gear", "group", "speakers"}) {
    const auto at = answers.find(slot);
    if (at == answers.end()) continue;
    std::string kept;
    std::string_view left = at->second;
    while (!left.empty()) {
      const auto comma = std::min(left.find(", "), left.size());
      const std::string_view part = left.substr(0, comma);
      left.remove_prefix(std::min(comma + 2, left.size()));
      const auto words = language::split(part);
      const bool reach = !kept.empty() && words.size() <= most_words &&
                         std::any_of(rules.reaches.begin(), rules.reaches.end(),
                                     [&](const auto& phrases) { return has_phrase(words, phrases); });
      if (!reach) kept += (kept.empty() ? "" : ", ") + std::string(part);
    }
    at->second = kept;
  }
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
  if (!slot("changes").empty()) set("renamed", "yes");
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
  if (!then.meaning.when.resolved || then.meaning.when.date_only ||
      then.meaning.when.kind == language::spoken_time::kind::now)
    return {};
  std::string moment = moment_answer(then.meaning.when, offset);
  return moment.starts_with(day) ? moment : std::string();
}

// What a change does not mention stays: the hour of the day, and how long it takes.
void notice_talk::set_start(std::string value, bool correcting) {
  const std::string was = slot("start"), end = slot("end");
  if (correcting && value.size() == 10 && was.size() > 10) value += was.substr(10);
  if (!end.empty() && end != "later" && !was.empty() && correcting)
    set("end", moved_end(end, was, value, world_.book.utc_offset));
  set("start", std::move(value));
}

// An end that was told before the start, and the last of several days.
void notice_talk::keep_end_after_start() {
  if (slot("start").empty()) return;
  if (const std::string words = slot("end_words"); !words.empty()) {
    set("end_words", "");
    if (const question* q = find("end")) answer_one(*q, words);
  }
  const std::string days = slot("days");
  std::string end = slot("end");
  if (days.empty() || end.empty() || slot("start").size() == 10) return;
  if (end == "later") end = slot("start").substr(0, 10);  // the last day is known, its hour is not
  set("end", end_over(slot("start"), end, std::stoi(days), world_.book.utc_offset));
  set("days", "");
}

// The first message, once it is known which questions the track has.
void notice_talk::read_told_again(const notices::plan& plan) {
  if (!plan.track || slot("about").empty() || slot("read_for") == notices::name_of(*plan.track)) return;
  set("read_for", std::string(notices::name_of(*plan.track)));
  const auto questions = all_questions();
  const auto again = parts_of(slot("about"), questions, {}, false, world_.book.notices.words);
  for (const question* q : questions)
    if (const auto said = again.of.find(q->slot);
        q->kind == question_kind::text && said != again.of.end() && slot(q->slot).empty())
      answer_one(*q, said->second);
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
      if (std::string hour = hour_of_day(slot("start"), said); !hour.empty()) return set_start(std::move(hour), false);
    return;
  }
  if (q.kind == question_kind::contact || q.kind == question_kind::text) {
    // "kirim" is for us; "tidak" may say that there is none.
    if (const auto word = world_.book.words.find(folded(words));
        word != world_.book.words.end() && word->second != "unknown" && (word->second != "no" || !may_be_none(q)))
      return;
    if (is_no_answer(words, world_.book)) return set(q.slot, "later");
    words = without_label(q, words);
  }
  if (q.kind == question_kind::contact) return keep_person(std::string(words));
  if (q.kind == question_kind::text) return set(q.slot, masked(std::string(words.substr(0, utf8_cut(words, q.most)))));
  if (q.kind == question_kind::place) return answer_place(words);
  const perception p = perceive(words, in_.sent_at, world_.book);
  if (auto answer = read_answer(q, p, words, talk_.language, world_.book)) set(q.slot, std::move(*answer));
}

void notice_talk::fill(const perception& p, std::string_view text, std::string_view typed, bool fresh) {
  const auto& book = world_.book;
  const bool correcting = talk_.asked == "confirm" || talk_.asked == "change" || !slot("changing").empty() ||
                          p.meaning.intent == language::intent::correction || (!fresh && says_otherwise(p, book));
  const auto offset = book.utc_offset;
  // Where one thing is to be changed, the others stay.
  const std::string changing = slot("changing");
  const auto may = [&](std::string_view name) {
    return slot(name).empty() || (correcting && (changing.empty() || changing == name));
  };
  const auto put = [&](std::string_view name, std::string value) {
    if (!value.empty() && may(name)) set(name, std::move(value));
  };
  // The kind of event first: it says which answers can be looked for.
  const auto whole = notices::event_of(p.words, p.meaning, p.places, book.atlas, book.notices.words, offset);
  if ((slot("purpose").empty() || changing == "purpose") && !whole.purposes.empty())
    set("purpose", names_of(whole.purposes));
  if (slot("kind").empty() || changing == "purpose") set("kind", std::string(p.meaning.event_kind));

  auto questions = all_questions();
  // Before the track is known, or on one that does not ask: whoever tells who is in charge and when it ends is heard.
  for (const auto& q : book.forms.find("permit")->second.questions)
    if ((q.slot == "person" || q.slot == "end") && find(q.slot) == nullptr) questions.push_back(&q);
  auto parts = parts_of(text, questions, parted(slot("listed")), !fresh, book.notices.words);
  drop_reaches(parts.of, book.notices.words);
  const perception about = perceive(parts.about_event, in_.sent_at, book);
  auto e = notices::event_of(about.words, about.meaning, about.places, book.atlas, book.notices.words, offset);
  // "mau tutup jalan": what is told as if it went on is no event of this minute.
  if (about.meaning.when.kind == language::spoken_time::kind::now &&
      !language::names_now(parts.about_event, book.lexicon))
    e.start.reset();
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
  const bool awaits_end = slot("listed").find("end") != std::string::npos || talk_.asked == "end";
  const std::string have = slot("start");
  const auto began = event_from(talk_.answers, offset).start;
  const bool other_day =
      e.start && began && (e.start->day < began->day || e.start->day - began->day > std::chrono::days(1));
  // The day stays where only another hour is said.
  const bool only_hour =
      !fresh &&
      (have.size() == 10 || (correcting && !have.empty() && !language::names_day(parts.about_event, book.lexicon)));
  const std::string hour = only_hour && (have.size() == 10 || may("start"))
                               ? hour_of_day(have.substr(0, 10), parts.about_event)
                               : std::string();
  if (!hour.empty()) {
    set_start(like_before(hour, have, parts.about_event, book), correcting);
  } else if (e.start &&
             (have.empty() || (may("start") && about.meaning.when.kind == language::spoken_time::kind::future))) {
    set_start(answer_of(*e.start, offset), correcting);
  } else if (e.start && e.start->at && about.meaning.when.kind == language::spoken_time::kind::future &&
             have.size() > 10 && !start_listed && !fresh && slot("end").empty() && (awaits_end || !other_day)) {
    parts.of.try_emplace("end", parts.about_event);  // the start is known: another hour is the end
  }
  if (!e.attendance && may("attendance")) {
    // One alone is no crowd, and yet a number of people.
    for (std::size_t i = 0; i + 1 < about.words.size(); ++i) {
      const auto& w = about.words[i];
      if (w.what == language::word::kind::number && w.folded.size() <= 9 && w.folded != "0" &&
          phrase_at(about.words, i + 1, book.notices.words.heads) > 0)
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
  if (may("wards")) fill_place(placed, correcting);
  if (slot("venue").empty() || (correcting && may("wards")))
    fill_venue(placed, behind ? std::string_view(end_words->second) : parts.about_event);

  if (!correcting) doubt_answers(about, e, parts.of.contains("end"));

  for (const question* q : questions) {
    const auto said = parts.of.find(q->slot);
    if (said != parts.of.end() && (changing.empty() ? correcting || !fresh || slot(q->slot).empty() : may(q->slot)))
      answer_one(*q, said->second);
  }
  if (slot("end").empty() && has_phrase(p.words, book.notices.words.open_end)) set("end", "later");
  if (fresh) {
    if (slot("about").empty()) {
      std::string about_words = parts_of(typed, questions, {}, false, book.notices.words).told;
      about_words.resize(utf8_cut(about_words, 500));
      set("about", masked(without_numbers(about_words)));
    }
    return;
  }
  // "belum tahu pj nya": one of those that are asked, and its name stands anywhere.
  if (is_no_answer(text, book)) {
    for (const auto& name : parted(slot("listed")))
      if (const question* q = find(name); q != nullptr && slot(name).empty() && has_phrase(p.words, q->after)) {
        answer_one(*q, text);
        return;
      }
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

}  // namespace bot
