#include "bot/conversation/report_talk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/own_pins.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

constexpr std::string_view form_id = "report";

}  // namespace

report_talk::report_talk(turn& t, const inbound& in, const facts& f, const world& w)
    : turn_(t), talk_(t.next), in_(in), facts_(f), world_(w) {}

bool report_talk::open() const { return talk_.form == form_id; }

const form& report_talk::questions() const { return world_.book.forms.find(form_id)->second; }

std::string report_talk::slot(std::string_view name) const {
  const auto at = talk_.answers.find(std::string(name));
  return at == talk_.answers.end() ? std::string() : at->second;
}

void report_talk::set(std::string_view name, std::string value) {
  if (value.empty())
    talk_.answers.erase(std::string(name));
  else
    talk_.answers[std::string(name)] = std::move(value);
}

std::string report_talk::kind() const { return cases::routed_as(talk_.answers, slot("category")); }

void report_talk::say_with(std::string_view key, std::vector<argument> args, std::vector<choice> choices, priority p) {
  say s;
  s.key = key;
  s.args = std::move(args);
  s.choices = std::move(choices);
  s.urgency = p;
  turn_.replies.push_back(std::move(s));
}

void report_talk::start_form() {
  if (open()) {
    if (talk_.form_version != questions().version)
      talk_.form_version = questions().version;  // answers carry over by slot
    return;
  }
  talk_.form = form_id;
  talk_.form_version = questions().version;
  talk_.answers.clear();
  set("media", std::exchange(files_, ""));
  talk_.asked.clear();
  talk_.prompts = 0;
  talk_.filed.clear();
  ++talk_.draft;
  talk_.greeted = true;
  talk_.expires_at = world_.now + world_.book.drafts.life;
  turn_.timers.push_back({"draft_nudge", facts_.contact, talk_.draft, world_.now + world_.book.drafts.nudge_after});
  turn_.timers.push_back({"draft_file", facts_.contact, talk_.draft, world_.now + world_.book.drafts.file_after});
}

void report_talk::begin() {
  // One that only waits to be sent is not mixed up with the next.
  if (open() && talk_.asked == "confirm") {
    set("another", "yes");
    auto args = summary(placement_now());
    return say_with("report.unsent", std::move(args), offered());
  }
  start_form();
  go_on();
}

void report_talk::begin_there(const perception& p, std::string_view text) {
  const bool first = !talk_.greeted;
  start_form();
  fill(p, false);
  set("words", masked(std::string(text)));
  set("guess", "yes");
  if (slot("place").empty() || !slot("place_open").empty()) return go_on();
  ask(*questions().find("category"), first ? "report.poster" : "report.ask_what_there");
  turn_.replies.back().args = {{"place", place_words()}};
}

void report_talk::begin_hurried() {
  start_form();
  ask(*questions().find("category"), "report.ask_hurried");
  turn_.replies.back().urgency = priority::danger;
}

// Who is in a hurry wants it sent; where something is still needed, that is asked once more, with 110 before it.
bool report_talk::hurry() {
  if (talk_.asked.empty() || talk_.asked == "words" || !talk_.filed.empty()) return false;
  if (talk_.asked == "confirm") return confirm(), true;
  say_with("report.hurry", {}, {}, priority::danger);
  ask_again();
  return true;
}

void report_talk::begin_at(const std::string& ward, bool ask_next) {
  const bool fresh = !open();
  start_form();
  choose_place(ward);
  set("outside", "");
  if (talk_.asked == "place") talk_.asked.clear();
  if (fresh) set("poster", "yes");
  if (!ask_next) return;
  if (!fresh) return go_on();
  ask(*questions().find("category"), "report.poster");
  turn_.replies.back().args = {{"place", place_words()}};
}

void report_talk::raise_level(std::string_view level, std::string_view reason) {
  const auto have = slot("level");
  if (!have.empty() && cases::level_named(level) <= cases::level_named(have)) return;
  set("level", std::string(level));
  set("level_reason", readable(reason, world_.book));
}

