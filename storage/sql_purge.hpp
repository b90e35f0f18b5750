// The statements of the purge, for both drivers. Each walks its table along the primary key, or finds what is over by a
// partial index that only ended rows stand in: none reads a table at once, none costs the way of a message an index.
#pragma once

namespace storage::sql {

inline constexpr char purge_inbox_next[] =
    "SELECT account, stamp, digest, received_at FROM inbox WHERE (account, stamp, digest) > ($1, $2, $3) "
    "ORDER BY account, stamp, digest LIMIT $4";
inline constexpr char purge_inbox[] =
    "DELETE FROM inbox WHERE (account, stamp, digest) > ($1, $2, $3) AND (account, stamp, digest) <= ($4, $5, $6) "
    "AND received_at < $7";

inline constexpr char purge_failed_next[] = "SELECT id FROM failed_inbound WHERE id < $1 ORDER BY id LIMIT $2";
inline constexpr char purge_failed[] = "DELETE FROM failed_inbound WHERE id = $1";

inline constexpr char purge_audit_next[] = "SELECT id, at FROM audit ORDER BY id LIMIT $1";
inline constexpr char purge_audit[] = "DELETE FROM audit WHERE id = $1";

inline constexpr char purge_invite_next[] = "SELECT digest FROM invite WHERE until < $1 ORDER BY until LIMIT $2";

// Ids grow with time: those below one are older. A row that still waits keeps its text.
inline constexpr char purge_outbox_next[] =
    "SELECT id, state, payload = '' AND receipt IS NULL FROM outbox WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3";
inline constexpr char purge_payload[] = "UPDATE outbox SET payload = '', receipt = NULL WHERE id = $1";
inline constexpr char purge_outbox[] = "DELETE FROM outbox WHERE id = $1";

inline constexpr char purge_positions_next[] =
    "SELECT id, data FROM report WHERE id > $1 AND id < $2 AND erased = 0 ORDER BY id LIMIT $3";
inline constexpr char purge_position[] = "UPDATE report SET data = $2 WHERE id = $1";

// A joined case (6) ends with the one that it was joined to.
inline constexpr char purge_reports_next[] =
    "SELECT id, number, data FROM report WHERE state >= 4 AND erased = 0 AND state <> 6 AND changed_at < $1 "
    "ORDER BY changed_at LIMIT $2";
inline constexpr char purge_report[] =
    "UPDATE report SET erased = 1, reporter = 0, holder = 0, version = version + 1, data = $2 WHERE id = $1";
inline constexpr char purge_history[] = "UPDATE report_event SET detail = '', actor = 0 WHERE report = $1";
inline constexpr char purge_leads[] = "DELETE FROM incident_member WHERE incident = $1";
inline constexpr char purge_joins[] = "DELETE FROM incident_member WHERE report = $1";
inline constexpr char purge_cards_of[] = "DELETE FROM card WHERE subject = $1";

inline constexpr char purge_media_next[] =
    "SELECT changed_at, id FROM report WHERE state >= 4 AND erased = 0 AND state <> 6 AND changed_at < $1 "
    "AND (changed_at, id) > ($2, $3) ORDER BY changed_at, id LIMIT $4";

inline constexpr char purge_place_notes_next[] = "SELECT place, at, seq FROM place_note WHERE at < $1 LIMIT $2";
inline constexpr char purge_place_note[] = "DELETE FROM place_note WHERE place = $1 AND at = $2 AND seq = $3";
inline constexpr char purge_notice_drafts_next[] = "SELECT notice FROM notice_draft WHERE until < $1 LIMIT $2";

// By the end of the event; one that was changed since is not over.
inline constexpr char purge_notices_next[] =
    "SELECT id, number, data FROM notice WHERE erased = 0 AND ends_at < $1 AND changed_at < $1 ORDER BY ends_at "
    "LIMIT $2";
inline constexpr char purge_notice[] =
    "UPDATE notice SET erased = 1, organiser = 0, code = NULL, revision = revision + 1, data = $2 WHERE id = $1";
inline constexpr char purge_notice_history[] = "UPDATE notice_event SET detail = '', actor = 0 WHERE notice = $1";

// The reply address of an event that is over.
inline constexpr char purge_organisers_next[] =
    "SELECT id FROM notice WHERE organiser <> 0 AND ends_at < $1 AND changed_at < $1 ORDER BY ends_at LIMIT $2";
inline constexpr char purge_organiser[] = "UPDATE notice SET organiser = 0, revision = revision + 1 WHERE id = $1";

// Of a draft that nothing became of there is no notice.
inline constexpr char purge_persons_next[] =
    "SELECT p.notice, n.state, n.ends_at, n.changed_at FROM notice_person p LEFT JOIN notice n ON n.id = p.notice "
    "WHERE p.notice > $1 ORDER BY p.notice LIMIT $2";

inline constexpr char purge_people_next[] =
    "SELECT c.id, v.state, v.expires_at, v.window_until, k.contact FROM contact c "
    "LEFT JOIN conversation v ON v.contact = c.id LEFT JOIN callback k ON k.contact = c.id "
    "WHERE c.id > $1 ORDER BY c.id LIMIT $2";
// Whose event is to come and was not cancelled (5), or was after $2.
inline constexpr char organiser_is_needed[] =
    "SELECT 1 FROM notice WHERE organiser = $1 AND organiser <> 0 AND ((ends_at >= $2 AND state <> 5) OR changed_at >= "
    "$2) LIMIT 1";
// Whose case is open (a joined one, 6, as long as the other is), or ended after $2.
inline constexpr char reporter_is_needed[] =
    "SELECT 1 FROM report WHERE reporter = $1 AND reporter <> 0 AND (state < 4 OR state = 6 OR changed_at >= $2) "
    "LIMIT 1";
// The same of who holds a case, and every officer.
inline constexpr char officer_is_needed[] =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM officer WHERE contact = $1) "
    "OR EXISTS (SELECT 1 FROM report WHERE holder = $1 AND holder <> 0 AND (state < 4 OR state = 6 OR changed_at >= "
    "$2))";
inline constexpr char forget_organiser[] = "UPDATE notice SET organiser = 0 WHERE organiser = $1 AND organiser <> 0";
inline constexpr char forget_reporter[] = "UPDATE report SET reporter = 0 WHERE reporter = $1 AND reporter <> 0";
inline constexpr char forget_conversation[] = "DELETE FROM conversation WHERE contact = $1";
inline constexpr char forget_addresses[] = "DELETE FROM contact_address WHERE contact = $1";
inline constexpr char forget_secret[] = "DELETE FROM contact_secret WHERE contact = $1";
inline constexpr char forget_cards[] = "DELETE FROM card WHERE contact = $1";
inline constexpr char forget_contact[] = "DELETE FROM contact WHERE id = $1";

}  // namespace storage::sql
