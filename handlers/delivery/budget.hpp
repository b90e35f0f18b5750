// What a month of WhatsApp costs: messages are counted by what the platform charges for them, and once the budget is
// used up, templates go only for what cannot wait. Lives on the IO thread; the counters themselves are in the store,
// which learns of each message with its result.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "bot/moment.hpp"
#include "handlers/rendered.hpp"

namespace handlers::delivery {

struct budget_options {
  std::int64_t most_paid = 0;        // paid messages a month; 0: no limit
  std::int64_t free_service = 1000;  // free text a month that the platform does not charge
  std::chrono::minutes utc_offset{7 * 60};
};

struct budget_figures {
  std::int64_t paid = 0, service = 0, most = 0;
  bool terse = false;
};

class budget {
 public:
  using reader = std::function<std::int64_t(const std::string& counter)>;

  // `read` tells what the store has counted before; it is called here and never again.
  budget(budget_options, bot::instant now, const reader& read);

  // Whether something that costs this may go. `essential`: danger, urgent cards, numbers, outcomes; it always may, and
  // so does everything that is not paid by the piece.
  bool allows(price, bool essential, bot::instant now);
  // The platform has taken it. The name of the counter that grows by one, empty: none.
  std::string took(price, bot::instant now);

  budget_figures figures() const { return {paid(), service_, options_.most_paid, terse()}; }

 private:
  std::int64_t paid() const;
  bool terse() const { return options_.most_paid > 0 && paid() >= options_.most_paid; }
  void turn_to(bot::instant now);
  void warn();

  budget_options options_;
  std::string month_;  // "2026-11", in the area's zone
  std::int64_t templates_ = 0, service_ = 0;
  int warned_at_ = 0;  // percent of the budget
};

}  // namespace handlers::delivery
