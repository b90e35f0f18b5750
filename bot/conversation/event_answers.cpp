#include "bot/conversation/event_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

using language::word;

const std::string& in(const answer_map& answers, std::string_view slot) {
  static const std::string none;
  const auto at = answers.find(std::string(slot));
  return at == answers.end() ? none : at->second;
}

std::optional<bool> yes_no(const std::string& answer) {
  if (answer == "yes" || answer == "part" || answer == "closed") return true;
  if (answer == "no") return false;
  return std::nullopt;
}

std::optional<notices::event_time> time_from(const std::string& answer, std::chrono::minutes utc_offset) {
  if (answer.empty()) return std::nullopt;
  if (const auto day = read_day(answer))
    return notices::event_time{notices::local_day{day->time_since_epoch()}, std::nullopt};
  if (const auto moment = read_moment(answer)) return notices::time_at(moment->at, utc_offset);
  return std::nullopt;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view around = " \t\n\r.,;:-+·*";
  const auto first = text.find_first_not_of(around);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(around) - first + 1));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct numbered_part {
  std::size_t number = 0;  // from 1
  std::string_view said;
};

// "1. …", "2) …" from the very beginning. Each number is one more than the last, or larger at the head of a line.
std::vector<numbered_part> numbered(std::string_view text) {
  std::vector<numbered_part> all;
  std::size_t said_from = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto number = static_cast<std::size_t>(text[at] - '0');
    const bool mark = text[at] >= '1' && text[at] <= '9' && (text[at + 1] == '.' || text[at + 1] == ')') &&
                      (at + 2 >= text.size() || !is_digit(text[at + 2]));
    const std::size_t before = text.find_last_not_of(' ', at == 0 ? 0 : at - 1);
    const bool head = at == 0 || before == std::string_view::npos || text[before] == '\n';
    const bool apart = head || text[at - 1] == ' ';
    if (!mark || !apart) continue;
    const std::size_t last = all.empty() ? 0 : all.back().number;
    if (all.empty() ? !head : number != last + 1 && !(head && number > last)) continue;
    if (!all.empty()) all.back().said = text.substr(said_from, at - said_from);
    said_from = at + 2;
    all.push_back({number, text.substr(said_from)});
    if (all.size() == 1 && text.find_first_not_of(" \n") != at) return {};
  }
  return all;
}

enum class border : std::uint8_t { none, comma, hard };

// What stands between this word and the one before it.
border border_before(std::string_view text, const std::vector<word>& words, std::size_t i,
                     const std::vector<std::string>& short_forms) {
  if (i == 0) return border::hard;
  const std::string_view gap = text.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
  if (gap.find('\n') != std::string_view::npos) return border::hard;
  const word& sign = words[i - 1];
  if (sign.what != word::kind::sign) return border::none;
  if (sign.folded == "," || sign.folded == "+") return border::comma;
  if (sign.folded == ";" || sign.folded == "·" || sign.folded == "|") return border::hard;
  const bool numbers = i >= 2 && words[i].what == word::kind::number && words[i - 2].what == word::kind::number;
  if (sign.folded == "/") return numbers ? border::none : border::hard;  // "19/12/2026" is a date
  if (sign.folded == "." && words[i].spaced && i >= 2 &&
      std::find(short_forms.begin(), short_forms.end(), words[i - 2].folded) == short_forms.end())
    return border::hard;
  return border::none;
}

struct piece {
  const question* of = nullptr;
  std::size_t begin = 0, end = 0;  // words
  std::size_t content = 0;         // first word of the answer itself
  bool hard = false;               // begins after a full stop or a new line
};

// "08.00-22.00", "jam 8 - 10": the word where the end stands, or 0.
std::size_t end_of_range(const std::vector<word>& words, const phrase_set& hours) {
  bool clock = false;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const word& w = words[i];
    clock = clock || phrase_at(words, i - 1, hours) > 0;
    const bool point = w.what == word::kind::sign && (w.folded == "." || w.folded == ":") && !w.spaced &&
                       words[i + 1].what == word::kind::number && words[i + 1].folded.size() == 2 &&
                       words[i - 1].what == word::kind::number;
    clock = clock || point;
    const bool dash = w.folded == "-" || w.folded == "–" || w.folded == "—";
    // "jam 8 pagi - 10 malam": a part of the day may stand between.
    const bool hour_before = words[i - 1].what == word::kind::number ||
                             (i > 1 && words[i - 1].what == word::kind::letters && clock &&
                              words[i - 2].what == word::kind::number && words[i - 2].folded.size() <= 2);
    if (dash && clock && hour_before && words[i + 1].what == word::kind::number && words[i + 1].folded.size() <= 2)
      return i + 1;
    if (w.folded == ",") clock = false;
  }
  return 0;
}

}  // namespace

