// One message to the form of an event, from what is typed to the next question: what is heard as an answer by button,
// to the question that stands, or as news of any part of the event.
#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/correction.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {

// A question by buttons, answered in words.
bool notice_talk::answer_choice(const perception& p, std::string_view text) {
  for (const std::string& name : {slot("choice"), talk_.asked}) {
    const question* q = find(name);
    if (q == nullptr || q->kind != question_kind::choice || (!slot(q->slot).empty() && slot("changing") != q->slot))
      continue;
    // A number beside a numbered list answers the list.
    const bool bare_number = p.words.size() == 1 && p.words.front().what == language::word::kind::number;
    if (bare_number && !slot("listed").empty()) continue;
    if (auto answer = read_answer(*q, p, text, talk_.language, world_.book)) {
      set(q->slot, std::move(*answer));
      return true;
    }
    if (q->slot == "road_class" && is_no_answer(text, world_.book)) return set(q->slot, "unknown"), true;
    const auto& in_words = world_.book.notices.words.answers;
    const auto other = in_words.find(q->slot);
    if (other == in_words.end()) continue;
    if (auto answer = notices::answer_in(p.words, other->second);
        answer && (*answer == "yes" || std::find(q->choices.begin(), q->choices.end(), *answer) != q->choices.end())) {
      set(q->slot, std::move(*answer));
      // With more in it than that, the rest is read as well.
      constexpr std::size_t short_answer = 8;
      const bool number = std::any_of(p.words.begin(), p.words.end(),
                                      [](const language::word& w) { return w.what == language::word::kind::number; });
      return p.words.size() <= short_answer && !number;
    }
  }
  return false;
}

std::optional<std::size_t> notice_talk::correct_kind(const perception& p, std::string_view text) {
  const auto& book = world_.book;
  const auto right = corrected_from(p.words, book.corrections, book.choices.courtesy);
  if (!right || slot("purpose").empty()) return std::nullopt;
  const auto kinds_of = [&](std::string_view words) {
    const perception said = perceive(words, in_.sent_at, book);
    return std::pair(
        notices::event_of(said.words, said.meaning, said.places, book.atlas, book.notices.words, book.utc_offset)
            .purposes,
        std::string(said.meaning.event_kind));
  };
  const std::size_t from = *right < p.words.size() ? p.words[*right].begin : text.size();
  const auto had = event_from(talk_.answers, book.utc_offset).purposes;
  const auto [denied, denied_kind] = kinds_of(text.substr(0, from));
  const auto [now, kind] = kinds_of(text.substr(from));
  // What is denied is the kind that was noted, or nothing; "bukan jalan kaki, orasi saja" is about its form.
  if (!denied.empty() && denied.front() != had.front()) return std::nullopt;
  const bool only_denied = now.empty() && from == text.size() && !denied.empty();
  if (!only_denied && (now.empty() || now.front() == had.front())) return std::nullopt;
  if (only_denied) {
    set("purpose", "");
  } else {
    say_with("event.kind_changed", {{"what", fmt::format("event_purpose.{}", notices::name_of(now.front())), true},
                                    {"was", fmt::format("event_purpose.{}", notices::name_of(had.front())), true}});
    set("purpose", std::string(notices::name_of(now.front())));
  }
  set("kind", kind);
  // The first message told of the other kind.
  set("about", masked(without_numbers(text.substr(from).substr(0, utf8_cut(text.substr(from), 500)))));
  set("voluntary", "");
  set("explained", "");
  set("changing", "");
  return right;
}

void notice_talk::hear(const perception& as_typed, std::string_view typed) {
  const bool fresh = !open();
  if (fresh && comfort(as_typed)) return;
  start_form();
  const auto before = talk_.answers;
  const std::string asked = talk_.asked;
  // "kirim" before everything is told: what the rules do not need may follow.
  if (const auto word = world_.book.words.find(as_typed.folded);
      !fresh && word != world_.book.words.end() && word->second == "go_on" && asked != "exempt")
    return confirm();
  const auto spelled =
      language::plain_times(typed, world_.book.lexicon, world_.book.notices.words.writing, in_.sent_at);
  const std::string& text = spelled.text;
  const perception p = text == typed ? as_typed : perceive(text, in_.sent_at, world_.book);
  if (!fresh) {
    if (const auto right = correct_kind(p, text)) {
      talk_.prompts = 0;
      if (*right < p.words.size()) {
        const std::string rest = text.substr(p.words[*right].begin);
        fill(perceive(rest, in_.sent_at, world_.book), rest, rest, false);
      }
      return go_on();
    }
  }
  if (spelled.days > 1) set("days", std::to_string(spelled.days));
  bool answered = !fresh && (choose_of_doubt(asked, p.folded) || corrects_start(p, text) || answer_choice(p, text));
  if (!fresh) {
    const std::string changing = slot("changing");
    const question* one = find(asked);
    const bool lacks = one != nullptr && (slot(one->slot).empty() || changing == one->slot ||
                                          (asked == "start" && slot("start").size() == 10));
    // "jam 9 malam" is nobody's name, and no equipment.
    constexpr std::size_t few_words = 4;
    const bool other_thing =
        one != nullptr && one->slot != "repeats" && one->slot != "recurs_end" && !holds_number(text) &&
        (p.meaning.when.resolved || p.meaning.crowd) &&
        (one->kind == question_kind::contact || (one->kind == question_kind::text && p.words.size() <= few_words));
    const bool says_more = one != nullptr && one->kind == question_kind::contact && names_another_day(p);
    const bool start_again = asked == "start" && changing == "start";  // read with the day and hour that stand
    if (!answered && lacks && parted(slot("listed")).size() <= 1 && slot("choice").empty() &&
        one->kind != question_kind::choice && !other_thing && !says_more && !start_again) {
      answer_one(*one, text);
      // A longer answer may hold more than that.
      const bool all_of_it = one->kind == question_kind::text || one->kind == question_kind::contact;
      answered = talk_.answers != before && (all_of_it || p.words.size() <= few_words);
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
  if (!answered) fill(p, text, typed, fresh);
  if (!answered && talk_.answers == before && !slot("changing").empty()) {
    // It tells of another part of the event.
    auto untouched = before;
    untouched.erase("changing");
    set("changing", "");
    talk_.asked = "change";
    fill(p, text, typed, fresh);
    if (talk_.answers == untouched) talk_.answers = before;
    talk_.asked = asked;
  }
  if (p.meaning.intent != language::intent::correction) doubt_together(p.words);
  if (slot("recurs").empty() && doubts_start(p)) return go_on();
  keep_end_after_start();
  if (talk_.answers != before) set("changing", "");
  const bool missed = talk_.answers == before;
  talk_.prompts = missed ? talk_.prompts + 1 : 0;
  if (missed && asked == "confirm") return read_back(plan_now());
  if (missed && asked == "change") return change();
  if (missed)
    remember_miss(typed);
  else
    set("misses", "");
  go_on();
}

}  // namespace bot
