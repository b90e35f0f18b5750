// How long what is kept (rules/retention.toml), and what remains of a thing once its time is over.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/moment.hpp"
#include "bot/notices/notice.hpp"

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
  days addresses{};   // how a person is reached, from their last message and the end of their last case; who told of
                      // an event, from its end
  days notices{};     // what a notice of an event tells, from the end of the event; the figures stay
  days persons{};     // who was in charge of it, from its end or its cancelling
  days audit{};       // what officers and operators did
  bool operator==(const retention&) const = default;
};

// The key under which cards of a case are found again.
std::string card_subject(const std::string& report_number);

// What statistics may keep: kind, level, place, unit, times, outcome. No person, no word, no pin.
cases::report only_figures(cases::report);
notices::notice only_figures(notices::notice);

// Brings an exact position to about 100 m. False: there was none.
bool round_position(cases::report&);

// Whether nobody needs to be able to call the person in charge any more; see retention::persons.
bool is_person_over(const retention&, notices::state, instant ends_at, instant changed_at, instant now);

// A draft that nobody came back to is over, also one that was laid aside; what was filed stays. Ids of files that were
// only the draft's are appended to `media_dropped`. False: there is none, or it lives.
bool drop_expired_draft(conversation&, instant now, std::vector<std::int64_t>& media_dropped);

// The files of an open draft; none when it has become a case, which they belong to then.
std::vector<std::int64_t> files_of_draft(const conversation&);

}  // namespace bot
