// `kentongan plan`: the dry run of the event rules, JSON lines in, JSON lines out.
#pragma once

#include <istream>
#include <ostream>

#include "bot/moment.hpp"
#include "bot/notices/rules.hpp"
#include "config/area_pack.hpp"
#include "config/settings.hpp"

namespace commands {

// What a line can hold, for --help, and a line with all that this event's answer needs.
inline constexpr char plan_help[] =
    "A line of input is a JSON object; what is absent, null or [] is not known, and asked for where it matters:\n"
    "  id                 given back with the answer\n"
    "  now                the moment of asking: \"2026-11-23T10:00:00+07:00\"; else the clock's\n"
    "  start, end         the same, or a day alone: \"2026-12-20\"\n"
    "  purpose            opinion, political, show, sports, procession, market, family, religious, campus_science,\n"
    "                     community or fireworks; a list for a mixed event, the main one first\n"
    "  attendance         800 or {\"min\": 500, \"max\": 800}\n"
    "  participants_from  one_kecamatan, several_kecamatan, several_kabupaten, several_provinces or foreign\n"
    "  scope              the same words, for political activity; else taken from wards\n"
    "  wards              codes of the place or, in order, of the route: [\"35.75.02.1001\"]\n"
    "  public_place, public_road, fireworks, on_campus    true or false\n"
    "  event_type         as `kentongan understand` says it; it decides nothing\n"
    "\n"
    "Example:\n";
inline constexpr char plan_example[] =
    R"({"id": 1, "now": "2026-11-23T10:00:00+07:00", "start": "2026-12-20T19:00:00+07:00", "purpose": "show", )"
    R"("attendance": 800, "participants_from": "one_kecamatan", "wards": ["35.75.02.1001"]})";

// {"id", "now"?, "start"?, "end"?, "event_type"?, "purpose"?, "attendance"?, "participants_from"?, "scope"?, "wards"?,
// "public_place"?, "public_road"?, "fireworks"?, "on_campus"?} -> {"id", "track", "tier", "extras", "addressee",
// "unit", "watchers", "latest", "late", "deadlines", "ask", "sources"}. Absent, null or [] = not known; without "now",
// `now` counts. A start or end may be a day alone ("2026-12-20"), and several purposes a list, the main one first. A
// line that cannot be read (no JSON, a word outside the vocabulary) is reported on `errors` with its number and the
// others go on; nothing that an organiser may do is such a fault. Another key is warned of on `errors`, and the line
// answered without it. With `documents` each answer is followed by what the unit asks to bring and how it works, in
// lines of text. Returns 0, 1 when a line could not be read, 2 when areas or rules are faulty.
int plan(const config::settings& settings, bool documents, std::istream& in, std::ostream& out, std::ostream& errors,
         bot::instant now);

// The same with the data already loaded.
int plan(const bot::notices::rulebook& book, const config::areas& areas, std::chrono::minutes utc_offset,
         std::istream& in, std::ostream& out, std::ostream& errors, bot::instant now, bool documents = false);

}  // namespace commands
