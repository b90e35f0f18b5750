#include "storage/sqlite/staff.hpp"

#include "storage/sql.hpp"

namespace storage::sqlite {

void staff::write(const changes& c, bot::instant now) {
  for (const auto& m : c.bound) {
    const bool same = run_(sql::officer_same, m.contact, m.unit, m.role, static_cast<int>(m.group)).next();
    run_.run(sql::officer_put, m.contact, m.unit, m.role, static_cast<int>(m.group), static_cast<int>(m.on_duty));
    audit_.note(now, m.contact, !same ? "bound" : m.on_duty ? "on_duty" : "off_duty", m.unit);
  }
  for (const auto& code : c.used_invites)
    for (const auto& key : vault_.all_hashes("invite", code)) run_.run(sql::invite_use, key);
  if (!c.bound.empty()) run_.run(sql::roster_version_grow);
}

void staff::invite(const bot::cases::invite& i, bot::instant until, bot::instant now) {
  run_.run(sql::invite_add, vault_.hash("invite", i.code), i.unit, i.role, bot::to_millis(until));
  audit_.note(now, 0, "invited", i.unit);
}

bool staff::revoke(std::int64_t contact, bot::instant now) {
  if (run_.run(sql::officer_drop, contact) == 0) return false;
  run_.run(sql::roster_version_grow);
  audit_.note(now, 0, "revoked", std::to_string(contact));
  return true;
}

std::vector<bot::cases::invite> staff::open_invites(const std::vector<std::string>& codes, bot::instant now) {
  std::vector<bot::cases::invite> all;
  for (const auto& code : codes)
    for (const auto& key : vault_.all_hashes("invite", code))
      if (auto row = run_(sql::invite_find, key, bot::to_millis(now)); row.next())
        all.push_back({code, row.text(0), row.text(1)});
  return all;
}

bot::cases::roster staff::roster() {
  bot::cases::roster all;
  auto row = run_(sql::officer_list);
  while (row.next())
    all.members.push_back({row.integer(0), row.text(1), row.text(2), row.integer(3) != 0, row.integer(4) != 0});
  return all;
}

}  // namespace storage::sqlite
