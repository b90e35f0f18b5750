#include "commands/yearly.hpp"

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "bot/conversation/complaint.hpp"

namespace commands {
namespace {

using bot::notices::state;
using bot::notices::track;

constexpr std::size_t page = 1000;
constexpr std::size_t most = 1000000;  // of notices that are looked through

struct figures {
  std::int64_t filed = 0, late = 0, cancelled = 0, receipts = 0;
  std::array<std::int64_t, 4> within{};  // 1, 24 and 72 hours, longer
  std::int64_t approved = 0, refused = 0, revoked = 0;
};

int year_of(bot::instant t, std::chrono::minutes utc_offset) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(t + utc_offset)};
  return static_cast<int>(day.year());
}

// Small numbers could point to one event.
nlohmann::ordered_json shown(std::int64_t count) {
  if (count > 0 && count < 3) return "<3";
  return count;
}

void count(figures& f, const bot::notices::notice& n, const std::vector<bot::notices::notice_event>& history) {
  ++f.filed;
  f.late += n.late ? 1 : 0;
  std::map<std::string, bot::instant> first;
  for (const auto& e : history) first.try_emplace(e.kind, e.at);
  const auto happened = [&](state s) { return first.contains(std::string(name_of(s))) ? 1 : 0; };
  f.cancelled += n.filed.state == state::cancelled ? 1 : 0;
  f.approved += happened(state::approved) + happened(state::approved_with_conditions) > 0 ? 1 : 0;
  f.refused += happened(state::refused);
  f.revoked += happened(state::revoked);
  const auto receipt = first.find(std::string(name_of(state::receipted)));
  if (receipt == first.end()) return;
  ++f.receipts;
  const auto waited = receipt->second - n.created_at;
  constexpr std::array steps = {std::chrono::hours(1), std::chrono::hours(24), std::chrono::hours(72)};
  std::size_t step = 0;
  while (step < steps.size() && waited > steps[step]) ++step;
  ++f.within[step];
}

}  // namespace

int yearly(storage::store& store, int year, std::chrono::minutes utc_offset, std::ostream& out) {
  std::map<track, figures> all;
  for (const auto& n : store.list_notices(most))
    if (year_of(n.created_at, utc_offset) == year) count(all[n.filed.track], n, store.notice_history(n.id));
  for (const track where : {track::none, track::expression, track::political, track::permit}) {
    const figures& f = all[where];
    nlohmann::ordered_json line = {{"year", year},
                                   {"track", name_of(where)},
                                   {"filed", shown(f.filed)},
                                   {"late", shown(f.late)},
                                   {"cancelled", shown(f.cancelled)}};
    if (where != track::none) {
      line["receipts"] = shown(f.receipts);
      line["receipt_hours"] = {{"up_to_1", shown(f.within[0])},
                               {"up_to_24", shown(f.within[1])},
                               {"up_to_72", shown(f.within[2])},
                               {"longer", shown(f.within[3])}};
    }
    if (where == track::permit) {
      line["approved"] = shown(f.approved);
      line["refused"] = shown(f.refused);
      line["revoked"] = shown(f.revoked);
    }
    out << line.dump() << "\n";
  }

  std::int64_t officers = 0, officials = 0;
  storage::report_filter filter{.limit = page};
  for (auto some = store.list_reports(filter); !some.empty(); some = store.list_reports(filter)) {
    for (const auto& r : some) {
      if (year_of(r.created_at, utc_offset) != year) continue;
      officers += r.category == bot::category_of(bot::complaint::about_officer) ? 1 : 0;
      officials += r.category == bot::category_of(bot::complaint::about_official) ? 1 : 0;
    }
    filter.before = some.back().id;
  }
  out << nlohmann::ordered_json{{"year", year},
                                {"complaints",
                                 {{"about_officers", shown(officers)}, {"about_officials", shown(officials)}}}}
             .dump()
      << "\n";
  return 0;
}

}  // namespace commands
