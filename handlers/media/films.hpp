// MP4, 3GP and QuickTime without the boxes in which phones write place, device, owner and texts. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace handlers::media {

// Those boxes become empty space of the same length, so that nothing else moves. Dates of recording and tracks of
// timed data stay. Nothing: not a whole film.
std::optional<std::string> clean_film(std::string_view);

}  // namespace handlers::media
