// Files that people sent: the wish to have one, what became of it, and its end. Part of the port in storage/store.hpp,
// with the same rules: blocking, on the storage thread. A row never holds who sent the file; once it is here, it no
// longer holds where the platform has it either.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cases/media.hpp"
#include "bot/inbound.hpp"
#include "bot/moment.hpp"

namespace storage {

// Written with the turn that took the message in.
struct media_wish {
  std::int64_t id = 0;
  std::int64_t report = 0;  // 0: of a draft
  bot::channel via = bot::channel::telegram;
  std::string account;
  bot::said::media what;
};

// A file that is still to be fetched.
struct wanted_media {
  std::int64_t id = 0;
  bot::channel via = bot::channel::telegram;
  std::string account;
  bot::said::media::kind what = bot::said::media::kind::photo;
  std::string file_id;       // at the platform; empty when its key is gone
  std::int64_t claimed = 0;  // bytes, 0 = unknown
  int attempts = 0;
  bot::instant wished_at{};
};

struct kept_media {
  bot::said::media::kind what = bot::said::media::kind::photo;  // by its bytes
  std::string type;                                             // "image/jpeg", by its bytes
  std::string sha256;                                           // of the original as received, 32 bytes
  std::string file;                                             // its name among the files
  std::int64_t bytes = 0;                                       // of the original
  bool shown = true;                                            // officers may see it in a chat
};

// What came of an attempt. Exactly one of the three.
struct media_result {
  enum class outcome : std::uint8_t { kept, later, lost } what = outcome::later;
  std::int64_t id = 0;
  kept_media file;       // kept
  bot::instant again{};  // later
  std::string reason;    // later, lost: a word for staff
};

class media_table {
 public:
  virtual ~media_table() = default;

  // In or between batches.
  virtual std::vector<bot::cases::media_fact> of_report(std::int64_t report) = 0;
  // Between batches.
  virtual std::vector<wanted_media> wanted(bot::instant now, std::size_t limit) = 0;  // due, the longest waiting first
  virtual std::optional<bot::instant> next_wanted() = 0;                              // due time of the earliest
  // A result for a row that is gone or settled changes nothing; one `lost` of a report calls for a timer "media".
  virtual void settle(const media_result&, bot::instant now) = 0;
  virtual std::optional<kept_media> kept(std::int64_t id) = 0;
  virtual std::vector<std::string> files() = 0;  // names that rows stand for

  // --- the end of files, in or between batches. Each returns how many rows went; their files are then in the trash --
  virtual std::size_t drop_of_report(std::int64_t report) = 0;
  // Of drafts that never became a report, the oldest first.
  virtual std::size_t drop_unfiled(bot::instant wished_before, std::size_t limit) = 0;
  // Names of files that no row stands for any more. To be removed from the disk before the next call on this thread.
  virtual std::vector<std::string> trash(std::size_t limit) = 0;
  virtual void removed(const std::vector<std::string>& names) = 0;
};

}  // namespace storage
