#include "bot/conversation/say_when.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <cstdlib>

#include "bot/written_moment.hpp"

namespace bot {

std::string say_when(std::string_view answer, instant now, std::string_view language, const language::catalogue& texts,
                     std::chrono::minutes utc_offset) {
  if (answer.empty()) return std::string(texts.text(language, "word.when_unknown"));
  const auto told_day = read_day(answer);
  const auto told = read_moment(answer);
  if (!told_day && !told) return std::string(answer);
  const bool date_only = told_day.has_value();
  const date::local_seconds at{date_only ? told_day->time_since_epoch()
                                         : std::chrono::floor<std::chrono::seconds>(told->at.time_since_epoch()) +
                                               told->offset};

  const date::local_seconds local_now{std::chrono::floor<std::chrono::seconds>(now.time_since_epoch() + utc_offset)};
  if (!date_only && std::abs((at - local_now).count()) <= 10 * 60) return std::string(texts.text(language, "word.now"));
  const auto day = date::floor<date::days>(at);
  const auto today = date::floor<date::days>(local_now);
  const auto apart = (day - today).count();
  std::string said;
  if (apart == 0)
    said = texts.text(language, "word.today");
  else if (apart == -1)
    said = texts.text(language, "word.yesterday");
  else if (apart == 1)
    said = texts.text(language, "word.tomorrow");
  else {
    const date::year_month_day ymd{day};
    const date::weekday weekday{day};
    said = fmt::format("{} {} {}", texts.text(language, "weekday." + std::to_string(weekday.iso_encoding())),
                       static_cast<unsigned>(ymd.day()),
                       texts.text(language, "month." + std::to_string(static_cast<unsigned>(ymd.month()))));
    if (std::abs(apart) > 300 || ymd.year() != date::year_month_day{today}.year())
      said += fmt::format(" {}", static_cast<int>(ymd.year()));
  }
  if (!date_only) {
    const date::hh_mm_ss clock{at - day};
    said += fmt::format(" {:02}.{:02}", clock.hours().count(), clock.minutes().count());
  }
  return said;
}

std::string say_clock(instant at, instant now, std::string_view language, const language::catalogue& texts,
                      std::chrono::minutes utc_offset) {
  constexpr std::chrono::hours apart{72};  // far enough to be no "tomorrow"
  const bool near = at - now < apart && now - at < apart;
  return say_when(written(at, utc_offset), near ? at - apart : now, language, texts, utc_offset);
}

}  // namespace bot
