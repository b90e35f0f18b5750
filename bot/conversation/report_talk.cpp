#include "bot/conversation/report_talk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

constexpr std::string_view form_id = "report";
constexpr int most_misses = 3;

}  // namespace

report_talk::report_talk(turn& t, const inbound& in, const facts& f, const world& w)
    : turn_(t), talk_(t.next), in_(in), facts_(f), world_(w) {}

bool report_talk::open() const { return talk_.form == form_id; }

const form& report_talk::questions() const { return world_.book.forms.find(form_id)->second; }

std::string report_talk::slot(std::string_view name) const {
  const auto at = talk_.answers.find(std::string(name));
  return at == talk_.answers.end() ? std::string() : at->second;
}

void report_talk::set(std::string_view name, std::string value) {
  if (value.empty())
    talk_.answers.erase(std::string(name));
  else
    talk_.answers[std::string(name)] = std::move(value);
}

void report_talk::say_with(std::string_view key, std::vector<argument> args, std::vector<choice> choices, priority p) {
  say s;
  s.key = key;
  s.args = std::move(args);
  s.choices = std::move(choices);
  s.urgency = p;
  turn_.replies.push_back(std::move(s));
}

void report_talk::start_form() {
  if (open()) {
    if (talk_.form_version != questions().version)
      talk_.form_version = questions().version;  // answers carry over by slot
    return;
  }
  talk_.form = form_id;
  talk_.form_version = questions().version;
  talk_.answers.clear();
  talk_.asked.clear();
  talk_.prompts = 0;
  talk_.filed.clear();
  ++talk_.draft;
  talk_.greeted = true;
  talk_.expires_at = world_.now + world_.book.drafts.life;
  turn_.timers.push_back({"draft_nudge", facts_.contact, talk_.draft, world_.now + world_.book.drafts.nudge_after});
  turn_.timers.push_back({"draft_file", facts_.contact, talk_.draft, world_.now + world_.book.drafts.file_after});
}

void report_talk::begin() {
  start_form();
  go_on();
}

void report_talk::raise_level(std::string_view level, std::string_view reason) {
  const auto have = slot("level");
  if (!have.empty() && cases::level_named(level) <= cases::level_named(have)) return;
  set("level", std::string(level));
  // "jenis: noise": the kind alone decided; officers read its name.
  constexpr std::string_view kind_alone = "jenis: ";
  const std::string key =
      reason.starts_with(kind_alone) ? "category." + std::string(reason.substr(kind_alone.size())) : "";
  set("level_reason", world_.book.texts.has(key)
                          ? std::string(kind_alone) + std::string(world_.book.texts.text("id", key))
                          : std::string(reason));
}

