// Where an event takes place: its wards, a route through several, the spot as it was said.
#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/notices/spot.hpp"

namespace bot {
namespace {

// "dari Gentong lewat Kebonsari ke Wirogunan", "dari Bangil ke Pandaan": the areas of a route in order; empty where
// that is not certain.
std::vector<std::string> route_in(const perception& p, const handbook& book) {
  std::vector<std::string> codes;
  const auto& all = p.places.mentions;
  const auto& meant = p.places.candidates;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // Of a name that several bear, the one that the whole message settles on.
    std::vector<geography::area_id> here;
    for (const auto& c : all[i].candidates)
      if (all[i].candidates.size() == 1 ||
          std::any_of(meant.begin(), meant.end(), [&](const auto& one) { return one.where == c.where; }))
        here.push_back(c.where);
    if (here.size() != 1 || all[i].candidates.front().how == geography::match::fuzzy) return {};
    const std::span words(p.words);
    if (i > 0 && (all[i].begin <= all[i - 1].end ||
                  !has_phrase(words.subspan(all[i - 1].end, all[i].begin - all[i - 1].end), book.notices.words.onward)))
      return {};
    const std::string& code = book.atlas.at(here.front()).code;
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
  return codes.size() > 1 ? codes : std::vector<std::string>{};
}

// The spot as it was said, with what belongs to the name that stands at [first, last).
std::string spot_words(const perception& p, std::string_view text, std::size_t first, std::size_t last,
                       const handbook& book) {
  const auto [from, to] = notices::spot_around(p.words, first, last, book.notices.words);
  return std::string(text.substr(p.words[from].begin, p.words[to - 1].end - p.words[from].begin));
}

}  // namespace

void notice_talk::answer_place(std::string_view words) {
  const perception p = perceive(words, in_.sent_at, world_.book);
  if (p.places.what != geography::place_finding::outcome::nothing) set("venue", "");  // of the place before
  fill_place(p, true);
  if (const auto& at = p.places; at.end > at.begin && at.end <= p.words.size() && slot("venue").empty())
    set("venue", spot_words(p, words, at.begin, at.end, world_.book));
}

void notice_talk::fill_place(const perception& p, bool correcting) {
  using outcome = geography::place_finding::outcome;
  if (!correcting && !slot("wards").empty() && slot("wards_open").empty()) return;
  if (p.places.what == outcome::outside) {
    set("wards", std::string(outside_area));
    set("pin", "");
    if (!p.places.mentions.empty() && slot("venue").empty()) {
      const auto& at = p.places.mentions.front();
      std::string named;
      for (auto i = at.begin; i < at.end && i < p.words.size(); ++i)
        named += (named.empty() ? "" : " ") + p.words[i].folded;
      set("venue", std::move(named));
    }
    return set("wards_open", "");
  }
  if (p.places.what != outcome::inside || p.places.candidates.empty()) return;
  if (const auto route = route_in(p, world_.book); !route.empty()) {
    set("wards", joined(route));
    return set("wards_open", "");
  }
  std::vector<std::string> codes;
  for (const auto& c : p.places.candidates)
    if (codes.size() < 9) codes.push_back(world_.book.atlas.at(c.where).code);
  // What both messages allow settles it.
  if (const auto before = parted(slot("wards_open")); !before.empty() && !correcting) {
    std::vector<std::string> both;
    for (const auto& one : codes)
      for (const auto& other : before)
        if (one == other || one.starts_with(other + ".") || other.starts_with(one + "."))
          both.push_back(one.size() > other.size() ? one : other);
    if (!both.empty()) codes = std::move(both);
  }
  // A mere similarity proposes; the organiser decides by the button.
  const bool settled = p.places.settled && codes.size() == 1;
  if (!settled || codes.front() != slot("wards")) set("pin", "");
  set("wards", settled ? codes.front() : "");
  set("wards_open", settled ? "" : joined(codes));
}

// "lapangan Sungiwetan", "alun2 pasuruan": the spot itself, as it was said.
void notice_talk::fill_venue(const perception& p, std::string_view text) {
  const auto& at = p.places;
  if (at.end <= at.begin || at.end > p.words.size()) return;
  const bool route = !route_in(p, world_.book).empty();
  const auto first = route ? at.mentions.front().begin : at.begin;
  const auto last = route ? at.mentions.back().end : at.end;
  set("venue", spot_words(p, text, first, last, world_.book));
}

}  // namespace bot
