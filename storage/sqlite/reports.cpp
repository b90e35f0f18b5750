#include "storage/sqlite/reports.hpp"

#include <limits>

#include "storage/codec.hpp"
#include "storage/sql.hpp"
#include "storage/sql_casework.hpp"

namespace storage::sqlite {
namespace {

void collect(running row, std::vector<bot::cases::report>& into) {
  while (row.next()) {
    bot::cases::report r;
    r.id = row.integer(0);
    r.number = row.text(1);
    r.reporter = row.integer(2);
    r.category = row.text(3);
    r.level = static_cast<bot::cases::level>(row.integer(4));
    r.state = static_cast<bot::cases::state>(row.integer(5));
    r.ward = row.text(6);
    r.unit = row.text(7);
    r.holder = row.integer(8);
    r.created_at = bot::from_millis(row.integer(9));
    r.changed_at = bot::from_millis(row.integer(10));
    r.version = row.integer(11);
    decode_into(r, row.text(12));
    into.push_back(std::move(r));
  }
}

}  // namespace

void reports::write(const changes& c, bot::instant now) {
  for (const auto& r : c.reports)
    run_.run(sql::report_put, r.id, r.number, r.reporter, r.category, static_cast<int>(r.level),
             static_cast<int>(r.state), r.ward, r.unit, r.holder, bot::to_millis(r.created_at),
             bot::to_millis(r.changed_at), r.version, encode(r));
  for (const auto& e : c.events) {
    run_.run(sql::event_add, e.report, bot::to_millis(e.at), new_id_(), e.kind, e.actor, e.detail);
    // By nobody: what was joined is closed with its lead.
    if (e.actor != 0 && bot::cases::is_act_of_officer(e.kind))
      audit_.note(now, e.actor, e.kind, std::to_string(e.report));
  }
}

std::vector<bot::cases::report> reports::find(const bot::reads& wanted) {
  static const std::string by_number = std::string(sql::report_columns) + "WHERE number = $1";
  static const std::string by_id = std::string(sql::report_columns) + "WHERE id = $1";
  std::vector<bot::cases::report> all;
  for (const auto& number : wanted.report_numbers) collect(run_(by_number.c_str(), number), all);
  for (const auto id : wanted.report_ids) collect(run_(by_id.c_str(), id), all);
  return all;
}

std::vector<bot::cases::report> reports::open(const std::string& unit, std::size_t limit) {
  static const std::string open = std::string(sql::report_columns) + sql::report_open;
  std::vector<bot::cases::report> all;
  collect(run_(open.c_str(), unit, static_cast<std::int64_t>(limit)), all);
  return all;
}

std::vector<bot::cases::report> reports::newest(const report_filter& filter) {
  static const std::string newest = std::string(sql::report_columns) + "WHERE id < $1 ORDER BY id DESC LIMIT $2";
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  std::vector<bot::cases::report> all;
  collect(run_(newest.c_str(), filter.before == 0 ? last : filter.before, static_cast<std::int64_t>(filter.limit)),
          all);
  return all;
}

std::vector<bot::cases::report_event> reports::history(std::int64_t report) {
  std::vector<bot::cases::report_event> all;
  auto row = run_(sql::event_list, report);
  while (row.next())
    all.push_back({row.integer(0), row.text(2), row.integer(3), row.text(4), bot::from_millis(row.integer(1))});
  return all;
}

}  // namespace storage::sqlite
