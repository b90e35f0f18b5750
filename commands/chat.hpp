// `kentongan chat`: a conversation in the terminal, with the real engine over the real storage and no platform.
#pragma once

#include <iosfwd>

#include "bot/conversation/world.hpp"
#include "storage/store.hpp"

namespace commands {

// Reads lines until the end of `in`. Two people share the terminal: a resident, and an officer of any unit.
int chat(const bot::handbook&, storage::store&, std::istream& in, std::ostream& out);

}  // namespace commands
