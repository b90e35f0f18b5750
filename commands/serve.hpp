// `kentongan serve`: the service alone, until SIGTERM or SIGINT.
#pragma once

#include "bot/conversation/world.hpp"
#include "config/settings.hpp"
#include "storage/media_files.hpp"
#include "storage/store.hpp"

namespace commands {

// Returns the exit code: 0 after a drained stop, 1 when it could not start.
int serve(const config::settings&, const bot::handbook&, storage::store&, storage::media_files&);

}  // namespace commands
