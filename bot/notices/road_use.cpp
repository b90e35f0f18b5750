#include "bot/notices/road_use.hpp"

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/filled.hpp"
#include "bot/notices/desk.hpp"

namespace bot::notices {
namespace {

// The station of that level at the place of the event; empty above the Polda, or when the place is not known.
std::string station_of(addressee level, const notice& n, const world& w) {
  using geography::unit_kind;
  const auto wanted = level == addressee::polsek   ? unit_kind::polsek
                      : level == addressee::polres ? unit_kind::polres
                                                   : unit_kind::polda;
  const auto chain = chain_of(n, w);
  for (const auto& code : chain) {
    const auto id = w.book.units.find(code);
    // Where several stations share the place, the one above them all.
    if (id != geography::no_unit && w.book.units.at(id).kind <= wanted) return code;
  }
  return chain.empty() ? n.filed.unit : chain.back();
}

}  // namespace

std::optional<road_use> road_use_of(const notice& n, const world& w) {
  if (std::find(n.extras.begin(), n.extras.end(), extra::road_use) == n.extras.end()) return std::nullopt;
  const auto& rules = w.book.notices.rules;
  const auto on = time_at(n.created_at, w.book.utc_offset).day;
  road_use use;
  const auto told = n.answers.find("road_class");
  const auto road = told == n.answers.end() ? std::nullopt : road_class_named(told->second);
  use.asked = told != n.answers.end();
  if (road)
    use.rule = in_force_or_first<road_rule>(rules.roads, on, [&](const road_rule& each) { return each.road == *road; });
  use.unit = station_of(use.rule == nullptr ? addressee::polsek : use.rule->to, n, w);
  if (const auto* rule = deadline_of(extra::road_use, rules, on)) {
    const auto e = event_from(n.answers, w.book.utc_offset);
    if (e.start) use.due = latest_filing(*rule, *e.start, w.book.notices.days, w.book.utc_offset, place_of(e));
    use.article = rule->note.article;
    use.certain =
        use.rule != nullptr && use.rule->note.sure == geography::confidence::verified && use.due && use.due->certain;
  }
  const auto* list = in_force_at<checklist>(rules.checklists, chain_of(n, w), on,
                                            [](const checklist& each) { return each.extra == extra::road_use; });
  if (list != nullptr) use.documents = list->items;
  return use;
}

std::string road_use_words(const road_use& use, std::string_view language, const world& w) {
  const auto& texts = w.book.texts;
  std::string documents;
  for (const auto& one : use.documents) documents += (documents.empty() ? "" : "; ") + one;
  std::string latest = "?";
  if (use.due) {
    language::when then;
    then.resolved = use.due->latest;
    latest = say_when(moment_answer(then, w.book.utc_offset), use.due->latest - std::chrono::hours(72), language, texts,
                      w.book.utc_offset);
  }
  std::string line = filled(texts.text(language, use.asked ? "permit.road_letter" : "permit.road_soon"),
                            {{"article", use.article},
                             {"unsure", use.certain ? "" : std::string(texts.text(language, "permit.road_unsure"))},
                             {"unit", cases::name_of_unit(use.unit, w)},
                             {"latest", latest},
                             {"documents", documents}});
  if (use.asked && use.rule == nullptr) line += " " + std::string(texts.text(language, "permit.road_class_open"));
  return line;
}

}  // namespace bot::notices
