#include "commands/staff.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include <nlohmann/json.hpp>
#include <ostream>

#include "bot/written_moment.hpp"
#include "storage/vault.hpp"

namespace commands {
namespace {

// "masuk-" and twenty characters of random bits: what the engine looks for in a message.
std::string draw_code() {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string code = "masuk-";
  for (int half = 0; half < 2; ++half) {
    std::uint64_t bits = storage::random_bits();
    for (int i = 0; i < 10; ++i, bits >>= 5U) code += letters[bits & 31U];
  }
  return code;
}

void print(const bot::cases::report& r, bool as_json, std::ostream& out) {
  if (as_json) {
    const nlohmann::ordered_json line = {
        {"number", r.number},
        {"kind", "report"},
        {"category", r.category},
        {"level", bot::cases::name_of(r.level)},
        {"state", bot::cases::name_of(r.state)},
        {"ward", r.ward.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(r.ward)},
        {"unit", r.unit},
        {"created_at", bot::written_utc(r.created_at)}};
    out << line.dump() << "\n";
  } else {
    out << fmt::format("{}  {:8}  {:26}  {:6}  {:9}  {:13}  {}\n", bot::written_utc(r.created_at), r.number, r.category,
                       bot::cases::name_of(r.level), bot::cases::name_of(r.state), r.ward.empty() ? "-" : r.ward,
                       r.unit);
  }
}

}  // namespace

int cases(storage::store& store, bool as_json, std::ostream& out) {
  constexpr std::size_t page = 1000;
  storage::report_filter filter{.limit = page};
  for (auto some = store.list_reports(filter); !some.empty(); some = store.list_reports(filter)) {
    for (const auto& r : some) print(r, as_json, out);
    if (some.size() < page) break;
    filter.before = some.back().id;
  }
  constexpr std::size_t most = 100000;
  for (const auto& n : store.list_notices(most)) {
    const auto purpose = n.answers.find("purpose");
    const std::string category = purpose == n.answers.end() ? "" : purpose->second;
    const std::string ward = n.wards.empty() ? "" : n.wards.front();
    if (as_json) {
      const nlohmann::ordered_json line = {
          {"number", n.number},
          {"kind", "notice"},
          {"category", category},
          {"level", nullptr},
          {"state", bot::notices::name_of(n.filed.state)},
          {"ward", ward.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(ward)},
          {"unit", n.filed.unit},
          {"created_at", bot::written_utc(n.created_at)}};
      out << line.dump() << "\n";
    } else {
      out << fmt::format("{}  {:8}  {:26}  {:6}  {:9}  {:13}  {}\n", bot::written_utc(n.created_at), n.number, category,
                         "-", bot::notices::name_of(n.filed.state), ward.empty() ? "-" : ward, n.filed.unit);
    }
  }
  return 0;
}

int activity(storage::store& store, std::ostream& out) {
  for (const auto& one : store.tallies())
    out << nlohmann::ordered_json{{"day", one.what.day}, {"unit", one.what.unit}, {"count", one.count}}.dump() << "\n";
  return 0;
}

namespace {

// A station, or what a ward has besides: those units are no rows of a file.
bool is_unit(const std::string& code, const bot::handbook& book) {
  if (book.units.find(code) != bot::geography::no_unit) return true;
  const auto dash = code.find('-');
  if (dash == std::string::npos) return false;
  const std::string ward = code.substr(dash + 1);
  const auto area = book.atlas.find(ward);
  return area != bot::geography::no_area && book.atlas.at(area).at == bot::geography::level::ward &&
         (code == bot::geography::village_office_code(ward) || code == bot::geography::bhabinkamtibmas_code(ward));
}

}  // namespace

int invite_officer(storage::store& store, const bot::handbook& book, const std::string& unit, const std::string& role,
                   bot::instant now, std::ostream& out, std::ostream& errors) {
  if (!is_unit(unit, book)) {
    errors << "kentongan: there is no unit " << unit
           << "; the codes of stations stand in stations.csv of the area packs, a village office is "
              "KANTOR-<ward code>, its Bhabinkamtibmas BHABIN-<ward code>, as BHABIN-35.75.01.1002\n";
    return 1;
  }
  const auto& roles = book.escalation.roles;
  if (std::find(roles.begin(), roles.end(), role) == roles.end()) {
    errors << fmt::format("kentongan: there is no role {}; known are {} (rules/escalation.toml)\n", role,
                          fmt::join(roles, ", "));
    return 2;
  }
  const std::string code = draw_code();
  store.add_invite({code, unit, role}, now + std::chrono::hours(72));
  out << code << "\n"
      << "Valid for three days, once. Send it to the bot as a message: in a private chat it binds the person, in a "
         "group of\n"
         "the unit it binds the group. Deep links: https://t.me/<bot>?start="
      << code << "\n"
      << "                                 https://wa.me/<number>?text=" << code << "\n";
  return 0;
}

int calendar_address(storage::store& store, const bot::handbook& book, const std::string& unit, bool renew,
                     std::ostream& out, std::ostream& errors) {
  if (book.units.find(unit) == bot::geography::no_unit) {
    errors << "kentongan: there is no unit " << unit << "; the codes stand in stations.csv of the area packs\n";
    return 1;
  }
  out << "/calendar/" << unit << "." << store.hand_out_calendar(unit, renew) << ".ics\n"
      << "on the public address of this service. Subscribe to it in a calendar program; whoever has it sees kind, ward "
         "and hour\nof the unit's events. Lost or passed on: --renew.\n";
  return 0;
}

int list_officers(storage::store& store, const bot::handbook& book, std::ostream& out) {
  const auto duty = store.roster();
  for (const auto& m : duty.members)
    out << fmt::format("{}  {:28}  {:10}  {}{}\n", m.contact, m.unit, m.role, m.group ? "group" : "person",
                       m.on_duty ? "" : "  off duty");
  for (const auto& u : book.units.units())
    if (!duty.reachable(u.code))
      out << fmt::format("-  {:28}  nobody is bound: {}\n", u.code,
                         u.parent.empty() ? "cases without a place go to the Polres below, complaints to nobody"
                                          : "its cases climb to the unit above");
  return 0;
}

int revoke_officer(storage::store& store, std::int64_t contact, std::ostream& out, std::ostream& errors) {
  if (!store.revoke(contact)) {
    errors << "kentongan: nobody is bound under " << contact << "\n";
    return 1;
  }
  out << "revoked\n";
  return 0;
}

}  // namespace commands
