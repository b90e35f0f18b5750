#include "commands/audit.hpp"

#include <fmt/format.h>

#include <ostream>

#include "bot/written_moment.hpp"
#include "storage/hex.hpp"

namespace commands {

int audit(storage::store& store, bool print, std::ostream& out, std::ostream& errors) {
  constexpr std::size_t page = 1000;
  storage::audit_entry last;
  std::int64_t count = 0;
  int answer = 0;
  for (bool more = true; more;) {
    const auto some = store.audit(last.id, page);
    more = some.size() == page;
    for (const auto& one : some) {
      if (print)
        out << fmt::format("{}  {}  {}  {}  {}\n", one.id, bot::written_utc(one.at), one.actor, one.action,
                           one.subject);
      // The oldest that is left is taken as it is: those before it have had their time.
      const bool is_first = count == 0 && one.id != 1;
      if (!is_first && (one.id != last.id + 1 || one.link != storage::audit_link(last.link, one))) {
        errors << fmt::format("kentongan: the audit is broken at {}\n", one.id);
        answer = 1;
      }
      last = one;
      ++count;
    }
  }
  if (answer == 0)
    out << fmt::format("{} entries, the chain holds; newest link {}\n", count, storage::in_hex(last.link));
  return answer;
}

}  // namespace commands
