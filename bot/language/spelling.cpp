#include "bot/language/spelling.hpp"

namespace bot::language {

namespace {

bool is_squeezed(std::string_view folded) {
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded[i] == '\'' || (i >= 2 && folded[i] == folded[i - 1] && folded[i] == folded[i - 2])) return false;
  }
  return true;
}

}  // namespace

void squeeze(std::string_view folded, std::string& out) {
  if (is_squeezed(folded)) {
    out.assign(folded);
    return;
  }
  out.clear();
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (c == '\'') continue;
    std::size_t run = 1;
    while (i + run < folded.size() && folded[i + run] == c) ++run;
    out.push_back(c);
    if (run == 2) out.push_back(c);
    i += run - 1;
  }
}

void plain(std::string_view key, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool breath = c == 'h' && i > 0 && std::string_view("bdgjtk").find(key[i - 1]) != std::string_view::npos;
    if (breath || (!out.empty() && out.back() == c)) continue;
    if (c == 'u' && !out.empty() && out.back() == 'o') out.pop_back();
    out.push_back(c == 'q' ? 'k' : c == 'v' ? 'f' : c);
  }
}

}  // namespace bot::language
