// The schema, as steps that only go forward: step N brings user_version from N-1 to N.
#pragma once

#include <array>

namespace storage::sqlite {

inline constexpr std::array schema_steps = {
    R"sql(
CREATE TABLE inbox (            -- one row a message that was counted; the key is equal in every redelivery
  account TEXT NOT NULL, stamp INTEGER NOT NULL, digest BLOB NOT NULL,
  fate INTEGER NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (account, stamp, digest)) WITHOUT ROWID;
CREATE TABLE failed_inbound (   -- what could not be thought about, sealed
  id INTEGER PRIMARY KEY, channel INTEGER NOT NULL, account TEXT NOT NULL, raw BLOB NOT NULL, reason TEXT NOT NULL,
  received_at INTEGER NOT NULL);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY, channel INTEGER NOT NULL, account TEXT NOT NULL, is_group INTEGER NOT NULL,
  reachable INTEGER NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE contact_address (digest BLOB NOT NULL PRIMARY KEY, contact INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE contact_secret (contact INTEGER PRIMARY KEY, address BLOB NOT NULL);
CREATE TABLE conversation (contact INTEGER PRIMARY KEY, state TEXT NOT NULL, expires_at INTEGER NOT NULL, window_until INTEGER NOT NULL);

CREATE TABLE report (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, reporter INTEGER NOT NULL, category TEXT NOT NULL,
  level INTEGER NOT NULL, state INTEGER NOT NULL, ward TEXT NOT NULL, unit TEXT NOT NULL, holder INTEGER NOT NULL,
  created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE report_event (
  report INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, actor INTEGER NOT NULL,
  detail TEXT NOT NULL, PRIMARY KEY (report, at, seq)) WITHOUT ROWID;

CREATE TABLE invite (digest BLOB NOT NULL PRIMARY KEY, unit TEXT NOT NULL, role TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE officer (
  contact INTEGER PRIMARY KEY, unit TEXT NOT NULL, role TEXT NOT NULL, is_group INTEGER NOT NULL, on_duty INTEGER NOT NULL);
CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('roster', 1);

CREATE TABLE timer (
  id INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, kind TEXT NOT NULL, subject INTEGER NOT NULL, version INTEGER NOT NULL);
CREATE INDEX timer_due ON timer (due_at);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, contact INTEGER NOT NULL, state INTEGER NOT NULL, due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL, code TEXT NOT NULL DEFAULT '', dedupe TEXT, payload TEXT NOT NULL);
CREATE INDEX outbox_unsent ON outbox (id) WHERE state < 2;
CREATE UNIQUE INDEX outbox_dedupe ON outbox (dedupe) WHERE dedupe IS NOT NULL;
CREATE TABLE card (             -- which message of the platform shows a case to a contact, for later edits; sealed,
                                -- as WhatsApp writes the phone number into its ids
  contact INTEGER NOT NULL, subject TEXT NOT NULL, message BLOB NOT NULL, PRIMARY KEY (contact, subject)) WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE failed_inbound ADD COLUMN ordered INTEGER NOT NULL DEFAULT 0;  -- 1: staff want it tried again
CREATE INDEX failed_ordered ON failed_inbound (id) WHERE ordered = 1;
ALTER TABLE report ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;  -- 1: only its figures are left
CREATE INDEX report_ended ON report (changed_at) WHERE state >= 4 AND erased = 0;
CREATE INDEX report_reporter ON report (reporter) WHERE reporter <> 0;
CREATE INDEX report_holder ON report (holder) WHERE holder <> 0;
CREATE TABLE audit (            -- who of the officers and operators did or read what; each row holds the hash of the one before
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor INTEGER NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
  link BLOB NOT NULL);
CREATE INDEX outbox_given_up ON outbox (id) WHERE state >= 5;
CREATE INDEX card_subject ON card (subject);
CREATE INDEX contact_address_of ON contact_address (contact);
CREATE INDEX invite_until ON invite (until);
)sql",
    R"sql(
CREATE TABLE incident_member (  -- joined by insert alone; the lead is counted by a timer
  incident INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (incident, report)) WITHOUT ROWID;
CREATE INDEX report_open ON report (unit, level, id) WHERE state < 4;
CREATE TABLE callback (         -- name and number of those who may be called, sealed, apart from what they told
  contact INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE TABLE tally (            -- counts without content, kept for days
  kind TEXT NOT NULL, day TEXT NOT NULL, unit TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (kind, day, unit)) WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE outbox ADD COLUMN receipt BLOB;  -- keyed hash of the platform's id, where it tells what becomes of a message
CREATE INDEX outbox_receipt ON outbox (receipt) WHERE receipt IS NOT NULL;
)sql",
    R"sql(
CREATE TABLE media (            -- files that people sent; never who: an anonymous case leads to nobody
  id INTEGER PRIMARY KEY, report INTEGER NOT NULL, channel INTEGER NOT NULL, account TEXT NOT NULL,
  kind INTEGER NOT NULL, state INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
  wished_at INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', source BLOB, type TEXT, sha256 BLOB, file TEXT,
  bytes INTEGER NOT NULL, shown INTEGER NOT NULL DEFAULT 0);
CREATE INDEX media_wanted ON media (due_at) WHERE state = 0;
CREATE INDEX media_report ON media (report);
CREATE INDEX media_wished ON media (wished_at);
CREATE INDEX media_name ON media (file) WHERE file IS NOT NULL;
CREATE TABLE media_trash (file TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;  -- on disk still, of no row any more
)sql",
    R"sql(
CREATE TABLE notice (           -- of events; a store of its own, beside the reports (P-09)
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, organiser INTEGER NOT NULL, track INTEGER NOT NULL,
  state INTEGER NOT NULL, version INTEGER NOT NULL, unit TEXT NOT NULL, starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, revision INTEGER NOT NULL,
  data TEXT NOT NULL);
CREATE INDEX notice_organiser ON notice (organiser) WHERE organiser <> 0;
CREATE TABLE notice_event (
  notice INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, actor INTEGER NOT NULL,
  detail TEXT NOT NULL, PRIMARY KEY (notice, at, seq)) WITHOUT ROWID;
CREATE TABLE notice_person (    -- who is in charge of an event: name, address, number, sealed
  notice INTEGER PRIMARY KEY, words BLOB NOT NULL);
)sql",
    R"sql(
CREATE INDEX incident_member_report ON incident_member (report);
DROP INDEX media_wished;        -- files end with their case; only those of none end by their age
DROP INDEX media_report;
CREATE INDEX media_report ON media (report) WHERE report <> 0;
CREATE INDEX media_unfiled ON media (wished_at) WHERE report = 0;
UPDATE report_event SET actor = 0 WHERE actor <> 0 AND kind NOT IN (  -- a history names officers, never who reported
  'opened', 'taken', 'denied', 'on_site', 'asked_reporter', 'note', 'forwarded', 'closed', 'joined', 'kept_apart',
  'recategorised', 'identity_opened');
)sql",
    R"sql(
ALTER TABLE notice ADD COLUMN code TEXT;  -- of the public page of its papers: random, so that nobody finds it by trying
CREATE UNIQUE INDEX notice_code ON notice (code) WHERE code IS NOT NULL;
)sql",
    R"sql(
