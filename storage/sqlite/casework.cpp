#include "storage/sqlite/casework.hpp"

#include <date/date.h>

#include <algorithm>

#include "bot/written_moment.hpp"
#include "storage/codec.hpp"
#include "storage/sql_casework.hpp"

namespace storage::sqlite {
namespace {

constexpr date::days tallies_kept{7};

// "2026-11-21" -> the day before which counts are over; empty: it is no day.
std::string days_before(const std::string& day) {
  const auto at = bot::read_day(day);
  return at ? date::format("%F", *at - tallies_kept) : std::string();
}

}  // namespace

void casework::write(const changes& c) {
  for (const auto& m : c.joins) run_.run(m.joined ? sql::incident_join : sql::incident_part, m.incident, m.report);
  for (const auto& one : c.callbacks) {
    if (one.words.empty())
      run_.run(sql::callback_drop, one.contact);
    else
      run_.run(sql::callback_put, one.contact, statements::blob{vault_.seal(one.words)});
  }
  for (const auto& t : c.tallies) {
    run_.run(sql::tally_add, t.kind, t.day, t.unit);
    if (const std::string oldest = days_before(t.day); !oldest.empty()) run_.run(sql::tally_old, t.kind, oldest);
  }
}

std::vector<std::int64_t> casework::followers(std::int64_t incident, std::int64_t after, std::size_t limit) {
  std::vector<std::int64_t> ids;
  auto row = run_(sql::incident_members, incident, after, static_cast<std::int64_t>(limit));
  while (row.next()) ids.push_back(row.integer(0));
  return ids;
}

std::size_t casework::incident_size(std::int64_t incident) {
  auto row = run_(sql::incident_size, incident);
  return row.next() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

std::vector<bot::cases::recent_case> casework::recent(std::int64_t after, bot::instant since) {
  std::vector<bot::cases::recent_case> all;
  auto row = run_(sql::report_recent, after, bot::to_millis(since));
  while (row.next()) {
    bot::cases::recent_case one;
    one.id = row.integer(0);
    one.number = row.text(1);
    one.reporter = row.integer(2);
    one.category = row.text(3);
    one.state = static_cast<bot::cases::state>(row.integer(4));
    one.ward = row.text(5);
    one.at = bot::from_millis(row.integer(6));
    one.unit = row.text(7);
    all.push_back(std::move(one));
  }
  return all;
}

std::string casework::callback_of(std::int64_t contact) {
  auto row = run_(sql::callback_get, contact);
  return row.next() ? vault_.unseal(row.text(0)).value_or("") : std::string();
}

bool casework::has_written(std::int64_t contact) { return run_(sql::conversation_known, contact).next(); }

std::vector<counted> casework::tallies() {
  std::vector<counted> all;
  auto row = run_(sql::tally_list);
  while (row.next()) all.push_back({{.kind = row.text(0), .unit = row.text(2), .day = row.text(1)}, row.integer(3)});
  return all;
}

}  // namespace storage::sqlite
