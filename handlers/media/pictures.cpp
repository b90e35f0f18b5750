#include "handlers/media/pictures.hpp"

#include <algorithm>
#include <array>

#include "handlers/media/bytes.hpp"

namespace handlers::media {
namespace {

using namespace std::string_view_literals;

// A TIFF block that says how the picture stands, and nothing else.
std::string upright(int orientation) {
  std::string tiff("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"sv);
  tiff += static_cast<char>(orientation);
  tiff.append("\0\0\0\0\0\0"sv);
  return tiff;
}

bool fits(std::uint64_t width, std::uint64_t height) {
  return width > 0 && height > 0 && width * height <= most_pixels;
}

}  // namespace

int orientation_in(std::string_view tiff) {
  if (tiff.size() < 8) return 1;
  const bool big = tiff.starts_with("MM\0*"sv);
  if (!big && !tiff.starts_with("II*\0"sv)) return 1;
  const auto u16 = [&](std::size_t at) { return big ? big16(tiff, at) : little16(tiff, at); };
  const auto u32 = [&](std::size_t at) { return big ? big32(tiff, at) : little32(tiff, at); };
  const std::size_t table = u32(4);
  if (table > tiff.size() - 2) return 1;
  const std::size_t entries = std::min<std::size_t>(u16(table), (tiff.size() - table - 2) / 12);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = table + 2 + 12 * i;
    if (u16(at) != 0x0112 || u16(at + 2) != 3) continue;
    const auto value = static_cast<int>(u16(at + 8));
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

// --- JPEG ----------------------------------------------------------------------------------------------------------

namespace {

class jpeg_cleaner {
 public:
  explicit jpeg_cleaner(std::string_view in) : in_(in) {}

  std::optional<std::string> cleaned() {
    if (!in_.starts_with("\xFF\xD8"sv)) return std::nullopt;
    at_ = 2;
    while (at_ < in_.size()) {
      if (byte_at(in_, at_) != 0xFF) return std::nullopt;
      while (at_ < in_.size() && byte_at(in_, at_) == 0xFF) ++at_;
      if (at_ == in_.size()) break;
      const auto marker = byte_at(in_, at_++);
      if (marker == 0xD9) return finished();
      if (!segment(marker)) return std::nullopt;
    }
    // The end is missing: what came of the picture can still be seen.
    return scans_ > 0 ? finished() : std::nullopt;
  }

 private:
  std::optional<std::string> finished() {
    if (!frame_ || scans_ == 0) return std::nullopt;
    std::string out("\xFF\xD8"sv);
    out.reserve(in_.size() + 64);
    out += jfif_;
    if (orientation_ != 1) {
      const std::string tiff = upright(orientation_);
      out.append("\xFF\xE1\0"sv);
      out += static_cast<char>(2 + 6 + tiff.size());
      out.append("Exif\0\0"sv).append(tiff);
    }
    out += kept_;
    out.append("\xFF\xD9"sv);
    return out;
  }

  bool segment(std::uint32_t marker) {
    if (in_.size() - at_ < 2) return false;
    const std::size_t length = big16(in_, at_);
    if (length < 2 || length > in_.size() - at_) return false;
    const std::string_view content = in_.substr(at_ + 2, length - 2);
    at_ += length;
    switch (marker) {
      case 0xE0:
        // Without the thumbnail that it may hold.
        if (content.starts_with("JFIF\0"sv) && content.size() >= 14 && jfif_.empty())
          jfif_ = std::string("\xFF\xE0\0\x10"sv).append(content.substr(0, 12)).append("\0\0"sv);
        return true;
      case 0xE1:
        if (content.starts_with("Exif\0\0"sv) && orientation_ == 1) orientation_ = orientation_in(content.substr(6));
        return true;
      case 0xEE:  // how its colours are stored
        if (content.starts_with("Adobe"sv) && content.size() == 12) keep(marker, content);
        return true;
      case 0xC4:  // tables
      case 0xCC:
      case 0xDB:
      case 0xDD: return keep(marker, content);
      case 0xDA: return keep(marker, content) && scan();
      default: break;
    }
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8) {
      if (frame_ || content.size() < 6 || !fits(big16(content, 3), big16(content, 1))) return false;
      frame_ = true;
      return keep(marker, content);
    }
    return (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;  // left out; anything else is no picture of ours
  }

  bool keep(std::uint32_t marker, std::string_view content) {
    kept_ += '\xFF';
    kept_ += static_cast<char>(marker);
    kept_ += static_cast<char>((content.size() + 2) >> 8U);
    kept_ += static_cast<char>((content.size() + 2) & 255U);
    kept_ += content;
    return true;
  }

  // The picture's own bytes, up to the next marker that is none of theirs.
  bool scan() {
    if (!frame_ || ++scans_ > most_scans) return false;
    std::size_t end = at_;
    while (end < in_.size()) {
      end = in_.find('\xFF', end);
      if (end == in_.npos || end + 1 >= in_.size()) {
        end = in_.size();
        break;
      }
      const auto next = byte_at(in_, end + 1);
      if (next != 0 && (next < 0xD0 || next > 0xD7) && next != 0xFF) break;
      end += next == 0xFF ? 1 : 2;
    }
    kept_.append(in_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::string jfif_, kept_;
  int orientation_ = 1;
  int scans_ = 0;
  bool frame_ = false;
};

}  // namespace

std::optional<std::string> clean_jpeg(std::string_view in) { return jpeg_cleaner(in).cleaned(); }

// --- PNG -----------------------------------------------------------------------------------------------------------

namespace {

constexpr std::array png_kept = {"IHDR"sv, "PLTE"sv, "IDAT"sv, "tRNS"sv, "gAMA"sv, "cHRM"sv, "sRGB"sv,
                                 "sBIT"sv, "bKGD"sv, "pHYs"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};

std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

}  // namespace

std::optional<std::string> clean_png(std::string_view in) {
  constexpr auto mark = "\x89PNG\r\n\x1A\n"sv;
  if (!in.starts_with(mark)) return std::nullopt;
  std::string out(mark);
  out.reserve(in.size());
  int orientation = 1;
  bool picture = false;
  for (std::size_t at = mark.size(); in.size() - at >= 12;) {
    const std::size_t length = big32(in, at);
    if (length > in.size() - at - 12) return std::nullopt;
    const std::string_view name = in.substr(at + 4, 4), content = in.substr(at + 8, length);
    const std::string_view whole = in.substr(at, length + 12);
    const bool first = at == mark.size();
    at += whole.size();
    if (first != (name == "IHDR"sv)) return std::nullopt;
    if (first && (length != 13 || !fits(big32(content, 0), big32(content, 4)))) return std::nullopt;
    if (name == "IEND"sv) {
      if (!picture) return std::nullopt;
      if (orientation != 1) {
        const std::string chunk = "eXIf" + upright(orientation);
        put_big32(out, static_cast<std::uint32_t>(chunk.size() - 4));
        out += chunk;
        put_big32(out, checksum(chunk));
      }
      return out.append(whole);
    }
    if (name == "eXIf"sv) orientation = orientation_in(content);
    picture = picture || name == "IDAT"sv;
    const bool known = std::find(png_kept.begin(), png_kept.end(), name) != png_kept.end();
    if (known)
      out += whole;
    else if (name[0] >= 'A' && name[0] <= 'Z')
      return std::nullopt;  // without an unknown critical chunk it would be another picture
  }
  return std::nullopt;
}

// --- WebP ----------------------------------------------------------------------------------------------------------

namespace {

constexpr std::uint32_t webp_alpha = 0x10, webp_moving = 0x02, webp_exif = 0x08;

void put_chunk(std::string& out, std::string_view name, std::string_view content) {
  out += name;
  put_little32(out, static_cast<std::uint32_t>(content.size()));
  out += content;
  if (content.size() % 2 == 1) out += '\0';
}

// Calls `take(name, content)` for each chunk; false when they do not fit, or when it says so.
template <class Take>
bool each_chunk(std::string_view chunks, Take&& take) {
  while (chunks.size() >= 8) {
    const std::size_t length = little32(chunks, 4);
    if (length > chunks.size() - 8) return false;
    if (!take(chunks.substr(0, 4), chunks.substr(8, length))) return false;
    chunks.remove_prefix(std::min(8 + length + length % 2, chunks.size()));
  }
  return true;
}

bool is_image_chunk(std::string_view name) { return name == "VP8 "sv || name == "VP8L"sv || name == "ALPH"sv; }

}  // namespace

std::optional<std::string> clean_webp(std::string_view in) {
  if (in.size() < 20 || !in.starts_with("RIFF"sv) || in.substr(8, 4) != "WEBP"sv) return std::nullopt;
  const std::size_t length = little32(in, 4);
  if (length < 4 || length > in.size() - 8) return std::nullopt;
  std::string head, body;
  int orientation = 1;
  bool picture = false;
  const bool whole = each_chunk(in.substr(12, length - 4), [&](std::string_view name, std::string_view content) {
    if (name == "VP8X"sv) {
      if (content.size() != 10 || !head.empty()) return false;
      const auto side = [&](std::size_t at) { return 1 + (little16(content, at) | byte_at(content, at + 2) << 16U); };
      if (!fits(side(4), side(7))) return false;
      head = std::string(content);
      head[0] = static_cast<char>(byte_at(content, 0) & (webp_alpha | webp_moving));
    } else if (name == "EXIF"sv) {
      // Some writers put JPEG's mark before the block.
      orientation = orientation_in(content.starts_with("Exif\0\0"sv) ? content.substr(6) : content);
    } else if (name == "ANMF"sv) {
      if (content.size() < 16) return false;
      std::string frame(content.substr(0, 16));
      if (!each_chunk(content.substr(16), [&](std::string_view inner, std::string_view bytes) {
            if (is_image_chunk(inner)) put_chunk(frame, inner, bytes);
            return true;
          }))
        return false;
      put_chunk(body, name, frame);
      picture = true;
    } else if (is_image_chunk(name) || name == "ANIM"sv) {
      put_chunk(body, name, content);
      picture = picture || name != "ANIM"sv;
    }
    return true;
  });
  if (!whole || !picture) return std::nullopt;
  std::string chunks = "WEBP";
  if (!head.empty()) {
    if (orientation != 1) head[0] = static_cast<char>(byte_at(head, 0) | webp_exif);
    put_chunk(chunks, "VP8X", head);
  }
  chunks += body;
  if (!head.empty() && orientation != 1) put_chunk(chunks, "EXIF", upright(orientation));
  std::string out = "RIFF";
  put_little32(out, static_cast<std::uint32_t>(chunks.size()));
  return out.append(chunks);
}

}  // namespace handlers::media
