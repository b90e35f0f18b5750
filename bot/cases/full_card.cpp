// The whole case for the officer who opens it.
#include <fmt/format.h>

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

// Every other answer of the form, as question and answer: a question that is added to the form needs no line here.
std::string told_besides(const report& r, const world& w) {
  const auto form = w.book.forms.find("report");
  if (form == w.book.forms.end()) return {};
  std::string lines;
  for (const auto& q : form->second.questions) {
    if (q.slot == "category" || q.slot == "place" || q.slot == "words" || q.slot == "identity" || q.slot == "phone")
      continue;
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
  if (r.answers.contains("relayed")) lines += fmt::format("{}\n", w.book.texts.text("id", "card_word.relayed"));
  if (const auto notes = r.answers.find("notes"); notes != r.answers.end())
    lines += fmt::format("{}: {}\n", w.book.texts.text("id", "slot.notes"), notes->second);
  return lines;
}

}  // namespace

// The words of the reporter, the place and the reasons: in a private chat only, and every opening is an event.
void open_fully(turn& t, const report& r, const facts& f, const world& w) {
  const auto answer = [&](const char* slot) {
    const auto at = r.answers.find(slot);
    return at == r.answers.end() ? std::string() : at->second;
  };
  say s;
  s.key = "card.full";
  s.args = card_arguments(r, w);
  s.args.push_back({"role", r.holder == f.actor ? "card_word.holding" : "card_word.looking", true});
  s.args.push_back({"words", answer("words")});
  s.args.push_back({"answers", told_besides(r, w)});
  std::string pin = answer("pin");
  if (const auto comma = pin.find(','); comma != std::string::npos && answer("pin_is") != "here")
    // It may be the reporter's home: about a hundred metres are enough to get there.
    pin =
        fmt::format("{:.3f},{:.3f}", std::atof(pin.substr(0, comma).c_str()), std::atof(pin.substr(comma + 1).c_str()));
  const auto line = [&](const char* key, const std::string& value) {
    return value.empty() ? std::string() : fmt::format("{}: {}\n", w.book.texts.text("id", key), value);
  };
  const auto beside = notices::events_offered(r, f, w);
  s.args.push_back({"reasons", line(answer("pin_is") == "here" ? "card_word.pin_exact" : "card_word.pin", pin) +
                                   line("card_word.routing", r.routing_reason) +
                                   line("card_word.rating", r.level_reason) + beside.lines});
  s.choices = buttons_for(r);
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
