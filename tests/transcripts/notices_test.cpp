// What the notices of events promise in words: no text of theirs speaks of a permission or a refusal but for one fixed
// sentence (P-01, P-02), and few messages lead to a number.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

#include "tests/support/handbook.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::string_view fixed = "Pemberitahuan bukan permohonan izin. Polri wajib memberi tanda terima.";

bool forbidden(std::string text) {
  std::erase(text, '*');
  for (auto at = text.find(fixed); at != std::string::npos; at = text.find(fixed)) text.erase(at, fixed.size());
  static const std::regex words(
      "\\b([iI]zin\\w*|[iI]jin\\w*|di[iy]?zinkan|[dD]itolak|[mM]enolak|[tT]olak|nolak|[dD]isetujui|[sS]etuju\\w*|"
      "dikabulkan|[pP]ermit\\w*|[rR]efus\\w*|[aA]pprov\\w*|[rR]eject\\w*)\\b");
  return std::regex_search(text, words);
}

bool of_notices(std::string_view key) {
  return key.starts_with("notice") || key.starts_with("event") || key.starts_with("paper") || key == "faq.late_notice";
}

TEST(notices_never, speak_of_permission_or_refusal_in_any_language) {
  const auto& texts = support::shipped_handbook().texts;
  int seen = 0;
  for (const auto& key : texts.keys()) {
    if (!of_notices(key)) continue;
    for (const auto& language : texts.languages()) {
      ++seen;
      EXPECT_FALSE(forbidden(std::string(texts.text(language, key)))) << language << " " << key;
    }
  }
  EXPECT_GT(seen, 300);
  for (const auto& language : texts.languages())
    for (const char* key : {"notice.ask_expression", "notice.filed_expression"}) {
      std::string text(texts.text(language, key));
      std::erase(text, '*');
      EXPECT_NE(text.find(fixed), std::string::npos) << language << " " << key;
    }
}

TEST(notices_never, name_a_document_of_consent_for_an_expression_of_opinion) {
  for (const auto& list : support::shipped_handbook().notices.rules.checklists) {
    if (list.track != bot::notices::track::expression && list.track != bot::notices::track::political) continue;
    for (const auto& item : list.items) EXPECT_FALSE(forbidden(item)) << item;
  }
}

// Every transcript of events, cut into what the organiser of P1 was told before its number, and its track.
struct told {
  std::string file, track, tier, words;
  int messages = 0;
};

std::vector<told> filed_notices() {
  std::vector<told> all;
  for (const auto& entry : fs::directory_iterator(PROJECT_DIR "/tests/transcripts")) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("event-")) continue;
    told t{.file = name};
    std::string organiser;
    bool officer_speaks = false;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line) && t.track.empty();) {
      std::istringstream parts(line);
      std::string first, second;
      parts >> first >> second;
      if (const auto mark = line.find_first_of(">:");
          line[0] != ' ' && line[0] != '#' && organiser.empty() && mark != std::string::npos && line[mark + 1] == ' ')
        organiser = line.substr(0, mark);
      if (line.starts_with("  notice  P1 ")) {
        parts >> t.track;
        if (line.find("tier=small") != std::string::npos) t.tier = "small";
      } else if (line.starts_with("  ")) {
        if (first.ends_with('<') || first.ends_with('~')) officer_speaks = first != organiser + "<";
        // The papers come behind the number.
        if (first == organiser + "<" && second != "[berkas:") ++t.messages;
        if (!officer_speaks) t.words += line + "\n";
      }
    }
    if (!t.track.empty()) all.push_back(std::move(t));
  }
  return all;
}

TEST(notices_never, show_an_organiser_of_an_expression_a_forbidden_word) {
  int seen = 0;
  for (const auto& t : filed_notices()) {
    if (t.track != "expression") continue;
    ++seen;
    std::string text = t.words;
    EXPECT_NE(text.find(fixed), std::string::npos) << t.file;
    // What he wrote himself is read back to him.
    text = std::regex_replace(text, std::regex("Maksud dan tujuan: [^\n]*"), "");
    // The other part of a mixed event has rules of its own.
    text = std::regex_replace(
        text,
        std::regex("Bagian \"[^\"\n]*\" memerlukan izin keramaian \\(PP 60/2017\\): kami catat sebagai permohonan "),
        "");
    EXPECT_FALSE(forbidden(text)) << t.file;
  }
  EXPECT_GE(seen, 4);
}

TEST(words_are_few, an_event_is_filed_in_four_messages_on_a_small_permit_and_six_on_an_expression) {
  // Begun with a word instead of a message, interrupted by danger, never answered, contradicting themselves, or changed
  // before it is sent.
  static constexpr std::array detours = {"typed-numbers", "by-word-and",   "operator-takes", "hour-corrected",
                                         "danger-in-the", "letter-pasted", "too-long",       "small-and-many"};
  int most_small = 0, most_expression = 0, seen = 0;
  for (const auto& t : filed_notices()) {
    if (std::any_of(detours.begin(), detours.end(),
                    [&](const char* name) { return t.file.find(name) != std::string::npos; }))
      continue;
    ++seen;
    if (t.tier == "small") most_small = std::max(most_small, t.messages);
    if (t.track == "expression") most_expression = std::max(most_expression, t.messages);
  }
  EXPECT_GT(most_small, 0);
  EXPECT_LE(most_small, 4);
  EXPECT_GT(most_expression, 0);
  EXPECT_LE(most_expression, 6);
  std::cout << "bot messages from the first message to the number of a notice: small permit " << most_small
            << ", expression " << most_expression << ", in " << seen << " talks\n";
}

}  // namespace