void report_talk::fill(const perception& p, bool correcting) {
  const auto& m = p.meaning;
  const auto put = [&](std::string_view name, std::string value) {
    if (!value.empty() && (correcting || slot(name).empty())) set(name, std::move(value));
  };
  // A complaint about police or officials is its own kind, whatever else the words say: it must not reach them.
  if (const auto about = category_of(complaint_in(p.words, world_.book.complaints)); !about.empty())
    set("category", std::string(about));
  put("category", std::string(m.category));
  if (slot("category") == "unclear" && !m.category.empty()) set("category", std::string(m.category));
  // "… from noon until now, and tomorrow is a school day": what goes on is not tomorrow.
  const bool later = m.when.resolved && *m.when.resolved > in_.sent_at + std::chrono::minutes(10);
  const bool told =
      m.when.kind == language::spoken_time::kind::past || m.when.kind == language::spoken_time::kind::future;
  if (told && !(m.ongoing && later)) {
    if (slot("when_guessed") == "yes")  // said now: it was not "now" that was meant before
      for (const char* guess : {"when", "ongoing", "when_guessed"}) set(guess, "");
    put("when", moment_answer(m.when, world_.book.utc_offset));
  } else if (m.when.kind == language::spoken_time::kind::now || (m.ongoing && slot("when").empty())) {
    auto now = m.when;  // "since seven": from when it goes on, if that was said
    if (!now.resolved) now.resolved = in_.sent_at;
    put("when", moment_answer(now, world_.book.utc_offset));
    set("when_guessed", "yes");
  }
  if (m.crowd) put("crowd", crowd_answer(*m.crowd));
  if (m.weapons) put("weapons", "yes");
  if (m.injuries) put("injuries", "yes");
  if (m.ongoing) put("ongoing", "yes");
  if (m.knowledge != language::knowledge::unknown) put("knowledge", std::string(language::name_of(m.knowledge)));
  if (m.level) raise_level(cases::name_of(*m.level), m.level_reason);

  if (p.places.what == geography::place_finding::outcome::inside &&
      (correcting || slot("place").empty() || !slot("place_open").empty())) {
    const auto found = cases::place_case(p.places, slot("category"), slot("level"), world_);
    // A second message can settle what the first left open: keep what both allow.
    std::vector<std::string> both;
    if (!correcting) {
      for (const auto& before : parted(slot("place")))
        for (const auto& now : found.ward_codes)
          if (before == now || before.starts_with(now + ".") || now.starts_with(before + "."))
            both.push_back(before.size() > now.size() ? before : now);
      std::sort(both.begin(), both.end());
      both.erase(std::unique(both.begin(), both.end()), both.end());
    }
    take_places(both.empty() ? found : cases::place_case(both, slot("category"), slot("level"), world_));
  }
  if (p.places.what == geography::place_finding::outcome::outside && slot("place").empty()) set("outside", "yes");
  if (activity_in(p.words, m, world_.book.activities) == activity::threatened) set("protect", "yes");
}

void report_talk::take_places(const geography::routing_decision& found) {
  if (found.ward_codes.empty()) return;
  set("place", joined(found.ward_codes));
  set("place_open", found.status == geography::routing_status::certain ? "" : "yes");
  set("outside", "");
}

geography::routing_decision report_talk::placement_now() const {
  const std::string pin = slot("pin");
  const auto codes = parted(slot("place"));
  if (!pin.empty()) {
    const auto comma = pin.find(',');
    auto pinned = cases::place_pin(std::stod(pin.substr(0, comma)), std::stod(pin.substr(comma + 1)), slot("category"),
                                   slot("level"), world_);
    if (codes.empty() || pinned.ward_codes == codes) return pinned;
  }
  return cases::place_case(codes, slot("category"), slot("level"), world_);
}

void report_talk::hear(const perception& p, std::string_view text) {
  const bool fresh = !open();
  start_form();
  const std::string asked = talk_.asked;
  const bool correcting = p.meaning.intent == language::intent::correction || asked == "confirm" || asked == "change";
  const auto before = talk_.answers;

  // An answer to the open question comes first: "2" or "sekarang" mean what was asked.
  bool answered = false;
  if (const question* q = questions().find(asked)) {
    if (q->kind == question_kind::place) {
      if (!pick_place(p)) {
        if (p.places.what == geography::place_finding::outcome::inside && slot("place_open").empty()) set("place", "");
        fill(p, false);
      }
      answered = talk_.answers != before;
    } else if (auto answer = read_answer(*q, p, text, talk_.language, world_.book)) {
      if (q->kind == question_kind::text && answer->size() > q->most) answer->resize(utf8_cut(*answer, q->most));
      if (q->slot == "words" && !slot("words").empty()) *answer = slot("words") + "\n" + *answer;
      set(q->slot, q->kind == question_kind::text ? masked(*answer) : *answer);
      answered = true;
    }
  }
  fill(p, correcting);

  // What describes the event is kept as the reporter's own words, whichever question was open.
  const bool tells = asked != "words" && (p.words.size() >= 4 || !p.meaning.category.empty()) &&
                     (p.meaning.intent == language::intent::report || p.meaning.intent == language::intent::emergency ||
                      (p.meaning.intent == language::intent::other && p.words.size() >= 5));
  const bool only_label = answered && asked == "category" && p.words.size() <= 3;
  if (tells && !only_label && (asked != "place" || !p.meaning.category.empty())) {
    const std::string have = slot("words");
    if (have.size() < 4000)
      set("words", have.empty() ? masked(std::string(text)) : have + "\n" + masked(std::string(text)));
  }

  if (!talk_.filed.empty()) {  // danger: the case is with the officers already, this enriches it
    if (!add_to_case(p, text)) go_on();
    return;
  }
  const bool changed = talk_.answers != before;
  if (!fresh && !changed && !answered && !asked.empty()) {
    if (asked == "confirm") return read_back();
    if (!slot("place_open").empty() && asked == "place") return ask_which_place();
    if (const question* q = questions().find(asked))
      return ask(*q, world_.book.texts.has(q->ask + "_again") ? q->ask + "_again" : "");
  }
  if (asked == "change" || asked == "confirm") talk_.asked.clear();
  go_on();
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
  const bool sure = code.empty() || cases::place_case({code}, slot("category"), slot("level"), world_).status ==
                                        geography::routing_status::certain;
  set("place_open", sure ? "" : "yes");
}

