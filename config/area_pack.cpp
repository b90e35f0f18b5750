#include "config/area_pack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "bot/conversation/perception.hpp"
#include "bot/written_moment.hpp"
#include "config/area_words.hpp"
#include "config/csv.hpp"
#include "config/outline_file.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace geo = bot::geography;
namespace fs = std::filesystem;

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "35.75.01.1003"
bool ward_code(std::string_view code) {
  return code.size() == 13 && code[2] == '.' && code[5] == '.' && code[8] == '.' && digits(code.substr(0, 2)) &&
         digits(code.substr(3, 2)) && digits(code.substr(6, 2)) && digits(code.substr(9));
}

// A long source in a few words: the decree that it quotes, else the site of its first address.
std::string shortened(std::string_view source) {
  if (const auto decree = source.find("(Kep "); decree != std::string_view::npos) {
    const std::string_view rest = source.substr(decree + 1);
    return std::string(rest.substr(0, rest.find_first_of(",)")));
  }
  std::string_view first = source.substr(0, source.find(" | "));
  if (const auto scheme = first.find("://"); scheme != std::string_view::npos) {
    first.remove_prefix(scheme + 3);
    first = first.substr(0, first.find('/'));
  }
  return std::string(first);
}

std::vector<std::string> split_list(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(at));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

