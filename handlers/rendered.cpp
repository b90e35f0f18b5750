#include "handlers/rendered.hpp"

#include <algorithm>

#include "handlers/utf8.hpp"

namespace handlers {
namespace {

constexpr std::string_view white = " \n\r\t";

// Bytes of the first piece of `text`, which is longer than that.
std::size_t first_piece(std::string_view text, std::size_t most_utf16) {
  const std::string_view head = first_utf16(text, most_utf16);
  for (const std::string_view border : {"\n\n", "\n", " "}) {
    const std::size_t at = head.rfind(border);
    // A border near the start would leave a scrap of a message.
    if (at != head.npos && at >= head.size() / 4) return at;
  }
  return head.size();
}

std::vector<run> slice(const std::vector<run>& text, std::size_t begin, std::size_t end) {
  std::vector<run> out;
  std::size_t at = 0;
  for (const run& piece : text) {
    const std::size_t from = std::max(begin, at);
    const std::size_t to = std::min(end, at + piece.text.size());
    if (from < to) out.push_back({piece.text.substr(from - at, to - from), piece.bold});
    at += piece.text.size();
  }
  return out;
}

}  // namespace

std::vector<run> runs_of(std::string_view catalogue_text) {
  std::vector<run> runs;
  const auto add = [&](std::string_view text, bool bold) {
    if (text.empty()) return;
    if (!runs.empty() && runs.back().bold == bold) {
      runs.back().text += text;
    } else {
      runs.push_back({std::string(text), bold});
    }
  };
  std::string_view rest = catalogue_text;
  while (!rest.empty()) {
    const std::size_t open = rest.find('*');
    const std::size_t close = open == rest.npos ? open : rest.find_first_of("*\n", open + 1);
    if (open == rest.npos) {
      add(rest, false);
      break;
    }
    if (close == rest.npos || rest[close] == '\n' || close == open + 1) {
      add(rest.substr(0, open + 1), false);
      rest.remove_prefix(open + 1);
    } else {
      add(rest.substr(0, open), false);
      add(rest.substr(open + 1, close - open - 1), true);
      rest.remove_prefix(close + 1);
    }
  }
  return runs;
}

std::vector<std::vector<run>> split(const std::vector<run>& text, std::size_t most_utf16) {
  std::string whole;
  for (const run& piece : text) whole += piece.text;
  std::vector<std::vector<run>> pieces;
  std::size_t begin = 0;
  while ((begin = whole.find_first_not_of(white, begin)) != whole.npos) {
    const std::string_view rest = std::string_view(whole).substr(begin);
    const std::size_t bytes = count_utf16(rest) <= most_utf16 ? rest.size() : first_piece(rest, most_utf16);
    if (bytes == 0) break;
    const std::size_t last = whole.find_last_not_of(white, begin + bytes - 1);
    pieces.push_back(slice(text, begin, last + 1));
    begin += bytes;
  }
  return pieces;
}

}  // namespace handlers
