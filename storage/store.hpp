// The port of the memory, in the words of the service. Two drivers implement it: SQLite, and PostgreSQL for a province.
// Every call blocks and belongs to one storage thread; nothing here is safe to share between threads. A batch is one
// transaction: admit, read, write, commit. Whatever throws in between is answered by `rollback` and nobody is told 200.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/inbound.hpp"
#include "storage/media.hpp"

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
};

enum class fate : std::uint8_t { done = 0, ignored = 1, failed = 2 };

// A message that could not be thought about: kept, encrypted, for replay.
struct failed_inbound {
  std::size_t index = 0;  // into the admitted span
  std::string reason;     // the exception's words, never the message's
  std::string raw;        // the body that it came in, as received
};

// The same as it is kept. One body may hold several messages, of which only the failed ones count again.
struct kept_inbound {
  std::int64_t id = 0;
  bot::channel via = bot::channel::telegram;
  std::string account;
  std::string raw;  // empty when its key is gone
  std::string reason;
  bot::instant received_at{};
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
  std::vector<std::pair<std::int64_t, bool>> reachable;  // contact, whether it can be written to
  std::vector<failed_inbound> failed;
  std::vector<std::pair<std::int64_t, std::string>> moved;  // contact, its new address
  std::vector<bot::cases::member> bound;                    // new officers and groups
  std::vector<std::string> used_invites;
  std::vector<media_wish> media;
  std::vector<std::pair<std::int64_t, std::int64_t>> media_filed;  // file, the report that it belongs to now
  std::vector<std::int64_t> media_dropped;
  std::vector<std::int64_t> replayed;  // ids of kept_inbound that had another chance and are over
};

struct report_filter {
  std::size_t limit = 100000;
};

class store {
 public:
  virtual ~store() = default;

  // --- a batch ------------------------------------------------------------------------------------------------
  // Opens the transaction, counts each message once, finds or makes its contact, loads its conversation.
  // `failed_again`: a message whose fate was `failed` is no duplicate.
  virtual std::vector<admission> admit(std::span<const bot::inbound> batch, bot::instant now,
                                       bool failed_again = false) = 0;
  virtual std::vector<bot::cases::report> reports(const bot::reads&) = 0;
  virtual std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant now) = 0;
  virtual std::int64_t roster_version() = 0;  // grows with every change of the roster
  virtual bot::cases::roster roster() = 0;
  // The changes must stay as they are until commit or rollback. Returns the ids of outbox rows that were not taken
  // because their dedupe key exists already.
  virtual std::vector<std::int64_t> write(const changes&, std::span<const bot::inbound> batch, bot::instant now) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  // --- outside a batch ----------------------------------------------------------------------------------------
  // Keyed, in hex: what a PIN is kept as.
  virtual std::string keyed_hash(const std::string& purpose, const std::string& text) = 0;
  virtual std::int64_t new_id() = 0;  // unique in the store, growing within this process
  virtual std::optional<destination> destination_of(std::int64_t contact) = 0;
  virtual std::optional<bot::instant> next_timer() = 0;                                   // due time of the earliest
  virtual std::vector<bot::inbound> due_timers(bot::instant now, std::size_t limit) = 0;  // as inbound of kind `timer`
  // Unsent rows with an id above `after`, by id: what a crash or an overflow left behind.
  virtual std::vector<outbox_item> unsent(std::int64_t after, std::size_t limit) = 0;
  // The provider's id of the last message that showed this card to this contact, empty when there is none.
  virtual std::string card_message(std::int64_t contact, const std::string& card) = 0;
  virtual std::map<std::string, std::int64_t> outbox_counts() = 0;  // by name of the state
  virtual std::optional<bot::instant> oldest_unsent() = 0;
  virtual std::vector<bot::cases::report> list_reports(const report_filter&) = 0;
  virtual std::vector<bot::cases::report_event> history(std::int64_t report) = 0;
  // A one-time code for a unit; only its keyed hash is kept.
  virtual void add_invite(const bot::cases::invite&, bot::instant until) = 0;
  virtual bool revoke(std::int64_t contact) = 0;                                        // false: not an officer
  virtual std::vector<kept_inbound> failed(std::int64_t after, std::size_t limit) = 0;  // by id, for a replay
  virtual media_table& media() = 0;
  virtual void backup(const std::string& file) = 0;  // a consistent copy while others write; whole or not at all
};

}  // namespace storage