// The words so far are weighed anew as that kind of event. What was dangerous stays so.
void report_talk::choose_category(const std::string& category) {
  const bool another = !slot("category").empty() && slot("category") != category;
  set("category", category);
  if (slot("words").empty() || is_high()) return;
  const rating rated = rate_as(category, slot("words"), in_.sent_at, world_.book);
  if (!another) return raise_level(cases::name_of(rated.level), rated.reason);
  set("level", std::string(cases::name_of(rated.level)));
  set("level_reason", rated.reason);
}

void report_talk::fill(const perception& p, bool correcting) {
  const auto& m = p.meaning;
  const auto put = [&](std::string_view name, std::string value) {
    if (!value.empty() && (correcting || slot(name).empty())) set(name, std::move(value));
  };
  // A complaint about police or officials is its own kind, whatever else the words say: it must not reach them.
  if (const auto about = category_of(p.accuses); !about.empty() && slot("category") != "officer_complaint")
    set("category", std::string(about));
  // "Iya pak, sudah banyak orang …" goes on with what was told, and what is vaguer than that corrects nothing.
  const auto first = p.words.empty() ? world_.book.words.end() : world_.book.words.find(p.words.front().folded);
  const bool goes_on = first != world_.book.words.end() && agrees(first->second);
  if (slot("category").empty() || (!goes_on && m.category != "other")) put("category", std::string(m.category));
  if (slot("category") == "unclear" && !m.category.empty()) set("category", std::string(m.category));
  // Told after something else, a kind that only some may see must not travel under an open name.
  const auto& sealed = world_.book.routing.sealed;
  if (std::any_of(sealed.begin(), sealed.end(), [&](const auto& one) {
        return std::find(one.categories.begin(), one.categories.end(), m.category) != one.categories.end();
      }))
    set("category", std::string(m.category));
  cases::note_facts(talk_.answers, p.words, p.places, world_.book.card_facts);
  // What is sealed by a fact beside its kind stays so, whatever kind is chosen.
  const std::string sealed_as(cases::sealed_answer);
  if (const auto as = cases::sealed_in(p.words, world_.book.sealed); !as.empty() && slot(sealed_as) != "sexual")
    set(sealed_as, std::string(as));
  // "… from noon until now, and tomorrow is a school day": what goes on is not tomorrow.
  const bool later = m.when.resolved && *m.when.resolved > in_.sent_at + std::chrono::minutes(10);
  const bool told =
      m.when.kind == language::spoken_time::kind::past || m.when.kind == language::spoken_time::kind::future;
  if (told && !(m.ongoing && later)) {
    if (slot("when_guessed") == "yes")  // said now: it was not "now" that was meant before
      for (const char* guess : {"when", "ongoing", "when_guessed"}) set(guess, "");
    const std::string before = slot("when");
    put("when", moment_answer(m.when, world_.book.utc_offset));
    const auto& night = world_.book.choices.within.at("word.last_night");
    if (slot("when") != before) set("last_night", has_phrase(p.words, night) ? "yes" : "");
  } else if (m.when.kind == language::spoken_time::kind::now || (m.ongoing && slot("when").empty())) {
    auto now = m.when;  // "since seven": from when it goes on, if that was said
    if (!now.resolved) now.resolved = in_.sent_at;
    put("when", moment_answer(now, world_.book.utc_offset));
    set("when_guessed", "yes");
  }
  if (m.crowd) put("crowd", crowd_answer(*m.crowd));
  if (m.weapons) put("weapons", "yes");
  if (m.injuries) put("injuries", "yes");
  if (m.ongoing) put("ongoing", "yes");
  if (says_only(p.words, world_.book.calm)) set("ongoing", "no");
  if (m.anonymous_wish && slot("identity").empty()) set("wish", "anonymous");
  if (m.knowledge != language::knowledge::unknown) put("knowledge", std::string(language::name_of(m.knowledge)));
  if (m.level) raise_level(cases::name_of(*m.level), m.level_reason);

  const bool by_own_position = slot("pin_is") == "mine" && !slot("pin").empty();
  if (p.places.what == geography::place_finding::outcome::inside && by_own_position) stand_apart();
  if (p.places.what == geography::place_finding::outcome::inside &&
      (correcting || slot("place").empty() || !slot("place_open").empty())) {
    const auto found = cases::place_case(p.places, kind(), slot("level"), world_);
    // A second message can settle what the first left open: keep what both allow.
    std::vector<std::string> both;
    if (!correcting) {
      for (const auto& before : parted(slot("place")))
        for (const auto& now : found.ward_codes)
          if (before == now || before.starts_with(now + ".") || now.starts_with(before + "."))
            both.push_back(before.size() > now.size() ? before : now);
      std::sort(both.begin(), both.end());
      both.erase(std::unique(both.begin(), both.end()), both.end());
    }
    take_places(both.empty() ? found : cases::place_case(both, kind(), slot("level"), world_));
  }
  if (p.places.what == geography::place_finding::outcome::outside && slot("place").empty()) set("outside", "yes");
  if (activity_in(p.words, m, world_.book.activities) == activity::threatened) set("protect", "yes");
}

