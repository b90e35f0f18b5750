// The chain of what officers and operators did.
#pragma once

#include <iosfwd>

#include "storage/store.hpp"

namespace commands {

// Prints the entries when `print`, and whether the chain holds, with its newest link. 1 when it is broken.
int audit(storage::store&, bool print, std::ostream& out, std::ostream& errors);

}  // namespace commands
