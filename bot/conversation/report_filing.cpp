// What becomes of a told report: filed as a case, enriched, withdrawn, or forwarded as it is when nobody came back.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
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
    drop_media();
    talk_.form.clear();
    talk_.asked.clear();
    talk_.answers.clear();
    talk_.expires_at = {};
    ++talk_.draft;
    return say_with("cancel.draft", {});
  }
  const std::string number = !talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back();
  const auto* filed = case_of(number);
  if (filed == nullptr || filed->state == cases::state::closed) return say_with("cancel.nothing", {});
  // The attacker may hold the phone: a case that was forwarded stays one.
  cases::report r = *filed;
  r.answers["withdrawn"] = "yes";
  ++r.version;
  r.changed_at = world_.now;
  turn_.events.push_back({r.id, "reporter_withdraws", facts_.actor, "", world_.now});
  cases::announce_change(turn_, r, "withdrawn", world_);
  turn_.reports.push_back(std::move(r));
  talk_.form.clear();
  talk_.asked.clear();
  say_with("cancel.filed", {{"number", number}});
}

void report_talk::timer(std::string_view kind) {
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
  const bool told = !slot("words").empty() || !slot("place").empty() || !slot("media").empty();
  if (kind == "draft_nudge")
    return told ? say_with("report.nudge", {}, {{"f:send", "button.send"}}) : say_with("report.nudge_empty", {});
  if (kind == "draft_middle" && slot("level") != "middle") {
    turn_.silent = true;
    return;
  }
  // Nothing told: nothing to forward.
  if (!told || elsewhere) {
    talk_.form.clear();
    talk_.asked.clear();
    talk_.answers.clear();
    turn_.silent = true;
    return;
  }
  if (slot("category").empty()) set("category", "unclear");
  file(false, "report.filed_unfinished");
}

void report_talk::file(bool confirmed, std::string_view key) {
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
  for (const char* inner : {"level", "level_reason", "place_open", "outside", "when_guessed", "middle_timer", "album"})
    r.answers.erase(inner);
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
  const bool somebody = cases::announce(turn_, r, world_);

  auto args = summary(where);
  args.push_back({"number", r.number});
  const bool anonymous = r.reporter_is == cases::identity::anonymous;
  if (anonymous) {
    r.pin_hash = facts_.fresh.pin_hash;
    args.push_back({"pin", facts_.fresh.pin});
  }
  std::vector<choice> choices;
  answer_map asked_of = talk_.answers;
  const question* extra = questions().next(stage::after, asked_of);
  const bool needs_place = is_high() && !known;
  if (key == "report.late") {  // what was urgent then is told as it was: one answer, no dialogue
    if (needs_place) key = "report.late_where";
  } else if (is_high() && !slot("outside").empty() && slot("place").empty())
    key = "danger.filed_outside";
  else if (needs_place)
    key = "danger.filed_where";
  else if (!somebody && !anonymous)
    // Who complains about an office must not be told to go there.
    key = is_high()                            ? "danger.filed_nobody"
          : r.category.ends_with("_complaint") ? "report.sent_complaint_nobody"
                                               : "report.sent_nobody";
  else if (key == "report.sent" && anonymous)
    key = "report.sent_anonymous";
  else if (key == "report.sent" && r.category == "officer_complaint")
    key = "report.sent_complaint";
  else if (key == "report.sent" && r.category == "official_complaint")
    key = "report.sent_complaint_official";
  else if (key == "report.sent" && r.sealed)
    key = "report.sent_family";
  else if (extra != nullptr && key == "report.sent")
    key = "report.sent_and_ask";
  if (extra != nullptr && !needs_place && (key == "danger.filed" || key == "report.sent_and_ask")) {
    args.push_back({"question", extra->ask, true});
    for (const auto& id : extra->choices) choices.push_back({button_data(extra->slot, id), extra->labels + "." + id});
  } else {
    args.push_back({"question", ""});
  }
  const bool ambiguous = needs_place && parted(slot("place")).size() > 1;
  if (ambiguous) choices = place_choices();
  const bool danger = is_high();
  say_with(key, std::move(args), std::move(choices), danger ? priority::danger : priority::answer);
  turn_.replies.back().ask_location = needs_place && !ambiguous;

  for (const auto& one : cases::attached_to(talk_.answers)) turn_.media_filed.emplace_back(one.id, r.id);

  // Without a trace: from here on nothing ties the case to this chat.
  if (anonymous && !needs_place) r.reporter = 0;
  if (r.reporter != 0) talk_.cases.push_back(r.number);
  if (talk_.cases.size() > max_cases) talk_.cases.erase(talk_.cases.begin());
  if (needs_place) {
    talk_.filed = r.number;
    talk_.asked = "place";
  } else {
    talk_.form.clear();
    talk_.asked.clear();
    talk_.answers.clear();
    talk_.filed.clear();
    talk_.expires_at = {};
  }
  talk_.prompts = 0;
  turn_.reports.push_back(std::move(r));
}

