#include "bot/notices/paper_words.hpp"

#include <date/date.h>
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "bot/written_moment.hpp"

namespace bot::notices {

std::string paper_words::operator()(std::string_view key, const values& named) const {
  const std::string_view text = book_.texts.text("id", key);
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const char c = text[from];
    const auto close = c == '{' ? text.find('}', from) : std::string_view::npos;
    if (close == std::string_view::npos) {
      if (c != '*') out += c;
      ++from;
      continue;
    }
    const auto name = text.substr(from + 1, close - from - 1);
    bool known = false;
    for (const auto& [one, value] : named)
      if (one == name) out += value, known = true;
    if (!known) out.append(text.substr(from, close + 1 - from));  // {page} is filled in by who draws it
    from = close + 1;
  }
  return out;
}

std::vector<std::string> paper_words::parts(std::string_view key) const {
  const std::string text = (*this)(key);
  std::vector<std::string> all;
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find('|', from), text.size());
    all.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return all;
}

notices::local_day paper_words::local_day(instant at) const { return time_at(at, book_.utc_offset).day; }

std::string paper_words::day(notices::local_day d) const {
  const ::date::weekday weekday{::date::sys_days{::date::days{d.time_since_epoch().count()}}};
  return (*this)(fmt::format("weekday.{}", weekday.iso_encoding())) + ", " + date(d);
}

std::string paper_words::date(notices::local_day d) const {
  const ::date::year_month_day ymd{::date::sys_days{::date::days{d.time_since_epoch().count()}}};
  return fmt::format("{} {} {}", static_cast<unsigned>(ymd.day()),
                     (*this)(fmt::format("paper.month_{}", static_cast<unsigned>(ymd.month()))),
                     static_cast<int>(ymd.year()));
}

std::string paper_words::days(std::span<const notices::local_day> all) const {
  using std::chrono::year_month_day;
  std::string said;
  for (std::size_t i = 0; i < all.size();) {
    const year_month_day from{all[i]};
    std::size_t end = i + 1;  // of the days in a row, within the month
    const auto same_month = [&](std::size_t at) {
      const year_month_day other{all[at]};
      return other.year() == from.year() && other.month() == from.month();
    };
    while (end < all.size() && all[end] - all[end - 1] == std::chrono::days(1) && same_month(end)) ++end;
    said += std::to_string(static_cast<unsigned>(from.day()));
    if (const year_month_day last{all[end - 1]}; end - i > 2)
      said += "–" + std::to_string(static_cast<unsigned>(last.day()));
    else
      end = i + 1;
    if (end == all.size() || !same_month(end)) {
      const std::string whole = date(all[i]);
      said += whole.substr(whole.find(' ')) + (end == all.size() ? "" : "; ");
    } else {
      said += ", ";
    }
    i = end;
  }
  return said;
}

std::string paper_words::clock(instant at) const {
  const auto local = std::chrono::floor<std::chrono::minutes>(at.time_since_epoch() + book_.utc_offset);
  const auto minutes = (local.count() % 1440 + 1440) % 1440;
  return fmt::format("{:02}.{:02}", minutes / 60, minutes % 60);
}

// The three zones of Indonesia by their offset.
std::string paper_words::zone() const {
  switch (book_.utc_offset.count()) {
    case 420: return " WIB";
    case 480: return " WITA";
    case 540: return " WIT";
    default: return {};
  }
}

std::string paper_words::moment(instant at) const {
  return (*this)("paper.moment", {{"day", day(local_day(at))}, {"hour", clock(at) + zone()}});
}

std::string paper_words::span(const answer_map& answers) const {
  const auto told = [&](const char* slot) {
    const auto at = answers.find(slot);
    return at == answers.end() ? std::string() : at->second;
  };
  const std::string start = told("start"), end = told("end");
  const auto as_day = [](std::chrono::sys_days d) { return notices::local_day{d.time_since_epoch()}; };
  if (const auto only_day = read_day(start)) return day(as_day(*only_day));
  const auto from = read_moment(start);
  if (!from) return {};
  const auto until = read_moment(end);
  if (!until) {
    const auto last_day = read_day(end);
    return last_day ? moment(from->at) + " – " + day(as_day(*last_day)) : moment(from->at);
  }
  if (local_day(from->at) != local_day(until->at)) return moment(from->at) + " – " + moment(until->at);
  return (*this)("paper.moment",
                 {{"day", day(local_day(from->at))}, {"hour", clock(from->at) + "–" + clock(until->at) + zone()}});
}

std::string drawable(std::string_view text) {
  constexpr int most_marks = 2;  // on one letter
  constexpr UChar32 broken = 0xFFFD, non_joiner = 0x200C, joiner = 0x200D;
  const auto whole =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  icu::UnicodeString out;
  int marks = 0;
  bool after_blank = true;  // also at the beginning
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 c = whole.char32At(i);
    const auto type = u_charType(c);
    const bool mark = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
    marks = mark ? marks + 1 : 0;
    const bool blank = u_isUWhiteSpace(c) != 0;
    const bool silent = type == U_CONTROL_CHAR || type == U_PRIVATE_USE_CHAR || type == U_SURROGATE ||
                        type == U_UNASSIGNED || (type == U_FORMAT_CHAR && c != joiner && c != non_joiner);
    if (blank ? after_blank : silent || c == broken || marks > most_marks) continue;
    out.append(blank ? UChar32{' '} : c);
    after_blank = blank;
  }
  out.trim();
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

}  // namespace bot::notices
