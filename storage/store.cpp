#include "storage/store.hpp"

namespace storage {

bool changes::empty() const {
  return conversations.empty() && reports.empty() && events.empty() && timers.empty() && timers_done.empty() &&
         outbox.empty() && results.empty() && reachable.empty() && failed.empty() && moved.empty() && bound.empty() &&
         used_invites.empty();
}

}  // namespace storage
