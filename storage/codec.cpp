#include "storage/codec.hpp"

#include <nlohmann/json.hpp>

#include "storage/json_text.hpp"
#include "storage/store.hpp"

namespace storage {
namespace {

using nlohmann::json;

constexpr int conversation_version = 1;
constexpr int report_version = 1;
constexpr int notice_version = 1;
constexpr int say_version = 1;

// Reads the object and hands it to `use`. No exception of the library leaves here: its texts quote what they could not
// read.
template <class Use>
auto read(std::string_view text, int newest, const char* what, Use&& use) {
  try {
    const json j = json::parse(text, nullptr, false);
    if (!j.is_object()) throw refused(std::string(what) + " in the store is not JSON");
    if (j.value("v", 0) > newest) throw refused(std::string(what) + " in the store is from a newer version");
    return use(j);
  } catch (const json::exception&) {
    throw refused(std::string(what) + " in the store has a field of another type");
  }
}

// Words may have been cut inside a character somewhere: a broken character is no reason to lose the message.
std::string written(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

void add(json_text& j, const bot::answer_map& answers) {
  j.open('{');
  for (const auto& [slot, answer] : answers) j.put(slot, answer);
  j.close('}');
}
void add(json_text& j, const std::vector<std::string>& list) {
  j.open('[');
  for (const auto& one : list) j.add(one);
  j.close(']');
}
template <class T>
void add(json_text& j, const T& value) {
  j.add(value);
}

// Only what differs from a fresh value is written: rows stay short, and a new field needs no migration.
template <class T>
void put(json_text& j, const char* name, const T& value) {
  if (value != T{}) add(j.name(name), value);
}
template <class T>
void put(json& j, const char* name, const T& value) {
  if (value != T{}) j[name] = value;
}

}  // namespace

std::string encode(const bot::conversation& c) {
  json_text j;
  j.open('{').put("v", conversation_version).put("language", c.language);
  put(j, "chosen", c.language_chosen);
  put(j, "heard_until", bot::to_millis(c.heard_until));
  put(j, "greeted", c.greeted);
  put(j, "form", c.form);
  put(j, "form_version", c.form_version);
  put(j, "answers", c.answers);
  put(j, "asked", c.asked);
  put(j, "prompts", c.prompts);
  put(j, "draft", c.draft);
  put(j, "filed", c.filed);
  put(j, "cases", c.cases);
  put(j, "notices", c.notices);
  put(j, "aside", c.aside);
  put(j, "helper", c.helper);
  put(j, "helped_until", bot::to_millis(c.helped_until));
  put(j, "minute", c.minute);
  put(j, "in_minute", c.in_minute);
  put(j, "expires", bot::to_millis(c.expires_at));
  return j.close('}').take();
}

bot::conversation decode_conversation(std::string_view text, std::int64_t contact) {
  return read(text, conversation_version, "a conversation", [&](const json& j) {
    bot::conversation c;
    c.contact = contact;
    c.language = j.value("language", "id");
    c.language_chosen = j.value("chosen", false);
    c.heard_until = bot::from_millis(j.value("heard_until", std::int64_t{0}));
    c.greeted = j.value("greeted", false);
    c.form = j.value("form", "");
    c.form_version = j.value("form_version", 0);
    c.answers = j.value("answers", bot::answer_map{});
    c.asked = j.value("asked", "");
    c.prompts = j.value("prompts", 0);
    c.draft = j.value("draft", std::int64_t{0});
    c.filed = j.value("filed", "");
    c.cases = j.value("cases", std::vector<std::string>{});
    c.notices = j.value("notices", std::vector<std::string>{});
    c.aside = j.value("aside", bot::answer_map{});
    c.helper = j.value("helper", std::int64_t{0});
    c.helped_until = bot::from_millis(j.value("helped_until", std::int64_t{0}));
    c.minute = j.value("minute", std::int64_t{0});
    c.in_minute = j.value("in_minute", 0);
    c.expires_at = bot::from_millis(j.value("expires", std::int64_t{0}));
    return c;
  });
}

std::string encode(const bot::cases::report& r) {
  json_text j;
  j.open('{').put("v", report_version);
  put(j, "watchers", r.watchers);
  put(j, "answers", r.answers);
  put(j, "routing", r.routing_reason);
  put(j, "level_reason", r.level_reason);
  put(j, "identity", static_cast<int>(r.reporter_is));
  put(j, "confirmed", r.confirmed);
  put(j, "sealed", r.sealed);
  put(j, "told", r.told);
  put(j, "incident", r.incident);
  put(j, "lead", r.lead);
  if (r.reports != 1) j.put("reports", r.reports);
  put(j, "step", r.step);
  put(j, "pin", r.pin_hash);
  put(j, "pin_misses", r.pin_misses);
  return j.close('}').take();
}

void decode_into(bot::cases::report& r, std::string_view text) {
  read(text, report_version, "a report", [&](const json& j) {
    r.watchers = j.value("watchers", std::vector<std::string>{});
    r.answers = j.value("answers", bot::answer_map{});
    r.routing_reason = j.value("routing", "");
    r.level_reason = j.value("level_reason", "");
    r.reporter_is = static_cast<bot::cases::identity>(j.value("identity", 1));
    r.confirmed = j.value("confirmed", false);
    r.sealed = j.value("sealed", false);
    r.told = j.value("told", std::vector<std::string>{});
    r.incident = j.value("incident", std::int64_t{0});
    r.lead = j.value("lead", "");
    r.reports = j.value("reports", 1);
    r.step = j.value("step", 0);
    r.pin_hash = j.value("pin", "");
    r.pin_misses = j.value("pin_misses", 0);
  });
}

std::string encode(const bot::notices::notice& n) {
  json j{{"v", notice_version}, {"to", bot::notices::name_of(n.to)}};
  if (n.tier) j["tier"] = bot::notices::name_of(*n.tier);
  if (!n.extras.empty()) {
    json& extras = j["extras"] = json::array();
    for (const auto e : n.extras) extras.push_back(bot::notices::name_of(e));
  }
  put(j, "asked_once", n.filed.asked_once);
  put(j, "receipt", n.filed.number);
  put(j, "watchers", n.watchers);
  put(j, "told", n.told);
  put(j, "wards", n.wards);
  put(j, "late", n.late);
  put(j, "disputed", n.disputed);
  put(j, "settled", n.settled);
  put(j, "because", n.because);
  put(j, "answers", n.answers);
  put(j, "step", n.step);
  for (const auto& i : n.issued)
    j["issued"].push_back({{"what", bot::notices::name_of(i.what)},
                           {"version", i.version},
                           {"number", i.number},
                           {"unit", i.unit},
                           {"role", i.role},
                           {"conditions", i.conditions},
                           {"at", bot::to_millis(i.at)}});
  return written(j);
}

std::string encode(const bot::notices::kept_draft& d) {
  json j{{"v", notice_version}, {"pin_hash", d.pin_hash}};
  put(j, "pin_misses", d.pin_misses);
  put(j, "answers", d.answers);
  return written(j);
}

void decode_into(bot::notices::kept_draft& d, std::string_view text) {
  read(text, notice_version, "a draft", [&](const json& j) {
    d.pin_hash = j.value("pin_hash", "");
    d.pin_misses = j.value("pin_misses", 0);
    d.answers = j.value("answers", bot::answer_map{});
  });
}

void decode_into(bot::notices::notice& n, std::string_view text) {
  read(text, notice_version, "a notice", [&](const json& j) {
    n.to = bot::notices::addressee_named(j.value("to", "")).value_or(bot::notices::addressee::polsek);
    n.tier = bot::notices::tier_named(j.value("tier", ""));
    for (const auto& name : j.value("extras", std::vector<std::string>{}))
      if (const auto e = bot::notices::extra_named(name)) n.extras.push_back(*e);
    n.filed.asked_once = j.value("asked_once", false);
    n.filed.number = j.value("receipt", "");
    n.watchers = j.value("watchers", std::vector<std::string>{});
    n.told = j.value("told", std::vector<std::string>{});
    n.wards = j.value("wards", std::vector<std::string>{});
    n.late = j.value("late", false);
    n.disputed = j.value("disputed", false);
    n.settled = j.value("settled", false);
    n.because = j.value("because", "");
    n.answers = j.value("answers", bot::answer_map{});
    n.step = j.value("step", 0);
    if (const auto issued = j.find("issued"); issued != j.end())
      for (const auto& i : *issued)
        n.issued.push_back({bot::notices::state_named(i.value("what", "")).value_or(bot::notices::state::receipted),
                            i.value("version", 1), i.value("number", ""), i.value("unit", ""), i.value("role", ""),
                            i.value("conditions", ""), bot::from_millis(i.value("at", std::int64_t{0}))});
  });
}

std::string encode(const bot::say& s) {
  json_text j;
  j.open('{').put("v", say_version).put("key", s.key);
  if (!s.args.empty()) {
    j.name("args").open('[');
    for (const auto& a : s.args) {
      j.open('[').add(a.name).add(a.value);
      if (a.key || a.secret) j.add(a.key);
      if (a.secret) j.add(true);
      j.close(']');
    }
    j.close(']');
  }
  if (!s.choices.empty()) {
    j.name("choices").open('[');
    for (const auto& c : s.choices) j.open('[').add(c.data).add(c.label).close(']');
    j.close(']');
  }
  put(j, "ask_location", s.ask_location);
  put(j, "ask_contact", s.ask_contact);
  put(j, "card", s.card);
  put(j, "edit_of", s.edit_of);
  put(j, "answers_query", s.answers_query);
  put(j, "alert", s.alert);
  put(j, "leaves", s.leaves);
  put(j, "once", s.once);
  put(j, "show", s.show);
  if (!s.paper.number.empty())
    j.name("paper").open('[').add(static_cast<int>(s.paper.kind)).add(s.paper.number).add(s.paper.version).close(']');
  return j.put("urgency", static_cast<int>(s.urgency)).close('}').take();
}

bot::say decode_say(std::string_view text) {
  return read(text, say_version, "a message", [](const json& j) {
    bot::say s;
    s.key = j.value("key", "");
    if (const auto args = j.find("args"); args != j.end())
      for (const auto& a : *args)
        s.args.push_back({a.at(0), a.at(1), a.size() > 2 && a.at(2).get<bool>(), a.size() > 3});
    if (const auto choices = j.find("choices"); choices != j.end())
      for (const auto& c : *choices) s.choices.push_back({c.at(0), c.at(1)});
    s.ask_location = j.value("ask_location", false);
    s.ask_contact = j.value("ask_contact", false);
    s.card = j.value("card", "");
    s.edit_of = j.value("edit_of", "");
    s.answers_query = j.value("answers_query", "");
    s.alert = j.value("alert", false);
    s.leaves = j.value("leaves", false);
    s.once = j.value("once", false);
    s.show = j.value("show", std::int64_t{0});
    if (const auto paper = j.find("paper"); paper != j.end())
      s.paper = {paper->at(1), paper->at(2), static_cast<bot::paper_kind>(paper->at(0).get<int>())};
    s.urgency = static_cast<bot::priority>(j.value("urgency", 2));
    return s;
  });
}

}  // namespace storage