void report_talk::locate(const said::pin& pin) {
  start_form();
  set("pin", fmt::format("{:.6f},{:.6f}", pin.latitude, pin.longitude));
  const auto found = cases::place_pin(pin.latitude, pin.longitude, slot("category"), slot("level"), world_);
  if (found.ward_codes.empty()) {
    set("pin", "");
    if (is_high()) return go_on();
    talk_.asked = "place";
    set("outside", "told");
    return say_with("report.outside", {});
  }
  set("place", joined(found.ward_codes));
  set("place_open", found.status == geography::routing_status::certain ? "" : "yes");
  if (!talk_.filed.empty()) {
    if (const auto* filed = case_of(talk_.filed)) {
      cases::report r = *filed;
      r.answers["pin"] = slot("pin");
      if (!slot("place_open").empty()) ask_which_place();
      return enrich(r, "placed", "pin");
    }
  }
  // Where the reporter stands may be home: what the pin means is asked once, and cards show it rounded until then.
  talk_.asked = "pin_is";
  say_with("report.pin_is", {{"place", place_words()}},
           {{"c:pin_is:here", "button.here"}, {"c:pin_is:mine", "button.mine"}});
}

void report_talk::receive(const said::media& media, const perception* caption) {
  const bool fresh = !open();
  start_form();
  const bool same_album = !media.album.empty() && slot("album") == media.album;
  const auto* filed_already = talk_.filed.empty() ? nullptr : case_of(talk_.filed);
  attach(talk_.answers, filed_already == nullptr ? 0 : filed_already->id, media);
  set("album", media.album);
  if (caption != nullptr) fill(*caption, false);
  if (caption != nullptr && caption->words.size() >= 2 && slot("words").empty()) set("words", masked(media.caption));
  if (!talk_.filed.empty()) {
    if (const auto* filed = case_of(talk_.filed)) {
      cases::report r = *filed;
      r.answers["media"] = slot("media");
      return enrich(r, "evidence", "media");
    }
  }
  if (same_album) {  // an album is one item: it was answered with its first part
    turn_.silent = true;
    return;
  }
  // Voice and photo alone are welcome: what it is can stay unclear, where it is cannot.
  if (slot("category").empty()) set("category", "unclear");
  if (slot("words").empty())
    set("words",
        "(" + std::string(media.what == said::media::kind::voice ? "pesan suara" : "gambar atau berkas") + ")");
  if (fresh && slot("place").empty()) {
    talk_.asked = "place";
    talk_.prompts = 1;
    return say_with("report.media_first", {});
  }
  go_on();
}

