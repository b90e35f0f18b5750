// The port of the memory, in the words of the service. Two drivers implement it: SQLite, and PostgreSQL for a province.
// Every call blocks and belongs to one storage thread; nothing here is safe to share between threads. A batch is one
// transaction: admit, read, write, commit. Whatever throws in between is answered by `rollback` and nobody is told 200.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/inbound.hpp"
#include "bot/retention.hpp"
#include "storage/audit.hpp"
#include "storage/media.hpp"
#include "storage/vault.hpp"

namespace storage {

// The store is gone or full. The batch is lost, the service is not: the same may go well a moment later.
class unavailable : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The store is well, but one of the rows contradicts it or cannot be read. Trying again changes nothing.
class refused : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Where a message goes. The address is decrypted only for the one who sends.
struct destination {
  std::int64_t contact = 0;
  bot::channel via = bot::channel::telegram;
  std::string account;
  std::string address;
  bool group = false;
  bool reachable = true;
  bot::instant window_until{};  // WhatsApp: until when free text is allowed
  std::string language = "id";
};

// One inbound after admission, in the order of the span that was admitted.
struct admission {
  bool duplicate = false;  // counted before: it has its fate, nothing more is to be done
  destination chat;        // the conversation's contact
  std::int64_t actor = 0;  // contact id of the person; equals chat.contact in a private chat
  bot::conversation conversation;
  std::string fault;  // why the stored conversation cannot be read, empty: it can. It must then not be overwritten
};

enum class send_state : std::uint8_t {
  queued = 0,
  uncertain = 1,
  sent = 2,
  delivered = 3,
  read = 4,
  skipped = 5,
  dead = 6
};

// One message to one destination.
struct outbox_row {
  std::int64_t id = 0;  // drawn by the caller from `new_id`, growing: the order within a destination
  std::int64_t contact = 0;
  bot::say what;
  std::string dedupe;  // "subject:event:contact:channel"; empty: the inbox already sees to it
  bot::instant due{};
  int attempts = 0;
};

struct outbox_item {
  outbox_row row;
  destination to;
  std::string card_message;  // the provider's id of the message that row.what.edit_of names, as far as the store knows
  bool unreadable = false;   // what was stored cannot be understood any more: row.what is empty
  std::string first_answer_to;  // the platform's id of the message that it answers; never stored
};

// What became of an attempt to send.
struct send_result {
  std::int64_t id = 0;
  send_state state = send_state::sent;
  std::string code;         // why it was skipped or died; a word for staff
  std::string provider_id;  // of the message that came into being, empty when none did
  std::string card;         // the subject that later edits will name, empty: not a card
  std::int64_t contact = 0;
  bot::instant next_attempt{};  // for `queued` and `uncertain`
  bool unreachable = false;     // the person has blocked us
  std::string moved_to;         // the contact's new address, empty: as it was
  bool has_receipts = false;    // the platform will tell what becomes of provider_id: it can be found again by that
  std::string counter;          // that grows by `counted` ("whatsapp:2026-11:paid"), empty: none
  std::int64_t counted = 0;
};

// What the platform told later of a message that it had taken. A state below the one that is known changes nothing.
struct receipt {
  std::int64_t row = 0;  // of the outbox
  send_state state = send_state::delivered;
  std::string code;  // as in send_result
};

enum class fate : std::uint8_t { done = 0, ignored = 1, failed = 2 };

// A message that could not be thought about: kept, encrypted, for replay.
struct failed_inbound {
  std::size_t index = 0;     // into the admitted span
  std::string reason;        // the exception's words, never the message's
  std::string raw;           // the body that it came in, as received
  std::int64_t replays = 0;  // the kept_inbound whose second chance this was: it stays, with the new reason
};

// The same as it is kept. One body may hold several messages, of which only the failed ones count again.
struct kept_inbound {
  std::int64_t id = 0;
  bot::channel via = bot::channel::telegram;
  std::string account;
  std::string raw;  // empty when its key is gone
  std::string reason;
  bot::instant received_at{};
  bool ordered = false;  // staff asked for a second chance, and it has not had it yet
};

struct conversation_row {
  bot::conversation state;
  bot::instant window_until{};
};

// Everything that a batch changes, written in one go.
struct changes {
  std::vector<conversation_row> conversations;
  std::vector<bot::cases::report> reports;
  std::vector<bot::cases::report_event> events;
  std::vector<bot::timer_order> timers;
  std::vector<std::int64_t> timers_done;
  std::vector<outbox_row> outbox;
  std::vector<send_result> results;
  std::vector<receipt> receipts;                         // may be about rows whose result stands in `results`
  std::vector<std::int64_t> windows_closed;              // contacts that WhatsApp takes no free text for any more
  std::vector<std::pair<std::int64_t, bool>> reachable;  // contact, whether it can be written to
  std::vector<failed_inbound> failed;
  std::vector<std::pair<std::int64_t, std::string>> moved;  // contact, its new address
  std::vector<bot::cases::member> bound;                    // new or changed officers and groups
  std::vector<bot::cases::membership> joins;
  std::vector<bot::callback> callbacks;
  std::vector<bot::tally> tallies;
  std::vector<bot::act> acts;
  std::vector<std::string> used_invites;
  std::vector<media_wish> media;
  std::vector<std::pair<std::int64_t, std::int64_t>> media_filed;  // file, the report that it belongs to now
  std::vector<std::int64_t> media_dropped;
  std::vector<bot::notices::notice> notices;
  std::vector<bot::notices::notice_event> notice_events;
  std::vector<bot::notices::person_in_charge> persons;
  std::vector<bot::notices::place_note> place_notes;
  std::vector<bot::notices::kept_draft> drafts;
};

struct counted {
  bot::tally what;
  std::int64_t count = 0;
};

struct report_filter {
  std::size_t limit = 100000;
  std::int64_t before = 0;  // only those with a smaller id; 0: from the newest on
};

// What one slice of the purge erased, by kind.
struct purged {
  std::uint64_t inbox = 0, failed = 0, invites = 0, payloads = 0, deliveries = 0, positions = 0, reports = 0,
                contacts = 0, drafts = 0, media = 0, callbacks = 0, notices = 0, lessons = 0, organisers = 0,
                persons = 0, audit = 0;
  bool round_over = false;  // everything was looked at once since the last time this was true
};
// Each of its counts by name.
struct purged_count {
  const char* name;
  std::uint64_t purged::*count;
};
inline constexpr purged_count purged_counts[] = {
    {"inbox", &purged::inbox},       {"failed", &purged::failed},         {"invites", &purged::invites},
    {"payloads", &purged::payloads}, {"deliveries", &purged::deliveries}, {"positions", &purged::positions},
    {"reports", &purged::reports},   {"contacts", &purged::contacts},     {"drafts", &purged::drafts},
    {"media", &purged::media},       {"callbacks", &purged::callbacks},   {"notices", &purged::notices},
    {"lessons", &purged::lessons},   {"organisers", &purged::organisers}, {"persons", &purged::persons},
    {"audit", &purged::audit}};
static_assert(sizeof(purged) == (std::size(purged_counts) + 1) * sizeof(std::uint64_t), "each count has its name");

// A message that was given up, for staff: no text, no address.
struct not_sent {
  std::int64_t id = 0;
  std::int64_t contact = 0;
  std::string key;  // of the text that it would have been, empty when that was erased
  std::string state, code;
  bot::instant made_at{};
};

// What a copy brought, and what it lacks.
struct restored {
  std::int64_t generation = 0;               // how often this database was restored, this time included
  std::optional<bot::instant> copied_at;     // when the copy was made, as far as it says
  std::optional<bot::instant> last_written;  // the database that it replaces: the last sign of life
  std::int64_t waiting = 0;                  // messages queued in the copy: they wait for staff
  std::int64_t timers = 0;                   // that came due meanwhile
  std::chrono::milliseconds timers_take{};   // over which they are spread now
  std::vector<std::string> samples;          // an address of every key that it names, sealed
  std::set<std::string> media;               // names of the files that it knows
};

// Rows that name a key, by its number and by what they are ("addresses").
using key_uses = std::map<int, std::map<std::string, std::int64_t>>;

class store {
 public:
  virtual ~store() = default;

