#include "handlers/media/judgement.hpp"

#include <algorithm>
#include <array>

#include "handlers/media/bytes.hpp"
#include "handlers/media/films.hpp"
#include "handlers/media/pictures.hpp"

namespace handlers::media {
namespace {

using namespace std::string_view_literals;
using kind = bot::said::media::kind;

enum class sense : std::uint8_t { picture, film, sound, paper };

struct file_format {
  const char* type;
  const char* ending;
  sense what;
  bool shown;
};
constexpr file_format jpeg{"image/jpeg", "jpg", sense::picture, true};
constexpr file_format png{"image/png", "png", sense::picture, true};
constexpr file_format webp{"image/webp", "webp", sense::picture, true};
constexpr file_format gif{"image/gif", "gif", sense::picture, false};
constexpr file_format heic{"image/heic", "heic", sense::picture, false};
constexpr file_format mp4{"video/mp4", "mp4", sense::film, true};
constexpr file_format threegp{"video/3gpp", "3gp", sense::film, true};
constexpr file_format webm{"video/webm", "webm", sense::film, true};
constexpr file_format ogg{"audio/ogg", "ogg", sense::sound, true};
constexpr file_format mp3{"audio/mpeg", "mp3", sense::sound, true};
constexpr file_format aac{"audio/aac", "aac", sense::sound, true};
constexpr file_format amr{"audio/amr", "amr", sense::sound, true};
constexpr file_format wav{"audio/wav", "wav", sense::sound, true};
constexpr file_format m4a{"audio/mp4", "m4a", sense::sound, true};
constexpr file_format weba{"audio/webm", "weba", sense::sound, true};
constexpr file_format pdf{"application/pdf", "pdf", sense::paper, false};

constexpr std::array still_brands = {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv,
                                     "mif1"sv, "msf1"sv, "avif"sv, "avis"sv};

// Containers that hold a film or a sound alike are what the sender says.
const file_format* format_of(std::string_view b, bool as_sound) {
  const auto at = [&](std::size_t from, std::string_view mark) {
    return b.size() >= from + mark.size() && b.substr(from, mark.size()) == mark;
  };
  if (at(0, "\xFF\xD8\xFF"sv)) return &jpeg;
  if (at(0, "\x89PNG\r\n\x1A\n"sv)) return &png;
  if (at(0, "RIFF"sv) && at(8, "WEBP"sv)) return &webp;
  if (at(0, "RIFF"sv) && at(8, "WAVE"sv)) return &wav;
  if (at(0, "GIF87a"sv) || at(0, "GIF89a"sv)) return &gif;
  if (at(0, "OggS"sv)) return &ogg;
  if (at(0, "#!AMR"sv)) return &amr;
  if (at(0, "%PDF-"sv)) return &pdf;
  if (at(0, "\x1A\x45\xDF\xA3"sv)) return as_sound ? &weba : &webm;
  if (at(4, "ftyp"sv) && b.size() >= 12) {
    const auto brand = b.substr(8, 4);
    if (std::find(still_brands.begin(), still_brands.end(), brand) != still_brands.end()) return &heic;
    if (as_sound || brand.starts_with("M4A"sv) || brand.starts_with("M4B"sv)) return &m4a;
    return brand.starts_with("3g"sv) ? &threegp : &mp4;
  }
  if (at(0, "ID3"sv)) return &mp3;
  if (b.size() >= 2 && byte_at(b, 0) == 0xFF) {
    const auto second = byte_at(b, 1);
    if ((second & 0xF6U) == 0xF0) return &aac;  // ADTS
    if ((second & 0xE0U) == 0xE0 && (second & 0x06U) != 0 && (second & 0x18U) != 0x08) return &mp3;
  }
  return nullptr;
}

bool allowed(kind claimed, sense found) {
  switch (claimed) {
    case kind::photo: return found == sense::picture;
    case kind::video: return found == sense::film;
    case kind::voice:
    case kind::audio: return found == sense::sound;
    case kind::document: return true;
    case kind::sticker: break;
  }
  return false;
}

kind kind_of(sense found, kind claimed) {
  switch (found) {
    case sense::picture: return kind::photo;
    case sense::film: return kind::video;
    case sense::sound: return claimed == kind::voice ? kind::voice : kind::audio;
    case sense::paper: break;
  }
  return kind::document;
}

// Tags before and behind the sound.
std::string clean_mp3(std::string_view b) {
  if (b.size() >= 10 && b.starts_with("ID3"sv)) {
    const std::size_t length = (byte_at(b, 6) & 127U) << 21U | (byte_at(b, 7) & 127U) << 14U |
                               (byte_at(b, 8) & 127U) << 7U | (byte_at(b, 9) & 127U);
    b.remove_prefix(std::min(b.size(), 10 + length));
  }
  if (b.size() >= 128 && b.substr(b.size() - 128).starts_with("TAG"sv)) b.remove_suffix(128);
  return std::string(b);
}

}  // namespace

judgement judge(std::string_view bytes, kind claimed) {
  judgement j;
  const bool as_sound = claimed == kind::voice || claimed == kind::audio;
  const file_format* found = format_of(bytes, as_sound);
  if (bytes.empty())
    j.refused = "empty";
  else if (found == nullptr)
    j.refused = "unknown_type";
  else if (!allowed(claimed, found->what))
    j.refused = "wrong_type";
  else if (found->shown && !cleaned(bytes, found->type))
    j.refused = "damaged";
  if (!j.refused.empty()) return j;
  j.what = kind_of(found->what, claimed);
  j.type = found->type;
  j.ending = found->ending;
  j.shown = found->shown;
  return j;
}

std::optional<std::string> cleaned(std::string_view bytes, std::string_view type) {
  if (type == jpeg.type) return clean_jpeg(bytes);
  if (type == png.type) return clean_png(bytes);
  if (type == webp.type) return clean_webp(bytes);
  if (type == mp4.type || type == threegp.type || type == m4a.type) return clean_film(bytes);
  if (type == mp3.type) return clean_mp3(bytes);
  for (const auto* as_it_is : {&webm, &ogg, &aac, &amr, &wav, &weba})
    if (type == as_it_is->type) return std::string(bytes);
  return std::nullopt;
}

}  // namespace handlers::media
