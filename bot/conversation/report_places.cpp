// Where it happens: from words, a list or a pin to the wards that are left.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/report_talk.hpp"

namespace bot {

void report_talk::take_places(const geography::routing_decision& found) {
  if (found.ward_codes.empty()) return;
  set("place", joined(found.ward_codes));
  set("place_open", found.status == geography::routing_status::certain ? "" : "yes");
  set("outside", "");
}

std::optional<geography::routing_decision> report_talk::pinned_as(std::string_view kind, std::string_view level) const {
  const std::string pin = slot("pin");
  const auto comma = pin.find(',');
  if (comma == std::string::npos) return std::nullopt;
  return cases::place_pin(std::stod(pin.substr(0, comma)), std::stod(pin.substr(comma + 1)), kind, level, world_);
}

geography::routing_decision report_talk::placement_now() const { return placement_as(kind(), slot("level")); }

geography::routing_decision report_talk::placement_as(std::string_view kind, std::string_view level) const {
  const auto codes = parted(slot("place"));
  if (auto found = pinned_as(kind, level); found && (codes.empty() || found->ward_codes == codes))
    return *std::move(found);
  return cases::place_case(codes, kind, level, world_);
}

bool report_talk::tries_place(const perception& p) const {
  constexpr auto leads = geography::cue_types | geography::cue_at | geography::cue_beside | geography::cue_road |
                         geography::cue_from | geography::cue_towards;
  return std::any_of(p.words.begin(), p.words.end(),
                     [&](const language::word& one) { return (world_.book.atlas.cues_of(one.folded) & leads) != 0; });
}

// "2" picks from the list of places that was shown.
bool report_talk::pick_place(const perception& p) {
  if (slot("place_open").empty() || p.words.size() != 1 || p.words[0].what != language::word::kind::number ||
      p.words[0].folded.size() > 2)
    return false;
  const auto codes = parted(slot("place"));
  const auto n = std::stoul(p.words[0].folded);
  if (n < 1 || n > codes.size() + 1) return false;
  choose_place(n <= codes.size() ? codes[n - 1] : "");
  return true;
}

// A whole district may have several stations: then its ward is still to be told.
void report_talk::choose_place(const std::string& code) {
  set("place", code);
  const bool sure = code.empty() || cases::place_case({code}, kind(), slot("level"), world_).status ==
                                        geography::routing_status::certain;
  set("place_open", sure ? "" : "yes");
}

void report_talk::locate(const said::pin& pin) {
  start_form();
  set("pin", fmt::format("{:.6f},{:.6f}", pin.latitude, pin.longitude));
  const auto found = cases::place_pin(pin.latitude, pin.longitude, kind(), slot("level"), world_);
  if (found.ward_codes.empty()) {
    set("pin", "");
    if (is_high()) return go_on();
    talk_.asked = "place";
    set("outside", "told");
    return say_with("report.outside", {});
  }
  const auto here = [&] {
    set("place", joined(found.ward_codes));
    set("place_open", found.status == geography::routing_status::certain ? "" : "yes");
  };
  if (!talk_.filed.empty()) {
    here();
    if (const auto* filed = case_of(talk_.filed)) {
      cases::report r = *filed;
      r.answers["pin"] = slot("pin");
      if (!slot("place_open").empty()) ask_which_place();
      return enrich(r, "placed", "pin");
    }
  }
  if (slot("place").empty()) here();
  // Where the reporter stands may be home: what the pin means is asked once, and cards show it rounded until then.
  ask_what_pin_is();
}

void report_talk::ask_what_pin_is() {
  const auto found = pinned_as(kind(), slot("level"));
  if (!found || found->ward_codes.empty()) return go_on();
  talk_.asked = "pin_is";
  say_with("report.pin_is", {{"place", cases::name_of_area(found->ward_codes.front(), world_)}}, offered());
}

// The place that was named stays where the event is; the pin counts only where it is the event's, or all there is.
void report_talk::settle_pin(std::string_view is) {
  talk_.asked.clear();
  if (const auto found = pinned_as(kind(), slot("level"))) {
    if (is == "here") {
      set("place", joined(found->ward_codes));
      set("place_open", found->status == geography::routing_status::certain ? "" : "yes");
    } else if (slot("place") != joined(found->ward_codes)) {
      set("pin", "");
      is = "";
    }
  }
  set("pin_is", std::string(is));
  go_on();
}

void report_talk::stand_apart() {
  for (const char* own : {"pin", "pin_is", "place", "place_open"}) set(own, "");
}

bool report_talk::shows_places() const {
  return !slot("place_open").empty() && parted(slot("place")).size() > 1 && places_are_narrow();
}

bool report_talk::places_are_narrow() const {
  const auto codes = parted(slot("place"));
  return std::none_of(codes.begin(), codes.end(), [&](const std::string& code) {
    const auto id = world_.book.atlas.find(code);
    return id != geography::no_area && world_.book.atlas.at(id).at < geography::level::district;
  });
}

choice report_talk::place_choice(std::string data, const std::string& code) const {
  const auto id = world_.book.atlas.find(code);
  std::string label = world_.book.atlas.title(id);
  const auto parent = world_.book.atlas.at(id).parent;
  if (parent != geography::no_area) label += ", " + world_.book.atlas.at(parent).name;
  return {std::move(data), "=" + label};
}

std::vector<choice> report_talk::place_choices() const {
  std::vector<choice> choices;
  for (const auto& code : parted(slot("place"))) {
    if (choices.size() == 9) break;
    if (world_.book.atlas.find(code) == geography::no_area) continue;
    choices.push_back(place_choice(button_data("place", code), code));
  }
  choices.push_back({button_data("place", "other"), "button.other_place"});
  return choices;
}

std::string report_talk::place_words() const {
  // The first is the surest, and what the case and its cards say.
  const auto codes = parted(slot("place"));
  const auto id = codes.empty() ? geography::no_area : world_.book.atlas.find(codes.front());
  if (id == geography::no_area) return std::string(world_.book.texts.text(talk_.language, "word.place_unknown"));
  return world_.book.atlas.title(id);
}

}  // namespace bot
