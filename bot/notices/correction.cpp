#include "bot/notices/correction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/event_answers.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/plan.hpp"
#include "bot/notices/reminders.hpp"

namespace bot::notices {
namespace {

// Decided or over is left alone; a receipt of a notice stands. A refused application may have been none at all.
bool can_be_corrected(const filed& f) {
  switch (f.state) {
    case state::received:
    case state::to_complete:
    case state::forwarded:
    case state::changed: return true;
    case state::receipted:
    case state::refused: return f.track == track::permit;
    default: return false;
  }
}

// A button that is no longer true, answered as all of them are.
void say_too_late(turn& t, const notice& n) {
  t.replies.push_back({.key = "notice_desk.too_late", .args = {{"number", n.number}}});
}

// The rule that speaks of such an event on that track, those first that nothing known contradicts; else the one that
// holds for the track without condition. Empty: no rule brings it there, the officer does, and no article is quoted.
std::string article_of(track to, const event& e, const event_rules& rules) {
  const auto first = [&](auto fits) -> const track_rule* {
    const auto at = std::find_if(rules.tracks.begin(), rules.tracks.end(),
                                 [&](const track_rule& rule) { return rule.track == to && fits(rule); });
    return at == rules.tracks.end() ? nullptr : &*at;
  };
  const auto speaks = [&](const track_rule& rule) {
    return !e.purposes.empty() &&
           std::find(rule.purposes.begin(), rule.purposes.end(), e.purposes.front()) != rule.purposes.end();
  };
  const auto* found = first([&](const track_rule& rule) { return speaks(rule) && !contradicts(rule, e); });
  if (found == nullptr) found = first(speaks);
  if (found == nullptr)
    found = first([](const track_rule& rule) {
      return !rule.disputed && !rule.public_place && !rule.public_road && !rule.on_campus && !rule.attendance_below;
    });
  return found == nullptr ? std::string() : found->note.article;
}

void correct(turn& t, const notice& was, track to, const std::string& reason, const facts& f, const world& w) {
  notice n = touched(was, w);
  n.filed.track = to;
  const auto states = states_of(to);
  if (was.filed.state == state::receipted || was.filed.state == state::refused ||
      std::find(states.begin(), states.end(), n.filed.state) == states.end())
    n.filed.state = state::received;
  n.filed.number.clear();
  n.disputed = false;
  n.settled = true;
  const auto chain = chain_of(n, w);
  const auto today = time_at(w.now, w.book.utc_offset).day;
  n.tier.reset();
  if (to == track::permit)
    n.tier = find_tier(event_from(n.answers, w.book.utc_offset).attendance, w.book.notices.rules, chain, today).tier;
  const auto latest = last_moment_of(n, w);
  n.late = latest && n.created_at > latest->latest;
  const std::string article = article_of(to, event_from(n.answers, w.book.utc_offset), w.book.notices.rules);
  n.because = (article.empty() ? std::string() : article + "; ") + reason;
  t.notice_events.push_back({n.id, "track_corrected", f.actor,
                             fmt::format("{} -> {}: {}", name_of(was.filed.track), name_of(to), reason), w.now});
  announce_change(t, n, "", w);
  arm_receipt(t, n, 1, w);
  arm_reminders(t, n, w.now, w);

  const std::string language = language_of(n);
  std::string documents;
  for (const auto& item : legal_items(n, w)) documents += "· " + item + "\n";
  const bool dated = latest.has_value();
  std::vector<argument> args = {
      {"article", article.empty() ? "" : " (" + article + ")"},
      {"reason", reason},
      {"clock", dated ? n.late ? "notice_clock.track_late" : "notice_clock.track" : "", dated},
      {"documents", documents}};
  if (dated)
    for (auto& a : clock_arguments(*latest, language, w)) args.push_back(std::move(a));
  tell_organiser(t, n, to == track::permit ? "permit.did_track" : fmt::format("notice.did_track_{}", name_of(to)),
                 std::move(args), {}, w);
  t.notes.push_back({f.actor,
                     {.key = "notice_desk.track_done",
                      .args = {{"number", n.number},
                               {"track", track_key(to), true},
                               {"told", n.organiser == 0 ? "" : "notice_desk.told", n.organiser != 0}}},
                     ""});
  t.notices.push_back(std::move(n));
}

}  // namespace

std::string track_key(track to) {
  return to == track::permit ? "permit.track" : "notice_track." + std::string(name_of(to));
}

std::vector<track> corrections_of(const notice& n, const world& w) {
  std::vector<track> all;
  if (!can_be_corrected(n.filed)) return all;
  const auto plan = plan_event(event_from(n.answers, w.book.utc_offset), w.now, w.book.notices, w.book.atlas,
                               w.book.units, w.book.utc_offset);
  const bool exempt = exempt_by_law(plan);
  // What is an opinion or political by its purpose stays a notice, by whatever way it is corrected.
  const bool notice_by_rule = plan.track == track::expression || plan.track == track::political;
  for (const auto to : {track::none, track::expression, track::political, track::permit})
    if (may_correct(n.filed.track, to, exempt || notice_by_rule)) all.push_back(to);
  return all;
}

bool is_settled_for(const notice& n, const answer_map& answers) {
  const auto was = n.answers.find("purpose"), now = answers.find("purpose");
  return n.settled && was != n.answers.end() && now != answers.end() && was->second == now->second;
}

void keep_track(plan& p, const notice& n, const world& w) {
  p.track = n.filed.track;
  p.disputed = false;
  if (p.track != track::permit) p.tier.reset();
  std::erase_if(p.deadlines, [](const dated_part& part) { return !part.is_extra; });
  if (p.track == track::none) p.ask.clear();
  p.latest.reset();
  p.late = false;
  const auto e = event_from(n.answers, w.book.utc_offset);
  const auto* rule = p.track == track::none ? nullptr
                                            : deadline_of(*p.track, e.participants_from, w.book.notices.rules,
                                                          time_at(w.now, w.book.utc_offset).day, p.tier, p.chain);
  const auto latest = rule == nullptr || !e.start
                          ? std::nullopt
                          : latest_filing(*rule, *e.start, w.book.notices.days, w.book.utc_offset, place_of(e));
  if (!latest) return;
  p.latest = latest->latest;
  p.late = w.now > latest->latest;
  p.deadlines.insert(p.deadlines.begin(), {name_of(*p.track), false, *latest});
}

bool correction_tap(turn& t, const std::string& action, const std::string& value, const notice& n, const facts& f,
                    const world& w) {
  if (action != "track") return false;
  const auto possible = corrections_of(n, w);
  if (possible.empty()) return say_too_late(t, n), true;
  const auto to = track_named(value);
  if (value.empty()) {
    say s{.key = "notice_desk.track_which", .args = {{"number", n.number}}};
    for (const auto one : possible)
      s.choices.push_back({fmt::format("n:track:{}:{}", n.number, name_of(one)), track_key(one)});
    t.notes.push_back({f.actor, std::move(s), ""});
    return true;
  }
  if (!to || std::find(possible.begin(), possible.end(), *to) == possible.end()) return say_too_late(t, n), true;
  t.next.form = "notice_desk";
  t.next.answers = {{"notice", n.number}, {"action", "track"}, {"track", value}};
  t.next.asked = "why";
  t.next.expires_at = w.now + std::chrono::hours(1);
  t.replies.push_back(
      {.key = "notice_desk.track_why", .args = {{"number", n.number}, {"track", track_key(*to), true}}});
  return true;
}

void correction_words(turn& t, const std::string& reason, const notice& n, const facts& f, const world& w) {
  const auto to = track_named(t.next.answers["track"]);
  const auto possible = corrections_of(n, w);
  constexpr std::size_t least = 8;  // characters: a word is no reason
  if (to && reason.size() < least)
    return t.replies.push_back(
        {.key = "notice_desk.track_why", .args = {{"number", n.number}, {"track", track_key(*to), true}}});
  t.next.form.clear();
  t.next.asked.clear();
  t.next.answers.clear();
  t.next.expires_at = {};
  if (!to || std::find(possible.begin(), possible.end(), *to) == possible.end()) return say_too_late(t, n);
  correct(t, n, *to, reason, f, w);
}

}  // namespace bot::notices
