#include "config/area_pack.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "bot/written_moment.hpp"
#include "config/csv.hpp"
#include "config/outline_file.hpp"

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

std::vector<std::string> strings(const toml::node_view<const toml::node> node) {
  std::vector<std::string> out;
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& each : *list) {
      if (const auto text = each.value<std::string>()) out.push_back(*text);
    }
  }
  return out;
}

class loader {
 public:
  loader(const fs::path& dir, std::vector<std::string>& faults) : dir_(dir), faults_(faults) {}

  areas run() {
    shared_words();
    std::vector<fs::path> folders;
    std::error_code none;
    for (const auto& each : fs::directory_iterator(dir_, none)) {
      if (each.is_directory()) folders.push_back(each.path());
    }
    std::sort(folders.begin(), folders.end());
    if (folders.empty()) faults_.push_back(fmt::format("{}: no area pack", dir_.string()));
    for (const fs::path& folder : folders) pack(folder);
    check_whole();
    geo::atlas map(std::move(source_));
    geo::unit_register units(map, std::move(units_), std::move(jurisdictions_), fallback_);
    return {std::move(map), std::move(units), std::move(packs_)};
  }

 private:
  void fault(std::string text) { faults_.push_back(std::move(text)); }

  std::optional<toml::table> toml_file(const fs::path& file, const std::string& name) {
    const auto text = text_of(file);
    if (!text) {
      fault(name + ": missing");
      return std::nullopt;
    }
    try {
      return toml::parse(*text, name);
    } catch (const toml::parse_error& e) {
      fault(fmt::format("{}:{}: {}", name, e.source().begin.line, e.description()));
      return std::nullopt;
    }
  }

  void shared_words() {
    if (const auto words = toml_file(dir_ / "words.toml", "words.toml")) {
      geo::place_words& to = source_.words;
      const std::pair<std::string_view, std::vector<std::string>*> lists[] = {{"urban_ward", &to.urban_ward},
                                                                              {"rural_ward", &to.rural_ward},
                                                                              {"district", &to.district},
                                                                              {"city", &to.city},
                                                                              {"regency", &to.regency},
                                                                              {"hamlet", &to.hamlet},
                                                                              {"at", &to.at},
                                                                              {"beside", &to.beside},
                                                                              {"road", &to.road},
                                                                              {"from", &to.from},
                                                                              {"towards", &to.towards},
                                                                              {"denial", &to.denial},
                                                                              {"correction", &to.correction},
                                                                              {"meant", &to.meant},
                                                                              {"happens", &to.happens},
                                                                              {"border", &to.border},
                                                                              {"also", &to.also},
                                                                              {"needs_cue", &to.needs_cue},
                                                                              {"needs_type", &to.needs_type}};
      for (const auto& [key, list] : lists) {
        *list = strings((*words)[key]);
        if (list->empty()) fault(fmt::format("words.toml: {} is missing or empty", key));
      }
    }
    if (const auto far = toml_file(dir_ / "elsewhere.toml", "elsewhere.toml")) {
      far_names_ = strings((*far)["names"]);
      source_.home = strings((*far)["home"]);
      if (far_names_.empty()) fault("elsewhere.toml: names is missing or empty");
    }
  }

  void pack(const fs::path& folder) {
    folder_ = folder;
    name_ = folder.filename().string();
    wards();
    header();
    aliases();
    stations();
    ward_stations();
    jurisdictions();
    landmarks();
    outlines();
  }

  csv_table open(const std::string& file, std::vector<std::string_view> columns, bool required = true) {
    return {folder_ / file, name_ + "/" + file, std::move(columns), required, faults_};
  }

  void header() {
    const std::string name = name_ + "/area.toml";
    const auto file = toml_file(folder_ / "area.toml", name);
    if (!file) return;
    area_pack fresh{(*file)["name"].value_or<std::string>(""), (*file)["zone"].value_or<std::string>(""),
                    (*file)["attribution"].value_or<std::string>("")};
    const auto fallback = (*file)["fallback"].value_or<std::string>("");
    if (fresh.name.empty()) fault(name + ": no name");
    if (fresh.zone.empty()) fault(name + ": no zone");
    if (fresh.attribution.empty()) fault(name + ": no attribution");
    if (fallback.empty()) fault(name + ": no fallback unit");
    if (fallback_.empty()) fallback_ = fallback;
    fallbacks_.emplace_back(name, fallback);
    packs_.push_back(std::move(fresh));
    const toml::array* lists = (*file)["short_name"].as_array();
    for (std::size_t i = 0; lists != nullptr && i < lists->size(); ++i) {
      const toml::node_view<const toml::node> entry((*lists)[i]);
      for (const std::string& code : strings(entry["codes"])) {
        if (!codes_.contains(code)) fault(fmt::format("{}: unknown area {}", name, code));
        for (const std::string& text : strings(entry["names"])) source_.aliases.push_back({code, text});
      }
    }
  }

