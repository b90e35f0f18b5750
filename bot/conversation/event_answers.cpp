#include "bot/conversation/event_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
  if (answer == "yes") return true;
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

// A number to call: eight digits or more that begin as one does ("10000000 orang" does not).
bool holds_number(std::string_view text) {
  int run = 0;
  for (const char c : text) {
    if (run == 0 && is_digit(c) && c != '0' && c != '6' && c != '8') continue;
    if (is_digit(c) && ++run >= 8) return true;
    if (!is_digit(c) && c != '-' && c != ' ' && c != '+' && c != '.') run = 0;
  }
  return false;
}

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
border border_before(std::string_view text, const std::vector<word>& words, std::size_t i) {
  static constexpr std::array<std::string_view, 12> short_forms = {"jl",  "gg",  "no", "rt", "rw", "kel",
                                                                   "kec", "kab", "h",  "hj", "dr", "bpk"};
  if (i == 0) return border::hard;
  const std::string_view gap = text.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
  if (gap.find('\n') != std::string_view::npos) return border::hard;
  const word& sign = words[i - 1];
  if (sign.what != word::kind::sign) return border::none;
  if (sign.folded == "," || sign.folded == "+") return border::comma;
  if (sign.folded == ";" || sign.folded == "·" || sign.folded == "|" || sign.folded == "/") return border::hard;
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
std::size_t end_of_range(const std::vector<word>& words) {
  bool clock = false;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const word& w = words[i];
    if (words[i - 1].folded == "jam" || words[i - 1].folded == "pukul" || words[i - 1].folded == "pkl") clock = true;
    const bool point = w.what == word::kind::sign && (w.folded == "." || w.folded == ":") && !w.spaced &&
                       words[i + 1].what == word::kind::number && words[i + 1].folded.size() == 2 &&
                       words[i - 1].what == word::kind::number;
    clock = clock || point;
    const bool dash = w.folded == "-" || w.folded == "–" || w.folded == "—";
    if (dash && clock && words[i - 1].what == word::kind::number && words[i + 1].what == word::kind::number &&
        words[i + 1].folded.size() <= 2)
      return i + 1;
    if (w.folded == ",") clock = false;
  }
  return 0;
}

}  // namespace

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
  const perception p = perceive(words, from, book);
  if (!p.meaning.when.resolved) return {};
  auto end = p.meaning.when;
  // "jam 1" of a party that begins in the evening is in its night.
  if (!end.date_only && *end.resolved <= from && from - *end.resolved < std::chrono::hours(24))
    end.resolved = *end.resolved + std::chrono::hours(24);
  return moment_answer(end, book.utc_offset);
}

several_answers parts_of(std::string_view text, const std::vector<const question*>& questions,
                         const std::vector<std::string>& listed, bool answering) {
  several_answers out;
  if (const auto by_number = numbered(text);
      answering && !by_number.empty() && by_number.back().number <= listed.size()) {
    for (const auto& part : by_number) {
      const std::string said = trimmed(part.said);
      if (said.empty()) continue;
      const std::string& slot = listed[part.number - 1];
      out.of[slot] = said;
      if (slot != "end" && slot != "person") out.about_event += said + ". ";
    }
    return out;
  }

  const auto words = language::split(text);
  const std::size_t range = end_of_range(words);
  std::vector<piece> pieces;
  std::size_t phrase_until = 0;  // "tanpa alat": its second word is no label
  for (std::size_t i = 0; i < words.size(); ++i) {
    const border before = border_before(text, words, i);
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

  // "aksi soal upah besok jam 9 di …": in the middle of a story only a short aim is one.
  constexpr std::size_t short_aim = 5;
  for (piece& one : pieces)
    if (!answering && one.of != nullptr && one.of->slot == "aim" && one.end - one.content > short_aim) one.of = nullptr;

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
  for (const piece& one : pieces) {
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
    if (one.of->slot != "person") out.about_event += words_of + ". ";
  }
  std::erase_if(out.of, [](const auto& one) { return one.second.empty(); });
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

}  // namespace bot
