#include "handlers/delivery/budget.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "bot/written_moment.hpp"

namespace handlers::delivery {
namespace {

constexpr int early_warning = 80;

std::string month_of(bot::instant now, std::chrono::minutes utc_offset) {
  return bot::written_day(now, utc_offset).substr(0, 7);
}

std::string counter_of(const std::string& month, price p) {
  return "whatsapp:" + month + (p == price::paid ? ":template" : ":service");
}

}  // namespace

budget::budget(budget_options options, bot::instant now, const reader& read)
    : options_(options), month_(month_of(now, options.utc_offset)) {
  templates_ = read(counter_of(month_, price::paid));
  service_ = read(counter_of(month_, price::service));
  warn();
}

std::int64_t budget::paid() const { return templates_ + std::max<std::int64_t>(0, service_ - options_.free_service); }

bool budget::allows(price p, bool essential, bot::instant now) {
  turn_to(now);
  return p != price::paid || essential || !terse();
}

std::string budget::took(price p, bot::instant now) {
  if (p == price::free) return {};
  turn_to(now);
  ++(p == price::paid ? templates_ : service_);
  warn();
  return counter_of(month_, p);
}

void budget::turn_to(bot::instant now) {
  std::string month = month_of(now, options_.utc_offset);
  if (month <= month_) return;  // a clock that was set back does not give a month twice
  month_ = std::move(month);
  templates_ = service_ = 0;
  warned_at_ = 0;
}

void budget::warn() {
  if (options_.most_paid == 0) return;
  const auto percent = paid() * 100 / options_.most_paid;
  if (percent >= 100 && warned_at_ < 100) {
    warned_at_ = 100;
    spdlog::warn(
        "WhatsApp: all {} paid messages of {} are used; templates go only for danger, urgent cards, numbers and "
        "outcomes until the month ends",
        options_.most_paid, month_);
  } else if (percent >= early_warning && warned_at_ < early_warning) {
    warned_at_ = early_warning;
    spdlog::warn("WhatsApp: {} of {} paid messages of {} are used", paid(), options_.most_paid, month_);
  }
}

}  // namespace handlers::delivery
