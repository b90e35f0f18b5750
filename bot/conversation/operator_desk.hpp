// People who help where understanding fails. An operator takes a conversation over; until it is handed back, or nobody
// has written for a while, the bot only carries words between the two, and danger still brings 110.
//
// Each side's conversation is changed only by its own turn: what one decides reaches the other as a timer due at once,
// kind "operator_…", whose version is the contact id of the one who sent it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/report_talk.hpp"

namespace bot {

// Operators on duty for a unit: of it or above it, else of the fallback, else any; at most five.
std::vector<std::int64_t> operators_near(const std::string& unit, const world&);

std::string operator_button(std::string_view action, std::int64_t resident);

class operator_desk {
 public:
  operator_desk(turn& t, const inbound& in, const facts& f, const world& w, report_talk& r)
      : t_(t), in_(in), f_(f), w_(w), report_(r) {}

  // --- the resident's side
  bool speaks() const;                   // an operator speaks here instead of the bot
  void relay(const std::string& words);  // to the operator
  void hand_back(std::string_view key);  // the bot speaks again; empty: without a word

  // --- the operator's side; false: not for the desk
  bool tap(const said::tap&);
  bool words(const std::string& text);

  bool timer(const said::timer&);  // either side's

 private:
  bool is_operator(std::int64_t contact) const;
  void send(std::string_view kind, std::int64_t to, std::int64_t from);
  void note(std::int64_t to, std::string key, std::vector<argument> args, std::vector<choice> choices = {});
  void taken_by(std::int64_t who);

  turn& t_;
  const inbound& in_;
  const facts& f_;
  const world& w_;
  report_talk& report_;
};

}  // namespace bot
