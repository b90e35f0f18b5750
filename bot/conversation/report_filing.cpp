// What becomes of a told report: filed as a case, enriched, withdrawn, or forwarded as it is when nobody came back.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/least_seals.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {

void report_talk::file_late(const perception& p, std::string_view text) {
  start_form();
  fill(p, false);
  if (slot("words").empty()) set("words", masked(std::string(text)));
  if (slot("category").empty()) set("category", "unclear");
  if (slot("when").empty()) {
    language::when then;
    then.resolved = in_.sent_at;
    set("when", moment_answer(then, world_.book.utc_offset));
  }
  const auto waited = std::chrono::duration_cast<std::chrono::minutes>(world_.now - in_.sent_at);
  set("waited", std::to_string(waited.count()));
  file(false, "report.late");
}

void report_talk::drop() {
  if (open() && talk_.filed.empty()) {
    if (!slot("whose").empty()) settle_whose(true);
    drop_media();
    close_form(talk_);
    ++talk_.draft;
    return say_with("cancel.draft", {});
  }
  const auto open_ones = to_withdraw();
  const auto* filed = open_case();
  if (talk_.filed.empty() && about_.empty() && open_ones.size() > 1) {  // nobody withdraws the wrong one
    talk_.asked = "drop";
    return say_with("cancel.which", {}, offered());
  }
  if (talk_.filed.empty() && about_.empty() && open_ones.size() == 1) filed = open_ones.front();
  if (filed == nullptr) return say_with("cancel.nothing", {});
  withdraw(*filed);
}

void report_talk::timer(std::string_view kind) {
  // A danger whose place was never told must not hold up the report that waited beside it.
  if (open() && !talk_.filed.empty() && kind == "draft_file" && !slot("waiting").empty()) {
    const auto waiting = slot("waiting");
    close_form(talk_);
    take_up(waiting);
    turn_.replies.clear();
  }
  if (!open() || !talk_.filed.empty()) {
    turn_.silent = true;
    return;
  }
  // What happens elsewhere was answered: it is neither nudged about nor forwarded.
  const bool elsewhere = slot("outside") == "told" && slot("place").empty();
  if (kind == "draft_nudge" && elsewhere) {
    turn_.silent = true;
    return;
  }
  // Whoever only looked at a poster has told nothing.
  const bool place_told = !slot("place").empty() && (slot("poster").empty() || !slot("category").empty());
  const bool guessed = slot("guess") == "yes" && (slot("category").empty() || slot("category") == "unclear");
  const bool told = !guessed && (!slot("words").empty() || place_told || !slot("media").empty());
  if (kind == "draft_nudge")
    return told ? say_with("report.nudge", {}, {{"f:send", "button.send"}}) : say_with("report.nudge_empty", {});
  if (kind == "draft_middle" && slot("level") != "middle") {
    turn_.silent = true;
    return;
  }
  // Nothing told: nothing to forward.
  if (!told || elsewhere) {
    close_form(talk_);
    turn_.silent = true;
    return;
  }
  if (slot("category").empty()) set("category", "unclear");
  file(false, "report.filed_unfinished");
}

std::string report_talk::advice_for(std::span<const language::word> words) const {
  for (const auto& one : world_.book.advice)
    if (has_phrase(words, one.words)) return "danger.advice_" + one.id;
  return "danger.advice_away";
}

// What is said of a case that was just filed: who complains, who may not be seen and who has nobody to rely on are told
// other things, in this order.
std::string report_talk::text_for(const cases::report& r, std::string_view key, bool somebody, bool needs_place,
                                  bool has_question) const {
  const auto or_nobody = [&](std::string base) { return somebody ? base : base + "_nobody"; };
  if (key == "report.late") return needs_place ? "report.late_where" : "report.late";  // one answer, no dialogue
  // That it went past those who are accused is said only where it did.
  const bool clear = cases::keeps_clear(r, world_);
  const bool officer = clear && r.category == "officer_complaint";
  const bool official = clear && r.category == "official_complaint";
  const bool family = r.sealed && !r.category.ends_with("_complaint");
  if (is_high()) {
    // Who complains about an office must not be told to wait for it, nor to go there.
    if (officer || official) return or_nobody(officer ? "danger.filed_complaint" : "danger.filed_complaint_official");
    if (!slot("outside").empty() && slot("place").empty()) return or_nobody("danger.filed_outside");
    if (family) return or_nobody(needs_place ? "danger.filed_family_where" : "danger.filed_family");
    if (needs_place) return or_nobody("danger.filed_where");
    return or_nobody("danger.filed");
  }
  if (key != "report.sent" && somebody) return std::string(key);
  if (r.reporter_is == cases::identity::anonymous) return or_nobody("report.sent_anonymous");
  if (officer) return or_nobody("report.sent_complaint");
  if (official) return or_nobody("report.sent_complaint_official");
  if (family) return or_nobody("report.sent_family");
  if (!somebody) return "report.sent_nobody";
  return has_question ? "report.sent_and_ask" : "report.sent";
}

