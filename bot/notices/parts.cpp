#include "bot/notices/parts.hpp"

#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/plan.hpp"

namespace bot::notices {
namespace {

constexpr const char* of_opinion[] = {"aim", "shape", "group", "props", "speakers"};

std::string of(const answer_map& answers, const char* slot) {
  const auto at = answers.find(slot);
  return at == answers.end() ? std::string() : at->second;
}

}  // namespace

std::vector<answer_map> parted_event(const answer_map& answers, const world& w) {
  const auto purposes = parted(of(answers, "purpose"));
  if (purposes.size() < 2) return {answers};
  std::vector<std::string> told, decided;
  bool duty = false;
  for (const auto& one : purposes) {
    answer_map alone = answers;
    alone["purpose"] = one;
    const plan p = plan_event(event_from(alone, w.book.utc_offset), w.now, w.book.notices, w.book.atlas, w.book.units,
                              w.book.utc_offset);
    if (!p.track) return {answers};
    (*p.track == track::permit ? decided : told).push_back(one);
    duty = duty || *p.track == track::expression || *p.track == track::political;
  }
  if (!duty || decided.empty()) return {answers};
  std::vector<answer_map> parts(2, answers);
  parts[0]["purpose"] = joined(told);
  parts[1]["purpose"] = joined(decided);
  drop_opinion(parts[1]);
  return parts;
}

void drop_opinion(answer_map& answers) {
  for (const char* slot : of_opinion) answers.erase(slot);
}

void join_parts(notice& first, notice& second) {
  first.answers["beside"] = second.number + " " + of(second.answers, "purpose");
  second.answers["beside"] = first.number + " " + of(first.answers, "purpose");
  second.answers["part"] = "second";
}

void forget_other_part(notice& n) {
  n.answers.erase("beside");
  n.answers.erase("part");
}

std::string other_part(const notice& n) {
  const auto names = parted(of(n.answers, "beside"));
  return names.empty() ? std::string() : names.front();
}

bool is_second_part(const notice& n) { return n.answers.contains("part"); }

std::string other_part_words(const notice& n, std::string_view language, const world& w) {
  auto names = parted(of(n.answers, "beside"));
  if (names.empty()) return {};
  const std::string number = names.front();
  names.erase(names.begin());
  return number + " (" + what_words({{"purpose", joined(names)}}, language, w) + ")";
}

std::vector<notice> one_of_each(std::span<const notice> all, const notice* without) {
  std::vector<notice> kept;
  for (const auto& n : all) {
    const std::string other = other_part(n);
    const bool own = without != nullptr && !other.empty() && other == without->number;
    const bool twice = is_second_part(n) &&
                       std::any_of(all.begin(), all.end(), [&](const notice& first) { return first.number == other; });
    if (!own && !twice) kept.push_back(n);
  }
  return kept;
}

}  // namespace bot::notices
