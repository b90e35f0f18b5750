// What an operator asks of the store beside a running service: cases, officers and their invites.
#pragma once

#include <iosfwd>
#include <string>

#include "bot/conversation/world.hpp"
#include "bot/moment.hpp"
#include "storage/store.hpp"

namespace commands {

// One line a case, newest first: number, kind, category, level, state, ward, unit, created_at. No reporter, no text.
int cases(storage::store&, bool as_json, std::ostream& out);

// Information on lawful activities: one JSON object a line, day, unit and count.
int activity(storage::store&, std::ostream& out);

// Prints a one-time code, valid for three days, and how to use it. 1 when the unit is not known.
int invite_officer(storage::store&, const bot::handbook&, const std::string& unit, const std::string& role,
                   bot::instant now, std::ostream& out, std::ostream& errors);
int list_officers(storage::store&, const bot::handbook&, std::ostream& out);
// `contact` as list_officers prints it. 1 when nobody is bound under it.
int revoke_officer(storage::store&, std::int64_t contact, std::ostream& out, std::ostream& errors);

// Prints the secret address of a unit's calendar; `renew`: a new one, and the one before ends. 1 when the unit is not
// known.
int calendar_address(storage::store&, const bot::handbook&, const std::string& unit, bool renew, std::ostream& out,
                     std::ostream& errors);

}  // namespace commands
