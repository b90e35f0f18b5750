// `kentongan plan`: the dry run of the event rules, JSON lines in, JSON lines out.
#pragma once

#include <istream>
#include <ostream>

#include "bot/moment.hpp"
#include "bot/notices/rules.hpp"
#include "config/area_pack.hpp"
#include "config/settings.hpp"

namespace commands {

// {"id", "now"?, "start"?, "end"?, "event_type"?, "purpose"?, "attendance"?, "participants_from"?, "scope"?, "wards"?,
// "public_place"?, "public_road"?, "fireworks"?, "on_campus"?} -> {"id", "track", "tier", "extras", "addressee",
// "unit", "watchers", "latest", "late", "deadlines", "ask", "sources"}. Absent, null or [] = not known; without "now",
// `now` counts. A start or end may be a day alone ("2026-12-20"), and several purposes a list, the main one first. A
// line that cannot be read (no JSON, a word outside the vocabulary) is reported on `errors` with its number and the
// others go on; nothing that an organiser may do is such a fault. Returns 0, 1 when a line could not be read, 2 when
// areas or rules are faulty.
int plan(const config::settings& settings, std::istream& in, std::ostream& out, std::ostream& errors, bot::instant now);

// The same with the data already loaded.
int plan(const bot::notices::rulebook& book, const config::areas& areas, std::chrono::minutes utc_offset,
         std::istream& in, std::ostream& out, std::ostream& errors, bot::instant now);

}  // namespace commands
