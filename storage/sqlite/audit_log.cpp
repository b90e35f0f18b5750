#include "storage/sqlite/audit_log.hpp"

#include "storage/audit.hpp"
#include "storage/hex.hpp"
#include "storage/sql.hpp"

namespace storage::sqlite {

void audit_log::note(bot::instant at, std::int64_t actor, const std::string& action, const std::string& subject) {
  audit_entry entry{0, at, actor, action, subject, {}};
  std::string previous;
  if (auto last = run_(sql::audit_last); last.next()) {
    entry.id = last.integer(0);
    previous = last.text(1);
  }
  ++entry.id;
  entry.link = audit_link(previous, entry);
  run_.run(sql::audit_add, entry.id, bot::to_millis(at), actor, action, subject, statements::blob{entry.link});
}

std::vector<audit_entry> audit_log::after(std::int64_t id, std::size_t limit) {
  std::vector<audit_entry> all;
  auto row = run_(sql::audit_list, id, static_cast<std::int64_t>(limit));
  while (row.next())
    all.push_back(
        {row.integer(0), bot::from_millis(row.integer(1)), row.integer(2), row.text(3), row.text(4), row.text(5)});
  return all;
}

std::string audit_log::head() {
  auto row = run_(sql::audit_last);
  return row.next() ? in_hex(row.text(1)) : std::string();
}

}  // namespace storage::sqlite
