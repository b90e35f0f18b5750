// The papers as messages: which are sent when, and with what words.
#include <fmt/format.h>

#include <array>

#include "bot/cases/life.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/road_use.hpp"

namespace bot::notices {

say paper_message(const notice& n, paper_kind kind, const world& w) {
  static constexpr std::array keys = {"notice_paper.data", "notice_paper.receipt", "notice_paper.letter",
                                      "notice_paper.road"};
  say s;
  s.key = keys[static_cast<std::size_t>(kind)];
  if (kind == paper_kind::data && n.filed.track == track::none) s.key = "notice_paper.data_information";
  if (kind == paper_kind::letter && n.filed.track == track::none) s.key = "notice_paper.letter_information";
  s.args = {{"number", n.number},
            {"receipt", n.filed.number},
            {"version", std::to_string(n.filed.version)},
            {"unit", cases::name_of_unit(n.filed.unit, w)}};
  if (kind == paper_kind::road) {
    const auto use = road_use_of(n, w).value_or(road_use{});
    s.args.back().value = cases::name_of_unit(use.unit, w);
    std::string documents;
    for (const auto& one : use.documents) documents += "\n· " + one;
    s.args.push_back({"documents", documents});
  }
  s.paper = {n.number, n.filed.version, kind};
  return s;
}

bool is_issued(const notice& n) { return is_issued(n, n.filed.version); }

void send_issued(turn& t, const notice& n, const world& w) {
  if (n.organiser == 0) return;
  t.notes.push_back(
      {n.organiser, paper_message(n, paper_kind::receipt, w), fmt::format("{}:paper{}", n.number, n.revision)});
}

void remember_issue(notice& n, std::string conditions, std::string_view role, instant now) {
  const state s = n.filed.state;
  if (s != state::receipted && s != state::approved && s != state::approved_with_conditions) return;
  n.issued.push_back({s, n.filed.version, n.filed.number, n.filed.unit, std::string(role), std::move(conditions), now});
}

std::vector<paper_kind> papers_at_filing(const notice& n, const world& w) {
  std::vector<paper_kind> all = {is_issued(n) ? paper_kind::receipt : paper_kind::data};
  const auto practice = practice_of(n, w);
  if (n.filed.track != track::none && !practice.electronic_accepted.value_or(false)) all.push_back(paper_kind::letter);
  if (road_use_of(n, w)) all.push_back(paper_kind::road);
  return all;
}

}  // namespace bot::notices
