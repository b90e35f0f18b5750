// What words in a private chat are about: danger before anything else, then what the open question expects, then all
// that people say besides.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/own_cases.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/poster.hpp"
#include "bot/conversation/small_talk.hpp"
#include "bot/conversation/typed_choice.hpp"
#include "bot/conversation/visit.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/desk.hpp"
#include "bot/written_moment.hpp"

namespace bot {

using language::intent;

void visit::settle_language(const perception& p) {
  conversation& c = t_.next;
  if (c.language_chosen || notice_.open() || p.meaning.answer_in.empty()) return;
  if (w_.now >= c.heard_until) c.language = p.meaning.answer_in;
  c.heard_until = w_.now + w_.book.drafts.life;
}

bool visit::too_fast(const std::string& body) {
  const double most = w_.book.limits.chat_per_minute;
  if (most <= 0) return false;
  const std::int64_t minute = to_millis(w_.now) / 60000;
  if (t_.next.minute != minute) {
    t_.next.minute = minute;
    t_.next.in_minute = 0;
  }
  if (++t_.next.in_minute <= static_cast<int>(most)) return false;
  const perception p = perceive(body, in_.sent_at, w_.book);
  if (p.meaning.level == cases::level::high) return false;
  if (t_.next.in_minute == static_cast<int>(most) + 1) reply("answer.slower");
  return true;
}

const std::string* visit::global_word(std::span<const language::word> words, bool& start) const {
  std::string whole;
  for (const auto& w : words) whole += (whole.empty() ? "" : " ") + w.folded;
  // "/start kel-35.75.01.1002": a deep link; what stands behind the command is not a word of the person.
  start = whole.starts_with("/ start");
  auto found = w_.book.words.find(start ? "/ start" : whole);
  if (found == w_.book.words.end()) found = w_.book.words.find(without_courtesy(words, w_.book.choices));
  if (found == w_.book.words.end()) return nullptr;
  const std::string& word = found->second;
  const bool known = !expects_plain_answer(word) && (word != "paper" || (!report_.open() && notice_.has_paper())) &&
                     (!cases::for_officers(word) || w_.duty.find(f_.contact) != nullptr);
  return known ? &word : nullptr;
}

void visit::hear(const std::string& body) {
  if (too_fast(body)) return;
  if (const auto c = claim_in(body))
    return c->number.starts_with('P') ? notice_.take_up(*c) : say_claimed(t_, *c, f_, w_);
  if (const auto p = poster_in(body); w_.book.atlas.find(p.ward) != geography::no_area) return from_poster(p);
  if (notices::officer_words(t_, body, f_, w_) || cases::officer_words(t_, body, f_, w_) || desk_.words(body)) return;
  if (report_.picture_last() && cases::only_identity_card(body, w_)) {
    report_.take_back_picture();
    return reply("media.identity_card");
  }
  if (w_.now - in_.sent_at > w_.book.drafts.late_after) return hear_late(body);
  const auto words = language::split(body);
  if (!desk_.speaks() && report_.asked_about() != nullptr && answers_officer(words, body)) return;
  if (!desk_.speaks() && (press_button(words) || report_.type_button(words) || notice_.chose(body))) return;
  bool start = false;
  const std::string* global = global_word(words, start);
  if (start && folded(body) == fmt::format("/ start {}", from_group)) return reply("officer.chat_ready");
  if (desk_.speaks()) {
    if (global != nullptr && (*global == "menu" || *global == "cancel"))
      desk_.hand_back({});
    else if (global == nullptr || agrees(*global) || *global == "no")
      return hear_beside_operator(body);
  }
  if (global != nullptr) return word(*global);
  if (notice_.by_number(body)) return;

  const perception p = perceive(body, in_.sent_at, w_.book);
  settle_language(p);
  const intent meant = p.meaning.intent;
  const bool danger = !notice_.is_burial(p) && (meant == intent::emergency ||
                                                (meant == intent::report && p.meaning.level == cases::level::high));
  if (p.accuses != complaint::none) return hear_complaint(p, body);
  if (!danger && notices::after_words(t_, body, f_, w_)) return;
  if (!danger && !report_.open() && notice_.is_burial(p)) return notice_.hear(p, body);
  if (!danger && notice_.takes(p)) return notice_.hear(p, body);
  if (!danger && t_.next.form == "notice_words" && notice_.complete(body)) return;
  if (!danger && !report_.open() && (notice_.is_own(p) || notice_.is_himself(p))) return notice_.hear(p, body);
  if (!danger && !has_open_case() && notice_.hears_of_filed(p, body)) return;
  if (danger) notice_.lay_aside();
  if (!danger && asks_pin(p) && report_.want_pin(p, body)) return report_.ask_again();
  if (report_.judge(p, body) || report_.happens_again(p, body)) return;
  if (!danger && report_.answer_extra(p, body)) return;
  if (!report_.open()) return hear_of_case(p, body, danger);
  // Danger is heard in every state, before anything else.
  if (danger) return report_.hear(p, body);
  if (meant == intent::cancel) return report_.drop();
  if (meant == intent::status_query) return status();
  if (says_only(p.words, w_.book.pleas) && report_.hurry()) return;
  // "saya nggak apa apa, cuma lecet": no question, whatever it sounds like
  const bool tells = meant == intent::question && t_.next.asked == "place" && body.find('?') == std::string::npos &&
                     p.words.size() >= 4 && topic_of(p, w_) == nullptr;
  if (t_.next.asked.empty() || tells || !answers_nothing(p)) return report_.hear(p, body);
  if (meant == intent::greeting)
    reply("greeting.again");
  else if (meant == intent::thanks)
    reply("greeting.thanks");
  else if (meant == intent::event_notice)
    return notice_.hear(p, body);
  else
    answer_question(p);
  report_.ask_again();
}

void visit::hear_of_case(const perception& p, const std::string& body, bool danger) {
  const intent meant = p.meaning.intent;
  const bool waits = has_open_case();
  const auto about = case_meant(p, body, f_, in_.sent_at, w_);
  report_.speak_of(about.which);
  if (is_plea(p, w_) && report_.plead(p, body)) return;
  if (!danger && says_only(p.words, w_.book.pleas) && w_.duty.find(f_.contact) == nullptr)
    return report_.begin_hurried();
  if (!danger && waits && says_only(p.words, w_.book.calm) && report_.calm_down(body)) return;
  if (activity_in(p.words, p.meaning, w_.book.activities) == activity::disliked) return tell_of_activity(p);
  if (waits && report_.correct_case(p, body)) return;
  // "jangan bilang saya yang lapor": said of a case that is filed, it is a worry and no news.
  constexpr std::size_t most_worried = 10;
  if (!danger && waits && p.meaning.anonymous_wish && p.words.size() <= most_worried &&
      p.places.what == geography::place_finding::outcome::nothing)
    return reply("faq.anonymous");
  // "yang di purworejo masih ramai"
  const bool points = about.named && phrase_at(p.words, 0, w_.book.corrections.points) > 0;
  const bool new_event = !points && says_new_event(p, about.which, w_);
  if (danger || meant == intent::report) {
    if (!danger && waits && take_back(p)) return;
    if (waits && !new_event && report_.add_to_case(p, body)) return;
    return report_.hear(p, body);
  }
  // What an officer has asked is answered, whatever it sounds like: "lima", "ya", "malam pak".
  const bool says_something = std::any_of(
      p.words.begin(), p.words.end(), [](const language::word& one) { return one.what != language::word::kind::sign; });
  if (about.which != nullptr && about.which->answers.contains(awaits_answer) && says_something &&
      meant != intent::status_query && meant != intent::cancel && meant != intent::thanks &&
      report_.add_to_case(p, body))
    return;
  if (waits && take_back(p)) return;
  switch (meant) {
    case intent::greeting: return t_.next.greeted ? reply("greeting.again") : greet();
    case intent::thanks: return reply("greeting.thanks");
    case intent::status_query: return status();
    case intent::cancel: report_.speak_of(about.named ? about.which : nullptr); return cancel();
    case intent::question:
      if (notice_.open() && topic_of(p, w_) == nullptr) return notice_.hear(p, body);
      if (p.words.size() == 1 && waits) return not_understood();  // "?"
      return answer_question(p);
    case intent::event_notice:
      if (notice_.is_owed(p) && notice_.complete(body)) return;
      return notice_.hear(p, body);
    default: break;
  }
  if (const faq_topic* topic = topic_of(p, w_); topic != nullptr && p.words.size() <= 6) return answer_topic(*topic);
  if (p.words.size() >= 2 && notice_.complete(body)) return;
  if (waits && p.words.size() >= 2 && report_.add_to_case(p, body)) return;
  if (w_.duty.find(f_.contact) != nullptr) {
    // An officer can be a witness too.
    if (!p.meaning.category.empty() || p.meaning.level == cases::level::high) return report_.hear(p, body);
    reply("officer.hint");
    return t_.timers.push_back({"list_cases", f_.contact, written_to, w_.now});
  }
  // "ada yg aneh di kel bukir"
  constexpr std::size_t least_words = 3;
  if (p.places.what == geography::place_finding::outcome::inside && p.places.settled && p.words.size() >= least_words &&
      meant == intent::other && cases::place_case(p.places, "", "", w_).status == geography::routing_status::certain)
    return report_.begin_there(p, body);
  if (!t_.next.greeted) {
    t_.next.greeted = true;
    return offer_menu(p.words.size() < 2 ? "greeting.hello" : "greeting.hello_unclear");
  }
  not_understood();
}

// Before the buttons of the draft: "iya" and "2" may be meant for the officer.
bool visit::answers_officer(std::span<const language::word> words, const std::string& body) {
  bool start = false;
  const std::string* global = global_word(words, start);
  if (start || (global != nullptr && !agrees(*global) && *global != "no")) return false;
  if (t_.next.answers.contains("whose") && report_.type_button(words)) return true;
  const perception p = perceive(body, in_.sent_at, w_.book);
  return p.accuses == complaint::none && report_.answers_officer(p, body);
}

bool visit::asks_pin(const perception& p) const {
  if (f_.new_pins.empty()) return false;
  const faq_topic* topic = topic_of(p, w_);
  return p.folded == "pin" || (topic != nullptr && topic->id == "new_pin");
}

void visit::hear_complaint(const perception& p, const std::string& body) {
  notice_.lay_aside();
  if (!t_.next.filed.empty()) close_form(t_.next);
  report_.hear(p, body);
}

bool visit::press_button(std::span<const language::word> words) {
  conversation& c = t_.next;
  if (!c.form.empty() || (c.asked != "menu" && c.asked != "language")) return false;
  const auto buttons = c.asked == "menu" ? main_menu() : languages_offered(w_);
  c.asked.clear();  // a number that comes later may mean anything
  const auto n = typed_choice(words, buttons, w_.book.choices);
  if (!n) return false;
  const std::string& data = buttons[*n].data;
  if (data.starts_with("l:"))
    set_language(data.substr(2));
  else
    word(data.substr(2));
  return true;
}

bool visit::take_back(const perception& p) {
  constexpr std::size_t most_words = 8;
  if (p.words.empty() || p.words.size() > most_words) return false;
  const auto first = w_.book.words.find(p.words.front().folded);
  if (first == w_.book.words.end() || first->second != "cancel") return false;
  const auto about = case_meant(p, p.folded, f_, in_.sent_at, w_);
  report_.speak_of(about.named ? about.which : nullptr);
  report_.drop();
  return true;
}

// What units have entered of permits, for those topics that name it: of the unit that has the contact's own event.
void visit::answer_topic(const faq_topic& topic) {
  notices::unit_chain chain;
  for (const auto& n : f_.notices)
    if (n.organiser == f_.contact) chain = notices::chain_of(n, w_);
  t_.replies.push_back({.key = "faq." + topic.id, .args = notices::practice_arguments(chain, t_.next.language, w_)});
}

void visit::answer_question(const perception& p) {
  if (const faq_topic* topic = topic_of(p, w_))
    answer_topic(*topic);
  else if (!report_.open() && has_open_case() && say_standing(t_, f_, w_))
    return;  // most ask about that
  else if (report_.open())
    reply("answer.question");
  else
    offer_menu("answer.question");
}

bool visit::answers_nothing(const perception& p) const {
  const auto& m = p.meaning;
  const bool asks_place = t_.next.asked == "place" || t_.next.asked == "confirm";
  if (asks_place && p.places.what == geography::place_finding::outcome::inside) return false;
  // "dari tadi sore" greets nobody.
  const bool since = phrase_at(p.words, 0, w_.book.corrections.since) > 0;
  const bool tells = m.when.kind != language::spoken_time::kind::none || m.crowd.has_value() || !m.category.empty();
  switch (m.intent) {
    case intent::greeting:
    case intent::thanks: return !tells && !since;
    case intent::question: return true;
    case intent::event_notice: return true;
    default: {
      const faq_topic* topic = topic_of(p, w_);
      return topic != nullptr && t_.next.asked != "words" && topic->id != "abuse" && m.category.empty() &&
             p.words.size() <= 6 && m.intent != intent::report;
    }
  }
}

void visit::hear_late(const std::string& body) {
  const perception p = perceive(body, in_.sent_at, w_.book);
  settle_language(p);
  if (p.accuses != complaint::none) return report_.file_late(p, body);
  if (is_plea(p, w_) && report_.plead(p, body)) return;
  if (p.meaning.intent == intent::report || p.meaning.intent == intent::emergency) {
    const auto about = case_meant(p, body, f_, in_.sent_at, w_);
    report_.speak_of(about.which);
    if (about.which != nullptr && !says_new_event(p, about.which, w_) && report_.add_to_case(p, body)) return;
    return report_.file_late(p, body);
  }
  t_.silent = true;
}

void visit::hear_beside_operator(const std::string& body) {
  const perception p = perceive(body, in_.sent_at, w_.book);
  if (p.accuses != complaint::none) return hear_complaint(p, body);  // perhaps of the one who answers here
  if (p.meaning.level == cases::level::high) {
    if (report_.open() || !has_open_case() || !report_.add_to_case(p, body)) report_.hear(p, body);
  } else if (report_.open()) {
    report_.listen(p, body);
  } else if (has_open_case()) {
    report_.add_to_case(p, body);
  }
  only_relay(body);
}

void visit::from_poster(const poster& p) {
  const perception more = perceive(p.words, in_.sent_at, w_.book);
  settle_language(more);
  const bool tells = more.meaning.intent == intent::report || more.meaning.intent == intent::emergency;
  report_.begin_at(p.ward, !tells);
  if (tells) report_.hear(more, p.words);
}

bool visit::expects_plain_answer(std::string_view which) const {
  if (which == "unknown" || which == "skip" || (which == "later" && !notice_.open())) return true;
  if (which == "send") return !notice_.open() && !report_.open();
  if (which != "no" && !agrees(which)) return false;
  if (t_.next.form == notices::after_form) return true;
  return (!notice_.open() && !report_.open()) || t_.next.asked != "confirm";
}

void visit::tell_of_activity(const perception& p) {
  const auto where = cases::place_case(p.places, "", "", w_);
  t_.tallies.push_back({"activity", cases::owner_of(where), written_day(w_.now, w_.book.utc_offset)});
  reply("answer.activity");
}

void visit::not_understood() {
  if (!has_open_case() || !say_standing(t_, f_, w_)) offer_menu("answer.other");
}

bool visit::has_open_case() const { return bot::has_open_case(f_, in_.sent_at, w_); }

}  // namespace bot