  // --- a batch ------------------------------------------------------------------------------------------------
  // Opens the transaction, counts each message once, finds or makes its contact, loads its conversation. Receipts are
  // left alone: states never go down, so one that comes twice says nothing new.
  // `failed_again`: a message whose fate was `failed` is no duplicate.
  virtual std::vector<admission> admit(std::span<const bot::inbound> batch, bot::instant now,
                                       bool failed_again = false) = 0;
  virtual std::vector<bot::cases::report> reports(const bot::reads&) = 0;
  // Joined to that incident, with an id above `after`, by id.
  virtual std::vector<bot::cases::report> followers(std::int64_t incident, std::int64_t after, std::size_t limit) = 0;
  virtual std::size_t incident_size(std::int64_t incident) = 0;  // how many have joined it
  // The newest of that unit that are neither closed nor joined, most urgent first.
  virtual std::vector<bot::cases::report> open_reports(const std::string& unit, std::size_t limit) = 0;
  // Those with an id above `after` that are not older than `since`, by id; without what was told.
  virtual std::vector<bot::cases::recent_case> recent(std::int64_t after, bot::instant since) = 0;
  virtual std::vector<bot::notices::notice> notices(const bot::reads&) = 0;
  // Of those units, that may be going on in that time; those that start more than 400 days before it are left out.
  // One that comes again is there once, from its first event to its last.
  virtual std::vector<bot::notices::notice> notices_between(const std::vector<std::string>& units, bot::instant from,
                                                            bot::instant until, std::size_t limit) = 0;
  // Of that unit and not over, the nearest first.
  virtual std::vector<bot::notices::notice> open_notices(const std::string& unit, std::size_t limit) = 0;
  virtual std::string person_of(std::int64_t notice) = 0;  // in charge of it; empty: not told, or its key is gone
  // What was learned at that place since then, the newest first.
  virtual std::vector<std::string> learned_at(const std::string& place, bot::instant since, std::size_t limit) = 0;
  virtual std::optional<bot::notices::kept_draft> draft(const std::string& number) = 0;
  virtual std::string callback_of(std::int64_t contact) = 0;  // empty: none was left, or its key is gone
  virtual bool has_written(std::int64_t contact) = 0;         // in a private chat
  // The outbox row whose message the platform knows by this id; 0: none. Only of results with `has_receipts`.
  virtual std::int64_t row_of(const std::string& provider_id) = 0;
  // A message that has not been delivered or ended yet, to be sent once more; nothing when there is none.
  virtual std::optional<outbox_item> undelivered(std::int64_t row) = 0;
  virtual std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant now) = 0;
  virtual std::int64_t roster_version() = 0;  // grows with every change of the roster
  virtual bot::cases::roster roster() = 0;
  // The changes must stay as they are until commit or rollback. Returns the ids of outbox rows that were not taken
  // because their dedupe key exists already.
  virtual std::vector<std::int64_t> write(const changes&, std::span<const bot::inbound> batch, bot::instant now) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  // --- outside a batch ----------------------------------------------------------------------------------------
  // Keyed, in hex: what a PIN is kept as. Under every key, the newest first: what is kept may name an older one.
  virtual std::vector<std::string> keyed_hashes(const std::string& purpose, const std::string& text) = 0;
  virtual std::int64_t new_id() = 0;  // unique in the store, growing within this process
  virtual std::optional<destination> destination_of(std::int64_t contact) = 0;
  virtual std::optional<bot::instant> next_timer() = 0;                                   // due time of the earliest
  virtual std::vector<bot::inbound> due_timers(bot::instant now, std::size_t limit) = 0;  // as inbound of kind `timer`
  // Unsent rows with an id above `after`, by id: what a crash or an overflow left behind.
  virtual std::vector<outbox_item> unsent(std::int64_t after, std::size_t limit) = 0;
  // The provider's id of the last message that showed this card to this contact, empty when there is none.
  virtual std::string card_message(std::int64_t contact, const std::string& card) = 0;
  virtual std::vector<counted> tallies() = 0;                       // by day and unit
  virtual std::map<std::string, std::int64_t> outbox_counts() = 0;  // by name of the state
  virtual std::optional<bot::instant> oldest_unsent() = 0;
  virtual std::int64_t counter(const std::string& name) = 0;  // what results have counted so far, 0 when nothing
  virtual std::vector<bot::cases::report> list_reports(const report_filter&) = 0;
  virtual std::vector<bot::cases::report_event> history(std::int64_t report) = 0;
  // The notice whose papers lead to the page with this code; nothing: there is none.
  virtual std::optional<bot::notices::notice> notice_of_code(const std::string& code) = 0;
  virtual std::vector<bot::notices::notice> list_notices(std::size_t limit) = 0;  // the newest first
  virtual std::vector<bot::notices::notice_event> notice_history(std::int64_t notice) = 0;
  // A one-time code for a unit; only its keyed hash is kept.
  virtual void add_invite(const bot::cases::invite&, bot::instant until) = 0;
  virtual bool revoke(std::int64_t contact) = 0;  // false: not an officer