// Nobody came back to say whether it is another event: what was held goes along, so that officers read it.
void report_talk::keep_held(cases::report& r) const {
  for (const char* held : {"second", "two"})
    if (const std::string words = slot(held); !words.empty()) r.answers["words"] += "\n" + words;
  for (const auto& one : cases::attached_to({{"media", slot("second_media")}})) cases::attach(r.answers, one);
}

void report_talk::file(bool confirmed, std::string key) {
  if (!slot("whose").empty()) settle_whose(true);
  // An accusation stays one, whatever kind was chosen beside it.
  const std::string words = slot("words");
  if (!slot("category").ends_with("_complaint"))
    if (const auto about = category_of(complaint_in(language::split(words), world_.book.complaints)); !about.empty())
      set("category", std::string(about));
  const auto where = placement_now();
  cases::report r;
  r.id = facts_.fresh.report_id;
  r.number = facts_.fresh.report_number;
  r.reporter = facts_.contact;
  r.category = slot("category").empty() ? "unclear" : slot("category");
  r.level = cases::level_named(slot("level"));
  r.reporter_is = slot("identity") == "named"       ? cases::identity::named
                  : slot("identity") == "anonymous" ? cases::identity::anonymous
                                                    : cases::identity::hidden;
  r.confirmed = confirmed;
  r.sealed = where.sealed;
  const bool known = !where.ward_codes.empty() && slot("place_open").empty();
  r.ward = known ? where.ward_codes.front() : "";
  r.unit = cases::owner_of(where);
  r.watchers = cases::watchers_of(where);
  r.answers = talk_.answers;
  for (const char* inner :
       {"level",  "level_reason", "place_open", "outside", "when_guessed", "middle_timer", "album",
        "misses", "called",       "poster",     "wish",    "another",      "second",       "second_media",
        "two",    "send_anyway",  "last_night", "beside",  "waiting",      "guess"})
    r.answers.erase(inner);
  const bool by_person = !std::holds_alternative<said::timer>(in_.what);
  if (!by_person) keep_held(r);
  r.routing_reason = where.reason;
  r.level_reason = slot("level_reason");
  r.created_at = world_.now;
  r.changed_at = world_.now;
  r.version = 1;
  turn_.events.push_back({r.id, "filed", facts_.actor, confirmed ? "confirmed" : "unconfirmed", world_.now});
  turn_.events.push_back({r.id, "routed", 0, r.unit + ": " + r.routing_reason, world_.now});
  if (!r.level_reason.empty())
    turn_.events.push_back(
        {r.id, "rated", 0, std::string(cases::name_of(r.level)) + ": " + r.level_reason, world_.now});
  cases::link(turn_, r, world_);
  const auto told = cases::announce(turn_, r, world_);

  auto args = summary(where);
  args.push_back({"number", r.number});
  if (is_high()) args.push_back({"advice", advice_for(language::split(words)), true});
  const bool anonymous = r.reporter_is == cases::identity::anonymous;
  if (anonymous) {
    r.pin_hash = facts_.fresh.pin_hash;
    args.push_back({"pin", facts_.fresh.pin});
  }
  std::vector<choice> choices;
  answer_map asked_of = talk_.answers;
  asked_of["kind"] = cases::routed_as(r);
  const question* extra = questions().next(stage::after, asked_of);
  const bool needs_place = is_high() && !known && !r.category.ends_with("_complaint");
  key = text_for(r, key, !told.empty(), needs_place, extra != nullptr);
  const bool puts_extra = extra != nullptr && world_.book.texts.text("id", key).find("{question}") != std::string::npos;
  if (puts_extra) {
    args.push_back({"question", extra->ask, true});
    for (const auto& id : extra->choices) choices.push_back({button_data(extra->slot, id), extra->labels + "." + id});
  } else {
    args.push_back({"question", ""});
  }
  const bool ambiguous = needs_place && parted(slot("place")).size() > 1 && places_are_narrow();
  if (ambiguous) choices = place_choices();
  const bool danger = is_high();
  say_with(key, std::move(args), std::move(choices), danger ? priority::danger : priority::answer);
  turn_.replies.back().ask_location = needs_place && !ambiguous;
  turn_.replies.back().once = anonymous;  // the PIN

  const std::string second = slot("two");
  for (const auto& one : cases::attached_to(r.answers)) turn_.media_filed.emplace_back(one.id, r.id);

  // Without a trace: from here on nothing ties the case to this chat.
  if (anonymous && !needs_place) r.reporter = 0;
  if (r.reporter != 0) talk_.cases.push_back(r.number);
  if (talk_.cases.size() > max_cases) talk_.cases.erase(talk_.cases.begin());
  if (needs_place) {
    talk_.filed = r.number;
    talk_.asked = "place";
  } else {
    close_form(talk_);
    if (puts_extra) talk_.asked = extra->slot;
  }
  talk_.prompts = 0;
  turn_.reports.push_back(std::move(r));
  if (!second.empty() && !open() && by_person) hear_second(second);
}

}  // namespace bot
