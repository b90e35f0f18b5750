// The statements about notices of events, for both drivers: tables of their own, never joined with reports (P-09).
// Rules as in storage/sql.hpp.
#pragma once

namespace storage::sql {

inline constexpr char notice_columns[] =
    "SELECT id, number, organiser, track, state, version, unit, starts_at, ends_at, created_at, changed_at, revision, "
    "data, code FROM notice ";
inline constexpr char notices_of_unit[] =
    "WHERE erased = 0 AND unit = $1 AND starts_at >= $2 AND starts_at < $3 AND ends_at >= $4 ORDER BY starts_at "
    "LIMIT $5";
inline constexpr char notice_put[] =
    "INSERT INTO notice (id, number, organiser, track, state, version, unit, starts_at, ends_at, created_at, "
    "changed_at, revision, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
    "ON CONFLICT (id) DO UPDATE SET organiser = $3, track = $4, state = $5, version = $6, unit = $7, starts_at = $8, "
    "ends_at = $9, changed_at = $11, revision = $12, data = $13";
inline constexpr char notice_code_draw[] = "UPDATE notice SET code = $2 WHERE id = $1 AND code IS NULL";
inline constexpr char notice_event_add[] =
    "INSERT INTO notice_event (notice, at, seq, kind, actor, detail) VALUES ($1, $2, $3, $4, $5, $6)";
inline constexpr char notice_event_list[] =
    "SELECT notice, at, kind, actor, detail FROM notice_event WHERE notice = $1 ORDER BY at, seq";
inline constexpr char notice_person_put[] =
    "INSERT INTO notice_person (notice, words) VALUES ($1, $2) ON CONFLICT (notice) DO UPDATE SET words = $2";
inline constexpr char notice_person_drop[] = "DELETE FROM notice_person WHERE notice = $1";
inline constexpr char notice_person_get[] = "SELECT words FROM notice_person WHERE notice = $1";
inline constexpr char notice_open[] =
    "WHERE erased = 0 AND unit = $1 AND state <> 5 AND state <> 6 ORDER BY starts_at, id LIMIT $2";
inline constexpr char place_note_add[] = "INSERT INTO place_note (place, at, seq, words) VALUES ($1, $2, $3, $4)";
inline constexpr char place_note_list[] =
    "SELECT words FROM place_note WHERE place = $1 AND at >= $2 ORDER BY at DESC, seq DESC LIMIT $3";
inline constexpr char notice_draft_put[] =
    "INSERT INTO notice_draft (notice, number, until, data) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (notice) DO UPDATE SET number = $2, until = $3, data = $4";
inline constexpr char notice_draft_drop[] = "DELETE FROM notice_draft WHERE notice = $1";
inline constexpr char notice_draft_get[] = "SELECT notice, until, data FROM notice_draft WHERE number = $1";
inline constexpr char recommendation_add[] =
    "INSERT INTO recommendation (token, notice) VALUES ($1, $2) ON CONFLICT (token) DO NOTHING";
inline constexpr char recommendation_drop[] = "DELETE FROM recommendation WHERE notice = $1";
inline constexpr char notice_of_recommendation[] =
    "WHERE erased = 0 AND id = (SELECT notice FROM recommendation WHERE token = $1)";

}  // namespace storage::sql
