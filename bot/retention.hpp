// How long what is kept (rules/retention.toml), and what remains of a thing once its time is over.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/moment.hpp"

namespace bot {

struct retention {
  using days = std::chrono::days;
  days inbox{};       // that a message was counted, from its arrival: longer than the platforms deliver again
  days failed{};      // messages that could not be thought about; shorter than `inbox`, so that a replay counts nothing
                      // twice
  days payloads{};    // texts of messages that were sent or given up, from their making
  days deliveries{};  // what became of them, without text
  days positions{};   // exact pins of cases, from filing; rounded then
  days reports{};     // what a case tells, from its end; the figures stay
  days media{};       // files of a case, from its end
  days unfiled{};     // files that belong to no case, from their arrival: longer than a draft lives
  days addresses{};   // how a person is reached, from their last message and the end of their last case
  days audit{};       // what officers and operators did
  bool operator==(const retention&) const = default;
};

// The key under which cards of a case are found again.
std::string card_subject(const std::string& report_number);

// What statistics may keep: kind, level, place, unit, times, outcome. No person, no word, no pin.
cases::report only_figures(cases::report);

// Brings an exact position to about 100 m. False: there was none.
bool round_position(cases::report&);

// A draft that nobody came back to is over; what was filed stays. Ids of files that were only the draft's are appended
// to `media_dropped`. False: there is none, or it lives.
bool drop_expired_draft(conversation&, instant now, std::vector<std::int64_t>& media_dropped);

// The files of an open draft; none when it has become a case, which they belong to then.
std::vector<std::int64_t> files_of_draft(const conversation&);

}  // namespace bot
