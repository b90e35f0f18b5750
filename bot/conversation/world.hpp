// What every turn may look at: the time, the data of the service, and who is on duty. All of it outlives the turn and is
// never changed by it.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "bot/cases/roster.hpp"
#include "bot/conversation/activity.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/form.hpp"
#include "bot/geography/atlas.hpp"
#include "bot/geography/routing.hpp"
#include "bot/geography/units.hpp"
#include "bot/language/catalogue.hpp"
#include "bot/language/lexicon.hpp"
#include "bot/moment.hpp"

namespace bot {

// How long a level may lie unaccepted before the next step hears of it (rules/escalation.toml).
struct escalation_rules {
  std::map<std::string, std::vector<std::chrono::minutes>, std::less<>> steps;  // by level, from filing, growing
  std::chrono::hours reopen_window{72};  // "belum selesai" counts for so long after closing
};

// A question that is no report, and the text that answers it.
struct faq_topic {
  std::string id;                    // the text is "faq.<id>"
  std::vector<std::string> phrases;  // folded
};

struct talk_limits {
  double chat_per_minute = 20;                  // 0 = no limit; danger is never held back
  std::chrono::minutes late_after{6 * 60};      // an older message is filed with its own time and answered once
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
  complaint_rules complaints;
  activity_rules activities;
  std::vector<faq_topic> faq;
  talk_limits limits;
  std::chrono::minutes utc_offset{7 * 60};  // of the served areas
};

struct world {
  instant now{};
  const handbook& book;
  const cases::roster& duty;
};

}  // namespace bot
