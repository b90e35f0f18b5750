// `kentongan check`: every fault of settings, forms, texts, areas and rules at once.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "storage/store.hpp"

namespace commands {

// `store` may be null when there is no database yet; with one, units without people are warned of.
// Returns 0 when there is no fault, 2 otherwise; warnings do not count.
int check(const config::settings&, std::vector<std::string> faults, storage::store* store, std::ostream& out);

}  // namespace commands