void report_talk::hear(const perception& heard, std::string_view text) {
  const bool fresh = !open();
  set("beside", "");
  if (!fresh && tells_of_another(heard)) return hear_another(heard, text);
  if (fresh) {
    if (const auto first = first_of_two(heard, text)) return hear(perceive(*first, in_.sent_at, world_.book), *first);
  }
  // "bukan balap liar, tapi tawuran": only what is right instead counts.
  const auto right = fresh ? std::nullopt : put_right(heard, text);
  const perception& p = right ? *right : heard;
  start_form();
  const std::string asked = talk_.asked;
  if (!right && (asked == "confirm" || asked == "change") && doubts(heard)) return ask_instead(heard, text);
  const bool correcting =
      right || heard.meaning.intent == language::intent::correction || asked == "confirm" || asked == "change";
  const auto before = talk_.answers;
  const std::string category = slot("category");

  // An answer to the open question comes first: "2" or "sekarang" mean what was asked.
  bool answered = false;
  if (const question* q = questions().find(asked)) {
    if (q->kind == question_kind::contact) {
      if (take_callback(text)) return;
      // What is said of the wish to be called tells nothing of the event.
      if (p.meaning.intent != language::intent::report && p.meaning.intent != language::intent::emergency)
        return ask(*q, q->ask + "_again");
    } else if (q->kind == question_kind::place) {
      if (!pick_place(p)) {
        if (p.places.what == geography::place_finding::outcome::inside && slot("place_open").empty()) set("place", "");
        fill(p, right.has_value());
      }
      answered = talk_.answers != before;
    } else if (auto answer = read_answer(*q, p, text, talk_.language, world_.book)) {
      if (q->kind == question_kind::text && answer->size() > q->most) answer->resize(utf8_cut(*answer, q->most));
      if (q->slot == "words" && !slot("words").empty()) *answer = slot("words") + "\n" + *answer;
      set(q->slot, q->kind == question_kind::text ? masked(*answer) : *answer);
      if (q->slot == "when")
        set("last_night", has_phrase(p.words, world_.book.choices.within.at("word.last_night")) ? "yes" : "");
      if (q->slot == "identity") mind_callback();
      answered = true;
    }
  }
  fill(p, correcting);
  if (in_.forwarded) set("relayed", "yes");

  // What describes the event is kept as the reporter's own words, whichever question was open.
  const bool tells =
      asked != "words" && (p.words.size() >= 4 || !p.meaning.category.empty()) &&
      (p.meaning.intent == language::intent::report || p.meaning.intent == language::intent::emergency ||
       p.accuses != complaint::none || (p.meaning.intent == language::intent::other && p.words.size() >= 5));
  const bool only_label = answered && asked == "category" && p.words.size() <= 3;
  // "motornya vario hitam, plat N 2345 TV": no place, but words of the event, whichever question is open.
  // Neither is a landmark that only people there know lost; but it does not tell what happens.
  const bool no_place = asked == "place" && p.places.what != geography::place_finding::outcome::inside &&
                        p.words.size() >= 3 && talk_.filed.empty();
  const bool searched = no_place && tries_place(p);
  if ((no_place && (!searched || !slot("words").empty())) ||
      (tells && !only_label && (asked != "place" || !p.meaning.category.empty()))) {
    const std::string have = slot("words");
    if (have.size() < 4000)
      set("words", have.empty() ? masked(std::string(text)) : have + "\n" + masked(std::string(text)));
  }

  // Another kind than before, or words for a kind that was only chosen: what they say together counts.
  if (const std::string now = slot("category"); !now.empty()) {
    if (!category.empty() && category != now) {
      set("category", category);
      choose_category(now);
    } else if (answered && asked == "words") {
      choose_category(now);
    }
  }

  if (!talk_.filed.empty()) {  // danger: the case is with the officers already, this enriches it
    if (!add_to_case(p, text)) go_on();
    return;
  }
  const bool changed = talk_.answers != before;
  if (!asked.empty() && !answered) remember_miss(text);
  if (no_place && !searched) return ask(*questions().find(asked), "report.noted_where");
  if (searched && slot("place_open").empty()) return ask(*questions().find(asked), "report.ask_place_again");
  if (!fresh && !changed && !answered && !asked.empty()) {
    if (asked == "confirm") return read_back();
    if (asked == "second") return ask_again();
    if (!slot("place_open").empty() && asked == "place") return ask_which_place();
    if (const question* q = questions().find(asked))
      return ask(*q, world_.book.texts.has(q->ask + "_again") ? q->ask + "_again" : "");
  }
  if (asked == "change" || asked == "confirm") talk_.asked.clear();
  go_on();
}

