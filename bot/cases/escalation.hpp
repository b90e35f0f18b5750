// The clock of a case that nobody takes, and of one that is taken and then left alone (rules/escalation.toml).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bot/moment.hpp"

namespace bot {
struct turn;
struct world;
}  // namespace bot

namespace bot::cases {

struct member;
struct report;

// Who is told at a step.
enum class rung : std::uint8_t {
  second,  // those of the unit who are off duty and have not heard of it
  chief,   // its chief, the same
  above    // the next unit above
};

bool is_chief(const member&, const world&);
// So much later; for a level whose clock is the offices', counted while they are open.
instant later(instant from, std::chrono::minutes, std::string_view level, const world&);

void arm(turn&, const report&, std::int64_t step, const world&);
// A timer of kind "escalate" came due.
void escalate(turn&, const report&, std::int64_t step, const world&);

// The holder has done something: from now on the clock of a case that is left alone runs anew.
void holds(turn&, report&, const world&);
// A timer of kind "held" came due.
void held_long(turn&, const report&, std::int64_t step, const world&);

}  // namespace bot::cases
