// The rows of files that people sent; see storage/media.hpp.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "storage/media.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

class media final : public media_table {
 public:
  // The references outlive this. `new_id` draws ids of timers.
  media(SQLite::Database& db, statements& run, const vault& v, std::function<std::int64_t()> new_id)
      : db_(db), run_(run), vault_(v), new_id_(std::move(new_id)) {}

  // --- within a batch
  void wish(const std::vector<media_wish>&, bot::instant now);
  void file(const std::vector<std::pair<std::int64_t, std::int64_t>>& file_and_report, bot::instant now);
  void drop(const std::vector<std::int64_t>& ids);

  std::vector<bot::cases::media_fact> of_report(std::int64_t report) override;
  std::vector<wanted_media> wanted(bot::instant now, std::size_t limit) override;
  std::optional<bot::instant> next_wanted() override;
  void settle(const media_result&, bot::instant now) override;
  std::optional<kept_media> kept(std::int64_t id) override;
  std::vector<std::string> files() override;
  std::size_t drop_of_report(std::int64_t report) override;
  std::size_t drop_unfiled(bot::instant wished_before, std::size_t limit) override;
  std::vector<std::string> trash(std::size_t limit) override;
  void removed(const std::vector<std::string>& names) override;

 private:
  void tell_of_loss(std::int64_t id, std::int64_t report, bot::instant now);

  SQLite::Database& db_;
  statements& run_;
  const vault& vault_;
  std::function<std::int64_t()> new_id_;
};

}  // namespace storage::sqlite
