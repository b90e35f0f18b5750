// Pictures without what they tell about their maker: place, time, device, names, comments, thumbnails of the uncut
// picture. Segment surgery on the containers; nothing is decoded, the bytes of the picture itself stay as they are.
// The bytes come from strangers: everything is bounded, and nothing is kept that is not known to be needed. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace handlers::media {

// Larger pictures would only serve to hurt the phone that opens them.
inline constexpr std::uint64_t most_pixels = 250'000'000;
inline constexpr int most_scans = 100;  // of a progressive JPEG: each costs the viewer a pass over the picture

// Each: the same picture, standing as upright as before, without metadata, embedded colour profile and whatever stands
// behind its end. Nothing: not a whole picture of its kind, or one too large to be shown.
std::optional<std::string> clean_jpeg(std::string_view);
std::optional<std::string> clean_png(std::string_view);
std::optional<std::string> clean_webp(std::string_view);

// 1 to 8, from the TIFF block that is EXIF; 1 when it says nothing sensible.
int orientation_in(std::string_view tiff);

}  // namespace handlers::media
