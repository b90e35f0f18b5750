// One message that is being thought about: which talk it belongs to, and what it says there. The visitor of what came
// in (take_turn.cpp), and of the words in it (hearing.cpp).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/operator_desk.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/poster.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {

// Of a timer "list_cases": an officer has written what should have been tapped.
inline constexpr std::int64_t written_to = 2;

class visit {
 public:
  // All references outlive it.
  visit(turn& t, const inbound& in, const facts& f, const world& w);

  void operator()(const said::reach& r);
  void operator()(const said::timer& timer);
  void operator()(const said::tap& tap);
  void operator()(const said::text& text);
  void operator()(const said::edited& edit);
  void operator()(const said::pin& pin);
  void operator()(const said::media& media);
  void operator()(const said::contact_card& card);
  void operator()(const said::unsupported& u);
  void operator()(const said::moved&);
  void operator()(const said::receipt&);
  void operator()(const said::unreadable&);

 private:
  // What an operator is told is answered by the operator.
  void only_relay(const std::string& words);
  void receive(const said::media& media);
  void reply(std::string key, std::vector<argument> args = {}, std::vector<choice> choices = {});
  void offer_menu(std::string key);
  void bind(const std::string& code);
  // The operator answers; what would be danger is told to the officers all the same, and 110 is said.
  void hear_beside_operator(const std::string& body);
  void let_go();
  void greet();
  // Words that work anywhere.
  void word(std::string_view which);
  void set_language(std::string_view which);
  // More than a chat may send in a minute: answered once, read no further. Danger goes through.
  bool too_fast(const std::string& body);
  // The language is heard once in a conversation, where it is sure; a word or two of another do not turn it.
  void settle_language(const perception& p);
  void hear(const std::string& body);
  void hear_of_case(const perception&, const std::string& body, bool danger);  // no report is being told
  // Always a case of its own: one that is open is read by those whom it may be about.
  void hear_complaint(const perception&, const std::string& body);
  bool answers_officer(std::span<const language::word>, const std::string& body);
  bool asks_pin(const perception&) const;              // a new one, where there is a case that may have one
  bool press_button(std::span<const language::word>);  // of the menu or of the languages, typed
  bool take_back(const perception&);                   // "batalkan yang musik"
  void answer_question(const perception&);
  void answer_topic(const faq_topic&);
  const std::string* global_word(std::span<const language::word>, bool& start) const;
  // Someone who waits for the police is told how their case stands, not how to begin one.
  void not_understood();
  // Words behind the code are heard with the place known.
  void from_poster(const poster& p);
  // A report that is told or open goes before the notices of the same chat.
  bool of_notice() const;
  void cancel();
  void status();
  // After an outage: an event is filed with its own time and answered once; small talk of yesterday is left alone.
  void hear_late(const std::string& body);
  // "ya" and "tidak" answer the open question when it is one of yes and no.
  bool expects_plain_answer(std::string_view which) const;
  bool answers_nothing(const perception&) const;  // of an open report: small talk, or a question in between
  bool has_open_case() const;
  // Counted for a day and a unit, and nothing else of it is kept.
  void tell_of_activity(const perception& p);

  turn& t_;
  const inbound& in_;
  const facts& f_;
  const world& w_;
  report_talk report_;
  notice_talk notice_;
  operator_desk desk_;
};

}  // namespace bot