// Begins as one does ("10000000 orang" does not).
bool holds_number(std::string_view text) {
  constexpr int shortest = 8, longest = 15;  // an identity number is longer
  int run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (run == 0 && is_digit(c) && c != '0' && c != '6' && c != '8') {
      while (i + 1 < text.size() && is_digit(text[i + 1])) ++i;
    } else if (is_digit(c)) {
      ++run;
    } else if (c != '-' && c != ' ' && c != '+' && c != '.') {
      if (run >= shortest && run <= longest) return true;
      run = 0;
    }
  }
  return run >= shortest && run <= longest;
}

std::string answer_of(const notices::event_time& t, std::chrono::minutes utc_offset) {
  language::when w;
  w.date_only = !t.at.has_value();
  w.resolved = t.at ? *t.at : instant{t.day.time_since_epoch()} - utc_offset;
  return moment_answer(w, utc_offset);
}

notices::event event_from(const answer_map& answers, std::chrono::minutes utc_offset) {
  notices::event e;
  e.start = time_from(in(answers, "start"), utc_offset);
  e.end = time_from(in(answers, "end"), utc_offset);
  for (const auto& one : parted(in(answers, "purpose")))
    if (const auto p = notices::purpose_named(one)) e.purposes.push_back(*p);
  if (const std::string& crowd = in(answers, "attendance"); !crowd.empty()) {
    notices::people p;
    const auto dash = crowd.find('-');
    std::from_chars(crowd.data(), crowd.data() + crowd.size(), p.min);
    p.max = p.min;
    if (dash != std::string::npos) std::from_chars(crowd.data() + dash + 1, crowd.data() + crowd.size(), p.max);
    e.attendance = p;
  }
  e.participants_from = notices::reach_named(in(answers, "participants_from"));
  e.scope = notices::reach_named(in(answers, "scope"));
  e.wards = parted(in(answers, "wards"));
  e.public_place = yes_no(in(answers, "public_place"));
  e.public_road = yes_no(in(answers, "public_road"));
  e.fireworks = yes_no(in(answers, "fireworks"));
  e.on_campus = yes_no(in(answers, "on_campus"));
  return e;
}

std::string main_purpose(const answer_map& answers) {
  const std::string& told = in(answers, "purpose");
  return told.substr(0, told.find(' '));
}

std::string purpose_key(const answer_map& answers) {
  const std::string main = main_purpose(answers);
  return main.empty() ? "word.event" : "event_purpose." + main;
}

std::string end_after(std::string_view start_answer, std::string_view words, const handbook& book) {
  const auto start = time_from(std::string(start_answer), book.utc_offset);
  if (!start) return {};
  const instant from = start->at ? *start->at : instant{start->day.time_since_epoch()} - book.utc_offset;
  perception p = perceive(words, from, book);
  if (!p.meaning.when.resolved) {
    // "jam 9 bengi nang omah": the place behind it hides the hour.
    const auto& leading = book.notices.words.leading;
    const auto place = std::find_if(p.words.begin(), p.words.end(), [&](const word& w) {
      return w.what == word::kind::letters && std::find(leading.begin(), leading.end(), w.folded) != leading.end();
    });
    if (place == p.words.end() || place == p.words.begin()) return {};
    p = perceive(words.substr(0, place->begin), from, book);
    if (!p.meaning.when.resolved) return {};
  }
  auto end = p.meaning.when;
  // "jam 1" of a party that begins in the evening is in its night.
  if (!end.date_only && *end.resolved <= from && from - *end.resolved < std::chrono::hours(24))
    end.resolved = *end.resolved + std::chrono::hours(24);
  return moment_answer(end, book.utc_offset);
}