ALTER TABLE notice ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;  -- 1: only its figures are left
CREATE INDEX notice_over ON notice (ends_at) WHERE erased = 0;
CREATE INDEX notice_reply ON notice (ends_at) WHERE organiser <> 0;
CREATE INDEX notice_of_unit ON notice (unit, starts_at, ends_at) WHERE erased = 0;
UPDATE notice_event SET actor = 0 WHERE kind IN ('filed', 'changed', 'completed', 'cancelled');  -- by the organiser
)sql",
    R"sql(
CREATE INDEX notice_open ON notice (unit, starts_at) WHERE erased = 0 AND state <> 5 AND state <> 6;  -- neither cancelled nor over
CREATE TABLE place_note (       -- what was learned where an event was; it names no notice and nobody
  place TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (place, at, seq)) WITHOUT ROWID;
CREATE TABLE notice_draft (     -- that can be taken up from another chat; who is in charge is not in it
  notice INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, until INTEGER NOT NULL, data TEXT NOT NULL);
)sql",
    R"sql(
CREATE TABLE recommendation (   -- links by which somebody without an account recommends an event, random as notice.code
  token TEXT NOT NULL PRIMARY KEY, notice INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX recommendation_notice ON recommendation (notice);
)sql",
    R"sql(
CREATE TABLE data_key (         -- what seals and hashes all the rest; a master key outside the database wraps it
  id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL);
)sql",
};

}  // namespace storage::sqlite
