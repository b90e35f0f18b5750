#include "bot/notices/recommendation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/paper_words.hpp"

namespace bot::notices {
namespace {

using reply = recommendation::reply;

constexpr std::array whom = {"rt", "village", "district", "place"};

// The account of the page among those of the channels, which are numbers: no message of a platform can come from it.
constexpr std::string_view page_account = "recommendation-page";

std::string slot_of(std::string_view who) { return fmt::format("recommend_{}", who); }

// "asked 1795270000000 <token>", "supports <words>", "remarks <words>"
std::string written(const recommendation& r) {
  if (r.now == reply::none) return fmt::format("asked {} {}", to_millis(r.until), r.token);
  return fmt::format("{} {}", r.now == reply::supports ? "supports" : "remarks", r.words);
}

recommendation read(std::string_view who, std::string_view text) {
  recommendation r{.who = std::string(who)};
  const auto word = text.substr(0, text.find(' '));
  const auto rest = word.size() < text.size() ? text.substr(word.size() + 1) : std::string_view();
  if (word == "supports" || word == "remarks") {
    r.now = word == "supports" ? reply::supports : reply::remarks;
    r.words = rest;
  } else if (const auto blank = rest.find(' '); blank != std::string_view::npos) {
    std::int64_t until = 0;
    std::from_chars(rest.data(), rest.data() + blank, until);
    r.until = from_millis(until);
    r.token = rest.substr(blank + 1);
  }
  return r;
}

const notice* find(const facts& f, std::string_view number) {
  const auto at = std::find_if(f.notices.begin(), f.notices.end(), [&](const notice& n) { return n.number == number; });
  return at == f.notices.end() ? nullptr : &*at;
}

std::string key_of(std::string_view who) { return fmt::format("recommendation_who.{}", who); }

// Nobody can guess it: a keyed hash over random bits, of which 100 are shown.
std::string drawn_token(const facts& f) { return f.fresh.pin_hash.substr(0, 25); }

std::string_view token_of(const inbound& in) {
  const std::string_view id = in.provider_id;
  return id.substr(0, id.find(':'));
}

void give_link(turn& t, const notice& was, std::string_view who, const facts& f, const world& w) {
  if (has_recommended(was, who))
    return t.replies.push_back(
        {.key = "recommendation.answered_already", .args = {{"who", key_of(who), true}, {"number", was.number}}});
  notice n = touched(was, w);
  const std::chrono::days longest{w.book.notices.rules.link_days};
  recommendation r{.who = std::string(who), .token = drawn_token(f), .until = std::min(w.now + longest, was.start)};
  const bool again = n.answers.contains(slot_of(who));
  n.answers[slot_of(who)] = written(r);
  t.notice_events.push_back({n.id, "recommendation_asked", 0, r.who, w.now});
  language::when end;
  end.resolved = r.until;
  const auto& book = w.book;
  const std::string until = say_when(moment_answer(end, book.utc_offset), r.until - std::chrono::hours(72),
                                     t.next.language, book.texts, book.utc_offset);  // with its hour, never "now"
  t.replies.push_back({.key = again ? "recommendation.link_again" : "recommendation.link",
                       .args = {{"who", key_of(who), true},
                                {"number", n.number},
                                {"until", until},
                                {"link", w.book.public_url + recommendation_path(r.token), false, true}}});
  t.notices.push_back(std::move(n));
}

}  // namespace

bool may_recommend(const notice& n, instant now) {
  if (n.filed.track != track::permit || n.start <= now) return false;
  switch (n.filed.state) {
    case state::received:
    case state::to_complete:
    case state::forwarded:
    case state::receipted:
    case state::changed: return true;
    default: return false;
  }
}

std::vector<recommendation> recommendations_of(const notice& n) {
  std::vector<recommendation> all;
  if (n.filed.track != track::permit) return all;
  for (const auto* who : whom)
    if (const auto at = n.answers.find(slot_of(who)); at != n.answers.end()) all.push_back(read(who, at->second));
  return all;
}

void drop_recommendations(answer_map& answers) {
  for (const auto* who : whom) answers.erase(slot_of(who));
}

std::optional<recommendation> open_recommendation(const notice& n, std::string_view token, instant now) {
  if (token.empty() || !may_recommend(n, now)) return std::nullopt;
  for (auto& r : recommendations_of(n))
    if (r.now == reply::none && r.token == token && now < r.until) return std::move(r);
  return std::nullopt;
}

bool has_recommended(const notice& n, std::string_view who) {
  const auto all = recommendations_of(n);
  return std::any_of(all.begin(), all.end(),
                     [&](const recommendation& r) { return r.who == who && r.now != reply::none; });
}

std::string recommendation_lines(const notice& n, std::string_view language, bool with_words, const world& w) {
  const auto& texts = w.book.texts;
  std::string lines;
  for (const auto& r : recommendations_of(n)) {
    const bool over = r.now == reply::none && r.until <= w.now;
    const std::string_view said = r.now == reply::supports  ? "supports"
                                  : r.now == reply::remarks ? "remarks"
                                  : over                    ? "unanswered"
                                                            : "asked";
    lines += fmt::format("{} {}: {}", texts.text(language, "recommendation.line"), texts.text(language, key_of(r.who)),
                         texts.text(language, fmt::format("recommendation.said_{}", said)));
    lines += !with_words || r.words.empty() ? "\n" : fmt::format(" \"{}\"\n", r.words);
  }
  return lines;
}

std::vector<choice> recommend_choices(const notice& n, const world& w) {
  if (!may_recommend(n, w.now)) return {};
  return {{"e:recommend:" + n.number, "recommendation_button.ask"}};
}

bool recommend_tap(turn& t, std::string_view action, const std::string& number, const facts& f, const world& w) {
  constexpr std::string_view name = "recommend";
  if (!action.starts_with(name)) return false;
  const notice* n = find(f, number);
  if (n == nullptr || n->organiser != f.contact || !may_recommend(*n, w.now))
    return t.replies.push_back({.key = "recommendation.too_late", .args = {{"number", number}}}), true;
  if (w.book.public_url.empty())
    return t.replies.push_back({.key = "recommendation.on_paper",
                                .args = {{"number", n->number}, {"unit", cases::name_of_unit(n->filed.unit, w)}}}),
           true;
  action.remove_prefix(name.size());
  if (action.starts_with('_')) {
    const auto at = std::find(whom.begin(), whom.end(), action.substr(1));
    if (at != whom.end()) return give_link(t, *n, *at, f, w), true;
  }
  say s{.key = "recommendation.whom", .args = {{"number", n->number}}};
  for (const auto* who : whom) s.choices.push_back({fmt::format("e:recommend_{}:{}", who, n->number), key_of(who)});
  t.replies.push_back(std::move(s));
  return true;
}

recommendation_view view_of(const notice& n, const recommendation& r, const handbook& book) {
  const cases::roster nobody;
  const world w{n.changed_at, book, nobody};
  const paper_words words(book);
  recommendation_view v{.who = words(key_of(r.who)), .number = n.number};
  v.kind = words(purpose_key(n.answers));
  v.day = words.day(words.local_day(n.start));
  v.place = place_words(n.wards, {}, "id", w);
  v.unit = cases::name_of_unit(n.filed.unit, w);
  return v;
}

// --- the page --------------------------------------------------------------------------------------------------------

std::string recommendation_path(std::string_view token) { return fmt::format("/r/{}", token); }

std::string read_recommendation_name(std::string_view name) {
  const bool ours = name.size() == 25 && std::all_of(name.begin(), name.end(), [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                    });
  return ours ? std::string(name) : std::string();
}

inbound recommendation_answer(const notice& n, std::string_view token, bool supports, std::string words, instant now) {
  inbound in;
  in.account = page_account;
  in.provider_id = fmt::format("{}:{}", token, to_millis(now));
  in.sent_at = now;
  in.what =
      said::tap{.data = fmt::format("v:{}:{}", supports ? "supports" : "remarks", n.number), .title = std::move(words)};
  return in;
}

bool is_recommendation(const inbound& in) {
  return in.account == page_account && std::holds_alternative<said::tap>(in.what);
}

std::string recommended_number(const inbound& in) { return cases::read_tap(std::get<said::tap>(in.what).data).number; }

bool recommended(turn& t, const inbound& in, const facts& f, const world& w) {
  if (!is_recommendation(in)) return false;
  t.silent = true;
  const auto& tap = std::get<said::tap>(in.what);
  const auto what = cases::read_tap(tap.data);
  const notice* was = find(f, what.number);
  auto r = was == nullptr ? std::nullopt : open_recommendation(*was, token_of(in), w.now);
  if (!r) return true;  // answered, over or taken back since the page was shown
  t.silent = false;
  r->now = what.action == "supports" ? reply::supports : reply::remarks;
  const std::string typed = drawable(tap.title);
  r->words = masked(typed.substr(0, utf8_cut(typed, recommendation_characters)));
  r->token.clear();
  notice n = touched(*was, w);
  n.answers[slot_of(r->who)] = written(*r);
  const std::string said = r->now == reply::supports ? "supports" : "remarks";
  t.notice_events.push_back(
      {n.id, "recommended", 0, fmt::format("{} {}{}{}", r->who, said, r->words.empty() ? "" : ": ", r->words), w.now});
  for (const auto& m : w.duty.members) {
    if (std::find(n.told.begin(), n.told.end(), m.unit) == n.told.end()) continue;
    say s;
    s.key = "recommendation.for_officers";
    s.args = {{"number", n.number},
              {"who", key_of(r->who), true},
              {"said", "recommendation.said_" + said, true},
              {"words", m.group || r->words.empty() ? "" : " " + r->words}};
    s.choices = {{"n:open:" + n.number, "notice_desk_button.open"}};
    s.urgency = priority::other;
    t.notes.push_back({m.contact, std::move(s), fmt::format("{}:recommended_{}{}", n.number, r->who, n.revision)});
  }
  tell_organiser(t, n, "recommendation.given",
                 {{"who", key_of(r->who), true}, {"said", "recommendation.said_" + said, true}}, {}, w);
  t.notices.push_back(std::move(n));
  return true;
}

}  // namespace bot::notices
