// Fetches what people sent, after the turn that took it in: from the platform, through a judgement of its bytes, onto
// the disk, into the store. And lends what is kept to those who show it. The wish stands in the store: whatever ends in
// between is done again. Lives on the IO thread; hashing, sealing and files are worked on by a thread of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "handlers/channel.hpp"
#include "handlers/media/workshop.hpp"
#include "handlers/turns/service.hpp"
#include "storage/media_files.hpp"

namespace handlers::media {

struct keeper_options {
  std::uint64_t most_bytes = 20971520;          // of one file
  std::size_t under_way = 3;                    // files fetched at once
  std::size_t lent = 2;                         // files in memory to be shown
  std::chrono::milliseconds first_pause{2000};  // after a failed attempt, doubled each time, with jitter
  std::chrono::milliseconds longest_pause{3600000};
  int most_doubts = 8;                       // attempts when the platform says that it has no such file
  std::chrono::hours oldest{7 * 24};         // since the message: WhatsApp keeps a file no longer
  std::chrono::milliseconds upkeep{600000};  // how often what is to go is looked for, beside the calls of wake()
};

struct keeper_figures {
  std::uint64_t kept = 0, later = 0, lost = 0, full = 0, lent = 0;
  std::map<std::string, std::uint64_t> lost_by_reason;
  std::size_t under_way = 0;
  std::uint64_t bytes_used = 0;
};

class keeper {
 public:
  struct surroundings {
    turns::service::poster post;
    turns::service::clock now;                                  // from any thread
    std::function<void(std::chrono::milliseconds)> wake_after;  // call wake() then, replacing an earlier wish
    std::function<double()> jitter;                             // 0..1
  };

  // The references outlive the keeper, which must be stopped before the service is.
  keeper(surroundings, turns::service&, storage::media_files&, keeper_options = {});
  ~keeper();
  keeper(const keeper&) = delete;
  keeper& operator=(const keeper&) = delete;

  void add_channel(bot::channel via, channel& out) { channels_[via] = &out; }  // before start()
  void start();  // sweeps the folder, then fetches what is due
  void wake();   // files are wanted, or some are to go
  // A file that officers may see, without metadata; see file_opener.
  void lend(std::int64_t id, std::function<void(std::shared_ptr<const shown_file>)> ready);
  void stop();  // waits for the file that is being worked on; what is under way is fetched again at the next start
  keeper_figures figures() const;

 private:
  struct found;
  struct loan {
    std::int64_t id;
    std::function<void(std::shared_ptr<const shown_file>)> ready;
  };

  void on_io(std::function<void()> work);
  void look();
  void take(const found&);
  void begin(const storage::wanted_media&);
  void came(const storage::wanted_media&, fetched_file);
  void work_on(const storage::wanted_media&, fetched_file);
  storage::media_result pause(const storage::wanted_media&, const std::string& reason, std::chrono::seconds after);
  static storage::media_result lose(const storage::wanted_media&, const std::string& reason);
  void settle(storage::media_result);
  void settled(const storage::media_result&);
  void next_loan();
  void open(loan, const std::optional<storage::kept_media>&);

  surroundings around_;
  turns::service& service_;
  storage::media_files& files_;
  keeper_options options_;
  std::map<bot::channel, channel*> channels_;
  std::set<std::int64_t> in_hand_;
  std::deque<loan> waiting_;
  std::size_t lent_ = 0;
  bool looking_ = false;
  bool look_again_ = false;
  bool stopped_ = false;
  keeper_figures figures_;
  workshop workshop_;
  std::shared_ptr<bool> here_ = std::make_shared<bool>(true);  // gone with the keeper: what comes later finds nobody
};

}  // namespace handlers::media
