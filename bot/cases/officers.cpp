// What officers and the reporter do with a case by their buttons.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot::cases {
namespace {

constexpr std::array outcomes = {"on_the_spot", "handled_further", "not_found", "reconciled", "handed_over"};

struct tapped {
  std::string action, number, value;
};

// "o:take:LK7Q-2M9X[:value]"
tapped read_tap(std::string_view data) {
  tapped t;
  std::array<std::string*, 3> parts = {&t.action, &t.number, &t.value};
  std::size_t at = data.find(':');
  for (std::size_t i = 0; i < parts.size() && at != std::string_view::npos; ++i) {
    const std::size_t next = data.find(':', at + 1);
    *parts[i] = std::string(data.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
    at = next;
  }
  return t;
}

// The nearest unit above that has somebody to tell; empty when a case that is handed up would reach nobody.
std::string manned_above(const std::string& unit, const world& w) {
  const auto own = w.book.units.find(unit);
  for (auto id = own == geography::no_unit ? own : w.book.units.parent_of(own); id != geography::no_unit;
       id = w.book.units.parent_of(id))
    if (w.duty.reachable(w.book.units.at(id).code)) return w.book.units.at(id).code;
  return {};
}

bool stands_under(const std::string& unit, const std::string& other, const world& w) {
  for (auto id = w.book.units.find(unit); id != geography::no_unit; id = w.book.units.parent_of(id))
    if (w.book.units.at(id).code == other) return true;
  return false;
}

const transition* allowed(state from, std::string_view action) {
  for (const auto& t : life_cycle())
    if (t.from == from && t.action == action) return &t;
  return nullptr;
}

void tell_reporter(turn& t, const report& r, std::string key, std::string_view event, std::vector<choice> choices,
                   const world& w, std::vector<argument> more = {}) {
  if (r.reporter == 0 || r.reporter_is == identity::anonymous) return;
  say s;
  s.key = std::move(key);
  s.args = {{"number", r.number}, {"unit", name_of_unit(r.unit, w)}};
  s.args.insert(s.args.end(), more.begin(), more.end());
  s.choices = std::move(choices);
  t.notes.push_back({r.reporter, std::move(s), fmt::format("{}:{}:v{}", r.number, event, r.version)});
}

// Every other answer of the form, as question and answer: a question that is added to the form needs no line here.
std::string told_besides(const report& r, const world& w) {
  const auto form = w.book.forms.find("report");
  if (form == w.book.forms.end()) return {};
  std::string lines;
  for (const auto& q : form->second.questions) {
    if (q.slot == "category" || q.slot == "place" || q.slot == "words" || q.slot == "identity") continue;
    const auto at = r.answers.find(q.slot);
    if (at == r.answers.end()) continue;
    const std::string label = q.labels + "." + at->second;
    std::string value = w.book.texts.has(label) ? std::string(w.book.texts.text("id", label)) : at->second;
    if (q.kind == question_kind::count)  // "2-2" is two
      if (const auto dash = value.find('-');
          dash != std::string::npos && value.substr(0, dash) == value.substr(dash + 1))
        value.resize(dash);
    if (q.kind == question_kind::moment) value = say_when(value, w.now, "id", w.book.texts, w.book.utc_offset);
    const std::string title = "slot." + q.slot;
    lines += fmt::format("{}: {}\n", w.book.texts.text("id", w.book.texts.has(title) ? title : q.ask), value);
  }
  if (const auto notes = r.answers.find("notes"); notes != r.answers.end())
    lines += fmt::format("{}: {}\n", w.book.texts.text("id", "slot.notes"), notes->second);
  return lines;
}

// The words of the reporter, the place and the reasons: in a private chat only, and every opening is an event.
void open_fully(turn& t, const report& r, const facts& f, const world& w) {
  const auto answer = [&](const char* slot) {
    const auto at = r.answers.find(slot);
    return at == r.answers.end() ? std::string() : at->second;
  };
  say s;
  s.key = "card.full";
  s.args = card_arguments(r, w);
  s.args.push_back({"words", answer("words")});
  s.args.push_back({"answers", told_besides(r, w)});
  std::string pin = answer("pin");
  if (const auto comma = pin.find(','); comma != std::string::npos && answer("pin_is") != "here")
    // It may be the reporter's home: about a hundred metres are enough to get there.
    pin =
        fmt::format("{:.3f},{:.3f}", std::atof(pin.substr(0, comma).c_str()), std::atof(pin.substr(comma + 1).c_str()));
  s.args.push_back({"pin", pin.empty() ? "-" : pin});
  s.args.push_back({"routing", r.routing_reason.empty() ? "-" : r.routing_reason});
  s.args.push_back({"rating", r.level_reason.empty() ? "-" : r.level_reason});
  s.choices = buttons_for(r);
  t.events.push_back({r.id, "opened", f.actor, "", w.now});
  turn files;  // they follow the card that announces them
  bool waiting = false;
  const std::string line = show_media(files, r, f, w, waiting);
  s.args.push_back({"files", line.empty() ? "" : line + "\n"});
  if (waiting) s.choices.push_back({fmt::format("o:files:{}", r.number), "officer_button.files"});
  t.notes.push_back({f.actor, std::move(s), ""});
  std::move(files.notes.begin(), files.notes.end(), std::back_inserter(t.notes));
}

// The files alone, for who has the words already.
void open_files(turn& t, const report& r, const facts& f, const world& w) {
  say s;
  s.key = "card.files";
  turn files;
  bool waiting = false;
  s.args = {{"number", r.number}, {"files", show_media(files, r, f, w, waiting)}};
  if (waiting) s.choices.push_back({fmt::format("o:files:{}", r.number), "officer_button.files"});
  t.events.push_back({r.id, "opened", f.actor, "files", w.now});
  t.notes.push_back({f.actor, std::move(s), ""});
  std::move(files.notes.begin(), files.notes.end(), std::back_inserter(t.notes));
}

void answer(turn& t, const facts& f, std::string key, const report& r, const world& w) {
  say s;
  s.key = std::move(key);
  s.args = card_arguments(r, w);
  t.notes.push_back({f.actor, std::move(s), ""});
}

// The officer's own conversation remembers what words are awaited: "ask" (then "ask_ready" while the preview is shown),
// "note" or "forward" to a unit.
constexpr std::string_view officer_form = "officer";

void await_words(turn& t, const report& r, std::string_view what, const std::string& unit, const world& w) {
  t.next.form = officer_form;
  t.next.asked = what;
  t.next.answers = {{"case", r.number}};
  if (!unit.empty()) t.next.answers["unit"] = unit;
  t.next.expires_at = w.now + std::chrono::hours(1);
}

void stop_awaiting(turn& t) {
  t.next.form.clear();
  t.next.asked.clear();
  t.next.answers.clear();
  t.next.expires_at = {};
}

// The unit above and those beside it, as far as somebody there can read it: where a case of this unit can sensibly go.
std::vector<choice> units_near(const report& r, const world& w) {
  std::vector<choice> near;
  const auto own = w.book.units.find(r.unit);
  const auto up = own == geography::no_unit ? geography::no_unit : w.book.units.parent_of(own);
  const auto offer = [&](geography::unit_id id) {
    const auto& unit = w.book.units.at(id);
    if (near.size() < 10 && w.duty.reachable(unit.code))
      near.push_back({fmt::format("o:to:{}:{}", r.number, unit.code), "=" + unit.name});
  };
  if (up == geography::no_unit) return near;
  offer(up);
  for (std::size_t id = 0; id < w.book.units.units().size(); ++id) {
    const auto one = static_cast<geography::unit_id>(id);
    if (one != own && w.book.units.parent_of(one) == up && w.book.units.at(one).kind == w.book.units.at(own).kind)
      offer(one);
  }
  return near;
}

// What officers wrote for each other stands on the full card.
void keep_note(report& r, const std::string& words) {
  std::string& notes = r.answers["notes"];
  if (notes.size() < 2000) notes += (notes.empty() ? "" : "\n") + words;
}

void move_to(turn& t, report& r, const std::string& unit, const std::string& why, const facts& f, const world& w) {
  t.events.push_back({r.id, "forwarded", f.actor, r.unit + " -> " + unit + (why.empty() ? "" : ": " + why), w.now});
  keep_note(r, name_of_unit(r.unit, w) + ": " + why);
  r.unit = unit;
  r.holder = 0;
  r.step = 0;  // the clock starts again
  r.state = state::filed;
  announce(t, r, w);
  tell_reporter(t, r, "reporter.forwarded", "forwarded", {}, w);
}

// To the reporter, without either side's account.
void put_question(turn& t, const report& r, const std::string& words, const facts& f, const world& w) {
  t.replies.push_back({.key = "officer.asked", .args = {{"number", r.number}}});
  t.events.push_back({r.id, "asked_reporter", f.actor, words, w.now});
  tell_reporter(t, r, "reporter.question", "question", {}, w, {{"words", words}});
}

const report* find_report(const facts& f, const std::string& number) {
  const auto at = std::find_if(f.reports.begin(), f.reports.end(), [&](const report& r) { return r.number == number; });
  return at == f.reports.end() ? nullptr : &*at;
}

}  // namespace

bool officer_tap(turn& t, const said::tap& tap, const facts& f, const world& w) {
  if (!tap.data.starts_with("o:")) return false;
  const tapped what = read_tap(tap.data);
  const member* who = w.duty.find(f.actor);
  if (who == nullptr) who = w.duty.find(f.contact);  // a tap in a unit's group by somebody of that group
  const report* have = find_report(f, what.number);
  // Who took it from the unit's group goes on with it in the private chat, though the account itself was never bound.
  const member taker{.contact = f.actor, .unit = have == nullptr ? "" : have->unit};
  if (who == nullptr && have != nullptr && have->holder == f.actor) who = &taker;
  if (who == nullptr || have == nullptr || !may_act(*who, *have, w)) {
    if (have != nullptr) t.events.push_back({have->id, "denied", f.actor, what.action, w.now});
    // An old card of a station whose Polres has taken the case.
    if (who != nullptr && have != nullptr && have->holder != 0 && !have->sealed &&
        stands_under(who->unit, have->unit, w))
      return answer(t, f, "officer.taken_already", *have, w), true;
    t.replies.push_back({.key = "officer.not_yours"});
    return true;
  }
  if (what.action == "look") return open_fully(t, *have, f, w), true;
  if (what.action == "files") return open_files(t, *have, f, w), true;

  report r = *have;
  ++r.version;
  r.changed_at = w.now;
  // Who holds it decides what is stale; a second tap of the same officer changes nothing.
  const bool mine = r.holder == f.actor;
  if (what.action == "take" && r.holder != 0 && r.state != state::closed) {
    answer(t, f, mine ? "officer.yours_already" : "officer.taken_already", r, w);
    return true;
  }
  if ((what.action == "on_site" || what.action == "close" || what.action == "done") && !mine) {
    answer(t, f, r.holder == 0 ? "officer.too_late" : "officer.taken_already", r, w);
    return true;
  }
  if (what.action == "close") {
    if (allowed(r.state, "close") == nullptr) return answer(t, f, "officer.too_late", r, w), true;
    say s;
    s.key = "officer.ask_outcome";
    s.args = card_arguments(r, w);
    for (const char* one : outcomes)
      s.choices.push_back({fmt::format("o:done:{}:{}", r.number, one), fmt::format("outcome_button.{}", one)});
    t.notes.push_back({f.actor, std::move(s), ""});
    return true;
  }
  if (what.action == "send") {
    const bool ready = mine && r.state != state::closed && t.next.form == officer_form && t.next.asked == "ask_ready" &&
                       t.next.answers["case"] == r.number;
    if (!ready) return answer(t, f, "officer.too_late", r, w), true;
    const std::string words = t.next.answers["words"];
    stop_awaiting(t);
    put_question(t, r, words, f, w);
    t.reports.push_back(std::move(r));
    return true;
  }
  if (what.action == "more" || what.action == "ask" || what.action == "note" || what.action == "forward" ||
      what.action == "to") {
    if (!mine || r.state == state::closed)
      return answer(t, f, mine || r.holder == 0 ? "officer.too_late" : "officer.taken_already", r, w), true;
    // Words are typed in the private chat: the officer's, whichever chat the button stood in.
    if (f.contact != f.actor) return t.replies.push_back({.key = "officer.not_yours"}), true;
    say s;
    s.args = card_arguments(r, w);
    const auto data = [&](std::string_view action) { return fmt::format("o:{}:{}", action, r.number); };
    if (what.action == "more") {
      s.key = "officer.more";
      s.choices = {{data("close"), "officer_button.close"},
                   {data("note"), "officer_button.note"},
                   {data("forward"), "officer_button.forward"}};
    } else if (what.action == "ask") {
      const bool possible = r.reporter != 0 && r.reporter_is != identity::anonymous;
      s.key = possible ? "officer.ask_words" : "officer.cannot_ask";
      if (possible) await_words(t, r, "ask", {}, w);
    } else if (what.action == "note") {
      s.key = "officer.note_words";
      await_words(t, r, "note", {}, w);
    } else if (what.action == "forward") {
      s.key = "officer.forward_where";
      s.choices = units_near(r, w);
      if (s.choices.empty()) s.key = "officer.nobody_there";
    } else {
      if (w.book.units.find(what.value) == geography::no_unit) return answer(t, f, "officer.too_late", r, w), true;
      if (!w.duty.reachable(what.value) && manned_above(what.value, w).empty())
        return answer(t, f, "officer.nobody_there", r, w), true;
      s.key = "officer.forward_why";
      await_words(t, r, "forward", what.value, w);
    }
    t.replies.push_back(std::move(s));
    return true;
  }
  if (what.action == "not_ours" && manned_above(r.unit, w).empty())
    return answer(t, f, "officer.nobody_there", r, w), true;
  const std::string_view step = what.action == "done" ? "close" : std::string_view(what.action);
  const transition* next = allowed(r.state, step);
  const bool known_outcome =
      std::any_of(outcomes.begin(), outcomes.end(), [&](const char* o) { return what.value == o; });
  if (next == nullptr || (what.action == "done" && !known_outcome)) return answer(t, f, "officer.too_late", r, w), true;
  r.state = next->to;

  if (what.action == "take") {
    r.holder = f.actor;
    r.unit = who->unit;  // whoever takes it answers for it
    t.events.push_back({r.id, "taken", f.actor, who->unit, w.now});
    open_fully(t, r, f, w);
    tell_reporter(t, r, "reporter.taken", "taken", {}, w);
  } else if (what.action == "on_site") {
    t.events.push_back({r.id, "on_site", f.actor, "", w.now});
    answer(t, f, "officer.noted", r, w);
    tell_reporter(t, r, "reporter.on_site", "on_site", {}, w);
  } else if (what.action == "done") {
    r.answers["outcome"] = what.value;
    t.events.push_back({r.id, "closed", f.actor, what.value, w.now});
    answer(t, f, "officer.closed", r, w);
    tell_reporter(t, r, "reporter.closed", "closed",
                  {{"r:clear:" + r.number, "button.clear"}, {"r:open:" + r.number, "button.not_done"}}, w,
                  {{"outcome", "outcome." + what.value, true}});
  } else {  // not_ours: one step up, where somebody can decide
    const auto own = w.book.units.find(r.unit);
    const auto up = own == geography::no_unit ? geography::no_unit : w.book.units.parent_of(own);
    move_to(t, r, up == geography::no_unit ? r.unit : w.book.units.at(up).code, "bukan kami", f, w);
    answer(t, f, "officer.passed_on", r, w);
  }
  announce_change(t, r, what.action, w);
  t.reports.push_back(std::move(r));
  return true;
}

bool officer_words(turn& t, const std::string& text, const facts& f, const world& w) {
  if (t.next.form != officer_form) return false;
  const std::string awaited = t.next.asked, number = t.next.answers["case"], unit = t.next.answers["unit"],
                    shown = t.next.answers["words"];
  stop_awaiting(t);
  const report* have = find_report(f, number);
  const auto word = w.book.words.find(folded(text));
  if (word != w.book.words.end() && word->second == "cancel") return t.replies.push_back({.key = "officer.back"}), true;
  if (have == nullptr || have->holder != f.actor || have->state == state::closed)
    return t.replies.push_back({.key = "officer.too_late", .args = {{"number", number}}}), true;
  report r = *have;
  const std::string words = masked(text.substr(0, utf8_cut(text, 1000)));
  if (awaited == "ask" || awaited == "ask_ready") {
    if (awaited == "ask" || word == w.book.words.end() || word->second != "yes") {
      await_words(t, r, "ask_ready", {}, w);
      t.next.answers["words"] = words;
      t.replies.push_back({.key = "officer.ask_preview",
                           .args = {{"number", number}, {"words", words}},
                           .choices = {{"o:send:" + number, "button.send"}}});
      return true;
    }
    ++r.version;
    r.changed_at = w.now;
    put_question(t, r, shown, f, w);
  } else if (awaited == "note") {
    ++r.version;
    r.changed_at = w.now;
    t.events.push_back({r.id, "note", f.actor, words, w.now});
    keep_note(r, words);
    t.replies.push_back({.key = "officer.note_kept", .args = {{"number", number}}});
  } else {
    ++r.version;
    r.changed_at = w.now;
    move_to(t, r, unit, words, f, w);
    t.replies.push_back({.key = "officer.passed_on", .args = {{"number", number}, {"unit", name_of_unit(unit, w)}}});
    announce_change(t, r, "forwarded", w);
  }
  t.reports.push_back(std::move(r));
  return true;
}

bool reporter_tap(turn& t, const said::tap& tap, const facts& f, const world& w) {
  if (!tap.data.starts_with("r:")) return false;
  const tapped what = read_tap(tap.data);
  const report* have = find_report(f, what.number);
  if (have == nullptr || have->reporter != f.contact) return false;
  if (what.action == "clear") {
    t.events.push_back({have->id, "satisfied", f.actor, "", w.now});
    t.replies.push_back({.key = "reporter.thanks"});
    return true;
  }
  const transition* next = allowed(have->state, "reopen");
  if (next == nullptr || w.now - have->changed_at > w.book.escalation.reopen_window) {
    t.replies.push_back({.key = "reporter.reopen_too_late"});
    return true;
  }
  report r = *have;
  r.state = next->to;
  r.holder = 0;
  r.step = 0;
  ++r.version;
  r.changed_at = w.now;
  // One step higher than the unit that closed it, where somebody is there to read it.
  const std::string up = manned_above(r.unit, w);
  if (!up.empty()) r.unit = up;
  t.events.push_back({r.id, "reopened", f.actor, r.unit, w.now});
  announce(t, r, w);
  t.replies.push_back({.key = up.empty() ? "reporter.reopened_there" : "reporter.reopened",
                       .args = {{"number", r.number}, {"unit", name_of_unit(r.unit, w)}}});
  t.reports.push_back(std::move(r));
  return true;
}

}  // namespace bot::cases