std::string end_over(std::string_view start_answer, std::string_view end_answer, int days,
                     std::chrono::minutes utc_offset) {
  const auto start = time_from(std::string(start_answer), utc_offset);
  const auto end = time_from(std::string(end_answer), utc_offset);
  if (!start || !end) return std::string(end_answer);
  const auto last = start->day + std::chrono::days(days - 1);
  if (!end->at) return answer_of({last, std::nullopt}, utc_offset);
  const auto clock = [&](const notices::event_time& t) { return *t.at - instant{t.day.time_since_epoch()}; };
  const bool into_the_night = start->at && clock(*end) < clock(*start);
  return written(instant{last.time_since_epoch()} + clock(*end) + std::chrono::days(into_the_night ? 1 : 0),
                 utc_offset);
}

std::string moved_end(std::string_view end_answer, std::string_view was, std::string_view now,
                      std::chrono::minutes utc_offset) {
  const auto end = time_from(std::string(end_answer), utc_offset), from = time_from(std::string(was), utc_offset),
             to = time_from(std::string(now), utc_offset);
  if (!end || !from || !to) return std::string(end_answer);
  const auto days = to->day - from->day;
  if (!end->at) return answer_of({end->day + days, std::nullopt}, utc_offset);
  return written(from->at && to->at ? *end->at + (*to->at - *from->at) : *end->at + days, utc_offset);
}

