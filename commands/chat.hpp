// `kentongan chat`: a conversation in the terminal, with the real engine over a real database and no platform.
#pragma once

#include <iosfwd>
#include <string>

#include "bot/conversation/world.hpp"
#include "storage/store.hpp"

namespace commands {

// Reads lines until the end of `in`. Two people share the terminal: a resident, and an officer of any unit.
// `kept_in`: the database, as the banner names it; empty: one that is thrown away at the end.
int chat(const bot::handbook&, storage::store&, const std::string& kept_in, std::istream& in, std::ostream& out);

}  // namespace commands
