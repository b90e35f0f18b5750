// What is added to a case that is filed: words, pictures, a place, more danger.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/conversation/standing.hpp"
#include "bot/retention.hpp"

namespace bot {
namespace {

// Set while the newest thing that the reporter sent of a case is a picture without words.
const std::string bare_picture = "bare_picture";

bool is_picture(said::media::kind what) {
  return what == said::media::kind::photo || what == said::media::kind::document;
}

bool ends_with_picture(const answer_map& answers) {
  const auto all = cases::attached_to(answers);
  return !all.empty() && is_picture(all.back().what);
}

std::string shortened(const std::string& words) {
  constexpr std::size_t most = 80;  // characters
  const auto cut = utf8_cut(words, most);
  return cut == words.size() ? words : words.substr(0, cut) + "…";
}

}  // namespace

const cases::report* report_talk::case_of(std::string_view number) const {
  for (const auto& r : turn_.reports)
    if (r.number == number) return &r;
  for (const auto& r : facts_.reports)
    if (r.number == number && r.reporter == facts_.contact) return &r;
  return nullptr;
}

const cases::report* report_talk::open_case() const {
  const auto open_one = [&](const std::string& number) {
    const auto* filed = case_of(number);
    return filed != nullptr && filed->state != cases::state::closed ? filed : nullptr;
  };
  if (!talk_.filed.empty()) return open_one(talk_.filed);
  if (!about_.empty()) return open_one(about_);
  for (auto number = talk_.cases.rbegin(); number != talk_.cases.rend(); ++number)
    if (const auto* filed = open_one(*number)) return filed;
  return nullptr;
}

void report_talk::keep_added(cases::report& r, std::string_view text) const {
  if (in_.forwarded) r.answers["relayed"] = "yes";
  r.answers.erase(bare_picture);
  r.answers["added"] = masked(std::string(text.substr(0, utf8_cut(text, 1000))));
  std::string& words = r.answers["words"];
  if (words.size() < 4000) words += (words.empty() ? "" : "\n") + masked(std::string(text));
}

bool report_talk::add_to_case(const perception& p, std::string_view text) {
  const auto* filed = open_case();
  if (filed == nullptr) return false;
  cases::report r = *filed;
  keep_added(r, text);
  const auto& m = p.meaning;
  if (r.category == "unclear" && !m.category.empty()) r.category = m.category;
  cases::seal_if_told(turn_, r, p.words, world_);
  cases::note_facts(r.answers, p.words, p.places, world_.book.card_facts);
  const bool raised = worsen(r, m);
  if (r.ward.empty() && p.places.what == geography::place_finding::outcome::inside) {
    if (talk_.filed.empty())  // else the open question has read the place, beside what was known before
      take_places(cases::place_case(p.places, cases::routed_as(r), cases::name_of(r.level), world_));
    if (!slot("place").empty() && slot("place_open").empty()) {
      enrich(r, "placed", "words");
      return true;
    }
    if (!slot("place").empty()) ask_which_place();
  }
  // Nobody can be sent to a case without a place.
  if (!talk_.filed.empty() && r.ward.empty() && turn_.replies.empty() && slot("outside").empty() &&
      talk_.prompts < most_misses && !is_hushed(r)) {
    talk_.asked = "place";
    ++talk_.prompts;
    say_with("danger.added_where", {{"number", r.number}}, {}, priority::danger);
    turn_.replies.back().ask_location = true;
  }
  enrich(r, raised ? "raised" : "added", "words");
  return true;
}

// What is told besides: facts for the card, and how bad all of it is together.
bool report_talk::worsen(cases::report& r, const language::understanding& m) {
  const auto asks_of_it = [&](const char* about) {
    const question* q = questions().find(about);
    const auto kinds =
        q == nullptr ? std::map<std::string, std::vector<std::string>>::const_iterator{} : q->ask_if.find("category");
    return q != nullptr && kinds != q->ask_if.end() &&
           std::find(kinds->second.begin(), kinds->second.end(), r.category) != kinds->second.end();
  };
  const bool was_high = r.level == cases::level::high;
  const auto learn = [&](const char* what, bool said) {
    if (!said) return;
    const bool news = r.answers[what] != "yes";
    r.answers[what] = "yes";
    if (news && asks_of_it(what) && r.level != cases::level::high)
      raise(r, fmt::format("{}: {}", world_.book.texts.text("id", std::string("slot.") + what),
                           world_.book.texts.text("id", "yes_no_unknown.yes")));
  };
  learn("weapons", m.weapons);
  learn("injuries", m.injuries);
  if (m.ongoing) r.answers["ongoing"] = "yes";
  if (m.crowd && !r.answers.contains("crowd")) r.answers["crowd"] = crowd_answer(*m.crowd);
  if (m.level && *m.level > r.level) {
    r.level = *m.level;
    r.level_reason = m.level_reason;
    turn_.events.push_back(
        {r.id, "rated", 0, std::string(cases::name_of(r.level)) + ": " + r.level_reason, world_.now});
    return true;
  }
  return !was_high && r.level == cases::level::high;
}

bool report_talk::add_media(const said::media& media) {
  const auto* filed = open_case();
  if (filed == nullptr) return false;
  cases::report r = *filed;
  attach(r.answers, r.id, media);
  if (in_.forwarded) r.answers["relayed"] = "yes";
  const bool same_album = !media.album.empty() && r.answers["album"] == media.album;
  r.answers["album"] = media.album;
  r.answers["added"] = name_of_wordless(media.what);
  if (is_picture(media.what) && media.caption.empty())
    r.answers[bare_picture] = "yes";
  else
    r.answers.erase(bare_picture);
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

// As officers read it.
std::string report_talk::name_of_wordless(said::media::kind what) const {
  const bool voice = what == said::media::kind::voice;
  return std::string(world_.book.texts.text("id", voice ? "card_word.voice" : "card_word.file"));
}

bool report_talk::attach(answer_map& answers, std::int64_t report, const said::media& media) {
  const std::int64_t id = facts_.fresh.media_id;
  if (!cases::attach(answers, {media.what, id})) return false;
  turn_.media.push_back({id, report, media});
  return true;
}

void report_talk::drop_media() {
  for (const auto one : files_of_draft(talk_)) turn_.media_dropped.push_back(one);
}

bool report_talk::picture_last() const {
  if (open()) return ends_with_picture(talk_.answers);
  const auto* filed = open_case();
  return filed != nullptr && filed->answers.contains(bare_picture) && ends_with_picture(filed->answers);
}

void report_talk::take_back_picture() {
  if (open()) turn_.media_dropped.push_back(cases::detach_newest(talk_.answers));
  const auto* filed = open_case();
  if (filed == nullptr || (open() && talk_.filed.empty())) return;
  cases::report r = *filed;
  r.answers.erase(bare_picture);
  turn_.media_dropped.push_back(cases::detach_newest(r.answers));
  ++r.version;
  r.changed_at = world_.now;
  turn_.events.push_back({r.id, "identity_card_dropped", facts_.actor, "", world_.now});
  cases::announce_change(turn_, r, "dropped", world_);
  turn_.reports.push_back(std::move(r));
}

bool report_talk::add_pin(const said::pin& pin) {
  const auto* filed = open_case();
  if (filed == nullptr) return false;
  cases::report r = *filed;
  r.answers["pin"] = fmt::format("{:.6f},{:.6f}", pin.latitude, pin.longitude);
  r.answers["added"] = world_.book.texts.text("id", "card_word.location");
  r.answers.erase(bare_picture);
  enrich(r, "added", "pin");
  return true;
}

bool report_talk::raise_case(std::string_view reason) {
  const auto* filed = open_case();
  if (filed == nullptr || world_.now - filed->created_at > world_.book.escalation.case_fresh) return false;
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

std::string report_talk::told_unit(const cases::report& r) const {
  if (r.holder != 0) return cases::name_of_unit(r.unit, world_);
  const auto told = cases::recipients_of(cases::destination_of(r), world_);
  return told.empty() ? cases::name_of_unit(r.unit, world_) : cases::names_of_units(told, world_);
}

bool report_talk::take_place(cases::report& r) {
  if (slot("place").empty()) return false;
  // As what the case is, not the talk: a complaint stays one when only its place is told later.
  const auto where = placement_as(cases::routed_as(r), cases::name_of(r.level));
  const std::string owner = cases::owner_of(where);
  const bool known = slot("place_open").empty() && !where.ward_codes.empty();
  // Half a place, as a city with several stations, brings it down to those who know that part.
  const auto chain = cases::chain_of(owner, world_);
  const bool nearer = owner != r.unit && std::find(chain.begin(), chain.end(), r.unit) != chain.end();
  if (!known && !nearer) return false;
  const bool moves = r.holder == 0 && owner != r.unit;  // whoever has taken it keeps it
  if (moves) r.unit = owner;
  r.answers["place"] = slot("place");
  r.routing_reason = where.reason;
  if (known) {
    r.ward = where.ward_codes.front();
    r.watchers = cases::watchers_of(where);
    cases::link(turn_, r, world_);
  }
  turn_.events.push_back({r.id, moves ? "moved" : "routed", 0, r.unit + ": " + r.routing_reason, world_.now});
  return moves;
}

// What the reporter is told of an addition. Whoever holds a phone that is not safe learns nothing of a case.
void report_talk::thank(cases::report& r, std::string_view kind, const std::string& reminded) {
  // Nobody who has reached safety is told to flee over and over.
  const bool high =
      r.level == cases::level::high && r.state != cases::state::on_site && !r.answers.contains("withdrawn");
  const std::string number = named(r);
  if (is_hushed(r)) return say_with(kind == "answered" ? "report.noted_unsafe" : "report.silent", {});
  if (kind == "answered" || kind == "confirmed") return say_with("report.noted", {{"number", number}});
  if (kind == "calmer") return say_with("report.calmer", {{"number", number}});
  if (kind == "pleaded" && !reminded.empty() && !high)
    return say_with("report.pleaded", {{"number", number}, {"unit", reminded}});
  if (kind == "pleaded") {  // what is being done, as it stands
    const bool wants_pin = high && !r.answers.contains("pin") && !r.answers.contains("pin_wanted");
    const char* key = !high ? "report.pleaded_state" : wants_pin ? "danger.pleaded_where" : "danger.pleaded_state";
    say_with(key, standing_of(r, world_), {}, high ? priority::danger : priority::answer);
    turn_.replies.back().ask_location = wants_pin;
    if (wants_pin) r.answers["pin_wanted"] = "yes";
    return;
  }
  if (kind == "raised" && high) return say_with("danger.raised", {{"number", number}}, {}, priority::danger);
  const bool answers = r.answers.erase(awaits_answer) > 0;
  if (answers && !high) return say_with("report.answered", {{"number", number}});

  std::vector<argument> args = {{"number", number}};
  const bool by_words = kind == "added" && std::holds_alternative<said::text>(in_.what);
  if (by_words) args.push_back({"words", shortened(r.answers["added"])});
  if (!high) {
    const std::string key = std::string("report.added") + (by_words ? "_words" : "") + (r.holder != 0 ? "_held" : "");
    return say_with(key, std::move(args));
  }
  // Where it is exactly is asked for once.
  const bool wants_pin = by_words && !r.answers.contains("pin") && !r.answers.contains("pin_wanted");
  say_with(wants_pin  ? "danger.added_pin"
           : by_words ? "danger.added_words"
                      : "danger.added",
           std::move(args), {}, priority::danger);
  turn_.replies.back().ask_location = wants_pin;
  if (wants_pin) r.answers["pin_wanted"] = "yes";
}

void report_talk::enrich(cases::report& r, std::string_view kind, std::string_view detail) {
  // The place of a draft is not that of a case which it did not become.
  const bool unplaced = r.ward.empty() && (!open() || talk_.filed == r.number);
  const bool moves = unplaced && take_place(r);
  const bool placed = unplaced && !r.ward.empty();
  ++r.version;
  r.changed_at = world_.now;
  turn_.events.push_back({r.id, std::string(kind), facts_.actor, std::string(detail), world_.now});
  // What turns out worse than the case it was joined to is looked at alone.
  if (kind == "raised" && r.state == cases::state::joined) {
    r.state = cases::state::filed;
    r.unit = cases::owner_of(cases::place_case(r.ward.empty() ? std::vector<std::string>{} : std::vector{r.ward},
                                               cases::routed_as(r), cases::name_of(r.level), world_));
  }
  cases::announce_change(turn_, r, kind, world_);
  cases::pass_on_news(turn_, r, world_);
  if (r.holder == 0 && (moves || kind == "raised")) {
    r.step = 0;  // other people, or another level: the clock starts again
    cases::announce(turn_, r, world_);
  }
  // A plea that nobody on duty would read reminds those who are.
  const bool pleads = kind == "pleaded" || (kind == "raised" && r.holder != 0);
  const std::string reminded = pleads ? cases::remind(turn_, r, world_) : std::string();
  if (placed) {
    const bool somebody = r.holder != 0 || !cases::recipients_of(cases::destination_of(r), world_).empty();
    say_with(somebody ? "report.added_place" : "report.added_place_nobody",
             {{"place", place_words()}, {"number", r.number}, {"unit", told_unit(r)}});
    leave_filed();
  } else if (turn_.replies.empty()) {
    thank(r, kind, reminded);
  }
  r.answers.erase(awaits_answer);
  turn_.reports.push_back(std::move(r));
}

}  // namespace bot
