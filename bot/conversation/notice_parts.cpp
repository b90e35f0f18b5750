// A mixed event is told once and filed as two notices: here they are found, changed and cancelled together or apart.
#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/filled.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/parts.hpp"

namespace bot {

std::vector<notice_talk::told_part> notice_talk::parts_told(const notices::notice* first,
                                                            const notices::notice* second) const {
  std::vector<told_part> all;
  for (auto& answers : notices::parted_event(talk_.answers, world_)) {
    auto plan = plan_of(answers);
    const auto* was = all.empty() ? first : second;
    if (was != nullptr && notices::is_settled_for(*was, answers)) notices::keep_track(plan, *was, world_);
    all.push_back({std::move(answers), std::move(plan)});
  }
  return all;
}

// That is not over; null: it is alone.
const notices::notice* notice_talk::part_beside(const notices::notice& n) const {
  const std::string number = notices::other_part(n);
  return number.empty() ? nullptr : filed(number);
}

// The notice of a mixed event, whichever of its parts is meant.
const notices::notice& notice_talk::first_part(const notices::notice& n) const {
  const auto* other = notices::is_second_part(n) ? part_beside(n) : nullptr;
  return other == nullptr ? n : *other;
}

std::vector<const notices::notice*> notice_talk::with_parts(const notices::notice& n) const {
  std::vector<const notices::notice*> all = {&first_part(n)};
  if (const auto* other = part_beside(*all.front())) all.push_back(other);
  return all;
}

std::vector<const notices::notice*> notice_talk::events() const {
  auto all = alive();
  std::erase_if(all, [&](const auto* n) { return &first_part(*n) != n; });
  return all;
}

// "P1 + P2"
std::string notice_talk::numbers_of(const std::vector<const notices::notice*>& all) {
  std::string said;
  for (const auto* n : all) said += (said.empty() ? "" : " + ") + n->number;
  return said;
}

// What is said of the part for the permit: beside the questions, and with its number once it has one.
std::string notice_talk::second_part_words(const told_part& part, const notices::notice* filed_as) const {
  if (!part.plan.latest && filed_as == nullptr) return {};  // the date is still asked for
  const notices::notice n = made_from(part.answers, part.plan);
  std::vector<argument> args = {{"part", notices::what_words(part.answers, talk_.language, world_)},
                                {"unit", cases::name_of_unit(n.filed.unit, world_)},
                                {"latest", part.plan.latest ? when_words(*part.plan.latest) : std::string("?")}};
  if (filed_as != nullptr) args.push_back({"number", filed_as->number});
  return filled(text(filed_as == nullptr ? "permit.beside" : "permit.beside_filed"), args) + "\n";
}

}  // namespace bot
