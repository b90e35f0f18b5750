// Small files made by hand, each with what a phone would write into it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace media_test {

using namespace std::string_literals;
using namespace std::string_view_literals;

inline std::string big(std::uint64_t n, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(n >> (8 * i) & 255U);
  return out;
}
inline std::string little(std::uint32_t n) {
  std::string out = big(n, 4);
  return {out.rbegin(), out.rend()};
}

// EXIF's block with an orientation and a word that must not be seen.
inline std::string tiff(int orientation, bool intel = false) {
  if (!intel)
    return std::string("MM\0*\0\0\0\x08\0\x02"sv) + std::string("\x01\x12\0\x03\0\0\0\x01"sv) + big(orientation, 2) +
           std::string("\0\0"sv) + std::string("\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"sv) + "GPS-LAT-7.65";
  return std::string("II*\0\x08\0\0\0\x01\0"sv) + std::string("\x12\x01\x03\0\x01\0\0\0"sv) +
         static_cast<char>(orientation) + std::string("\0\0\0"sv) + "GPS-LAT-7.65";
}

inline std::string segment(int marker, std::string_view content) {
  return std::string("\xFF"sv) + static_cast<char>(marker) + big(content.size() + 2, 2) + std::string(content);
}

struct jpeg_parts {
  int width = 64, height = 48;
  int orientation = 6;
  int scans = 1;
  bool end = true;
  std::string_view behind = {};
};

inline const std::string& pixels() {
  static const std::string all("\x12\x34\xFF\0\x56\xFF\xD0\x78\x9A"sv);  // a stuffed byte and a restart within
  return all;
}

inline std::string jpeg(const jpeg_parts& p = {}) {
  std::string out("\xFF\xD8"sv);
  out += segment(0xE0, "JFIF\0\x01\x01\0\0\x48\0\x48\x01\x01THUMB"sv);
  out += segment(0xE1, std::string("Exif\0\0"sv) + tiff(p.orientation));
  out += segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Wulandari</x:xmpmeta>"sv);
  out += segment(0xE2, "ICC_PROFILE\0 camera of Wulandari"sv);
  out += segment(0xED, "Photoshop 3.0\0IPTC Gadingrejo"sv);
  out += segment(0xEE, "Adobe\0\x64\0\0\0\0\x01"sv);
  out += segment(0xFE, "a comment");
  out += segment(0xDB, std::string(65, '\1'));
  out += segment(0xC2, "\x08"s + big(p.height, 2) + big(p.width, 2) + std::string("\x01\x01\x11\0"sv));
  out += segment(0xC4, std::string(20, '\2'));
  for (int i = 0; i < p.scans; ++i) out += segment(0xDA, "\x01\x01\0\0\x3F\0"sv) + pixels();
  if (p.end) out += "\xFF\xD9";
  return out + std::string(p.behind);
}

inline std::string png_chunk(std::string_view name, std::string_view content) {
  return big(content.size(), 4) + std::string(name) + std::string(content) + "CRC.";
}

inline std::string png(std::uint32_t width = 64, std::uint32_t height = 48) {
  return std::string("\x89PNG\r\n\x1A\n"sv) +
         png_chunk("IHDR", big(width, 4) + big(height, 4) + std::string("\x08\x02\0\0\0"sv)) +
         png_chunk("tEXt", "Author\0Wulandari"sv) + png_chunk("iTXt", "XML:com.adobe.xmp Gadingrejo") +
         png_chunk("pHYs", std::string(9, '\1')) + png_chunk("eXIf", tiff(8, true)) + png_chunk("tIME", "1234567") +
         png_chunk("IDAT", "pixels of it") + png_chunk("zTXt", "more") + png_chunk("IEND", "");
}

inline std::string riff_chunk(std::string_view name, std::string_view content) {
  return std::string(name) + little(static_cast<std::uint32_t>(content.size())) + std::string(content) +
         (content.size() % 2 == 1 ? std::string(1, '\0') : "");
}

inline std::string webp(std::string_view more = {}) {
  const std::string chunks = "WEBP" + riff_chunk("VP8X", "\x3C\0\0\0\x3F\0\0\x2F\0\0"sv) +
                             riff_chunk("ICCP", "camera of Wulandari") + riff_chunk("VP8 ", "pixels of it") +
                             riff_chunk("EXIF", tiff(3)) + riff_chunk("XMP ", "Gadingrejo") + std::string(more);
  return "RIFF" + little(static_cast<std::uint32_t>(chunks.size())) + chunks;
}

inline std::string box(std::string_view name, std::string_view content) {
  return big(content.size() + 8, 4) + std::string(name) + std::string(content);
}

inline std::string film(std::string_view brand = "isom") {
  return box("ftyp", std::string(brand) + big(512, 4)) +
         box("moov", box("mvhd", "times") + box("udta", box("\xA9xyz", "+07.65-112.9 Gadingrejo")) +
                         box("trak", box("tkhd", "sizes") + box("meta", "Wulandari")) + box("meta", "iPhone of W")) +
         box("uuid", "1234567890123456Wulandari") + box("mdat", "pixels of it");
}

inline std::string voice() { return "OggS" + std::string(60, '\1') + "OpusHead"; }

}  // namespace media_test
