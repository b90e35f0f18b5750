#include "bot/notices/clock_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/say_when.hpp"
#include "bot/filled.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/documents.hpp"
#include "bot/written_moment.hpp"

namespace bot::notices {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string counted(std::string_view key, std::int64_t count, std::string_view language, const world& w) {
  return filled(w.book.texts.text(language, key), {{"count", std::to_string(count)}});
}

// "30 jam", "6 hari". `by_hours`: a rule that counts hours is not rounded to days within its 72.
std::string length_words(std::chrono::milliseconds length, bool by_hours, std::string_view language, const world& w) {
  const auto whole = std::chrono::duration_cast<minutes>(length);
  if (whole >= hours(by_hours ? 72 : 48)) return counted("event_word.days", whole / hours(24), language, w);
  if (whole >= hours(2)) return counted("event_word.hours", whole / hours(1), language, w);
  return counted("event_word.minutes", whole.count(), language, w);
}

std::string time_words(minutes of_day) { return fmt::format("{:02}.{:02}", of_day / hours(1), of_day.count() % 60); }

std::string span_of_rule(const deadline_rule& rule, std::string_view language, const world& w) {
  if (!rule.hours) return counted("event_word.span_working_days", rule.working_days.value_or(0), language, w);
  const bool whole_days = *rule.hours % 24 == 0;
  return counted(whole_days ? "event_word.span_days_hours" : "event_word.span_hours",
                 whole_days ? *rule.hours / 24 : *rule.hours, language, w);
}

}  // namespace

std::string unsure_words(const deadline& d, std::string_view language, const world& w) {
  if (d.certain) return {};
  const bool by_calendar = d.rule != nullptr && d.rule->note.sure == geography::confidence::verified;
  return std::string(w.book.texts.text(language, by_calendar ? "event_word.unsure_days" : "event_word.unsure"));
}

std::vector<argument> clock_arguments(const deadline& d, std::string_view language, const world& w) {
  const auto apart = w.now > d.latest ? w.now - d.latest : d.latest - w.now;
  return {{"latest", say_when(written(d.latest, w.book.utc_offset), w.now, language, w.book.texts, w.book.utc_offset)},
          {"unsure", unsure_words(d, language, w)},
          {"left", length_words(apart, d.rule->hours.has_value(), language, w)},
          {"span", span_of_rule(*d.rule, language, w)},
          {"rule", d.rule->note.article}};
}

std::string hint_lines(track where, const event& e, std::string_view language, const world& w) {
  if (where != track::expression) return {};
  const auto& book = w.book.notices;
  const auto today = time_at(w.now, w.book.utc_offset).day;
  std::string lines;
  const auto add = [&](std::string_view key, const std::vector<argument>& args) {
    lines += filled(w.book.texts.text(language, key), args) + "\n";
  };
  if (const auto* hours = outside_usual_hours(where, e, book.rules, today, w.book.utc_offset))
    add("notice_hint.hours", {{"from", time_words(hours->from)},
                              {"until", time_words(hours->until)},
                              {"place", std::string(w.book.texts.text(language, hours->open_place.value_or(true)
                                                                                    ? "notice_hint.open_place"
                                                                                    : "notice_hint.closed_place"))},
                              {"article", hours->note.article}});
  if (e.start)
    if (const auto* day = book.days.free_on(e.start->day); day != nullptr && !day->joint_leave)
      add("notice_hint.holiday",
          {{"name", day->name},
           {"unsure", day->certain ? "" : std::string(w.book.texts.text(language, "event_word.unsure"))}});
  if (e.attendance && e.attendance->max > 100) {
    const auto leaders = leaders_for(e.attendance->max, book.rules);
    add("notice_hint.leaders", {{"least", std::to_string(leaders.min)},
                                {"most", std::to_string(leaders.max)},
                                {"article", book.rules.leading.article}});
  }
  return lines;
}

std::vector<argument> practice_arguments(const unit_chain& chain, std::string_view language, const world& w) {
  const local_day today = time_at(w.now, w.book.utc_offset).day;
  const auto practice = practice_of(chain, w.book.notices.rules, today);
  std::string processing;
  if (practice.processing_days) processing = " " + counted("permit.processing", *practice.processing_days, language, w);
  const auto& all = w.book.notices.rules.practices;
  const bool own = std::any_of(all.begin(), all.end(), [&](const unit_practice& each) {
    return each.fee && each.from <= today && !each.unit.empty() &&
           std::find(chain.begin(), chain.end(), each.unit) != chain.end();
  });
  const std::string fee = practice.fee ? " " + *practice.fee : "";
  return {{"fee", fee}, {"own_fee", own ? fee : ""}, {"processing", processing}};
}

instant awaited_since(const notice& n) {
  if (n.filed.version <= 1) return n.created_at;
  const auto told = n.answers.find("version_at");
  const auto at = told == n.answers.end() ? std::nullopt : read_moment(told->second);
  return at ? at->at : n.changed_at;
}

std::vector<argument> waiting_arguments(const notice& n, std::string_view language, const world& w) {
  const instant since = awaited_since(n);
  return {{"since", say_clock(since, w.now, language, w.book.texts, w.book.utc_offset)},
          {"waited", w.now - since < hours(2) ? "" : " (" + length_words(w.now - since, true, language, w) + ")"}};
}

std::string told_state_key(const filed& f) {
  const bool asked = f.state == state::to_complete;
  return awaits_receipt(f) && !asked ? std::string("notice_state.awaited") : state_key(f);
}

}  // namespace bot::notices
