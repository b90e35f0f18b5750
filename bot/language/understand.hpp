// What one message says: intent, category, time, numbers of people, danger, and why. Pure and deterministic; text is
// data, and nothing in it is obeyed.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bot/cases/report.hpp"
#include "bot/language/lexicon.hpp"
#include "bot/language/moments.hpp"
#include "bot/language/numbers.hpp"
#include "bot/moment.hpp"

namespace bot::language {

enum class intent : std::uint8_t {
  report,
  emergency,
  event_notice,
  status_query,
  question,
  correction,
  cancel,
  yes,
  no,
  greeting,
  thanks,
  other
};
inline constexpr std::size_t intent_count = 12;
std::string_view name_of(intent);

enum class knowledge : std::uint8_t { unknown, saw, heard, social_media };
std::string_view name_of(knowledge);

struct when {
  spoken_time::kind kind = spoken_time::kind::none;
  std::optional<instant> resolved;  // the start; of a day alone, its local midnight
  bool date_only = false;
};
std::string_view name_of(spoken_time::kind);

struct understanding {
  std::string_view lang = "id";  // id, jv, mad, mixed
  std::string_view answer_in;    // id, jv, mad, en where that is sure, else empty
  language::intent intent = language::intent::other;
  std::array<int, intent_count> intent_scores{};
  std::string_view category;         // empty: nothing says what happened
  std::string_view second_category;  // the runner-up, empty: none
  std::string_view event_type;       // of a message that tells of the sender's own event
  std::string_view event_kind;       // what kind of event the words name, whoever tells of it; empty: none
  language::when when;
  std::optional<range> crowd;
  bool weapons = false;
  bool ongoing = false;
  bool injuries = false;
  std::optional<cases::level> level;
  std::string level_reason;    // for officers: "kata: dibacok, celurit"
  std::string_view level_row;  // H1..H6, M1..M14, empty for low and where the model raised it
  bool anonymous_wish = false;
  language::knowledge knowledge = language::knowledge::unknown;
};

// `words` are those of `split(text)`; the names in the result live as long as the lexicon. `places`: words that name a
// place and therefore nothing else. `utc_offset`: the area's clock.
understanding understand(std::string_view text, std::span<const word> words, instant now, const lexicon&,
                         std::span<const word_range> places = {},
                         std::chrono::minutes utc_offset = std::chrono::hours{7});
understanding understand(std::string_view text, instant now, const lexicon&);
// The same words as what somebody tells of an event of that category; `category` must outlive the result.
understanding understand_as(std::string_view category, std::string_view text, std::span<const word> words, instant now,
                            const lexicon&, std::span<const word_range> places, std::chrono::minutes utc_offset);

}  // namespace bot::language
