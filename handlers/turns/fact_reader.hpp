// What a turn needs to know, read from the store and from what the batch has changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/agenda.hpp"
#include "handlers/turns/working_set.hpp"
#include "storage/store.hpp"

namespace handlers::turns {

class fact_reader {
 public:
  // All outlive it. `used_invites`: one-time codes that earlier messages of the batch have used.
  fact_reader(storage::store& store, const bot::world& world, working_set& known,
              const std::vector<std::string>& used_invites)
      : store_(store), world_(world), known_(known), used_invites_(used_invites) {}

  bot::facts read(const bot::inbound&, const storage::admission&);

 private:
  // Each of those that come again by itself.
  std::vector<bot::notices::notice> events_between(const bot::notices::period&, std::size_t most);
  // Of the notice that a tap opens or a timer is about.
  void read_beside(bot::facts&, const bot::inbound&, const bot::reads&);
  // Of the report that a tap opens.
  void read_events_at(bot::facts&, const bot::reads&);
  std::vector<bot::notices::notice> open_notices(std::int64_t contact);
  std::vector<std::string> learned_at(const bot::notices::notice&);
  std::vector<bot::cases::report> open_cases(std::int64_t contact);

  storage::store& store_;
  const bot::world& world_;
  working_set& known_;
  const std::vector<std::string>& used_invites_;
};

}  // namespace handlers::turns
