#include "bot/notices/afterwards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/language/words.hpp"
#include "bot/notices/desk.hpp"

namespace bot::notices {
namespace {

constexpr std::array questions = {"came", "trouble", "better"};
constexpr std::size_t longest = 300;

std::string of(const answer_map& answers, const std::string& slot) {
  const auto at = answers.find(slot);
  return at == answers.end() ? std::string() : at->second;
}

// Without what could name or call somebody up.
std::string kept(const std::string& words) {
  return masked(without_numbers(words.substr(0, utf8_cut(words, longest))));
}

void learn(turn& t, const notice& n, const std::string& words, const world& w) {
  const std::string place = place_key(n, w.book.notices);
  if (place.empty() || words.empty()) return;
  const auto day = std::chrono::year_month_day(time_at(n.start, w.book.utc_offset).day);
  const auto what = w.book.texts.text("id", purpose_key(n.answers));
  t.place_notes.push_back(
      {place,
       fmt::format("{:02}/{} {}: {}", static_cast<unsigned>(day.month()), static_cast<int>(day.year()), what, words),
       w.now});
}

void close(turn& t) {
  t.next.form.clear();
  t.next.asked.clear();
  t.next.answers.clear();
  t.next.filed.clear();
  t.next.expires_at = {};
}

const notice* find(const facts& f, const std::string& number) {
  const auto at = std::find_if(f.notices.begin(), f.notices.end(),
                               [&](const notice& n) { return n.number == number && n.organiser == f.contact; });
  return at == f.notices.end() ? nullptr : &*at;
}

void ask(turn& t, const notice& n) {
  t.replies.push_back({.key = "notice_after.ask_" + t.next.asked,
                       .args = {{"number", n.number}},
                       .choices = {{"e:skip:" + n.number, "notice_button.skip"}}});
}

// To the next question, or to the thanks.
void go_on(turn& t, const notice& n, const world& w) {
  const auto at = std::find(questions.begin(), questions.end(), t.next.asked);
  if (at != questions.end() && at + 1 != questions.end()) {
    t.next.asked = *(at + 1);
    return ask(t, n);
  }
  std::string words;
  for (const auto* one : questions) {
    const std::string said = of(t.next.answers, one);
    if (said.empty()) continue;
    words += (words.empty() ? "" : "; ") +
             std::string(w.book.texts.text("id", std::string("notice_after.said_") + one)) + " " + said;
  }
  learn(t, n, words, w);
  close(t);
  t.replies.push_back({.key = "notice_after.thanks"});
}

}  // namespace

std::string place_key(const notice& n, const rulebook& book) {
  if (n.wards.size() != 1 || n.wards.front().size() < 8 || of(n.answers, "public_place") == "no") return {};
  for (const auto& one : parted(of(n.answers, "purpose")))
    if (one == "religious" || one == "campus_science" || one == "family") return {};
  const auto words = language::split(of(n.answers, "venue") + " . " + of(n.answers, "about"));
  if (has_phrase(words, book.reminders.never_learned)) return {};
  for (const auto& open : book.words.open_air)
    if (has_phrase(words, phrase_set{open})) return n.wards.front() + " " + (open == "alun2" ? "alun alun" : open);
  return {};
}

std::vector<choice> organiser_choices(const notice& n) {
  return {{"e:after:" + n.number, "notice_button.answer"}, {"e:done:" + n.number, "notice_button.no_answer"}};
}

std::vector<choice> unit_choices(const notice& n) {
  return {{"n:safe:" + n.number, "notice_desk_button.safe"}, {"n:noted:" + n.number, "notice_desk_button.noted"}};
}

bool after_tap(turn& t, std::string_view action, const std::string& number, const facts& f, const world& w) {
  if (action != "after" && action != "skip" && action != "done") return false;
  const notice* n = find(f, number);
  const bool running = t.next.form == after_form && t.next.filed == number;
  if (n == nullptr || n->filed.state != state::finished || (action == "skip" && !running) ||
      (!t.next.form.empty() && !running)) {
    t.replies.push_back({.key = "answer.stale_button"});
    return true;
  }
  if (action == "skip") return go_on(t, *n, w), true;
  if (action == "done") {
    if (running) close(t);
    t.replies.push_back({.key = "notice_after.left"});
    return true;
  }
  t.next.form = after_form;
  t.next.filed = number;
  t.next.answers.clear();
  t.next.asked = questions.front();
  t.next.expires_at = w.now + std::chrono::hours(24);
  ask(t, *n);
  return true;
}

bool after_words(turn& t, const std::string& text, const facts& f, const world& w) {
  if (t.next.form != after_form) return false;
  const notice* n = find(f, t.next.filed);
  if (n == nullptr) return close(t), false;
  const auto word = w.book.words.find(folded(text));
  const std::string_view meant = word == w.book.words.end() ? std::string_view() : std::string_view(word->second);
  if (meant == "skip") return go_on(t, *n, w), true;
  std::string said = kept(text);
  if (t.next.asked == "came") {
    const perception p = perceive(text, w.now, w.book);
    if (p.meaning.crowd)
      said = crowd_words({{"attendance", crowd_answer(*p.meaning.crowd)}});
    else if (!p.words.empty() && p.words.front().what == language::word::kind::number && p.words.size() == 1)
      said = "±" + p.words.front().folded;
  }
  if (meant == "no") said = std::string(w.book.texts.text("id", "notice_after.nothing"));
  if (t.next.asked == "came" && meant == "no") said.clear();
  if (!said.empty()) {
    t.next.answers[t.next.asked] = said;
    t.notice_events.push_back({n->id, "after_" + t.next.asked, 0, said, w.now});
  }
  go_on(t, *n, w);
  return true;
}

bool unit_after_tap(turn& t, std::string_view action, const notice& n, const facts& f, const world& w) {
  if (action != "safe" && action != "noted") return false;
  if (n.filed.state != state::finished) return false;
  if (action == "safe") {
    t.notice_events.push_back({n.id, "unit_after", 0, "aman", w.now});
    learn(t, n, std::string(w.book.texts.text("id", "notice_after.unit_safe")), w);
    t.notes.push_back({f.actor, {.key = "notice_after.unit_thanks", .args = {{"number", n.number}}}, ""});
    return true;
  }
  t.next.form = "notice_desk";
  t.next.answers = {{"notice", n.number}, {"action", "noted"}};
  t.next.asked = "noted";
  t.next.expires_at = w.now + std::chrono::hours(1);
  t.replies.push_back({.key = "notice_after.ask_unit", .args = {{"number", n.number}}});
  return true;
}

void unit_after_words(turn& t, const std::string& text, const notice& n, const facts&, const world& w) {
  const std::string words = kept(text);
  close(t);
  t.notice_events.push_back({n.id, "unit_after", 0, words, w.now});
  learn(t, n, fmt::format("{} {}", w.book.texts.text("id", "notice_after.said_unit"), words), w);
  t.replies.push_back({.key = "notice_after.unit_thanks", .args = {{"number", n.number}}});
}

}  // namespace bot::notices