bool report_talk::tap(std::string_view data) {
  if (data == "f:send") return confirm(), true;
  if (data == "f:change") return change(), true;
  if (data == "f:danger") return danger(), true;
  if (data.starts_with("c:pin_is:") && open() && talk_.asked == "pin_is") {
    set("pin_is", std::string(data.substr(9)));
    if (slot("pin_is") == "mine") {
      // Where the reporter is says which office, not where it happens: that may still be told.
      set("pin_is", "mine");
    }
    talk_.asked.clear();
    go_on();
    return true;
  }
  if (data.starts_with("c:change:") && open() && talk_.asked == "change") {
    const question* q = questions().find(data.substr(9));
    if (q == nullptr) return false;
    set(q->slot, "");
    if (q->slot == "place") {
      for (const char* also : {"pin", "pin_is", "place_open"}) set(also, "");
    }
    talk_.prompts = 0;
    ask(*q);
    return true;
  }
  for (const auto& q : questions().questions) {
    const auto value = read_button(q, data);
    if (!value) continue;
    if (q.when == stage::after) {
      // Rides under the number: it belongs to the newest case, whether or not a draft is open.
      const std::string number = !talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back();
      const auto* filed = case_of(number);
      if (filed == nullptr) return false;
      cases::report r = *filed;
      r.answers[q.slot] = *value;
      const auto& texts = world_.book.texts;
      r.answers["added"] =
          fmt::format("{}: {}", texts.text("id", texts.has("slot." + q.slot) ? "slot." + q.slot : q.ask),
                      texts.text("id", q.labels + "." + *value));
      // Weapons and injuries are asked because they make it urgent.
      const bool urgent =
          *value == "yes" && (q.slot == "weapons" || q.slot == "injuries") && r.level != cases::level::high;
      if (urgent) raise(r, r.answers["added"]);
      enrich(r, urgent ? "raised" : "answered", q.slot + "=" + *value);
      return true;
    }
    if (!open()) return false;
    if (q.kind == question_kind::place) {
      const auto open_places = parted(slot("place"));
      if (*value == "other") {
        set("place", "");
        set("place_open", "");
        ask(q);
        return true;
      }
      if (world_.book.atlas.find(*value) == geography::no_area) return false;
      choose_place(*value);
    } else {
      set(q.slot, *value);
    }
    talk_.asked.clear();
    talk_.prompts = 0;
    go_on();
    return true;
  }
  return false;
}

void report_talk::change() {
  if (!open() || !talk_.filed.empty()) return say_with("cancel.nothing", {});
  talk_.asked = "change";
  std::vector<choice> slots;
  for (const char* one : {"category", "place", "when", "words", "identity"})
    slots.push_back({"c:change:" + std::string(one), "change_button." + std::string(one)});
  say_with("report.ask_change", {}, std::move(slots));
}

void report_talk::back() {
  if (!open() || !talk_.filed.empty()) return say_with("cancel.nothing", {});
  // The question before the one that is open is put again.
  const question* before = nullptr;
  for (const auto& q : questions().questions) {
    if (q.slot == talk_.asked) break;
    if (q.when == stage::before && talk_.answers.contains(q.slot)) before = &q;
  }
  if (before == nullptr) return go_on();
  set(before->slot, "");
  if (before->slot == "place") {
    for (const char* also : {"pin", "pin_is", "place_open"}) set(also, "");
  }
  ask(*before);
}

void report_talk::confirm() {
  if (!open() || !talk_.filed.empty()) {  // filed already: what is pressed late confirms it
    const auto* filed = case_of(!talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back());
    if (filed == nullptr || filed->state == cases::state::closed) return say_with("cancel.nothing", {});
    cases::report r = *filed;
    r.confirmed = true;
    return enrich(r, "confirmed", "");
  }
  // "kirim" at any question means: this is all I know.
  if (slot("category").empty()) set("category", "unclear");
  // Who cannot name the place after all these questions is not held back by it.
  if (talk_.asked != "place" || talk_.prompts <= most_misses) {
    if (slot("place").empty()) return ask(*questions().find("place"));
    if (!slot("place_open").empty()) return ask_which_place();
  }
  file(true, "report.sent");
}

void report_talk::danger() {
  if (!open() && raise_case("tombol bahaya")) return;
  start_form();
  raise_level("high", "tombol bahaya");
  if (slot("category").empty()) set("category", "unclear");
  if (!talk_.filed.empty()) return say_with("danger.added", {{"number", talk_.filed}}, {}, priority::danger);
  go_on();
}

