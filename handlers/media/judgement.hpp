// What a file is by its bytes, whatever was claimed, and what officers may see of it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/inbound.hpp"

namespace handlers::media {

struct judgement {
  std::string refused;  // why it is not kept, a word for staff: "empty", "unknown_type", "wrong_type", "damaged"
  bot::said::media::kind what = bot::said::media::kind::document;
  std::string type;    // "image/jpeg"
  std::string ending;  // "jpg"
  bool shown = false;  // officers may see it; else it is kept as evidence only
};

// Only kinds that the sender's claim allows: a photo must be a picture, a voice a sound, a video a film; a document may
// be any of the kinds known here. Pictures (JPEG, PNG, WebP) and films (MP4, 3GP, QuickTime) must also have a sound
// structure, as nothing can be taken out of others. Kept but not shown are kinds that can carry the sender's name or
// place and that are not taken apart here: HEIC, AVIF, GIF and PDF.
judgement judge(std::string_view bytes, bot::said::media::kind claimed);

// What officers see: pictures without metadata; films without the boxes that hold place, device and texts; MP3 without
// its tags; other sounds as they are. Nothing when the bytes are not of that type after all.
std::optional<std::string> cleaned(std::string_view bytes, std::string_view type);

}  // namespace handlers::media
