#include "commands/check.hpp"

#include <ostream>

#include "config/handbook.hpp"
#include "handlers/label_check.hpp"

namespace commands {

int check(const config::settings& settings, std::vector<std::string> faults, storage::store* store, std::ostream& out) {
  const auto loaded = config::load_handbook(settings, faults);
  if (loaded.book) {
    for (auto& fault : handlers::check_labels(*loaded.book)) faults.push_back(std::move(fault));
    if (store == nullptr) {
      out << "note: no database yet, so no unit has people; `kentongan officer invite` binds them\n";
    } else {
      const auto duty = store->roster();
      for (const auto& unit : loaded.book->units.units())
        if (!duty.reachable(unit.code))
          out << "warning: " << unit.code << " has nobody to tell; "
              << (unit.parent.empty() ? "cases without a place go to the Polres below, complaints to nobody\n"
                                      : "its cases climb to the unit above\n");
    }
  }
  if (settings.http.public_url.empty())
    out << "note: http.public_url is empty, so the papers of notices carry no QR code, and no links for "
           "recommendations "
           "are given\n";
  for (const auto& fault : faults) out << "fault: " << fault << "\n";
  if (faults.empty()) out << "no faults\n";
  return faults.empty() ? 0 : 2;
}

}  // namespace commands
