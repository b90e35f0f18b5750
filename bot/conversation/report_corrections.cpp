// What was noted and is wrong, what is right instead, and words that tell of another event than the report that waits.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

using geography::place_finding;

constexpr std::size_t most_places = 8;  // buttons of one question

// A draft's answers as one of the answers of the next, while that waits for its place.
constexpr char between_pairs = '\x1e', between_parts = '\x1f';

std::string packed(const answer_map& answers) {
  std::string all;
  for (const auto& [slot, value] : answers) all += slot + between_parts + value + between_pairs;
  return all;
}

answer_map unpacked(std::string_view all) {
  answer_map answers;
  while (!all.empty()) {
    const auto pair = all.substr(0, all.find(between_pairs));
    all.remove_prefix(std::min(pair.size() + 1, all.size()));
    const auto end = pair.find(between_parts);
    if (end != pair.npos) answers.emplace(pair.substr(0, end), pair.substr(end + 1));
  }
  return answers;
}

bool is_inside(const perception& p) { return p.places.what == place_finding::outcome::inside; }

}  // namespace

bool report_talk::doubts(const perception& p) const {
  return corrected_from(p.words, world_.book.corrections, world_.book.choices.courtesy) == p.words.size();
}

void report_talk::ask_instead(const perception& heard, std::string_view text) {
  talk_.asked = "change";
  // What is denied counts as said nowhere else, so it is read without the word that denies it.
  std::size_t from = 0;
  for (std::size_t i = 0; i < heard.words.size(); ++i)
    if (phrase_at(heard.words, i, world_.book.corrections.deny) > 0) from = heard.words[i].end;
  const perception denied = perceive(text.substr(from), in_.sent_at, world_.book);
  if (is_inside(denied)) {
    tap("c:change:place");
  } else if (!denied.meaning.category.empty()) {
    tap("c:change:category");
  } else {
    change();
  }
}

std::optional<perception> report_talk::put_right(const perception& p, std::string_view text) const {
  const auto from = corrected_from(p.words, world_.book.corrections, world_.book.choices.courtesy);
  if (!from || *from >= p.words.size()) return std::nullopt;
  perception right = perceive(text.substr(p.words[*from].begin), in_.sent_at, world_.book);
  const bool tells = !right.meaning.category.empty() || is_inside(right) || right.meaning.when.resolved;
  if (!tells) return std::nullopt;
  return right;
}

// --- a second event, while one waits to be sent
// -----------------------------------------------------------------------

bool report_talk::tells_of_another(const perception& p) const {
  const auto& m = p.meaning;
  if (replaces_ || !talk_.filed.empty() || (talk_.asked != "confirm" && talk_.asked != "change")) return false;
  if (m.category.empty() || slot("category") == "unclear" || slot("category") == m.category) return false;
  if (corrected_from(p.words, world_.book.corrections, world_.book.choices.courtesy)) return false;
  // What only some may see is never sent on under an open name.
  const auto& sealed = world_.book.routing.sealed;
  const bool closed_kind =
      complaint_in(p.words, world_.book.complaints) != complaint::none ||
      std::any_of(sealed.begin(), sealed.end(), [&](const auto& one) {
        return std::find(one.categories.begin(), one.categories.end(), m.category) != one.categories.end();
      });
  if (closed_kind) return false;
  const bool danger = m.level == cases::level::high;
  if (slot("another") == "yes") return !danger || is_inside(p);
  if (!is_inside(p) || slot("place").empty()) return false;
  const auto codes = parted(slot("place"));
  return std::none_of(p.places.candidates.begin(), p.places.candidates.end(), [&](const auto& c) {
    const auto& code = world_.book.atlas.at(c.where).code;
    return std::any_of(codes.begin(), codes.end(), [&](const std::string& have) {
      return have == code || have.starts_with(code + ".") || code.starts_with(have + ".");
    });
  });
}

void report_talk::hear_another(const perception& p, std::string_view text) {
  set("another", "");
  if (p.meaning.level != cases::level::high) {
    set("second", masked(std::string(text)));
    talk_.asked = "second";
    return say_with("report.is_second", summary(placement_now()), offered());
  }
  // Danger is filed at once, and what waited goes on waiting.
  const std::string waiting = packed(talk_.answers);
  close_form(talk_);
  hear(p, text);
  if (open()) return set("waiting", waiting);  // until its place is known
  take_up(waiting);
}

void report_talk::take_up(const std::string& waiting) {
  start_form();
  talk_.answers = unpacked(waiting);
  if (!talk_.cases.empty()) set("beside", talk_.cases.back());
  talk_.asked = "confirm";
  say_with("report.waits", summary(placement_now()), offered());
}

