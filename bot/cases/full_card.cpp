// The whole case for the officer who opens it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/notices/at_event.hpp"

namespace bot::cases {
namespace {

std::string answer_of(const report& r, const char* slot) {
  const auto at = r.answers.find(slot);
  return at == r.answers.end() ? std::string() : at->second;
}

// " di Kel. Gentong, kemarin 20.00, masih terjadi": the part of the first line that says where and when.
std::string scene_of(const report& r, const std::string& place, const world& w) {
  const auto word = [&](const char* key) { return std::string(w.book.texts.text("id", key)); };
  std::string scene = place.empty() ? ", " + word("word.place_unknown") : word("card_word.at") + place;
  const std::string when = answer_of(r, "when"), ongoing = answer_of(r, "ongoing");
  const std::string said = when.empty() ? std::string() : say_when(when, w.now, "id", w.book.texts, w.book.utc_offset);
  const bool lasts = ongoing == "yes" || ongoing == "no";
  if (!said.empty() && !(lasts && said == word("word.now"))) scene += ", " + said;
  if (lasts) scene += ", " + word(ongoing == "yes" ? "card_word.still" : "card_word.stopped");
  return scene;
}

// Each message in quotation marks, on one line; what was sent without words stands as it is.
std::string quoted(const std::string& words) {
  std::string all;
  for (std::size_t at = 0; at <= words.size();) {
    const auto end = std::min(words.find('\n', at), words.size());
    const std::string one = words.substr(at, end - at);
    at = end + 1;
    if (one.find_first_not_of(" \t\r") == std::string::npos) continue;
    const bool wordless = one.front() == '(' && one.back() == ')';
    all += fmt::format("{}{}", all.empty() ? "" : " / ", wordless ? one : '"' + one + '"');
  }
  return all;
}

// Every answer of the form that the first lines do not tell, as question and answer: a question that is added to the
// form needs no line here.
std::string told_besides(const report& r, const world& w) {
  const auto form = w.book.forms.find("report");
  if (form == w.book.forms.end()) return {};
  constexpr std::array told = {"category", "place", "words",     "identity", "phone",
                               "when",     "crowd", "knowledge", "ongoing"};
  std::string lines;
  for (const auto& q : form->second.questions) {
    std::string value = answer_of(r, q.slot.c_str());
    const bool in_facts = value == "yes" && (q.slot == "weapons" || q.slot == "injuries");
    if (value.empty() || value == "unknown" || in_facts || std::find(told.begin(), told.end(), q.slot) != told.end())
      continue;
    const std::string label = q.labels + "." + value, title = "slot." + q.slot;
    if (w.book.texts.has(label)) value = w.book.texts.text("id", label);
    if (q.kind == question_kind::count)  // "2-2" is two
      if (const auto dash = value.find('-');
          dash != std::string::npos && value.substr(0, dash) == value.substr(dash + 1))
        value.resize(dash);
    if (q.kind == question_kind::moment) value = say_when(value, w.now, "id", w.book.texts, w.book.utc_offset);
    lines += fmt::format("{}: {}\n", w.book.texts.text("id", w.book.texts.has(title) ? title : q.ask), value);
  }
  if (r.answers.contains("relayed")) lines += fmt::format("{}\n", w.book.texts.text("id", "card_word.relayed"));
  if (const auto notes = answer_of(r, "notes"); !notes.empty())
    lines += fmt::format("{}: {}\n", w.book.texts.text("id", "slot.notes"), notes);
  return lines;
}

// Who has it, as the one reads it who opened it.
const char* role_in(const report& r, const facts& f) {
  if (r.state == state::closed) return "card_word.over";
  if (r.state == state::joined) return "card_word.joined";
  if (r.holder == 0) return "card_word.nobody_holds";
  return r.holder == f.actor ? "card_word.holding" : "card_word.other_holds";
}

}  // namespace

// The words of the reporter, the place and the reasons: in a private chat only, and every opening is an event.
void open_fully(turn& t, const report& r, const facts& f, const world& w) {
  say s;
  s.key = "card.full";
  s.args = card_arguments(r, w);
  const auto place =
      std::find_if(s.args.begin(), s.args.end(), [](const argument& a) { return a.name == "place" && !a.key; });
  s.args.push_back({"scene", scene_of(r, place == s.args.end() ? std::string() : place->value, w)});
  s.args.push_back({"role", role_in(r, f), true});
  s.args.push_back({"words", quoted(answer_of(r, "words"))});
  s.args.push_back({"answers", told_besides(r, w)});
  if (r.reporter_is == identity::hidden)
    s.args.push_back({"identity", ""});
  else
    s.args.push_back(
        {"identity", r.reporter_is == identity::named ? "card_word.may_be_called" : "card_word.without_trace", true});
  std::string pin = answer_of(r, "pin");
  const bool exact = answer_of(r, "pin_is") == "here";
  if (const auto comma = pin.find(','); comma != std::string::npos && !exact)
    // It may be the reporter's home: about a hundred metres are enough to get there.
    pin =
        fmt::format("{:.3f},{:.3f}", std::atof(pin.substr(0, comma).c_str()), std::atof(pin.substr(comma + 1).c_str()));
  const auto line = [&](const char* key, const std::string& value) {
    return value.empty() ? std::string() : fmt::format("{}: {}\n", w.book.texts.text("id", key), value);
  };
  const auto beside = notices::events_offered(r, f, w);
  s.args.push_back({"reasons", line(exact ? "card_word.pin_exact" : "card_word.pin", pin) +
                                   line("card_word.routing", r.routing_reason) +
                                   line("card_word.rating", r.level_reason) + beside.lines});
  s.choices = buttons_for(r);
  std::erase_if(s.choices, [](const choice& c) { return c.data.starts_with("o:look:"); });
  s.choices.insert(s.choices.end(), beside.choices.begin(), beside.choices.end());
  t.events.push_back({r.id, "opened", f.actor, "", w.now});
  turn files;  // they follow the card that announces them
  bool waiting = false;
  const std::string attached = show_media(files, r, f, w, waiting);
  s.args.push_back({"files", attached.empty() ? "" : attached + "\n"});
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

}  // namespace bot::cases
