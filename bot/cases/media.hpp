// Pictures, voices and files of a report: what the case knows of them, who is shown them, what is said when one cannot
// be had. The report's slot `media` holds "photo:81234 voice:81240": the kind as it was sent and our own id.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/inbound.hpp"

namespace bot {

struct facts;
struct turn;
struct world;

namespace cases {

struct attached {
  said::media::kind what = said::media::kind::photo;
  std::int64_t id = 0;
  bool operator==(const attached&) const = default;
};

// What became of the wish to have a file.
struct media_fact {
  enum class state : std::uint8_t {
    wanted,   // still to be fetched from the platform
    shown,    // kept, and officers may see it
    unshown,  // kept as evidence, of a kind that is not shown in a chat
    lost,     // cannot be had, for the reason below
  } what = state::wanted;
  attached file;  // the kind that its bytes have, once they are here
  std::string reason;
};

inline constexpr std::size_t most_media = 10;  // of one report; what is above is not fetched

std::string_view name_of(said::media::kind);           // "photo"
std::vector<attached> attached_to(const answer_map&);  // in the order of arrival; what is not of that form is left out
bool attach(answer_map&, const attached&);             // false: it has enough
std::int64_t detach_newest(answer_map&);               // its id, 0: there was none
std::string counted(const answer_map&, const world&);  // "1 foto, 2 suara" in the officers' language; empty: none
bool only_identity_card(std::string_view, const world&);  // "ini foto KTP saya": words that only say so

// Sends the officer of this turn, privately, what is there of the report's files. Returns "Lampiran: 1 foto; 1 masih
// diambil" for the card, empty when the report has none; `waiting` is set when asking again makes sense.
std::string show_media(turn&, const report&, const facts&, const world&, bool& waiting);
// A timer of kind "media" came due: a file of this report, `media`, cannot be had. Its reporter is asked once.
void media_lost(turn&, const report&, std::int64_t media, const facts&, const world&);

}  // namespace cases
}  // namespace bot