  bool add_area(std::string_view code, std::string_view name, geo::level at, bool urban) {
    const auto [known, fresh] = codes_.emplace(std::string(code), std::string(name));
    if (fresh) source_.areas.push_back({std::string(code), std::string(name), at, urban, geo::no_area});
    return fresh || (at != geo::level::ward && known->second == name);
  }

  void wards() {
    csv_table rows =
        open("wards.csv", {"code", "name", "type", "kecamatan_code", "kecamatan_name", "kota_code", "kota_name"});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (!ward_code(c[0])) return rows.fault(line, fmt::format("{} is no ward code", c[0]));
      if (c[3] != c[0].substr(0, 8)) return rows.fault(line, fmt::format("{} does not lie in {}", c[0], c[3]));
      if (c[5] != c[0].substr(0, 5)) return rows.fault(line, fmt::format("{} does not lie in {}", c[0], c[5]));
      if (c[2] != "kelurahan" && c[2] != "desa") return rows.fault(line, fmt::format("{} is no type of ward", c[2]));
      if (c[1].empty() || c[4].empty() || c[6].empty()) return rows.fault(line, "a name is empty");
      if (!add_area(c[5], c[6], geo::level::city, c[6].starts_with("Kota "))) {
        rows.fault(line, fmt::format("{} has two names", c[5]));
      }
      if (!add_area(c[3], c[4], geo::level::district, false)) rows.fault(line, fmt::format("{} has two names", c[3]));
      if (!add_area(c[0], c[1], geo::level::ward, c[2] == "kelurahan")) {
        rows.fault(line, fmt::format("duplicate code {}", c[0]));
      }
    });
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
    csv_table rows = open("aliases.csv", {"code", "alias"});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (c[1].empty()) return rows.fault(line, "an alias is empty");
      if (known_area(rows, c[0], line)) source_.aliases.push_back({std::string(c[0]), std::string(c[1])});
    });
  }

  // A unit above several packs (the Polda) stands in each of them, with the same row.
  void stations() {
    csv_table rows = open("stations.csv", {"code", "type", "name", "parent", "investigates", "confidence", "source"});
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
      if (fresh.parent.empty() && fresh.kind != geo::unit_kind::polda)
        rows.fault(line, fmt::format("{} has no parent", c[0]));
      const auto [at, first] = unit_at_.emplace(fresh.code, units_.size());
      if (first) {
        units_.push_back(std::move(fresh));
      } else if (const geo::unit& same = units_[at->second];
                 same.kind == geo::unit_kind::polsek || same.name != fresh.name || same.parent != fresh.parent) {
        rows.fault(line, fmt::format("duplicate unit {}", fresh.code));
      }
    });
  }

  void ward_stations() {
    csv_table rows = open("ward-stations.csv",
                          {"ward_code", "polsek_code", "polsek_confidence", "polres_code", "polres_confidence"});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      const geo::confidence polsek = confidence_of(rows, c[2], line);
      const geo::confidence polres = confidence_of(rows, c[4], line);
      if (!known_area(rows, c[0], line) || !known_unit(rows, c[1], line) || !known_unit(rows, c[3], line)) return;
      const geo::unit& station = units_[unit_at_[std::string(c[1])]];
      if (station.parent != c[3]) rows.fault(line, fmt::format("{} is not under {}", c[1], c[3]));
      if (!served_.insert(std::string(c[0])).second) return rows.fault(line, fmt::format("duplicate ward {}", c[0]));
      geo::jurisdiction fresh;
      fresh.area = c[0];
      fresh.unit = c[1];
      fresh.sure = std::min({polsek, polres, station.sure});
      fresh.source = station.source;
      jurisdictions_.push_back(std::move(fresh));
    });
  }

  void jurisdictions() {
    csv_table rows =
        open("jurisdictions.csv",
             {"area_code", "service", "unit_code", "valid_from", "valid_until", "confidence", "source"}, false);
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (!known_area(rows, c[0], line) || !known_unit(rows, c[2], line)) return;
      geo::jurisdiction fresh;
      fresh.area = c[0];
      fresh.service = c[1];
      fresh.unit = c[2];
      fresh.sure = confidence_of(rows, c[5], line);
      fresh.source = c[6];
      const auto from = bot::read_day(c[3]);
      const auto until = bot::read_day(c[4]);
      if ((!from && !c[3].empty()) || (!until && !c[4].empty())) return rows.fault(line, "a date is not YYYY-MM-DD");
      if (from) fresh.from = *from;
      if (until) fresh.until = *until;
      if (fresh.until <= fresh.from) return rows.fault(line, "valid_until is not after valid_from");
      jurisdictions_.push_back(std::move(fresh));
    });
  }

  void landmarks() {
    csv_table rows = open("landmarks.csv", {"name", "aliases", "code", "confidence"});
    rows.each([&](const std::vector<std::string_view>& c, std::size_t line) {
      if (c[0].empty()) return rows.fault(line, "a name is empty");
      if (!known_area(rows, c[2], line)) return;
      source_.landmarks.push_back({std::string(c[0]), split_list(c[1], ';'), std::string(c[2]),
                                   confidence_of(rows, c[3], line) == geo::confidence::verified});
    });
  }

  void outlines() {
    const std::string name = name_ + "/outlines.geojson";
    const auto text = text_of(folder_ / "outlines.geojson");
    if (!text) return fault(name + ": missing");
    for (geo::outline& each : parse_outlines(*text, name, faults_)) {
      if (each.code.empty()) continue;
      if (!codes_.contains(each.code)) {
        fault(fmt::format("{}: unknown area {}", name, each.code));
        continue;
      }
      for (const auto& polygon : each.polygons) {
        if (const std::string wrong = geo::fault_of(polygon); !wrong.empty()) {
          fault(fmt::format("{}: {}: {}", name, each.code, wrong));
        }
      }
      outlined_.insert(each.code);
      source_.outlines.push_back(std::move(each));
    }
  }

  void check_whole() {
    for (const geo::area& each : source_.areas) {
      if (each.at != geo::level::ward) continue;
      if (!served_.contains(each.code))
        fault(fmt::format("{} {}: no station in ward-stations.csv", each.code, each.name));
      if (!outlined_.contains(each.code)) fault(fmt::format("{} {}: no outline", each.code, each.name));
    }
    for (geo::unit& each : units_) {
      if (each.parent.empty()) continue;
      const auto parent = unit_at_.find(each.parent);
      if (parent == unit_at_.end()) {
        fault(fmt::format("{}: unknown parent {}", each.code, each.parent));
      } else if (units_[parent->second].kind >= each.kind) {
        fault(fmt::format("{}: parent {} is not above it", each.code, each.parent));
        each.parent.clear();
      }
    }
    for (const auto& [where, code] : fallbacks_) {
      if (!code.empty() && !unit_at_.contains(code)) fault(fmt::format("{}: unknown fallback unit {}", where, code));
    }
    // A pack that serves a city takes it off the list of those elsewhere.
    std::set<std::string> served;
    for (const geo::area& each : source_.areas) {
      if (each.at == geo::level::city) served.insert(each.name.substr(each.name.find(' ') + 1));
    }
    for (std::string& each : far_names_) {
      if (!served.contains(each)) source_.elsewhere.push_back(std::move(each));
    }
  }

  fs::path dir_;
  std::vector<std::string>& faults_;
  fs::path folder_;
  std::string name_;
  geo::atlas_source source_;
  std::vector<std::string> far_names_;
  std::map<std::string, std::string> codes_;  // code -> name
  std::vector<geo::unit> units_;
  std::map<std::string, std::size_t> unit_at_;
  std::vector<std::pair<std::string, std::string>> fallbacks_;  // where it was said, code
  std::vector<geo::jurisdiction> jurisdictions_;
  std::set<std::string> served_;
  std::set<std::string> outlined_;
  std::string fallback_;
  std::vector<area_pack> packs_;
};

}  // namespace

areas load_areas(const fs::path& dir, std::vector<std::string>& faults) { return loader(dir, faults).run(); }

}  // namespace config
