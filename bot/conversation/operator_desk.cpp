#include "bot/conversation/operator_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "bot/conversation/perception.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

constexpr std::string_view desk_form = "operator";
constexpr std::string_view role = "operator";
constexpr std::size_t most_called = 5;
constexpr std::size_t most_characters = 1000;

std::int64_t number_in(std::string_view text) {
  std::int64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

}  // namespace

std::vector<std::int64_t> operators_near(const std::string& unit, const world& w) {
  std::vector<std::int64_t> found;
  const auto take = [&](auto&& fits) {
    for (const auto& m : w.duty.members)
      if (found.size() < most_called && m.role == role && m.on_duty && !m.group && fits(m)) found.push_back(m.contact);
    return !found.empty();
  };
  const auto& units = w.book.units;
  for (auto id = units.find(unit); id != geography::no_unit; id = units.parent_of(id))
    if (take([&](const cases::member& m) { return m.unit == units.at(id).code; })) return found;
  take([](const cases::member&) { return true; });
  return found;
}

std::string operator_button(std::string_view action, std::int64_t resident) {
  return fmt::format("p:{}:{}", action, resident);
}

bool operator_desk::is_operator(std::int64_t contact) const {
  const auto* m = w_.duty.find(contact);
  return m != nullptr && m->role == role && !m->group;
}

void operator_desk::send(std::string_view kind, std::int64_t to, std::int64_t from) {
  t_.timers.push_back({std::string(kind), to, from, w_.now});
}

void operator_desk::note(std::int64_t to, std::string key, std::vector<argument> args, std::vector<choice> choices) {
  t_.notes.push_back({to, {.key = std::move(key), .args = std::move(args), .choices = std::move(choices)}, ""});
}

bool operator_desk::speaks() const { return t_.next.helper != 0 && w_.now < t_.next.helped_until; }

void operator_desk::relay(const std::string& words) {
  t_.next.helped_until = w_.now + w_.book.operators.quiet;
  note(t_.next.helper, "operator.says", {{"words", masked(words.substr(0, utf8_cut(words, most_characters)))}},
       {{operator_button("take", f_.contact), "operator_button.reply"},
        {operator_button("back", f_.contact), "operator_button.back"}});
}

void operator_desk::hand_back(std::string_view key) {
  if (t_.next.helper == 0) return;
  send("operator_done", t_.next.helper, f_.contact);
  t_.acts.push_back({t_.next.helper, "talk_ended", f_.contact});
  t_.next.helper = 0;
  t_.next.helped_until = {};
  if (key.empty()) return;
  t_.replies.push_back({.key = std::string(key)});
  if (report_.open()) report_.resume();
}

bool operator_desk::tap(const said::tap& tap) {
  if (!tap.data.starts_with("p:")) return false;
  const auto colon = tap.data.find(':', 2);
  const std::string action = tap.data.substr(2, colon == std::string::npos ? colon : colon - 2);
  const std::int64_t resident =
      colon == std::string::npos ? 0 : number_in(std::string_view(tap.data).substr(colon + 1));
  if (!is_operator(f_.contact) || resident <= 0 || (action != "take" && action != "back")) {
    t_.replies.push_back({.key = "officer.not_yours"});
    return true;
  }
  send(action == "take" ? "operator_takes" : "operator_hands_back", resident, f_.contact);
  return true;
}

bool operator_desk::words(const std::string& text) {
  if (t_.next.form != desk_form || !is_operator(f_.contact)) return false;
  const std::int64_t resident = number_in(t_.next.answers["contact"]);
  const auto word = w_.book.words.find(folded(text));
  if (word != w_.book.words.end() && (word->second == "cancel" || word->second == "menu")) {
    send("operator_hands_back", resident, f_.contact);
    return true;
  }
  t_.next.expires_at = w_.now + w_.book.operators.quiet;
  note(resident, "operator.answers", {{"words", text.substr(0, utf8_cut(text, most_characters))}});
  send("operator_speaks", resident, f_.contact);
  return true;
}

// Two may have tapped: the first has it.
void operator_desk::taken_by(std::int64_t who) {
  if (!is_operator(who)) return;
  if (speaks() && t_.next.helper != who) return note(who, "operator.another", {});
  const bool again = t_.next.helper == who;
  const bool asking = report_.open() || t_.next.form == "event";
  if (!again && (!asking || !t_.next.answers.contains("called"))) return note(who, "operator.over", {});
  t_.next.helper = who;
  t_.next.helped_until = w_.now + w_.book.operators.quiet;
  send("operator_has", who, f_.contact);
  if (again) return;
  t_.acts.push_back({who, "talk_taken", f_.contact});
  t_.replies.push_back({.key = "operator.here"});
  t_.timers.push_back({"operator_quiet", f_.contact, who, t_.next.helped_until});
}

bool operator_desk::timer(const said::timer& timer) {
  if (!timer.kind.starts_with("operator_")) return false;
  const std::int64_t other = timer.version;
  conversation& c = t_.next;
  if (timer.kind == "operator_takes") {
    taken_by(other);
  } else if (timer.kind == "operator_speaks") {
    if (c.helper == other) c.helped_until = w_.now + w_.book.operators.quiet;
  } else if (timer.kind == "operator_hands_back") {
    if (c.helper == other)
      hand_back("operator.bot_again");
    else
      note(other, "operator.over", {});
  } else if (timer.kind == "operator_quiet") {
    if (c.helper != other) return true;
    if (w_.now < c.helped_until)
      t_.timers.push_back({"operator_quiet", f_.contact, other, c.helped_until});
    else
      hand_back("operator.bot_again");
  } else if (timer.kind == "operator_has") {
    c.form = desk_form;
    c.answers = {{"contact", std::to_string(other)}};
    c.asked.clear();
    c.expires_at = w_.now + w_.book.operators.quiet;
    ++c.draft;  // timers of whatever was open before are stale
    t_.replies.push_back(
        {.key = "operator.yours", .choices = {{operator_button("back", other), "operator_button.back"}}});
  } else if (timer.kind == "operator_done") {
    if (c.form == desk_form && c.answers["contact"] == std::to_string(other)) close_form(c);
    t_.replies.push_back({.key = "operator.done"});
  }
  return true;
}

}  // namespace bot