several_answers parts_of(std::string_view text, const std::vector<const question*>& questions,
                         const std::vector<std::string>& listed, bool answering, const notices::event_words& rules) {
  several_answers out;
  if (const auto by_number = numbered(text);
      answering && !by_number.empty() && by_number.back().number <= listed.size()) {
    for (const auto& part : by_number) {
      const std::string said = trimmed(part.said);
      if (said.empty()) continue;
      const std::string& slot = listed[part.number - 1];
      out.of[slot] = said;
      if (slot != "end" && slot != "person" && slot != "group") out.about_event += said + ". ";
    }
    return out;
  }

  const auto words = language::split(text);
  const std::size_t range = end_of_range(words, rules.hours);
  std::vector<piece> pieces;
  std::size_t phrase_until = 0;  // "tanpa alat": its second word is no label
  for (std::size_t i = 0; i < words.size(); ++i) {
    const border before = border_before(text, words, i, rules.short_forms);
    piece next{.begin = i, .content = i, .hard = before == border::hard};
    for (const question* q : questions) {
      const std::size_t label = i < phrase_until ? 0 : phrase_at(words, i, q->after);
      if (label > 0 && (q->slot == "end" || q->slot == "aim" || answering || before != border::none)) {
        next.of = q;
        next.content = i + label;
      } else if (const auto whole = before == border::none && q->slot != "repeats" ? 0 : phrase_at(words, i, q->from);
                 whole > 0) {
        next.of = q;
        phrase_until = i + whole;
      }
      if (q->slot == "end" && range != 0 && range == i) {
        next.of = q;
        next.content = i;
      }
      if (next.of != nullptr) break;
    }
    const bool inside_person = !pieces.empty() && pieces.back().of != nullptr && pieces.back().of->slot == "person";
    // "tiap malam minggu": what follows is the event again.
    constexpr std::size_t words_of_repeating = 3;
    const bool told_how_often = !pieces.empty() && pieces.back().of != nullptr && pieces.back().of->slot == "repeats" &&
                                i >= pieces.back().begin + words_of_repeating;
    if (next.of == nullptr && told_how_often) {
      pieces.back().end = i;
      pieces.push_back(next);
      continue;
    }
    if (next.of != nullptr || before == border::hard || (before == border::comma && !inside_person)) {
      if (!pieces.empty()) pieces.back().end = i;
      pieces.push_back(next);
    }
  }
  if (!pieces.empty()) pieces.back().end = words.size();

  // "Serikat Buruh Pasuruan, Jl. Veteran": names go on with their addresses.
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const question* before = pieces[i - 1].of;
    if (!answering || pieces[i].of != nullptr || pieces[i].hard || before == nullptr) continue;
    if (before->slot == "group" || before->slot == "speakers" || before->slot == "props") pieces[i].of = before;
  }

  // "aksi soal upah besok jam 9 di …", "orkes di lapangan sabtu …": in the middle of a story only a short one is one.
  constexpr std::size_t short_answer = 5;
  for (std::size_t i = 0; !answering && i < pieces.size(); ++i) {
    piece& one = pieces[i];
    if (one.of == nullptr || (one.of->slot != "aim" && one.of->slot != "gear") || one.end - one.content <= short_answer)
      continue;
    // "soal upah buruh di depan pabrik …": what it is about ends where the place begins.
    std::size_t to = one.content;
    while (to < one.end && words[to].what == word::kind::letters && phrase_at(words, to, rules.leading) == 0 &&
           phrase_at(words, to, rules.hours) == 0)
      ++to;
    const bool place_follows = to < one.end && phrase_at(words, to, rules.leading) > 0;
    if (one.of->slot != "aim" || !place_follows || to == one.content || to - one.content > short_answer) {
      one.of = nullptr;
      continue;
    }
    const piece rest{.begin = to, .end = one.end, .content = to};
    one.end = to;
    pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
  }
  // "Aliansi Mahasiswa Pasuruan akan melaksanakan aksi": a name ends where it does something.
  for (std::size_t i = 0; !answering && i < pieces.size(); ++i) {
    if (pieces[i].of == nullptr || pieces[i].of->slot != "group") continue;
    for (std::size_t at = pieces[i].content; at < pieces[i].end; ++at) {
      if (phrase_at(words, at, rules.does) == 0) continue;
      const piece rest{.begin = at, .end = pieces[i].end, .content = at};
      pieces[i].end = at;
      pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
      break;
    }
  }

  const auto said = [&](std::size_t from, std::size_t to) {
    return from >= to ? std::string() : trimmed(text.substr(words[from].begin, words[to - 1].end - words[from].begin));
  };
  // Who is in charge is told with a number to call: the words around it in the same sentence are name and address.
  const auto wants_person =
      std::find_if(questions.begin(), questions.end(), [](const question* q) { return q->slot == "person"; });
  if (wants_person != questions.end()) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].of != nullptr || !holds_number(said(pieces[i].begin, pieces[i].end))) continue;
      for (std::size_t j = i;; --j) {
        pieces[j].of = *wants_person;
        if (j == 0 || pieces[j].hard || pieces[j - 1].of != nullptr || !answering) break;
      }
      break;
    }
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const piece& one = pieces[i];
    const std::size_t next = i + 1 < pieces.size() ? words[pieces[i + 1].begin].begin : text.size();
    if (one.of == nullptr || one.of->slot != "person")
      out.told += text.substr(words[one.begin].begin, next - words[one.begin].begin);
    const std::string words_of = said(one.content, one.end);
    if (one.of == nullptr) {
      if (!words_of.empty()) out.rest.push_back(words_of);
      out.about_event += words_of + ". ";
      continue;
    }
    std::string& into = out.of[one.of->slot];
    if (one.of->slot == "end") {
      into = words_of;  // the last one counts
      continue;
    }
    if (!words_of.empty()) into += (into.empty() ? "" : ", ") + words_of;
    // The name of a group holds places where nothing happens.
    if (one.of->slot != "person" && one.of->slot != "group") out.about_event += words_of + ". ";
  }
  std::erase_if(out.of, [](const auto& one) { return one.second.empty(); });
  out.told = trimmed(out.told);
  return out;
}

std::string without_numbers(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i, digits = 0;
    while (end < text.size() && (is_digit(text[end]) || (digits > 0 && (text[end] == '-' || text[end] == ' ')))) {
      digits += is_digit(text[end]) ? 1 : 0;
      ++end;
    }
    if (digits >= 8) {
      out += "… ";
      i = end;
    } else {
      out += text[i++];
    }
  }
  return out;
}

bool is_no_answer(std::string_view text, const handbook& book) {
  constexpr std::size_t short_words = 9;
  const auto words = language::split(text);
  const bool number = std::any_of(words.begin(), words.end(),
                                  [](const language::word& w) { return w.what == language::word::kind::number; });
  return words.size() <= short_words && !number && has_phrase(words, book.notices.words.unknown);
}

}  // namespace bot
