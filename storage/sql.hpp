// The statements that both drivers run, written once: `$N` parameters, no vendor types, no LIKE, lower() or NULL order.
// Schema, row locks and notifications are fragments of each driver.
#pragma once

namespace storage::sql {

// --- inbox and contacts ---------------------------------------------------------------------------------------
inline constexpr char inbox_add[] =
    "INSERT INTO inbox (account, stamp, digest, fate, received_at) VALUES ($1, $2, $3, 0, $4) ON CONFLICT DO NOTHING";
inline constexpr char inbox_find[] = "SELECT fate FROM inbox WHERE account = $1 AND stamp = $2 AND digest = $3";
inline constexpr char inbox_again[] =
    "UPDATE inbox SET fate = 0 WHERE account = $1 AND stamp = $2 AND digest = $3 AND fate = 2";
inline constexpr char inbox_fate[] = "UPDATE inbox SET fate = $4 WHERE account = $1 AND stamp = $2 AND digest = $3";
inline constexpr char failed_add[] =
    "INSERT INTO failed_inbound (id, channel, account, raw, reason, received_at) VALUES ($1, $2, $3, $4, $5, $6)";
inline constexpr char failed_list[] =
    "SELECT id, channel, account, raw, reason, received_at, ordered FROM failed_inbound WHERE id > $1 ORDER BY id "
    "LIMIT $2";
inline constexpr char failed_order[] = "UPDATE failed_inbound SET ordered = 1 WHERE id = $1";
inline constexpr char failed_ordered[] =
    "SELECT id, channel, account, raw, reason, received_at, ordered FROM failed_inbound WHERE ordered = 1 ORDER BY id "
    "LIMIT $1";
inline constexpr char failed_again[] = "UPDATE failed_inbound SET reason = $2, ordered = 0 WHERE id = $1";
inline constexpr char failed_over[] = "DELETE FROM failed_inbound WHERE id = $1 AND ordered = 1";

inline constexpr char contact_find[] =
    "SELECT c.id, c.is_group, c.reachable, v.window_until, v.state FROM contact_address a "
    "JOIN contact c ON c.id = a.contact LEFT JOIN conversation v ON v.contact = c.id WHERE a.digest = $1";
inline constexpr char contact_add[] =
    "INSERT INTO contact (id, channel, account, is_group, reachable, created_at) VALUES ($1, $2, $3, $4, 1, $5)";
inline constexpr char contact_address_add[] =
    "INSERT INTO contact_address (digest, contact) VALUES ($1, $2) ON CONFLICT DO NOTHING";
inline constexpr char contact_address_move[] =
    "INSERT INTO contact_address (digest, contact) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE SET contact = $2";
inline constexpr char contact_secret_put[] =
    "INSERT INTO contact_secret (contact, address) VALUES ($1, $2) ON CONFLICT (contact) DO UPDATE SET address = $2";
inline constexpr char contact_reachable[] = "UPDATE contact SET reachable = $2 WHERE id = $1";
inline constexpr char contact_whole[] =
    "SELECT c.id, c.channel, c.account, c.is_group, c.reachable, v.window_until, s.address, v.state FROM contact c "
    "JOIN contact_secret s ON s.contact = c.id LEFT JOIN conversation v ON v.contact = c.id WHERE c.id = $1";

// --- conversations --------------------------------------------------------------------------------------------
inline constexpr char conversation_put[] =
    "INSERT INTO conversation (contact, state, expires_at, window_until) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (contact) DO UPDATE SET state = $2, expires_at = $3, window_until = $4";
inline constexpr char window_close[] = "UPDATE conversation SET window_until = 0 WHERE contact = $1";

// --- reports --------------------------------------------------------------------------------------------------
inline constexpr char report_columns[] =
    "SELECT id, number, reporter, category, level, state, ward, unit, holder, created_at, changed_at, version, data "
    "FROM report ";
inline constexpr char report_put[] =
    "INSERT INTO report (id, number, reporter, category, level, state, ward, unit, holder, created_at, changed_at, "
    "version, data) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO UPDATE SET "
    "reporter = $3, category = $4, level = $5, state = $6, ward = $7, unit = $8, holder = $9, changed_at = $11, "
    "version = $12, "
    "data = $13";
inline constexpr char event_add[] =
    "INSERT INTO report_event (report, at, seq, kind, actor, detail) VALUES ($1, $2, $3, $4, $5, $6)";
inline constexpr char event_list[] =
    "SELECT report, at, kind, actor, detail FROM report_event WHERE report = $1 ORDER BY at, seq";

// --- officers -------------------------------------------------------------------------------------------------
inline constexpr char invite_add[] = "INSERT INTO invite (digest, unit, role, until) VALUES ($1, $2, $3, $4)";
inline constexpr char invite_find[] = "SELECT unit, role FROM invite WHERE digest = $1 AND until > $2";
inline constexpr char invite_use[] = "DELETE FROM invite WHERE digest = $1";
inline constexpr char officer_put[] =
    "INSERT INTO officer (contact, unit, role, is_group, on_duty) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (contact) DO UPDATE SET unit = $2, role = $3, is_group = $4, on_duty = $5";
inline constexpr char officer_same[] =
    "SELECT on_duty FROM officer WHERE contact = $1 AND unit = $2 AND role = $3 AND is_group = $4";
inline constexpr char officer_drop[] = "DELETE FROM officer WHERE contact = $1";
inline constexpr char officer_list[] = "SELECT contact, unit, role, is_group, on_duty FROM officer ORDER BY contact";
inline constexpr char counter_get[] = "SELECT value FROM counter WHERE name = $1";
inline constexpr char counter_add[] =
    "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = counter.value + $2";
inline constexpr char roster_version_grow[] = "UPDATE counter SET value = value + 1 WHERE name = 'roster'";

// --- audit ----------------------------------------------------------------------------------------------------
inline constexpr char audit_last[] = "SELECT id, link FROM audit ORDER BY id DESC LIMIT 1";
inline constexpr char audit_add[] =
    "INSERT INTO audit (id, at, actor, action, subject, link) VALUES ($1, $2, $3, $4, $5, $6)";
inline constexpr char audit_list[] =
    "SELECT id, at, actor, action, subject, link FROM audit WHERE id > $1 ORDER BY id LIMIT $2";

// --- timers ---------------------------------------------------------------------------------------------------
inline constexpr char timer_add[] =
    "INSERT INTO timer (id, due_at, kind, subject, version) VALUES ($1, $2, $3, $4, $5)";
inline constexpr char timer_drop[] = "DELETE FROM timer WHERE id = $1";
inline constexpr char timer_due[] =
    "SELECT id, kind, subject, version, due_at FROM timer WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
inline constexpr char timer_next[] = "SELECT due_at FROM timer ORDER BY due_at LIMIT 1";

// --- outbox ---------------------------------------------------------------------------------------------------
inline constexpr char outbox_add[] =
    "INSERT INTO outbox (id, contact, state, due_at, attempts, dedupe, payload) VALUES ($1, $2, 0, $3, $4, $5, $6) "
    "ON CONFLICT DO NOTHING";
// States never go down; one that waits again (0) after an uncertain attempt (1) stays uncertain.
inline constexpr char outbox_result[] =
    "UPDATE outbox SET state = CASE WHEN state > $2 THEN state ELSE $2 END, code = $3, due_at = $4, attempts = "
    "attempts + 1 "
    "WHERE id = $1 AND (state <= $2 OR (state = 1 AND $2 = 0))";
inline constexpr char outbox_sent[] =
    "UPDATE outbox SET state = 2, code = '', attempts = attempts + 1, receipt = $2 WHERE id = $1 AND state < 2";
inline constexpr char outbox_of_receipt[] = "SELECT id FROM outbox WHERE receipt = $1 ORDER BY id DESC LIMIT 1";
inline constexpr char outbox_receipt[] = "UPDATE outbox SET state = $2, code = $3 WHERE id = $1 AND state < $2";
inline constexpr char outbox_undelivered[] =
    "SELECT contact, due_at, attempts, dedupe, payload FROM outbox WHERE id = $1 AND state < 3";
inline constexpr char outbox_last[] = "SELECT id FROM outbox ORDER BY id DESC LIMIT 1";
inline constexpr char outbox_unsent[] =
    "SELECT id, contact, due_at, attempts, dedupe, payload FROM outbox WHERE state < 2 AND id > $1 ORDER BY id LIMIT "
    "$2";
inline constexpr char outbox_counts[] = "SELECT state, count(*) FROM outbox GROUP BY state";
inline constexpr char outbox_oldest[] = "SELECT id FROM outbox WHERE state < 2 ORDER BY id LIMIT 1";
inline constexpr char outbox_given_up[] =
    "SELECT id, contact, state, code, payload FROM outbox WHERE state >= 5 AND id > $1 ORDER BY id LIMIT $2";
inline constexpr char outbox_again[] =
    "UPDATE outbox SET state = 0, code = '', due_at = $2 WHERE id = $1 AND state = 5 AND code = 'before_restore' "
    "AND payload <> ''";
inline constexpr char card_put[] =
    "INSERT INTO card (contact, subject, message) VALUES ($1, $2, $3) "
    "ON CONFLICT (contact, subject) DO UPDATE SET message = $3";
inline constexpr char card_get[] = "SELECT message FROM card WHERE contact = $1 AND subject = $2";

// --- files that people sent: state 0 wanted, 1 kept, 2 lost --------------------------------------------------------
inline constexpr char media_add[] =
    "INSERT INTO media (id, report, channel, account, kind, state, due_at, attempts, wished_at, source, bytes) "
    "VALUES ($1, $2, $3, $4, $5, 0, $6, 0, $6, $7, $8)";
inline constexpr char media_file[] = "UPDATE media SET report = $2 WHERE id = $1";
inline constexpr char media_is_lost[] = "SELECT 1 FROM media WHERE id = $1 AND state = 2";
inline constexpr char media_report_of[] = "SELECT report FROM media WHERE id = $1";
inline constexpr char media_of_report[] =
    "SELECT id, kind, state, shown, reason FROM media WHERE report = $1 AND report <> 0 ORDER BY id";
inline constexpr char media_wanted[] =
    "SELECT id, channel, account, kind, source, bytes, attempts, wished_at FROM media "
    "WHERE state = 0 AND due_at <= $1 ORDER BY due_at LIMIT $2";
inline constexpr char media_next[] = "SELECT due_at FROM media WHERE state = 0 ORDER BY due_at LIMIT 1";
inline constexpr char media_later[] =
    "UPDATE media SET due_at = $2, reason = $3, attempts = attempts + 1 WHERE id = $1 AND state = 0";
// Where the platform has the file is of no use any more.
inline constexpr char media_keep[] =
    "UPDATE media SET state = 1, kind = $2, type = $3, sha256 = $4, file = $5, bytes = $6, shown = $7, reason = '', "
    "source = NULL WHERE id = $1 AND state = 0";
inline constexpr char media_lose[] =
    "UPDATE media SET state = 2, reason = $2, source = NULL WHERE id = $1 AND state = 0";
inline constexpr char media_kept[] =
    "SELECT kind, type, sha256, file, bytes, shown FROM media WHERE id = $1 AND state = 1";
inline constexpr char media_files[] = "SELECT DISTINCT file FROM media WHERE file IS NOT NULL";
inline constexpr char media_unfiled[] =
    "SELECT id FROM media WHERE report = 0 AND wished_at < $1 ORDER BY wished_at LIMIT $2";
inline constexpr char media_drop[] = "DELETE FROM media WHERE id = $1";
inline constexpr char media_trash_add[] =
    "INSERT INTO media_trash (file) SELECT file FROM media WHERE id = $1 AND file IS NOT NULL ON CONFLICT DO NOTHING";
inline constexpr char media_trash_report[] =
    "INSERT INTO media_trash (file) SELECT file FROM media WHERE report = $1 AND report <> 0 AND file IS NOT NULL "
    "ON CONFLICT DO NOTHING";
inline constexpr char media_drop_report[] = "DELETE FROM media WHERE report = $1 AND report <> 0";
inline constexpr char media_trash_name[] = "INSERT INTO media_trash (file) VALUES ($1) ON CONFLICT DO NOTHING";
inline constexpr char media_trash_spare[] = "DELETE FROM media_trash WHERE file IN (SELECT file FROM media)";
inline constexpr char media_trash[] = "SELECT file FROM media_trash ORDER BY file LIMIT $1";
inline constexpr char media_trash_drop[] = "DELETE FROM media_trash WHERE file = $1";

}  // namespace storage::sql