void report_talk::receive(const said::media& media, const perception* caption) {
  const bool fresh = !open();
  if (!fresh && (talk_.asked == "second" || (caption != nullptr && tells_of_another(*caption))))
    return receive_another(media, caption);
  start_form();
  const bool same_album = !media.album.empty() && slot("album") == media.album;
  const auto* filed_already = talk_.filed.empty() ? nullptr : case_of(talk_.filed);
  attach(talk_.answers, filed_already == nullptr ? 0 : filed_already->id, media);
  set("album", media.album);
  if (caption != nullptr) fill(*caption, false);
  if (in_.forwarded) set("relayed", "yes");
  if (caption != nullptr && caption->words.size() >= 2 && slot("words").empty()) set("words", masked(media.caption));
  if (!talk_.filed.empty()) {
    if (const auto* filed = case_of(talk_.filed)) {
      cases::report r = *filed;
      r.answers["media"] = slot("media");
      return enrich(r, "evidence", "media");
    }
  }
  if (same_album) {  // an album is one item: it was answered with its first part
    turn_.silent = true;
    return;
  }
  // Voice and photo alone are welcome: what it is can stay unclear, where it is cannot.
  if (slot("category").empty()) set("category", "unclear");
  if (slot("words").empty()) set("words", name_of_wordless(media.what));
  if (fresh && slot("place").empty()) {
    talk_.asked = "place";
    talk_.prompts = 1;
    say_with("report.media_first", {});
    turn_.replies.back().ask_location = true;
    return;
  }
  // Who sends only voices or pictures may be unable to write: it can go as it is.
  if (talk_.asked == "place" && caption == nullptr && slot("place").empty()) {
    set("send_anyway", "yes");
    say_with("report.media_again", {}, {{"f:send", "button.send"}});
    turn_.replies.back().ask_location = true;
    return;
  }
  go_on();
}

