// The statements of casework that both drivers run: incidents, open cases, who may be called, daily counts. Rules as in
// storage/sql.hpp.
#pragma once

namespace storage::sql {

// --- incidents ------------------------------------------------------------------------------------------------
inline constexpr char incident_join[] =
    "INSERT INTO incident_member (incident, report) VALUES ($1, $2) ON CONFLICT DO NOTHING";
inline constexpr char incident_part[] = "DELETE FROM incident_member WHERE incident = $1 AND report = $2";
inline constexpr char incident_size[] = "SELECT count(*) FROM incident_member WHERE incident = $1";
inline constexpr char incident_members[] =
    "SELECT report FROM incident_member WHERE incident = $1 AND report > $2 ORDER BY report LIMIT $3";
inline constexpr char report_recent[] =
    "SELECT id, number, reporter, category, state, ward, created_at, unit FROM report "
    "WHERE id > $1 AND created_at >= $2 ORDER BY id";

// --- open cases -----------------------------------------------------------------------------------------------
inline constexpr char report_open[] = "WHERE unit = $1 AND state < 4 ORDER BY level DESC, id DESC LIMIT $2";

// --- who may be called ----------------------------------------------------------------------------------------
inline constexpr char callback_put[] =
    "INSERT INTO callback (contact, words) VALUES ($1, $2) ON CONFLICT (contact) DO UPDATE SET words = $2";
inline constexpr char callback_drop[] = "DELETE FROM callback WHERE contact = $1";
inline constexpr char callback_get[] = "SELECT words FROM callback WHERE contact = $1";
inline constexpr char conversation_known[] = "SELECT contact FROM conversation WHERE contact = $1";

// --- daily counts ---------------------------------------------------------------------------------------------
inline constexpr char tally_add[] =
    "INSERT INTO tally (kind, day, unit, count) VALUES ($1, $2, $3, 1) "
    "ON CONFLICT (kind, day, unit) DO UPDATE SET count = tally.count + 1";
inline constexpr char tally_old[] = "DELETE FROM tally WHERE kind = $1 AND day < $2";
inline constexpr char tally_list[] = "SELECT kind, day, unit, count FROM tally ORDER BY day, unit, kind";

}  // namespace storage::sql
