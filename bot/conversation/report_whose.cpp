// An officer has asked about a case that is filed, while another report is being told: which of the two an answer is
// for.
#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/conversation/typed_choice.hpp"

namespace bot {
namespace {

constexpr std::size_t most_answer_words = 8;  // what is longer and fits the open question tells of the draft

bool is_plain(const perception& p, const handbook& book) {
  const auto word = book.words.find(without_courtesy(p.words, book.choices));
  return word != book.words.end() && (agrees(word->second) || word->second == "no" || word->second == "unknown");
}

}  // namespace

const cases::report* report_talk::asked_about() const {
  if (!open() || !talk_.filed.empty()) return nullptr;
  const cases::report* newest = nullptr;
  for (const auto& r : facts_.reports) {
    const bool asks = r.reporter == facts_.contact && r.holder != 0 && r.answers.contains(awaits_answer) &&
                      r.state != cases::state::closed && !is_hushed(r);
    if (asks && (newest == nullptr || r.changed_at > newest->changed_at)) newest = &r;
  }
  return newest;
}

std::vector<choice> report_talk::whose_choices() const {
  return {{"c:whose:officer", "button.for_officer"}, {"c:whose:draft", "button.for_draft"}};
}

bool report_talk::fits_question(const perception& p, std::string_view text) const {
  const auto& m = p.meaning;
  if (typed_choice(p.words, offered(), world_.book.choices)) return true;
  const bool inside = p.places.what == geography::place_finding::outcome::inside;
  if (talk_.asked == "confirm" || talk_.asked == "change")
    return is_plain(p, world_.book) || inside || !m.category.empty() || m.when.resolved.has_value() ||
           m.intent == language::intent::correction;
  const question* q = questions().find(talk_.asked);
  if (q == nullptr) return false;
  switch (q->kind) {
    case question_kind::place: return inside || is_plain(p, world_.book);
    case question_kind::text: return p.words.size() >= 4;
    case question_kind::contact:
      return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 8;
    default: return read_answer(*q, p, text, talk_.language, world_.book).has_value();
  }
}

bool report_talk::answers_officer(const perception& p, std::string_view text) {
  const auto* asker = asked_about();
  if (asker == nullptr) return false;
  // Held words that nobody has placed go to who has asked: officers lose nothing by it, and the draft goes on.
  if (!slot("whose").empty()) settle_whose(true);
  const auto& m = p.meaning;
  using language::intent;
  const instant prompted = talk_.expires_at - world_.book.drafts.life;
  const bool officer_last = asker->changed_at >= prompted, is_short = p.words.size() <= most_answer_words;
  const bool danger = m.intent == intent::emergency || m.level == cases::level::high;
  // "bawa celurit", asked what they carry: who holds the case reads it at once, and 110 is said all the same.
  const bool of_case =
      danger && officer_last && is_short && p.places.what == geography::place_finding::outcome::nothing;
  // "lima orang, motornya N 1234 AB" sounds like something that happened, and names nothing.
  const bool vague = m.intent == intent::report && m.category == "other" && officer_last && is_short;
  const bool tells = danger || (m.intent == intent::report && !m.category.empty() && !vague && p.words.size() > 2);
  if ((tells && !of_case) || m.intent == intent::cancel || m.intent == intent::status_query ||
      m.intent == intent::greeting || m.intent == intent::thanks || m.intent == intent::question)
    return false;
  const bool fits = !of_case && !(vague && talk_.asked == "category") && fits_question(p, text);
  if (fits && (!officer_last || !is_short)) return false;
  set("whose", masked(std::string(text)));
  if (!fits) return settle_whose(true), ask_again(), true;
  say_with("report.whose", {{"number", asker->number}, {"words", slot("whose")}}, whose_choices());
  return true;
}

void report_talk::settle_whose(bool officer) {
  const std::string words = slot("whose");
  set("whose", "");
  const auto* asker = asked_about();
  const perception p = perceive(words, in_.sent_at, world_.book);
  if (!officer || asker == nullptr) {
    // Read as if it had been the newest: a button where it names one, else words.
    if (!type_button(p.words)) hear(p, words);
    return;
  }
  cases::report r = *case_of(asker->number);
  std::erase_if(turn_.reports, [&](const cases::report& one) { return one.id == r.id; });  // this is newer
  keep_added(r, words);
  cases::note_facts(r.answers, p.words, p.places, world_.book.card_facts);
  const auto before = turn_.replies.size();
  const bool raised = worsen(r, p.meaning);
  enrich(r, raised ? "raised" : "added", "words");
  if (before > 0 && turn_.replies.size() == before) say_with("report.answered", {{"number", asker->number}});
}

}  // namespace bot