void report_talk::go_on() {
  talk_.expires_at = world_.now + world_.book.drafts.life;
  if (const auto* filed = talk_.filed.empty() ? nullptr : case_of(talk_.filed)) {
    cases::report r = *filed;
    return enrich(r, "placed", "button");
  }
  if (is_high()) return file(false, "danger.filed");

  if (slot("level") == "middle" && slot("ongoing") == "yes" && slot("middle_timer").empty()) {
    set("middle_timer", "set");
    turn_.timers.push_back(
        {"draft_middle", facts_.contact, talk_.draft, world_.now + world_.book.drafts.file_middle_after});
  }
  if (!slot("place_open").empty() && !slot("category").empty()) return ask_which_place();
  if (const question* q = questions().next(stage::before, talk_.answers)) {
    if (q->kind == question_kind::place && slot("outside") == "yes") {
      talk_.asked = q->slot;
      set("outside", "told");
      return say_with("report.outside", {});
    }
    return ask(*q);
  }
  read_back();
}

void report_talk::ask(const question& q, std::string_view key) {
  talk_.prompts = talk_.asked == q.slot ? talk_.prompts + 1 : 1;
  talk_.asked = q.slot;
  std::string text = key.empty() ? q.ask : std::string(key);
  if (const std::string special = q.ask + "." + slot("category"); key.empty() && world_.book.texts.has(special))
    text = special;
  std::vector<choice> choices;
  for (const auto& id : q.choices) choices.push_back({button_data(q.slot, id), q.labels + "." + id});
  // After three misses nobody is asked a fourth time in the same way: what is known can go as it is.
  constexpr std::size_t most_choices = 10;  // rows of a list on WhatsApp
  if (talk_.prompts > most_misses && choices.size() < most_choices) choices.push_back({"f:send", "button.send"});
  say_with(text, {}, std::move(choices));
  turn_.replies.back().ask_location = q.kind == question_kind::place;
}

void report_talk::ask_which_place() {
  talk_.prompts = talk_.asked == "place" ? talk_.prompts + 1 : 1;
  talk_.asked = "place";
  const auto codes = parted(slot("place"));
  if (codes.size() == 1) {  // the district is known, and has several stations
    say_with("report.which_ward", {{"place", place_words()}},
             talk_.prompts > most_misses ? std::vector<choice>{{"f:send", "button.send"}} : std::vector<choice>{});
    turn_.replies.back().ask_location = true;
    return;
  }
  say_with("report.which_place", {}, place_choices());
}

std::vector<choice> report_talk::place_choices() const {
  std::vector<choice> choices;
  for (const auto& code : parted(slot("place"))) {
    if (choices.size() == 9) break;
    const auto id = world_.book.atlas.find(code);
    if (id == geography::no_area) continue;
    std::string label = world_.book.atlas.title(id);
    const auto parent = world_.book.atlas.at(id).parent;
    if (parent != geography::no_area) label += ", " + world_.book.atlas.at(parent).name;
    choices.push_back({button_data("place", code), "=" + label});
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

std::string report_talk::when_words() const {
  return say_when(slot("when"), world_.now, talk_.language, world_.book.texts, world_.book.utc_offset);
}

std::vector<argument> report_talk::summary(const geography::routing_decision& where) const {
  const std::string category = slot("category").empty() ? "unclear" : slot("category");
  return {{"category", "category." + category, true},
          {"place", place_words()},
          {"when", when_words()},
          {"unit", cases::name_of_unit(cases::owner_of(where), world_)}};
}

void report_talk::read_back() {
  talk_.asked = "confirm";
  const std::string identity = slot("identity");
  const std::string key = identity == "named"       ? "report.read_back_named"
                          : identity == "anonymous" ? "report.read_back_anonymous"
                                                    : "report.read_back";
  say_with(key, summary(placement_now()),
           {{"f:send", "button.send"}, {"f:change", "button.change"}, {"f:danger", "button.danger"}});
}

}  // namespace bot
