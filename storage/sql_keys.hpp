// The data keys, and the statements of a key's replacement. The latter only commands run, with the service stopped:
// they read whole tables.
#pragma once

namespace storage::sql {

// The first byte of every ciphertext and of every lookup hash is the number of its key.
inline constexpr char key_uses[] =
    "SELECT 'addresses', substr(address, 1, 1), count(*) FROM contact_secret GROUP BY 2 UNION ALL "
    "SELECT 'address lookups', substr(digest, 1, 1), count(*) FROM contact_address GROUP BY 2 UNION ALL "
    "SELECT 'cards', substr(message, 1, 1), count(*) FROM card GROUP BY 2 UNION ALL "
    "SELECT 'failed messages', substr(raw, 1, 1), count(*) FROM failed_inbound GROUP BY 2 UNION ALL "
    "SELECT 'counted messages', substr(digest, 1, 1), count(*) FROM inbox GROUP BY 2 UNION ALL "
    "SELECT 'one-time codes', substr(digest, 1, 1), count(*) FROM invite GROUP BY 2 UNION ALL "
    "SELECT 'receipts', substr(receipt, 1, 1), count(*) FROM outbox WHERE receipt IS NOT NULL GROUP BY 2 UNION ALL "
    "SELECT 'names and numbers', substr(words, 1, 1), count(*) FROM callback GROUP BY 2 UNION ALL "
    "SELECT 'persons in charge', substr(words, 1, 1), count(*) FROM notice_person GROUP BY 2 UNION ALL "
    "SELECT 'wanted files', substr(source, 1, 1), count(*) FROM media WHERE source IS NOT NULL GROUP BY 2";
inline constexpr char key_pins[] = "SELECT data FROM report WHERE erased = 0";
// Messages keep secret arguments inside their payload.
inline constexpr char key_messages[] =
    "SELECT id, payload FROM outbox WHERE id > $1 AND payload <> '' ORDER BY id LIMIT $2";

// --- the data keys themselves, each wrapped by a master key
inline constexpr char data_keys[] = "SELECT id, wrapped FROM data_key ORDER BY id";
inline constexpr char data_key_put[] =
    "INSERT INTO data_key (id, wrapped) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET wrapped = excluded.wrapped";
inline constexpr char data_key_drop[] = "DELETE FROM data_key WHERE id = $1";

inline constexpr char rewrap_addresses[] =
    "SELECT s.contact, s.address, c.channel, c.account FROM contact_secret s JOIN contact c ON c.id = s.contact "
    "WHERE s.contact > $1 ORDER BY s.contact LIMIT $2";
inline constexpr char rewrap_lookup_drop[] = "DELETE FROM contact_address WHERE digest = $1 AND contact = $2";
inline constexpr char rewrap_cards[] =
    "SELECT contact, subject, message FROM card WHERE (contact, subject) > ($1, $2) ORDER BY contact, subject LIMIT $3";
inline constexpr char rewrap_failed[] = "SELECT id, raw FROM failed_inbound WHERE id > $1 ORDER BY id LIMIT $2";
inline constexpr char rewrap_failed_put[] = "UPDATE failed_inbound SET raw = $2 WHERE id = $1";
inline constexpr char rewrap_callbacks[] =
    "SELECT contact, words FROM callback WHERE contact > $1 ORDER BY contact LIMIT $2";
inline constexpr char rewrap_callbacks_put[] = "UPDATE callback SET words = $2 WHERE contact = $1";
inline constexpr char rewrap_persons[] =
    "SELECT notice, words FROM notice_person WHERE notice > $1 ORDER BY notice LIMIT $2";
inline constexpr char rewrap_persons_put[] = "UPDATE notice_person SET words = $2 WHERE notice = $1";
inline constexpr char rewrap_wanted[] =
    "SELECT id, source FROM media WHERE id > $1 AND source IS NOT NULL ORDER BY id LIMIT $2";
inline constexpr char rewrap_wanted_put[] = "UPDATE media SET source = $2 WHERE id = $1";
inline constexpr char rewrap_messages_put[] = "UPDATE outbox SET payload = $2 WHERE id = $1";

}  // namespace storage::sql
