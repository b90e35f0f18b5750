// The life of what an organiser filed: one table a track. A notice can be completed, forwarded, receipted, changed,
// cancelled by its organiser and be over; no state and no action of it says no (P-01, P-02, checked when this is
// compiled). Only a permit can be refused, in writing, with a way to object.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/notices/event.hpp"

namespace bot::notices {

enum class state : std::uint8_t {
  received,     // diterima: the data, not yet a receipt of the police
  to_complete,  // perlu_dilengkapi: asked once; the clock of the receipt runs on
  forwarded,    // diteruskan: to the competent level
  receipted,    // tanda_terima_terbit: number and date of an officer
  changed,      // diubah: a new version that officers have not dealt with
  cancelled,    // dibatalkan: by the organiser, by nobody else
  finished,     // selesai: the event is over
  // Permits alone:
  approved,
  approved_with_conditions,
  refused,
  revoked
};

enum class action : std::uint8_t {
  ask_to_complete,
  complete,
  forward,
  issue_receipt,
  mend_number,  // the number was mistyped: nothing else changes
  change,
  cancel,
  finish,
  // Permits alone:
  approve,
  approve_with_conditions,
  refuse,
  revoke
};

enum class actor : std::uint8_t { organiser, officer, clock };

// What an action must come with.
enum need : std::uint8_t {
  needs_nothing = 0,
  needs_items = 1,       // what is missing, from the legal list alone
  needs_number = 2,      // the unit's own number of the receipt or permit
  needs_unit = 4,        // to whom it is forwarded
  needs_conditions = 8,  // in words
  needs_grounds = 16     // article, reason, name of the officer and the way to object, all of them
};

struct transition {
  state from;
  action what;
  actor who;
  state to;
  need with;
};

// The whole table of a track, grouped by the state it starts from.
std::span<const transition> life_of(track);

// The states that can be reached on the track, `received` first.
std::vector<state> states_of(track);

struct filed {
  notices::track track = notices::track::none;
  notices::state state = notices::state::received;
  int version = 1;          // grows with every change
  bool asked_once = false;  // the one round of completing was used, by this version or an earlier one
  std::string number;       // of the receipt or permit of this version
  std::string unit;         // who has it
  bool operator==(const filed&) const = default;
};

struct deed {
  notices::action action = notices::action::finish;
  actor who = actor::clock;
  std::vector<std::string> items;
  std::string number, unit, conditions;
  std::string article, reason, officer, objection;  // the grounds of refusing or revoking a permit
};

enum class hindrance : std::uint8_t {
  none,
  not_now,          // no such action from this state: an old button
  not_theirs,       // the action is another's
  lacks_something,  // see `need`
  asked_already,    // one round of completing only
  no_legal_item,    // asks for what the law does not name
};

struct step_result {
  filed now;  // unchanged when hindered
  hindrance because = hindrance::none;
};

// `legal_items`: what may be asked for, the checklist of the track.
step_result step(const filed&, const deed&, std::span<const std::string> legal_items);

bool is_over(const filed&);  // cancelled or finished: nothing of it can be changed

// Whether the promised receipt is still owed: the clock that escalates runs.
bool awaits_receipt(const filed&);

// Whether an officer may correct the track, with a reason. A notice stays a notice: what was told under UU 9/1998 or as
// political activity is never made an application that can be refused, nor is what the law exempts (`exempt`: worship
// in its house, science on campus).
bool may_correct(track from, track to, bool exempt);

// "diterima", "tanda_terima_terbit", … as they are stored and shown to staff.
std::string_view name_of(state);
std::optional<state> state_named(std::string_view);

}  // namespace bot::notices
