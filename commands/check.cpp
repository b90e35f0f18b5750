#include "commands/check.hpp"

#include <ostream>

#include "config/handbook.hpp"
#include "handlers/label_check.hpp"

namespace commands {
namespace {

// A line, however many units have nobody: the faults behind it are what is looked for.
void tell_people(const bot::handbook& book, storage::store* store, std::ostream& out) {
  if (store == nullptr) {
    out << "note: no database yet, so no unit has people; `kentongan officer invite` binds them\n";
    return;
  }
  const auto duty = store->roster();
  std::string nobody, top;
  std::size_t units = 0;
  for (const auto& unit : book.units.units()) {
    if (duty.reachable(unit.code)) continue;
    ++units;
    nobody += (nobody.empty() ? "" : ", ") + unit.code;
    if (unit.parent.empty()) top += (top.empty() ? "" : ", ") + unit.code;
  }
  if (units == 0) return;
  out << "warning: " << units << (units == 1 ? " unit has" : " units have")
      << " nobody to tell, so their cases climb to the unit above: " << nobody << "\n";
  if (!top.empty())
    out << "warning: nobody stands above " << top
        << ": cases without a place go to the Polres below, complaints to nobody\n";
}

}  // namespace

int check(const config::settings& settings, std::vector<std::string> faults, storage::store* store, std::ostream& out) {
  const auto loaded = config::load_handbook(settings, faults);
  if (loaded.book) {
    for (auto& fault : handlers::check_labels(*loaded.book, loaded.places)) faults.push_back(std::move(fault));
    tell_people(*loaded.book, store, out);
  }
  if (settings.http.public_url.empty())
    out << "note: http.public_url is empty, so the papers of notices carry no QR code, and no links for "
           "recommendations are given\n";
  config::sort_faults(faults);
  for (const auto& fault : faults) out << "fault: " << fault << "\n";
  if (faults.empty())
    out << "no faults\n";
  else if (faults.size() > 1)
    out << faults.size() << " faults\n";
  return faults.empty() ? 0 : 2;
}

}  // namespace commands