// "POLSEK-GADINGREJO"
bool unit_code(std::string_view code) {
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// "report" and "event" are what the service itself asks for, the others what people come to a desk for; empty: all.
constexpr std::array<std::string_view, 7> services = {"", "report", "event", "skck", "sim", "stnk", "bpkb"};

std::optional<std::chrono::minutes> offset_of(std::string_view zone) {
  using std::chrono::hours;
  if (zone == "Asia/Jakarta" || zone == "Asia/Pontianak") return hours(7);
  if (zone == "Asia/Makassar") return hours(8);
  if (zone == "Asia/Jayapura") return hours(9);
  return std::nullopt;
}

class loader {
 public:
  loader(const fs::path& dir, std::vector<std::string>& faults, const word_known& ordinary)
      : dir_(dir), faults_(faults), ordinary_(ordinary) {}

  areas run() {
    source_.words = load_place_words(dir_ / "words.toml", faults_);
    far_places far = load_far_places(dir_ / "elsewhere.toml", faults_);
    source_.home = std::move(far.home);
    std::vector<fs::path> folders;
    std::error_code none;
    for (const auto& each : fs::directory_iterator(dir_, none)) {
      if (each.is_directory()) folders.push_back(each.path());
    }
    std::sort(folders.begin(), folders.end());
    if (folders.empty()) faults_.push_back(fmt::format("{}: no area pack", dir_.string()));
    for (const fs::path& folder : folders) pack(folder);
    check_whole();
    // A pack that serves a city takes it off the list of those elsewhere.
    std::set<std::string> served;
    for (const geo::area& each : source_.areas) {
      if (each.at == geo::level::city) served.insert(each.name.substr(each.name.find(' ') + 1));
    }
    for (std::string& each : far.names) {
      if (!served.contains(each)) source_.elsewhere.push_back(std::move(each));
    }
    geo::atlas map(std::move(source_));
    geo::unit_register units(map, std::move(units_), std::move(jurisdictions_), fallback_);
    return {std::move(map), std::move(units), std::move(packs_)};
  }

 private:
  void fault(const std::string& where, std::string_view what) { faults_.push_back(fmt::format("{}: {}", where, what)); }

  // A file that others rest on says itself what is wrong with it: what they miss by that would only hide it.
  void pack(const fs::path& folder) {
    folder_ = folder;
    packs_.push_back({});
    packs_.back().folder = folder.filename().string();
    if (!wards()) return;
    const bool units_read = stations();
    header(units_read);
    aliases();
    landmarks();
    if (!units_read || !ward_stations()) all_served_ = false;
    if (units_read) jurisdictions();
    if (!outlines()) all_outlined_ = false;
  }

  csv_table open(const std::string& file, csv_table::layout columns) {
    return {folder_ / file, std::move(columns), faults_};
  }

  void header(bool units_read) {
    const std::size_t before = faults_.size();
    rule_file file(folder_ / "area.toml", faults_);
    if (faults_.size() != before) return;
    rule_entry root = file.root();
    area_pack& fresh = packs_.back();
    fresh.name = root.text("name");
    fresh.zone = root.text("zone");
    fresh.attribution = root.text("attribution");
    root.text_if("source");
    const auto offset = offset_of(fresh.zone);
    fresh.utc_offset = offset.value_or(packs_.front().utc_offset);
    if (!offset && !fresh.zone.empty()) root.fault("zone", fmt::format("{} is no zone of Indonesia", fresh.zone));
    if (offset && *offset != packs_.front().utc_offset)
      root.fault("zone", "another clock than the packs before it: a service has one");
    const std::string fallback = root.text("fallback");
    if (!fallback.empty() && units_read && !unit_at_.contains(fallback))
      root.fault("fallback", fmt::format("unknown fallback unit {}", fallback));
    if (fallback_.empty()) fallback_ = fallback;
    for (rule_entry& each : root.tables("short_name")) {
      const auto names = each.texts("names");
      for (const std::string& code : each.texts("codes")) {
        if (!codes_.contains(code)) each.fault("codes", fmt::format("unknown area {}", code));
        for (const std::string& text : names) source_.aliases.push_back({code, text});
      }
      each.finish();
    }
    root.finish();
  }

  bool add_area(std::string_view code, std::string_view name, geo::level at, bool urban) {
    const auto [known, fresh] = codes_.emplace(std::string(code), std::string(name));
    if (fresh) source_.areas.push_back({std::string(code), std::string(name), at, urban, geo::no_area});
    return fresh || (at != geo::level::ward && known->second == name);
  }

  bool wards() {
    csv_table rows =
        open("wards.csv", {{"code", "name", "type", "kecamatan_code", "kecamatan_name", "kota_code", "kota_name"}});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (!ward_code(c[0])) return rows.fault(line, fmt::format("{} is no ward code", c[0]));
      if (c[3] != c[0].substr(0, 8)) return rows.fault(line, fmt::format("{} does not lie in {}", c[0], c[3]));
      if (c[5] != c[0].substr(0, 5)) return rows.fault(line, fmt::format("{} does not lie in {}", c[0], c[5]));
      if (c[2] != "kelurahan" && c[2] != "desa") return rows.fault(line, fmt::format("{} is no type of ward", c[2]));
      if (c[1].empty() || c[4].empty() || c[6].empty()) return rows.fault(line, "a name is empty");
      auto& cities = packs_.back().cities;
      if (std::find(cities.begin(), cities.end(), c[5]) == cities.end()) cities.emplace_back(c[5]);
      if (!add_area(c[5], c[6], geo::level::city, c[6].starts_with("Kota "))) {
        rows.fault(line, fmt::format("{} has two names", c[5]));
      }
      if (!add_area(c[3], c[4], geo::level::district, false)) rows.fault(line, fmt::format("{} has two names", c[3]));
      if (!add_area(c[0], c[1], geo::level::ward, c[2] == "kelurahan")) {
        return rows.fault(line, fmt::format("duplicate code {}", c[0]));
      }
      ward_at_.emplace(c[0], rows.at(line));
    });
    return rows.sound();
  }

  // "rumah" in a list of names would make every "maling di rumah saya" a place.
  void check_name(csv_table& rows, std::string_view name, std::size_t line) {
    const std::string word = bot::folded(name);
    if (needs_company(source_.words, word)) return;
    if (is_small_word(source_.words, word) || (ordinary_ && ordinary_(word)))
      rows.fault(line, fmt::format("\"{}\" is an ordinary word: leave it out, or put it into needs_cue of {}", name,
                                   (dir_ / "words.toml").string()));
  }

  void source_told(csv_table& rows, std::string_view source, std::size_t line) {
    if (source.empty()) rows.fault(line, "source is empty: every row names where it was seen");
  }

  bool known_area(csv_table& rows, std::string_view code, std::size_t line) {
    if (codes_.contains(std::string(code))) return true;
    rows.fault(line, fmt::format("unknown area {}", code));
    return false;
  }

  bool known_unit(csv_table& rows, std::string_view code, std::size_t line) {
    if (unit_at_.contains(std::string(code))) return true;
    rows.fault(line, fmt::format("unknown unit {}", code));
    return false;
  }

  geo::confidence confidence_of(csv_table& rows, std::string_view word, std::size_t line) {
    if (word == "verified") return geo::confidence::verified;
    if (word != "inferred" && word != "unverified") rows.fault(line, fmt::format("{} is no confidence", word));
    return geo::confidence::unverified;
  }

  void aliases() {
    csv_table rows = open("aliases.csv", {{"code", "official_name", "alias", "source"}});
    std::map<std::pair<std::string, std::string>, std::size_t> seen;
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (c[2].empty()) return rows.fault(line, "an alias is empty");
      if (!known_area(rows, c[0], line)) return;
      const std::string code(c[0]);
      if (codes_[code] != c[1]) rows.fault(line, fmt::format("{} is {}, not \"{}\"", code, codes_[code], c[1]));
      const auto [first, fresh] = seen.emplace(std::pair(code, bot::folded(c[2])), line);
      if (!fresh) rows.fault(line, fmt::format("the alias \"{}\" stands in line {} too", c[2], first->second));
      source_told(rows, c[3], line);
      check_name(rows, c[2], line);
      source_.aliases.push_back({code, std::string(c[2])});
    });
  }

  // A unit above several packs (the Polda) stands in each of them, with the same row. Of one that no source was seen
  // for, the note says how it was inferred.
  bool stations() {
    csv_table rows = open("stations.csv", {{"code", "type", "name", "parent", "investigates", "confidence", "source"},
                                           {"covers_kecamatan_codes", "extra_ward_codes", "city", "address", "note"}});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      geo::unit fresh;
      fresh.code = c[0];
      fresh.name = c[2];
      fresh.parent = c[3];
      fresh.investigates = c[4] != "no";
      fresh.sure = confidence_of(rows, c[5], line);
      fresh.source = shortened(c[6]);
      if (c[1] == "polda") {
        fresh.kind = geo::unit_kind::polda;
      } else if (c[1] == "polres") {
        fresh.kind = geo::unit_kind::polres;
      } else if (c[1] != "polsek") {
        return rows.fault(line, fmt::format("{} is no type of unit", c[1]));
      }
      if (fresh.code.empty() || fresh.name.empty()) return rows.fault(line, "no code or name");
      if (!unit_code(fresh.code))
        rows.fault(line, fmt::format("\"{}\": a unit's code is capital letters, digits and hyphens", fresh.code));
      if (c[4] != "" && c[4] != "yes" && c[4] != "no")
        rows.fault(line, fmt::format("investigates is yes, no or empty, not \"{}\"", c[4]));
      if (fresh.sure == geo::confidence::verified || c[11].empty()) source_told(rows, c[6], line);
      if (fresh.parent.empty() && fresh.kind != geo::unit_kind::polda)
        rows.fault(line, fmt::format("{} has no parent", c[0]));
      for (const std::string_view list : {c[7], c[8]})
        for (std::string& code : split_list(list, ' ')) covered_.emplace_back(rows.at(line), std::move(code));
      const auto [at, first] = unit_at_.emplace(fresh.code, units_.size());
      if (first) {
        units_.push_back(std::move(fresh));
        unit_told_.push_back(rows.at(line));
      } else if (const geo::unit& same = units_[at->second];
                 same.kind == geo::unit_kind::polsek || same.name != fresh.name || same.parent != fresh.parent) {
        rows.fault(line, fmt::format("duplicate unit {}", fresh.code));
      }
    });
    return rows.sound();
  }

  bool ward_stations() {
    csv_table rows = open("ward-stations.csv",
                          {{"ward_code", "polsek_code", "polsek_confidence", "polres_code", "polres_confidence"}});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      const geo::confidence polsek = confidence_of(rows, c[2], line);
      const geo::confidence polres = confidence_of(rows, c[4], line);
      if (!known_area(rows, c[0], line)) return;
      const bool first = served_.insert(std::string(c[0])).second;
      if (!first) rows.fault(line, fmt::format("duplicate ward {}", c[0]));
      if (!known_unit(rows, c[1], line) || !known_unit(rows, c[3], line) || !first) return;
      const geo::unit& station = units_[unit_at_[std::string(c[1])]];
      if (station.parent != c[3]) rows.fault(line, fmt::format("{} is not under {}", c[1], c[3]));
      geo::jurisdiction fresh;
      fresh.area = c[0];
      fresh.unit = c[1];
      fresh.sure = std::min({polsek, polres, station.sure});
      fresh.source = station.source;
      jurisdictions_.push_back(std::move(fresh));
    });
    return rows.sound();
  }

  void jurisdictions() {
    csv_table rows =
        open("jurisdictions.csv",
             {.columns = {"area_code", "service", "unit_code", "valid_from", "valid_until", "confidence", "source"},
              .may_be_missing = true});
    std::map<std::tuple<std::string, std::string, geo::day>, std::size_t> seen;
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (!known_area(rows, c[0], line) || !known_unit(rows, c[2], line)) return;
      geo::jurisdiction fresh;
      fresh.area = c[0];
      fresh.service = c[1];
      fresh.unit = c[2];
      fresh.sure = confidence_of(rows, c[5], line);
      fresh.source = c[6];
      if (std::find(services.begin(), services.end(), c[1]) == services.end())
        rows.fault(line, fmt::format("{} is no service: {} or nothing for all", c[1],
                                     fmt::join(services.begin() + 1, services.end(), ", ")));
      source_told(rows, c[6], line);
      const auto from = bot::read_day(c[3]);
      const auto until = bot::read_day(c[4]);
      if ((!from && !c[3].empty()) || (!until && !c[4].empty())) return rows.fault(line, "a date is not YYYY-MM-DD");
      if (from) fresh.from = *from;
      if (until) fresh.until = *until;
      if (fresh.until <= fresh.from) return rows.fault(line, "valid_until is not after valid_from");
      const auto [first, is_first] = seen.emplace(std::tuple(fresh.area, fresh.service, fresh.from), line);
      if (!is_first)
        rows.fault(line, fmt::format("this row and line {} hold from the same day for the same area and service",
                                     first->second));
      jurisdictions_.push_back(std::move(fresh));
    });
  }

  void landmarks() {
    csv_table rows = open("landmarks.csv", {{"name", "aliases", "code", "confidence", "source"}});
    std::map<std::string, std::size_t> seen;
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (c[0].empty()) return rows.fault(line, "a name is empty");
      if (!known_area(rows, c[2], line)) return;
      std::vector<std::string> names = split_list(c[1], ';');
      names.emplace_back(c[0]);
      for (const std::string& name : names) {
        const auto [first, fresh] = seen.emplace(bot::folded(name), line);
        if (!fresh) rows.fault(line, fmt::format("the landmark \"{}\" stands in line {} too", name, first->second));
        check_name(rows, name, line);
      }
      names.pop_back();
      source_told(rows, c[4], line);
      source_.landmarks.push_back({std::string(c[0]), std::move(names), std::string(c[2]),
                                   confidence_of(rows, c[3], line) == geo::confidence::verified});
    });
  }

  bool outlines() {
    const std::string name = (folder_ / "outlines.geojson").string();
    const auto text = text_of(folder_ / "outlines.geojson");
    if (!text) return fault(name, "missing"), false;
    auto read = parse_outlines(*text, name, faults_);
    if (!read) return false;
    for (geo::outline& each : *read) {
      if (each.code.empty()) continue;
      if (!codes_.contains(each.code)) {
        fault(name, fmt::format("unknown area {}", each.code));
        continue;
      }
      for (const auto& polygon : each.polygons) {
        if (const std::string wrong = geo::fault_of(polygon); !wrong.empty()) {
          fault(name, fmt::format("{}: {}", each.code, wrong));
        }
      }
      outlined_.insert(each.code);
      source_.outlines.push_back(std::move(each));
    }
    return true;
  }

  void check_whole() {
    for (const geo::area& each : source_.areas) {
      if (each.at != geo::level::ward) continue;
      if (all_served_ && !served_.contains(each.code))
        fault(ward_at_[each.code], fmt::format("{} {}: no station in ward-stations.csv", each.code, each.name));
      if (all_outlined_ && !outlined_.contains(each.code))
        fault(ward_at_[each.code], fmt::format("{} {}: no outline in outlines.geojson", each.code, each.name));
    }
    for (std::size_t i = 0; i < units_.size(); ++i) {
      geo::unit& each = units_[i];
      if (each.parent.empty()) continue;
      const auto parent = unit_at_.find(each.parent);
      if (parent == unit_at_.end()) {
        fault(unit_told_[i], fmt::format("{}: unknown parent {}", each.code, each.parent));
      } else if (units_[parent->second].kind >= each.kind) {
        fault(unit_told_[i], fmt::format("{}: parent {} is not above it", each.code, each.parent));
        each.parent.clear();
      }
    }
    for (const auto& [where, code] : covered_)
      if (!codes_.contains(code)) fault(where, fmt::format("unknown area {}", code));
  }

  fs::path dir_;
  std::vector<std::string>& faults_;
  const word_known& ordinary_;
  fs::path folder_;
  geo::atlas_source source_;
  std::map<std::string, std::string> codes_;    // code -> name
  std::map<std::string, std::string> ward_at_;  // code -> path and line
  std::vector<geo::unit> units_;
  std::vector<std::string> unit_told_;  // path and line of each
  std::map<std::string, std::size_t> unit_at_;
  std::vector<std::pair<std::string, std::string>> covered_;  // path and line, code
  std::vector<geo::jurisdiction> jurisdictions_;
  std::set<std::string> served_;
  std::set<std::string> outlined_;
  bool all_served_ = true, all_outlined_ = true;  // as far as the files could be read
  std::string fallback_;
  std::vector<area_pack> packs_;
};

}  // namespace

areas load_areas(const fs::path& dir, std::vector<std::string>& faults, const word_known& ordinary) {
  return loader(dir, faults, ordinary).run();
}

std::chrono::minutes clock_of(const std::vector<area_pack>& packs) {
  return packs.empty() ? std::chrono::minutes(0) : packs.front().utc_offset;
}

std::vector<std::string> codes_in_area(const areas& all, std::string_view name) {
  for (const area_pack& each : all.packs)
    if (each.folder == name) return each.cities;
  if (all.map.find(name) != geo::no_area) return {std::string(name)};
  return {};
}

}  // namespace config
