#include "bot/notices/life.hpp"

#include <algorithm>
#include <array>

namespace bot::notices {
namespace {

using enum state;
using enum action;
using enum actor;

// clang-format off

// Voluntary information: nobody decides anything.
constexpr transition for_information[] = {
    {received,    change,          organiser, changed,     needs_nothing},
    {received,    forward,         officer,   received,    needs_unit},
    {received,    cancel,          organiser, cancelled,   needs_nothing},
    {received,    finish,          clock,     finished,    needs_nothing},

    {changed,     change,          organiser, changed,     needs_nothing},
    {changed,     forward,         officer,   changed,     needs_unit},
    {changed,     cancel,          organiser, cancelled,   needs_nothing},
    {changed,     finish,          clock,     finished,    needs_nothing},
};

// A notice: of expression of opinion (UU 9/1998 Art. 10-14) and of political activity.
constexpr transition for_notice[] = {
    {received,    issue_receipt,   officer,   receipted,   needs_number},
    {received,    issue_receipt,   clock,     receipted,   needs_number},   // where the unit has set it automatic
    {received,    ask_to_complete, officer,   to_complete, needs_items},
    {received,    forward,         officer,   forwarded,   needs_unit},
    {received,    change,          organiser, changed,     needs_nothing},
    {received,    cancel,          organiser, cancelled,   needs_nothing},
    {received,    finish,          clock,     finished,    needs_nothing},

    {to_complete, complete,        organiser, received,    needs_nothing},
    {to_complete, issue_receipt,   officer,   receipted,   needs_number},   // what is missing never holds it up
    {to_complete, forward,         officer,   forwarded,   needs_unit},
    {to_complete, change,          organiser, changed,     needs_nothing},
    {to_complete, cancel,          organiser, cancelled,   needs_nothing},
    {to_complete, finish,          clock,     finished,    needs_nothing},

    {forwarded,   issue_receipt,   officer,   receipted,   needs_number},
    {forwarded,   ask_to_complete, officer,   to_complete, needs_items},
    {forwarded,   forward,         officer,   forwarded,   needs_unit},
    {forwarded,   change,          organiser, changed,     needs_nothing},
    {forwarded,   cancel,          organiser, cancelled,   needs_nothing},
    {forwarded,   finish,          clock,     finished,    needs_nothing},

    {receipted,   mend_number,     officer,   receipted,   needs_number},
    {receipted,   change,          organiser, changed,     needs_nothing},
    {receipted,   cancel,          organiser, cancelled,   needs_nothing},
    {receipted,   finish,          clock,     finished,    needs_nothing},

    {changed,     issue_receipt,   officer,   receipted,   needs_number},
    {changed,     issue_receipt,   clock,     receipted,   needs_number},
    {changed,     ask_to_complete, officer,   to_complete, needs_items},
    {changed,     forward,         officer,   forwarded,   needs_unit},
    {changed,     change,          organiser, changed,     needs_nothing},
    {changed,     cancel,          organiser, cancelled,   needs_nothing},
    {changed,     finish,          clock,     finished,    needs_nothing},
};

// An application for a permit (PP 60/2017): an officer decides, and a no carries its grounds.
constexpr transition for_application[] = {
    {received,    issue_receipt,   officer,   receipted,   needs_number},
    {received,    ask_to_complete, officer,   to_complete, needs_items},
    {received,    forward,         officer,   forwarded,   needs_unit},
    {received,    approve,         officer,   approved,    needs_number},
    {received,    approve_with_conditions, officer, approved_with_conditions, need(needs_number | needs_conditions)},
    {received,    refuse,          officer,   refused,     needs_grounds},
    {received,    change,          organiser, changed,     needs_nothing},
    {received,    cancel,          organiser, cancelled,   needs_nothing},
    {received,    finish,          clock,     finished,    needs_nothing},

    {to_complete, complete,        organiser, received,    needs_nothing},
    {to_complete, forward,         officer,   forwarded,   needs_unit},
    {to_complete, approve,         officer,   approved,    needs_number},
    {to_complete, approve_with_conditions, officer, approved_with_conditions, need(needs_number | needs_conditions)},
    {to_complete, refuse,          officer,   refused,     needs_grounds},
    {to_complete, change,          organiser, changed,     needs_nothing},
    {to_complete, cancel,          organiser, cancelled,   needs_nothing},
    {to_complete, finish,          clock,     finished,    needs_nothing},

    {forwarded,   issue_receipt,   officer,   receipted,   needs_number},
    {forwarded,   ask_to_complete, officer,   to_complete, needs_items},
    {forwarded,   forward,         officer,   forwarded,   needs_unit},
    {forwarded,   approve,         officer,   approved,    needs_number},
    {forwarded,   approve_with_conditions, officer, approved_with_conditions, need(needs_number | needs_conditions)},
    {forwarded,   refuse,          officer,   refused,     needs_grounds},
    {forwarded,   change,          organiser, changed,     needs_nothing},
    {forwarded,   cancel,          organiser, cancelled,   needs_nothing},
    {forwarded,   finish,          clock,     finished,    needs_nothing},

    {receipted,   ask_to_complete, officer,   to_complete, needs_items},
    {receipted,   forward,         officer,   forwarded,   needs_unit},
    {receipted,   approve,         officer,   approved,    needs_number},
    {receipted,   approve_with_conditions, officer, approved_with_conditions, need(needs_number | needs_conditions)},
    {receipted,   refuse,          officer,   refused,     needs_grounds},
    {receipted,   mend_number,     officer,   receipted,   needs_number},
    {receipted,   change,          organiser, changed,     needs_nothing},
    {receipted,   cancel,          organiser, cancelled,   needs_nothing},
    {receipted,   finish,          clock,     finished,    needs_nothing},

    {changed,     issue_receipt,   officer,   receipted,   needs_number},
    {changed,     ask_to_complete, officer,   to_complete, needs_items},
    {changed,     forward,         officer,   forwarded,   needs_unit},
    {changed,     approve,         officer,   approved,    needs_number},
    {changed,     approve_with_conditions, officer, approved_with_conditions, need(needs_number | needs_conditions)},
    {changed,     refuse,          officer,   refused,     needs_grounds},
    {changed,     change,          organiser, changed,     needs_nothing},
    {changed,     cancel,          organiser, cancelled,   needs_nothing},
    {changed,     finish,          clock,     finished,    needs_nothing},

    {approved,    mend_number,     officer,   approved,    needs_number},
    {approved,    revoke,          officer,   revoked,     needs_grounds},
    {approved,    change,          organiser, changed,     needs_nothing},
    {approved,    cancel,          organiser, cancelled,   needs_nothing},
    {approved,    finish,          clock,     finished,    needs_nothing},

    {approved_with_conditions, mend_number, officer, approved_with_conditions, needs_number},
    {approved_with_conditions, revoke, officer, revoked,   needs_grounds},
    {approved_with_conditions, change, organiser, changed, needs_nothing},
    {approved_with_conditions, cancel, organiser, cancelled, needs_nothing},
    {approved_with_conditions, finish, clock, finished,    needs_nothing},

    {refused,     change,          organiser, changed,     needs_nothing},  // another date or place is looked at anew
    {refused,     cancel,          organiser, cancelled,   needs_nothing},
    {refused,     finish,          clock,     finished,    needs_nothing},

    {revoked,     change,          organiser, changed,     needs_nothing},
    {revoked,     cancel,          organiser, cancelled,   needs_nothing},
    {revoked,     finish,          clock,     finished,    needs_nothing},
};

// clang-format on

constexpr bool decides(state s) { return s >= approved; }

// Nothing in the table decides over what was told, ends it by an officer's hand, or asks for grounds to say no.
template <std::size_t N>
constexpr bool refuses_nothing(const transition (&table)[N]) {
  for (const transition& each : table) {
    if (decides(each.from) || decides(each.to) || each.what >= approve) return false;
    if (each.with == needs_grounds) return false;
    if (each.to == cancelled && each.who != organiser) return false;
    if (each.to == finished && each.who != clock) return false;
  }
  return true;
}
static_assert(refuses_nothing(for_information) && refuses_nothing(for_notice), "a notice is never refused (P-02)");

constexpr std::array<std::string_view, 11> names_of_states = {
    "diterima",   "perlu_dilengkapi", "diteruskan", "tanda_terima_terbit",     "diubah",
    "dibatalkan", "selesai",          "disetujui",  "disetujui_dengan_syarat", "ditolak",
    "dicabut"};

bool has_all(need needs, const deed& d) {
  const auto missing = [&](need one, bool given) { return (needs & one) != 0 && !given; };
  const bool grounds = !d.article.empty() && !d.reason.empty() && !d.officer.empty() && !d.objection.empty();
  return !missing(needs_items, !d.items.empty()) && !missing(needs_number, !d.number.empty()) &&
         !missing(needs_unit, !d.unit.empty()) && !missing(needs_conditions, !d.conditions.empty()) &&
         !missing(needs_grounds, grounds);
}

bool all_legal(const std::vector<std::string>& items, std::span<const std::string> legal) {
  return std::all_of(items.begin(), items.end(), [&](const std::string& each) {
    return std::find(legal.begin(), legal.end(), each) != legal.end();
  });
}

}  // namespace

std::span<const transition> life_of(track where) {
  switch (where) {
    case track::none: return for_information;
    case track::expression:
    case track::political: return for_notice;
    case track::permit: return for_application;
  }
  return for_information;
}

std::vector<state> states_of(track where) {
  std::vector<state> all = {received};
  for (const transition& each : life_of(where)) {
    if (std::find(all.begin(), all.end(), each.to) == all.end()) all.push_back(each.to);
  }
  return all;
}

step_result step(const filed& from, const deed& d, std::span<const std::string> legal_items) {
  const auto hindered = [&](hindrance why) { return step_result{from, why}; };
  const transition* taken = nullptr;
  bool possible = false;
  for (const transition& each : life_of(from.track)) {
    if (each.from != from.state || each.what != d.action) continue;
    possible = true;
    if (each.who == d.who) taken = &each;
  }
  if (!possible) return hindered(hindrance::not_now);
  if (taken == nullptr) return hindered(hindrance::not_theirs);
  if (!has_all(taken->with, d)) return hindered(hindrance::lacks_something);
  filed now = from;
  if (d.action == ask_to_complete) {
    if (from.asked_once) return hindered(hindrance::asked_already);
    if (!all_legal(d.items, legal_items)) return hindered(hindrance::no_legal_item);
    now.asked_once = true;
  }
  now.state = taken->to;
  if ((taken->with & needs_number) != 0) now.number = d.number;
  if ((taken->with & needs_unit) != 0) now.unit = d.unit;
  if (d.action == change) {
    ++now.version;
    now.number.clear();
  }
  return {now, hindrance::none};
}

bool is_over(const filed& f) { return f.state == cancelled || f.state == finished; }

bool awaits_receipt(const filed& f) {
  return f.track != track::none &&
         (f.state == received || f.state == to_complete || f.state == forwarded || f.state == changed);
}

bool may_correct(track from, track to, bool exempt) {
  if (from == to) return false;
  const bool was_notice = from == track::expression || from == track::political;
  return to != track::permit || !(was_notice || exempt);
}

std::string_view name_of(state s) { return names_of_states[static_cast<std::size_t>(s)]; }

std::optional<state> state_named(std::string_view name) {
  const auto at = std::find(names_of_states.begin(), names_of_states.end(), name);
  return at == names_of_states.end() ? std::nullopt : std::optional(static_cast<state>(at - names_of_states.begin()));
}

}  // namespace bot::notices
