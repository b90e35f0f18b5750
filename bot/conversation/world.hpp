// What every turn may look at: the time, the data of the service, and who is on duty. All of it outlives the turn and
// is never changed by it.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "bot/cases/card_facts.hpp"
#include "bot/cases/escalation.hpp"
#include "bot/cases/incidents.hpp"
#include "bot/cases/roster.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/conversation/activity.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/correction.hpp"
#include "bot/conversation/form.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/typed_choice.hpp"
#include "bot/geography/atlas.hpp"
#include "bot/geography/routing.hpp"
#include "bot/geography/units.hpp"
#include "bot/language/catalogue.hpp"
#include "bot/language/lexicon.hpp"
#include "bot/moment.hpp"
#include "bot/notices/rules.hpp"
#include "bot/outgoing.hpp"
#include "bot/retention.hpp"

namespace bot {

// How long a level may lie unaccepted before the next step hears of it (rules/escalation.toml).
struct escalation_rules {
  std::map<std::string, std::vector<std::chrono::minutes>, std::less<>> steps;  // by level or "receipt", from filing
  // Whom each step of a level tells, in order; who is not there or has heard of it is passed over.
  std::map<std::string, std::vector<cases::rung>, std::less<>> ladder;
  std::map<std::string, std::vector<std::chrono::minutes>, std::less<>> held;  // by level, since the holder's last act
  struct office_clock {
    std::vector<std::string> levels;  // whose minutes run only while offices are open
    std::chrono::minutes from{7 * 60}, until{15 * 60};
  } office;
  std::vector<std::string> roles, chiefs;  // that an invitation may name; those who answer for a unit
  std::chrono::minutes take_back{10};      // a case that was moved by mistake
  std::chrono::hours reopen_window{72};    // "belum selesai" counts for so long after closing
  std::chrono::hours case_fresh{24};    // what its reporter says so long after the last change belongs to an open case
  std::chrono::minutes plea_again{10};  // officers are reminded by a reporter's pleas at most so often
  // A unit before which so many cases wait gets a list in every interval instead of a card for each that is not urgent.
  std::size_t digest_from = 0;  // 0 = never
  std::chrono::minutes digest_every{5};
};

// People who help where understanding fails (rules/escalation.toml).
struct operator_rules {
  std::chrono::minutes quiet{30};  // then a conversation that an operator has taken over goes back by itself
};

// What becomes of a report that is begun and not sent (rules/escalation.toml).
struct draft_rules {
  std::chrono::minutes life{24 * 60};             // then the next message starts afresh
  std::chrono::minutes nudge_after{90};           // one humane reminder
  std::chrono::minutes file_after{120};           // forwarded as it is, unconfirmed
  std::chrono::minutes file_middle_after{10};     // the same for something of middle level that goes on now
  std::chrono::minutes notice_life{7 * 24 * 60};  // a notice of an event that is begun and not sent
  std::chrono::minutes late_after{6 * 60};  // a message older than this is filed with its own time and answered once
};

// A question that is no report, and the text that answers it.
struct faq_topic {
  std::string id;      // the text is "faq.<id>"
  phrase_set phrases;  // folded
};

// What to do in a danger of that kind, besides calling 110; the text is "danger.advice_<id>".
struct danger_advice {
  std::string id;
  phrase_set words;  // folded
};

// What WhatsApp lets us say to a person who has not written for a day: a text that Meta has approved, filled in.
struct approved_template {
  std::string name, language;
  std::string text;                     // as registered, with {{1}}, {{2}} …; the platform has it, the demo shows it
  std::vector<std::string> parameters;  // names of the message's values, in the order of {{1}}, {{2}} …
  std::vector<choice> replies;          // its quick replies, in order; a {value} in their data is filled in
  bool essential = false;               // goes even when the month's budget is used up
};

struct talk_limits {
  double chat_per_minute = 20;                // 0 = no limit; danger is never held back
  double area_per_minute = 600;               // of one ward, the same
  std::chrono::minutes leave_group_after{0};  // a group that no unit has bound by then; 0 = never
};

// The data that a city configures, loaded and checked once.
struct handbook {
  std::map<std::string, form, std::less<>> forms;
  std::map<std::string, std::string, std::less<>> words;  // folded whole message -> global word ("cancel")
  language::catalogue texts;
  language::lexicon lexicon;
  geography::atlas atlas;
  geography::unit_register units;
  geography::routing_rules routing;
  escalation_rules escalation;
  draft_rules drafts;
  operator_rules operators;
  cases::incident_rules incidents;
  complaint_rules complaints;
  cases::sealed_rules sealed;
  cases::card_fact_rules card_facts;
  std::vector<danger_advice> advice;  // the first that fits
  activity_rules activities;
  std::vector<faq_topic> faq;
  std::map<std::string, approved_template, std::less<>> templates;  // by key of the text that they stand for
  talk_limits limits;
  std::chrono::minutes utc_offset{7 * 60};  // of the served areas
  notices::rulebook notices;
  retention keep;
  saying identity_cards;  // what the sender of a picture of one says of it (rules/identity-cards.toml)
  saying pleas;           // "tolong ya pak" (rules/pleas.toml)
  saying calm;            // "sudah bubar pak" (rules/calm.toml)
  choice_words choices;   // what is typed for a button (rules/choices.toml)
  correction_rules corrections;
  std::string public_url;  // of the service, without slash at its end; empty: no links to pages of it are given
};

struct world {
  instant now{};
  const handbook& book;
  const cases::roster& duty;
  const cases::recent_cases* recent = nullptr;  // null: nothing is compared
};

}  // namespace bot
