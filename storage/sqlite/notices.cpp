#include "storage/sqlite/notices.hpp"

#include "bot/notices/recommendation.hpp"
#include "storage/codec.hpp"
#include "storage/sql_notices.hpp"

namespace storage::sqlite {
namespace {

// 100 random bits, in letters and digits that are not mistaken for each other.
std::string fresh_code() {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string code;
  for (int half = 0; half < 2; ++half) {
    std::uint64_t bits = random_bits();
    for (int i = 0; i < 10; ++i, bits >>= 5U) code += letters[bits & 31U];
  }
  return code;
}

}  // namespace

void notices::write(const changes& c, const std::function<std::int64_t()>& new_id) {
  for (const auto& n : c.notices) {
    run_.run(sql::notice_put, n.id, n.number, n.organiser, static_cast<int>(n.filed.track),
             static_cast<int>(n.filed.state), n.filed.version, n.filed.unit, bot::to_millis(n.start),
             bot::to_millis(n.end), bot::to_millis(n.created_at), bot::to_millis(n.changed_at), n.revision, encode(n));
    if (!n.issued.empty() && n.code.empty()) run_.run(sql::notice_code_draw, n.id, fresh_code());
    for (const auto& r : bot::notices::recommendations_of(n))
      if (!r.token.empty()) run_.run(sql::recommendation_add, r.token, n.id);
  }
  for (const auto& e : c.notice_events)
    run_.run(sql::notice_event_add, e.notice, bot::to_millis(e.at), new_id(), e.kind, e.actor, e.detail);
  for (const auto& p : c.persons) {
    if (p.words.empty())
      run_.run(sql::notice_person_drop, p.notice);
    else
      run_.run(sql::notice_person_put, p.notice, statements::blob{vault_.seal(p.words)});
  }
  for (const auto& p : c.place_notes) run_.run(sql::place_note_add, p.place, bot::to_millis(p.at), new_id(), p.words);
  for (const auto& d : c.drafts) {
    if (d.gone)
      run_.run(sql::notice_draft_drop, d.notice);
    else
      run_.run(sql::notice_draft_put, d.notice, d.number, bot::to_millis(d.until), encode(d));
  }
}

std::vector<std::string> notices::learned_at(const std::string& place, bot::instant since, std::size_t limit) {
  std::vector<std::string> all;
  auto row = run_(sql::place_note_list, place, bot::to_millis(since), static_cast<std::int64_t>(limit));
  while (row.next()) all.push_back(row.text(0));
  return all;
}

std::optional<bot::notices::kept_draft> notices::draft(const std::string& number) {
  auto row = run_(sql::notice_draft_get, number);
  if (!row.next()) return std::nullopt;
  bot::notices::kept_draft d{.notice = row.integer(0), .number = number, .until = bot::from_millis(row.integer(1))};
  decode_into(d, row.text(2));
  return d;
}

std::vector<bot::notices::notice> notices::find(const bot::reads& wanted) {
  static const std::string by_number = std::string(sql::notice_columns) + "WHERE number = $1";
  static const std::string by_id = std::string(sql::notice_columns) + "WHERE id = $1";
  std::vector<bot::notices::notice> all;
  for (const auto& number : wanted.notice_numbers) collect(run_(by_number.c_str(), number), all);
  for (const auto id : wanted.notice_ids) collect(run_(by_id.c_str(), id), all);
  return all;
}

std::optional<bot::notices::notice> notices::of_code(const std::string& code) {
  static const std::string by_code = std::string(sql::notice_columns) + "WHERE code = $1";
  std::vector<bot::notices::notice> found;
  collect(run_(by_code.c_str(), code), found);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<bot::notices::notice> notices::of_recommendation(const std::string& token) {
  static const std::string by_token = std::string(sql::notice_columns) + sql::notice_of_recommendation;
  std::vector<bot::notices::notice> found;
  collect(run_(by_token.c_str(), token), found);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<bot::notices::notice> notices::between(const std::vector<std::string>& units, bot::instant from,
                                                   bot::instant until, std::size_t limit) {
  static const std::string of_unit = std::string(sql::notice_columns) + sql::notices_of_unit;
  // From the first to the last event of a notice; one whose end is not known may go on for its whole day.
  constexpr std::chrono::days longest{400}, a_day{1};
  std::vector<bot::notices::notice> all;
  for (const auto& unit : units) {
    if (all.size() >= limit) break;
    collect(run_(of_unit.c_str(), unit, bot::to_millis(from - longest), bot::to_millis(until),
                 bot::to_millis(from - a_day), static_cast<std::int64_t>(limit - all.size())),
            all);
  }
  return all;
}

std::vector<bot::notices::notice> notices::open(const std::string& unit, std::size_t limit) {
  static const std::string of_unit = std::string(sql::notice_columns) + sql::notice_open;
  std::vector<bot::notices::notice> all;
  collect(run_(of_unit.c_str(), unit, static_cast<std::int64_t>(limit)), all);
  return all;
}

std::vector<bot::notices::notice> notices::newest(std::size_t limit) {
  static const std::string by_age = std::string(sql::notice_columns) + "ORDER BY id DESC LIMIT $1";
  std::vector<bot::notices::notice> all;
  collect(run_(by_age.c_str(), static_cast<std::int64_t>(limit)), all);
  return all;
}

std::vector<bot::notices::notice_event> notices::history(std::int64_t notice) {
  std::vector<bot::notices::notice_event> all;
  auto row = run_(sql::notice_event_list, notice);
  while (row.next())
    all.push_back({row.integer(0), row.text(2), row.integer(3), row.text(4), bot::from_millis(row.integer(1))});
  return all;
}

std::string notices::person_of(std::int64_t notice) {
  auto row = run_(sql::notice_person_get, notice);
  return row.next() ? vault_.unseal(row.text(0)).value_or("") : std::string();
}

void notices::collect(running row, std::vector<bot::notices::notice>& into) {
  while (row.next()) {
    bot::notices::notice n;
    n.id = row.integer(0);
    n.number = row.text(1);
    n.organiser = row.integer(2);
    n.filed.track = static_cast<bot::notices::track>(row.integer(3));
    n.filed.state = static_cast<bot::notices::state>(row.integer(4));
    n.filed.version = static_cast<int>(row.integer(5));
    n.filed.unit = row.text(6);
    n.start = bot::from_millis(row.integer(7));
    n.end = bot::from_millis(row.integer(8));
    n.created_at = bot::from_millis(row.integer(9));
    n.changed_at = bot::from_millis(row.integer(10));
    n.revision = row.integer(11);
    decode_into(n, row.text(12));
    n.code = row.text(13);
    into.push_back(std::move(n));
  }
}

}  // namespace storage::sqlite