const cases::report* report_talk::case_of(std::string_view number) const {
  for (const auto& r : turn_.reports)
    if (r.number == number) return &r;
  for (const auto& r : facts_.reports)
    if (r.number == number && r.reporter == facts_.contact) return &r;
  return nullptr;
}

bool report_talk::add_to_case(const perception& p, std::string_view text) {
  const std::string number = !talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back();
  const auto* filed = case_of(number);
  if (filed == nullptr || filed->state == cases::state::closed) return false;
  cases::report r = *filed;
  r.answers["added"] = masked(std::string(text.substr(0, utf8_cut(text, 1000))));
  std::string& words = r.answers["words"];
  if (words.size() < 4000) words += (words.empty() ? "" : "\n") + masked(std::string(text));
  const auto& m = p.meaning;
  if (r.category == "unclear" && !m.category.empty()) r.category = m.category;
  if (m.weapons) r.answers["weapons"] = "yes";
  if (m.injuries) r.answers["injuries"] = "yes";
  const bool raised = m.level && *m.level > r.level;
  if (raised) {
    r.level = *m.level;
    r.level_reason = m.level_reason;
    turn_.events.push_back(
        {r.id, "rated", 0, std::string(cases::name_of(r.level)) + ": " + r.level_reason, world_.now});
  }
  if (r.ward.empty() && p.places.what == geography::place_finding::outcome::inside) {
    const auto where = cases::place_case(p.places, r.category, cases::name_of(r.level), world_);
    if (!where.ward_codes.empty()) {
      set("place", joined(where.ward_codes));
      set("place_open", where.status == geography::routing_status::certain ? "" : "yes");
      if (slot("place_open").empty()) {
        enrich(r, "placed", "words");
        return true;
      }
      ask_which_place();
    }
  }
  enrich(r, raised ? "raised" : "added", "words");
  return true;
}

bool report_talk::add_media(const said::media& media) {
  const auto* filed = case_of(talk_.cases.empty() ? "" : talk_.cases.back());
  if (filed == nullptr || filed->state == cases::state::closed) return false;
  cases::report r = *filed;
  attach(r.answers, r.id, media);
  const bool same_album = !media.album.empty() && r.answers["album"] == media.album;
  r.answers["album"] = media.album;
  r.answers["added"] = media.what == said::media::kind::voice ? "(pesan suara)" : "(gambar atau berkas)";
  if (!media.caption.empty()) {
    const std::string caption = masked(media.caption);  // before it is cut: half a number would not be known as one
    r.answers["added"] += " " + caption.substr(0, utf8_cut(caption, 1000));
    if (std::string& words = r.answers["words"]; words.size() < 4000) words += "\n" + caption;
  }
  if (!same_album) return enrich(r, "evidence", "media"), true;
  ++r.version;
  turn_.reports.push_back(std::move(r));
  turn_.silent = true;
  return true;
}

bool report_talk::attach(answer_map& answers, std::int64_t report, const said::media& media) {
  const std::int64_t id = facts_.fresh.media_id;
  if (!cases::attach(answers, {media.what, id})) return false;
  turn_.media.push_back({id, report, media});
  return true;
}

void report_talk::drop_media() {
  for (const auto& one : cases::attached_to(talk_.answers)) turn_.media_dropped.push_back(one.id);
}

namespace {

bool ends_with_picture(const answer_map& answers) {
  if (!answers.contains("media")) return false;
  const auto all = cases::attached_to(answers);
  return !all.empty() &&
         (all.back().what == said::media::kind::photo || all.back().what == said::media::kind::document);
}

}  // namespace

