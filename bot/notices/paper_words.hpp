// Words for papers: texts of the catalogue with their values filled in, and days and hours written out.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/notices/event.hpp"

namespace bot::notices {

// A text that people wrote, fit to be drawn: one line, no control or direction characters, no towers of accents.
std::string drawable(std::string_view text);

class paper_words {
 public:
  explicit paper_words(const handbook& book) : book_(book) {}  // outlives this

  using values = std::vector<std::pair<std::string_view, std::string>>;
  std::string operator()(std::string_view key, const values& = {}) const;  // Indonesian, without bold marks
  std::vector<std::string> parts(std::string_view key) const;              // of a text with '|' between them

  notices::local_day local_day(instant) const;
  std::string date(notices::local_day) const;                   // "24 November 2026"
  std::string day(notices::local_day) const;                    // "Selasa, 24 November 2026"
  std::string days(std::span<const notices::local_day>) const;  // "5, 12–14 Desember 2026; 2 Januari 2027", in order
  std::string moment(instant) const;                            // "Selasa, 24 November 2026 pukul 09.00 WIB"
  std::string span(const answer_map&) const;                    // from `start` to `end`; empty: the start is not told

 private:
  std::string zone() const;
  std::string clock(instant) const;  // "09.00"

  const handbook& book_;
};

}  // namespace bot::notices
