// Which legal track an event is on, and what must still be asked to know it.
#pragma once

#include "bot/notices/rules.hpp"

namespace bot::notices {

struct track_finding {
  std::optional<notices::track> track;  // absent: an answer to `ask` decides it
  bool disputed = false;
  std::vector<slot> ask;  // what the track still depends on; never what is known
  std::vector<citation> because;
};

// The track of one purpose, by the rules in force on `on` (the day of filing).
track_finding find_track(purpose, const event&, const event_rules&, local_day on);

struct tier_finding {
  std::optional<notices::tier> tier;
  const tier_rule* rule = nullptr;  // null: the number of people is not known
};

// By the greatest number expected; the tiers of the nearest unit of the chain that has its own.
tier_finding find_tier(const std::optional<people>&, const event_rules&, const unit_chain&, local_day on);

// What is known to be needed beside the track; an unknown answer adds nothing.
std::vector<const extra_rule*> find_extras(const event&, notices::track, const event_rules&, local_day on);

// What is known of the event speaks against a condition of the rule.
bool contradicts(const track_rule&, const event&);

}  // namespace bot::notices
