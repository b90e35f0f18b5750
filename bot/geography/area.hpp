// What an atlas is built from: plain values, as a loader reads them from the area packs. Codes are Kemendagri codes
// ("35.75.01.1003"); the code of a parent is the code of its child without the last group.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bot::geography {

using area_id = std::uint32_t;  // index into the atlas, which is sorted by code
inline constexpr area_id no_area = 0xffffffff;

enum class level : std::uint8_t { province, city, district, ward };  // city: kota or kabupaten; district: kecamatan

struct area {
  std::string code;
  std::string name;
  level at = level::ward;
  bool urban = false;        // kelurahan (not desa), kota (not kabupaten)
  area_id parent = no_area;  // set by the atlas
};

// WGS84 degrees.
struct point {
  double longitude = 0;
  double latitude = 0;
};

using ring = std::vector<point>;

// The first ring of a polygon is its outside, the others are holes.
struct outline {
  std::string code;  // of a ward, or of a district for land that belongs to no ward
  std::vector<std::vector<ring>> polygons;
};

struct alias {
  std::string code;
  std::string name;
};

// A place that people name. `code` is the narrowest area that is known to hold it.
struct landmark {
  std::string name;
  std::vector<std::string> aliases;
  std::string code;
  bool verified = false;
};

// The small words around a name, all folded as `language::split` folds them.
struct place_words {
  std::vector<std::string> urban_ward, rural_ward, district, city, regency,
      hamlet;                           // "kel", "desa", "kec", "kota", "kab", "dusun"
  std::vector<std::string> at;          // "di", "nang": the place itself
  std::vector<std::string> beside;      // "pasar", "depan": a name follows
  std::vector<std::string> road;        // "jl", "gang": may be no more than a street name
  std::vector<std::string> from;        // "dari", "warga": not where it happens when another place is named
  std::vector<std::string> towards;     // "arah", "menuju"
  std::vector<std::string> denial;      // "bukan"
  std::vector<std::string> correction;  // "eh", "ralat": what follows replaces what came before
  std::vector<std::string> meant;       // "maksudnya": the name beside it replaces all others
  std::vector<std::string> happens;     // "ada", "onok": a name before it at the start of a message is the place
  std::vector<std::string> border;      // "perbatasan": a city elsewhere in the same breath is only the other side
  std::vector<std::string> also;        // "dan": two places, not one within the other
  std::vector<std::string> needs_cue;   // names that are ordinary words: count only after a word like the above
  std::vector<std::string> needs_type;  // … only after "kel", "desa", …, or beside the district that holds them
};

struct atlas_source {
  std::vector<area> areas;
  std::vector<alias> aliases;
  std::vector<landmark> landmarks;
  std::vector<outline> outlines;
  std::vector<std::string> elsewhere;  // names of cities and provinces that are not in the atlas
  std::vector<std::string> home;       // names that hold all of it ("jawa timur"): they say nothing
  place_words words;
};

}  // namespace bot::geography