  // --- the secret address of a unit's calendar
  // What ends it, under every key, the newest first.
  virtual std::vector<std::string> calendar_keys(const std::string& unit) = 0;
  // The newest, for an operator; `renew`: another one from now on, those that were handed out are over.
  virtual std::string hand_out_calendar(const std::string& unit, bool renew) = 0;

  // --- what failed, and its second chance: ordered by a command, done by whoever runs the turns
  virtual std::vector<kept_inbound> failed(std::int64_t after, std::size_t limit) = 0;  // by id
  virtual bool order_replay(std::int64_t id) = 0;                                       // false: there is no such row
  virtual std::vector<kept_inbound> ordered_replays(std::size_t limit) = 0;             // by id
  // After its batch: the row goes, unless the batch kept it with a new reason. `why_not`: it had no batch, and stays.
  virtual void end_replay(std::int64_t id, const std::string& why_not) = 0;

  // The next slice of the erasing of what had its time: a few milliseconds, at most one commit, none when nothing was
  // over. Call it again after a pause, after `round_over` after a long one.
  virtual purged purge(const bot::retention&, bot::instant now) = 0;
  // --- what was given up
  virtual std::vector<not_sent> given_up(std::int64_t after, std::size_t limit) = 0;  // by id
  // Queues a message again that a restore held back, and only such a one: no other may still be true. False: it is
  // none.
  virtual bool send_again(std::int64_t id, bot::instant now) = 0;

  // --- the audit: written by the calls that change something
  virtual std::vector<audit_entry> audit(std::int64_t after, std::size_t limit) = 0;  // by id
  virtual std::string audit_head() = 0;  // the newest link, in hex; empty: there is none

  // --- a key's replacement, with the service stopped
  virtual key_uses uses_of_keys() = 0;
  virtual std::int64_t rewrap() = 0;  // brings all that can be to the newest key; how many rows changed
  // For good, whatever it still seals. False: there is no such key, or it is the newest.
  virtual bool drop_key(int number) = 0;

  virtual const vault& keys() const = 0;  // what opens the files too; alive as long as this
  virtual media_table& media() = 0;

  virtual void backup(const std::string& file) = 0;  // a consistent copy while others write; whole or not at all

  // The application for which the link with this token was given, whatever became of it since; nothing: it is forged.
  virtual std::optional<bot::notices::notice> notice_of_recommendation(const std::string& token) = 0;
};

}  // namespace storage
