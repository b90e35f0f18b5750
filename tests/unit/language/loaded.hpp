// The project's own language files, and the moment that all labelled messages are read at.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "bot/language/understand.hpp"
#include "config/lexicon.hpp"

// Saturday 2026-11-21T20:00:00+07:00
inline const bot::instant saturday_evening = bot::from_millis(1795266000000);

inline const bot::language::lexicon& loaded_lexicon() {
  static const bot::language::lexicon lexicon = [] {
    std::vector<std::string> faults;
    auto read = config::load_lexicon(PROJECT_DIR "/config/language", faults);
    for (const auto& fault : faults) ADD_FAILURE() << fault;
    return read;
  }();
  return lexicon;
}

inline bot::language::understanding understood(std::string_view text) {
  return bot::language::understand(text, saturday_evening, loaded_lexicon());
}
