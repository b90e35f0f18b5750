// The page behind the QR code of a paper: what it says of the number, and its name.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/paper_words.hpp"
#include "bot/notices/recurrence.hpp"

namespace bot::notices {
namespace {

const issue* issued_of(const notice& n, int version) {
  const issue* found = nullptr;
  for (const auto& one : n.issued)
    if (one.version == version) found = &one;
  return found;
}

// Each of them, where it takes place on several: who looks has one day before him.
std::string days_of(const notice& n, const paper_words& words, std::chrono::minutes utc_offset) {
  const auto dates = dates_of(n, utc_offset);
  if (dates.size() > 1) return words.days(dates);
  const std::string first = words.day(words.local_day(n.start));
  const bool into_the_night = n.end - n.start < std::chrono::hours(24);
  return into_the_night ? first : first + " – " + words.day(words.local_day(n.end));
}

}  // namespace

bool is_issued(const notice& n, int version) { return issued_of(n, version) != nullptr; }

page page_of(const notice& n, int version, const handbook& book) {
  const issue* is = issued_of(n, version);
  if (is == nullptr || is->number.empty()) return {};
  page p;
  const cases::roster nobody;
  const world w{n.changed_at, book, nobody};
  const paper_words words(book);
  const bool decision = is->what != state::receipted;
  p.number = drawable(is->number);
  p.kind = words(decision                         ? "permit_paper.page_kind_decision"
                 : n.filed.track == track::permit ? "permit_paper.page_kind_receipt"
                                                  : "paper.page_kind_receipt");
  p.unit = cases::name_of_unit(is->unit, w);
  switch (n.filed.state) {
    case state::cancelled: p.standing = standing::cancelled; break;
    case state::refused:
    case state::revoked: p.standing = standing::withdrawn; break;
    case state::finished: p.standing = standing::over; break;
    default: p.standing = standing::valid;
  }
  if (version < n.filed.version && p.standing != standing::cancelled) p.standing = standing::changed;
  // The day that the paper names is only known while it is the newest.
  if (version == n.filed.version) p.day = days_of(n, words, book.utc_offset);
  return p;
}

std::string page_path(std::string_view code, int version) { return fmt::format("/n/{}-{}", code, version); }

page_name read_page_name(std::string_view name) {
  const auto dash = name.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash > 40) return {};
  const std::string_view digits = name.substr(dash + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [&](char c) { return digit(c) || (c >= 'a' && c <= 'z'); };
  if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), digit)) return {};
  if (!std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(dash), letter)) return {};
  return {std::string(name.substr(0, dash)), std::stoi(std::string(digits))};
}

}  // namespace bot::notices