bool report_talk::picture_last() const {
  if (open()) return ends_with_picture(talk_.answers);
  const auto* filed = case_of(talk_.cases.empty() ? "" : talk_.cases.back());
  if (filed == nullptr || filed->state == cases::state::closed || !ends_with_picture(filed->answers)) return false;
  const auto added = filed->answers.find("added");
  return added != filed->answers.end() && added->second == "(gambar atau berkas)";
}

void report_talk::take_back_picture() {
  if (open()) turn_.media_dropped.push_back(cases::detach_newest(talk_.answers));
  const auto* filed = case_of(!talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back());
  if (filed == nullptr || (open() && talk_.filed.empty())) return;
  cases::report r = *filed;
  turn_.media_dropped.push_back(cases::detach_newest(r.answers));
  ++r.version;
  r.changed_at = world_.now;
  turn_.events.push_back({r.id, "identity_card_dropped", facts_.actor, "", world_.now});
  cases::announce_change(turn_, r, "dropped", world_);
  turn_.reports.push_back(std::move(r));
}

bool report_talk::add_pin(const said::pin& pin) {
  const auto* filed = case_of(talk_.cases.empty() ? "" : talk_.cases.back());
  if (filed == nullptr || filed->state == cases::state::closed) return false;
  cases::report r = *filed;
  r.answers["pin"] = fmt::format("{:.6f},{:.6f}", pin.latitude, pin.longitude);
  r.answers["added"] = "(lokasi)";
  enrich(r, "added", "pin");
  return true;
}

bool report_talk::raise_case(std::string_view reason) {
  const auto* filed = case_of(talk_.cases.empty() ? "" : talk_.cases.back());
  if (filed == nullptr || filed->state == cases::state::closed ||
      world_.now - filed->created_at > std::chrono::hours(24))
    return false;
  cases::report r = *filed;
  const bool raised = r.level != cases::level::high;
  if (raised) raise(r, reason);
  r.answers["added"] = reason;
  enrich(r, raised ? "raised" : "added", reason);
  return true;
}

void report_talk::raise(cases::report& r, std::string_view reason) {
  r.level = cases::level::high;
  r.level_reason = reason;
  turn_.events.push_back({r.id, "rated", 0, std::string(cases::name_of(r.level)) + ": " + r.level_reason, world_.now});
}

void report_talk::enrich(cases::report& r, std::string_view kind, std::string_view detail) {
  bool placed = false, moves = false;
  if (r.ward.empty() && !slot("place").empty() && slot("place_open").empty()) {
    const auto where = placement_now();
    if (!where.ward_codes.empty()) {
      r.ward = where.ward_codes.front();
      r.answers["place"] = slot("place");
      // Whoever has taken it keeps it; otherwise it goes where it belongs.
      moves = r.holder == 0 && cases::owner_of(where) != r.unit;
      if (moves) r.unit = cases::owner_of(where);
      r.watchers = cases::watchers_of(where);
      r.routing_reason = where.reason;
      placed = true;
      turn_.events.push_back({r.id, moves ? "moved" : "routed", 0, r.unit + ": " + r.routing_reason, world_.now});
    }
  }
  ++r.version;
  r.changed_at = world_.now;
  turn_.events.push_back({r.id, std::string(kind), facts_.actor, std::string(detail), world_.now});
  cases::announce_change(turn_, r, kind, world_);
  if (r.holder == 0 && (moves || kind == "raised")) {
    r.step = 0;  // other people, or another level: the clock starts again
    cases::announce(turn_, r, world_);
  }
  const std::string number = r.number;
  // Nobody who has reached safety is told to flee over and over.
  const bool high =
      r.level == cases::level::high && r.state != cases::state::on_site && !r.answers.contains("withdrawn");
  if (placed) {
    say_with("report.added_place",
             {{"place", place_words()}, {"number", number}, {"unit", cases::name_of_unit(r.unit, world_)}});
    talk_.form.clear();
    talk_.asked.clear();
    talk_.answers.clear();
    talk_.filed.clear();
    talk_.expires_at = {};
  } else if (turn_.replies.empty()) {
    if (kind == "answered" || kind == "confirmed")
      say_with("report.noted", {{"number", number}});
    else
      say_with(kind == "raised" && high ? "danger.raised"
               : high                   ? "danger.added"
                                        : "report.added",
               {{"number", number}}, {}, high ? priority::danger : priority::answer);
  }
  turn_.reports.push_back(std::move(r));
}

}  // namespace bot