void report_talk::leave_filed() {
  const std::string waiting = slot("waiting");
  close_form(talk_);
  if (!waiting.empty()) take_up(waiting);
}

const cases::report* report_talk::told_beside() const {
  const auto* filed = open() && talk_.filed.empty() ? case_of(slot("beside")) : nullptr;
  return filed != nullptr && filed->state != cases::state::closed ? filed : nullptr;
}

void report_talk::settle_second(bool another) {
  const std::string second = slot("second"), files = slot("second_media");
  for (const char* held : {"second", "second_media"}) set(held, "");
  const perception p = perceive(second, in_.sent_at, world_.book);
  talk_.asked = "confirm";
  if (another) {
    file(true, "report.sent");
    files_ = files;
  } else {
    for (const auto& one : cases::attached_to({{"media", files}})) cases::attach(talk_.answers, one);
    replaces_ = true;
  }
  hear(p, second);
}

// What is sent while it is asked whether the newest words tell of another event belongs to these words.
void report_talk::receive_another(const said::media& media, const perception* caption) {
  const bool asked = talk_.asked == "second";
  const bool same_album = !media.album.empty() && slot("album") == media.album;
  const std::int64_t id = facts_.fresh.media_id;
  set("album", media.album);
  answer_map held = {{"media", slot("second_media")}};
  if (cases::attach(held, {media.what, id})) turn_.media.push_back({id, 0, media});
  set("second_media", held["media"]);
  if (asked) {
    if (!media.caption.empty()) set("second", slot("second") + "\n" + masked(media.caption));
    if (same_album)
      turn_.silent = true;
    else
      ask_again();
    return;
  }
  if (caption->meaning.level == cases::level::high) {  // filed at once, with the file
    files_ = slot("second_media");
    set("second_media", "");
  }
  hear_another(*caption, media.caption);
}

// Two events at two places in one message: only one of them can be read back, and what is urgent goes first. The words
// of the other wait until it is sent.
std::optional<std::string> report_talk::first_of_two(const perception& p, std::string_view text) {
  if (!is_inside(p) || p.places.mentions.size() < 2) return std::nullopt;
  const auto front = p.places.candidates.front().where;
  const auto apart = [&](const geography::place_mention& m) {
    const std::string& one = world_.book.atlas.at(front).code;
    return !m.candidates.empty() && std::none_of(m.candidates.begin(), m.candidates.end(), [&](const auto& c) {
      const std::string& other = world_.book.atlas.at(c.where).code;
      return one == other || one.starts_with(other + ".") || other.starts_with(one + ".");
    });
  };
  const auto other = std::find_if(p.places.mentions.begin(), p.places.mentions.end(), apart);
  if (other == p.places.mentions.end()) return std::nullopt;
  const auto& joints = world_.book.corrections.joins;
  const auto joins = [&](const language::word& w) {
    return w.what == language::word::kind::sign || std::find(joints.begin(), joints.end(), w.folded) != joints.end();
  };
  std::size_t from = other->begin;
  while (from > 0 && !joins(p.words[from - 1])) --from;
  std::size_t end = from;
  while (end > 0 && joins(p.words[end - 1])) --end;
  if (end == 0) return std::nullopt;
  std::string first(text.substr(0, p.words[end - 1].end)), second(text.substr(p.words[from].begin));
  const perception one = perceive(first, in_.sent_at, world_.book), two = perceive(second, in_.sent_at, world_.book);
  if (!is_inside(one) || !is_inside(two) || one.meaning.category.empty() || two.meaning.category.empty() ||
      one.meaning.category == two.meaning.category)
    return std::nullopt;
  const auto is_high = [](const perception& part) { return part.meaning.level == cases::level::high; };
  if (is_high(p) && !is_high(one) && !is_high(two)) return std::nullopt;  // together they are danger: nothing waits
  if (is_high(two) && !is_high(one)) std::swap(first, second);
  start_form();
  set("two", masked(second));
  if (!is_high(p)) say_with("report.one_first", {});
  return first;
}

// Two at once: what is as urgent as the first is written again, for nobody is asked before danger is filed.
void report_talk::hear_second(const std::string& text) {
  const perception p = perceive(text, in_.sent_at, world_.book);
  if (p.meaning.level == cases::level::high) return say_with("report.next", {});
  hear(p, text);
}

// --- a case that is filed
// ---------------------------------------------------------------------------------------------

