// Messages that could not be thought about, and their second chance. The command only orders it: the service does it on
// its storage thread, where the order of each chat is kept and nothing counts twice, and its replies go out from there.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <vector>

#include "storage/store.hpp"

namespace commands {

struct replay_order {
  bool all = false;
  std::vector<std::int64_t> ids;  // neither: only list them
};

// Lists what failed: id, time, channel, reason; never a text. Then orders what was asked for. `wait` waits a moment for
// a running service and says whether to look again; a service that is stopped (`wait` empty) does it at its next start.
// 1 when an id is not known or something failed again.
int replay(storage::store&, const replay_order&, const std::function<bool()>& wait, std::ostream& out,
           std::ostream& errors);

}  // namespace commands
