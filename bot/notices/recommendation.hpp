// A recommendation for a permit, asked of somebody without an account: the organiser hands on a link, and whoever has
// it answers once on a page. It is advice to the officers and decides nothing. Only applications know it: what is told
// as a notice needs nobody's consent (UU 9/1998).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/inbound.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

struct recommendation {
  enum class reply : std::uint8_t { none, supports, remarks };
  std::string who;    // "rt", "village", "district", "place"
  std::string token;  // of the link; empty once it is answered
  instant until{};    // the link's end
  reply now = reply::none;
  std::string words;  // beside the answer, masked; may be empty
};

inline constexpr std::size_t recommendation_characters = 300;  // of what is written on the page

// Whether the application is one for which recommendations may be asked now.
bool may_recommend(const notice&, instant now);
// Those of the version that counts now, in the order of the list.
std::vector<recommendation> recommendations_of(const notice&);
// What was recommended was another event: a changed application asks anew, and the links of before are over.
void drop_recommendations(answer_map&);
// The one of that link while it is open: asked, not over, and the application still undecided.
std::optional<recommendation> open_recommendation(const notice&, std::string_view token, instant now);
// Whether that one has answered, for the version that counts now.
bool has_recommended(const notice&, std::string_view who);
// A line for each. Their words are for officers, in a private chat. Empty: none was asked.
std::string recommendation_lines(const notice&, std::string_view language, bool with_words, const world&);

// --- the organiser: "e:recommend:<number>" shows the list, "e:recommend_<who>:<number>" gives the link
std::vector<choice> recommend_choices(const notice&, const world&);  // the button; none for what is no application
bool recommend_tap(turn&, std::string_view action, const std::string& number, const facts&, const world&);

// --- what the page shows: nothing private
struct recommendation_view {
  std::string who, number, kind, day, place, unit;  // in Indonesian words; of the place the wards alone
};
recommendation_view view_of(const notice&, const recommendation&, const handbook&);

// --- the page: its answer is a tap on a button of ours that comes from no chat
std::string recommendation_path(std::string_view token);      // "/r/<token>"
std::string read_recommendation_name(std::string_view name);  // what stands behind "/r/"; empty: none of ours
// `words`: as they were typed, cut and cleaned by the turn. Each try is a message of its own: one that failed can be
// made again, and a link is answered once by what stands in the notice.
inbound recommendation_answer(const notice&, std::string_view token, bool supports, std::string words, instant now);
bool is_recommendation(const inbound&);
std::string recommended_number(const inbound&);                       // of the notice
bool recommended(turn&, const inbound&, const facts&, const world&);  // false: it is another message

}  // namespace bot::notices