bool report_talk::correct_case(const perception& p, std::string_view text) {
  const auto* filed = open_case();
  const auto right = filed == nullptr ? std::nullopt : put_right(p, text);
  if (!right) return false;
  const auto& m = right->meaning;
  std::vector<std::string> wards;
  if (is_inside(*right))
    wards = cases::place_case(right->places, cases::routed_as(*filed), cases::name_of(filed->level), world_).ward_codes;
  // The same name elsewhere is meant less often than the one nearby.
  constexpr std::size_t city = 5;  // "35.75"
  const auto far = std::stable_partition(wards.begin(), wards.end(), [&](const std::string& code) {
    return code.compare(0, city, filed->ward, 0, city) == 0;
  });
  if (far != wards.begin()) wards.erase(far, wards.end());
  if (wards.size() > most_places) wards.resize(most_places);
  const bool another_place = !wards.empty() && std::find(wards.begin(), wards.end(), filed->ward) == wards.end();
  const bool another_kind = !m.category.empty() && m.category != filed->category;
  if (!another_place && !another_kind) return false;
  cases::report r = *filed;
  keep_added(r, text);
  // Whoever has taken it judges the kind; what makes it worse counts at once.
  if (another_kind && r.holder == 0) cases::recategorise(turn_, r, std::string(m.category), 0, world_);
  const bool raised = m.level == cases::level::high && r.level != cases::level::high;
  if (raised) raise(r, m.level_reason);
  if (another_place && !is_hushed(r)) {
    talk_.asked = fmt::format("c:move:{}:{}", r.number, joined(wards));
    const auto where =
        cases::place_case(std::vector{wards.front()}, cases::routed_as(r), cases::name_of(r.level), world_);
    say_with(wards.size() == 1 ? "report.ask_move" : "report.which_place",
             {{"number", r.number},
              {"place", cases::name_of_area(wards.front(), world_)},
              {"unit", cases::name_of_unit(cases::owner_of(where), world_)}},
             offered());
  } else if (r.category != filed->category && !raised && !is_hushed(r)) {
    say_with("report.corrected", {{"number", r.number}, {"category", "category." + r.category, true}});
  }
  enrich(r, raised ? "raised" : "added", "words");
  return true;
}

// "c:move:<number>:<code>", "c:keep:<number>"
bool report_talk::settle_move(std::string_view data) {
  const cases::tapped what = cases::read_tap(data);
  const auto* filed = case_of(what.number);
  if (filed == nullptr || filed->state == cases::state::closed) return false;
  if (!open()) talk_.asked.clear();
  if (what.action == "move" && world_.book.atlas.find(what.value) != geography::no_area) {
    move_case(*filed, what.value);
  } else {
    say_with("report.noted", {{"number", filed->number}});
  }
  return true;
}

void report_talk::move_case(const cases::report& was, const std::string& code) {
  cases::report r = cases::touched(was, world_);
  const auto where = cases::place_case({code}, cases::routed_as(r), cases::name_of(r.level), world_);
  const std::string before = cases::name_of_area(r.ward, world_), unit = cases::owner_of(where);
  r.ward = code;
  r.answers["place"] = code;
  for (const char* of_before : {"pin", "pin_is"}) r.answers.erase(of_before);
  r.answers["added"] = fmt::format("{}: {} -> {}", world_.book.texts.text("id", "card_word.place_corrected"),
                                   before.empty() ? "?" : before, cases::name_of_area(code, world_));
  r.routing_reason = where.reason;
  r.incident = 0;  // compared anew where it is
  r.lead.clear();
  if (r.state == cases::state::joined) r.state = cases::state::filed;
  turn_.events.push_back({r.id, "placed", 0, "words", world_.now});
  const bool moves = unit != r.unit;
  r.watchers = cases::watchers_of(where);
  if (moves && r.holder == 0) {
    turn_.events.push_back({r.id, "moved", 0, unit + ": " + r.routing_reason, world_.now});
    r.unit = unit;
    r.step = 0;
  } else if (moves) {
    r.watchers.push_back(unit);  // whoever has taken it keeps it, and hears where it is
  }
  cases::link(turn_, r, world_);
  cases::announce_change(turn_, r, "placed", world_);
  if (moves && r.holder == 0)
    cases::announce(turn_, r, world_);
  else if (moves)
    cases::show_watchers(turn_, r, world_);
  say_with(moves && r.holder != 0 ? "report.moved_held" : "report.moved",
           {{"number", r.number},
            {"place", cases::name_of_area(code, world_)},
            {"unit", r.holder == 0 ? told_unit(r) : cases::name_of_unit(r.unit, world_)}});
  turn_.reports.push_back(std::move(r));
}

}  // namespace bot