bool report_talk::tap(std::string_view data) {
  if (data == "f:send") return confirm(), true;
  if (data == "f:change") return change(), true;
  if (data == "f:danger") return danger(), true;
  if (data == "f:drop") return drop(), true;
  if (data.starts_with("c:pin_is:") && open() && talk_.asked == "pin_is") {
    settle_pin(data.substr(9));
    return true;
  }
  if (data.starts_with("c:whose:") && open() && !slot("whose").empty()) {
    const bool officer = data.substr(8) == "officer";
    settle_whose(officer);
    if (officer) ask_again();
    return true;
  }
  if (data.starts_with("c:second:") && open() && talk_.asked == "second") {
    settle_second(data.substr(9) == "other");
    return true;
  }
  if (data.starts_with(pin_button)) {
    if (!open()) talk_.asked.clear();
    return give_pin(turn_, data.substr(pin_button.size()), facts_, world_);
  }
  if (data.starts_with("c:drop:")) {
    const auto* filed = case_of(data.substr(7));
    if (filed == nullptr || filed->state == cases::state::closed) return false;
    if (!open()) talk_.asked.clear();
    withdraw(*filed);
    return true;
  }
  if (data.starts_with("c:move:") || data.starts_with("c:keep:")) return settle_move(data);
  if (data.starts_with("c:change:") && open() && (talk_.asked == "change" || talk_.asked == "confirm")) {
    const question* q = questions().find(data.substr(9));
    if (q == nullptr) return false;
    // Another kind is weighed against this one, and what is only shown stays until something else is said.
    if (q->slot == "place") {
      for (const char* also : {"place", "pin", "pin_is", "place_open"}) set(also, "");
    } else if (q->slot == "words") {
      set("words", "");
    }
    talk_.prompts = 0;
    ask(*q);
    return true;
  }
  for (const auto& q : questions().questions) {
    const auto value = read_button(q, data);
    if (!value) continue;
    if (q.when == stage::after) {
      // Rides under the number: it belongs to the newest case, whether or not a draft is open.
      return keep_extra(q, *value, {});
    }
    if (!open()) return false;
    if (q.kind == question_kind::place) {
      const auto open_places = parted(slot("place"));
      if (*value == "other") {
        set("place", "");
        set("place_open", "");
        ask(q);
        return true;
      }
      if (world_.book.atlas.find(*value) == geography::no_area) return false;
      choose_place(*value);
    } else if (q.slot == "category") {
      choose_category(*value);
    } else {
      set(q.slot, *value);
      if (q.slot == "identity") mind_callback();
    }
    talk_.asked.clear();
    talk_.prompts = 0;
    go_on();
    return true;
  }
  return false;
}

void report_talk::confirm() {
  if (!open() || !talk_.filed.empty()) {  // filed already: what is pressed late confirms it
    const auto* filed = case_of(!talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back());
    if (filed == nullptr || filed->state == cases::state::closed) return say_with("cancel.nothing", {});
    cases::report r = *filed;
    r.confirmed = true;
    return enrich(r, "confirmed", "");
  }
  if (talk_.asked == "second") return settle_second(true);
  // "kirim" at any question means: this is all I know. Who has told nothing has nothing to send.
  const bool told =
      !slot("words").empty() || !slot("place").empty() || !slot("category").empty() || !slot("media").empty();
  if (!told) return go_on();
  if (slot("category").empty()) set("category", "unclear");
  // Nobody is promised a call without a number.
  if (slot("identity") == "named" && slot("phone").empty()) {
    const question* phone = questions().find("phone");
    if (phone != nullptr && talk_.asked != "phone") return ask(*phone);
    set("identity", "hidden");
  }
  // Who cannot name the place is not held back by it: said once more, it goes as it is.
  const bool insists = slot("send_anyway") == "yes" || (talk_.asked == "place" && talk_.prompts > most_misses);
  const bool open_place = slot("place").empty() || !slot("place_open").empty();
  if (open_place && !insists) {
    set("send_anyway", "yes");
    if (!slot("place").empty()) return ask_which_place();
    talk_.asked = "place";
    talk_.prompts = std::max(talk_.prompts, 1);
    say_with("report.ask_place_or_send", {}, {{"f:send", "button.send"}});
    turn_.replies.back().ask_location = true;
    return;
  }
  file(true, "report.sent");
}

void report_talk::danger() {
  const std::string why(world_.book.texts.text("id", "card_word.danger_button"));
  if (!open() && raise_case(why)) return;
  start_form();
  raise_level("high", why);
  if (slot("category").empty()) set("category", "unclear");
  if (!talk_.filed.empty()) return say_with("danger.added", {{"number", talk_.filed}}, {}, priority::danger);
  go_on();
}

}  // namespace bot
