#include "config/handbook.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "bot/conversation/perception.hpp"
#include "config/at_event.hpp"
#include "config/choice_words.hpp"
#include "config/event_rules.hpp"
#include "config/lexicon.hpp"
#include "config/reminders.hpp"
#include "config/retention.hpp"
#include "config/routing_rules.hpp"
#include "config/talk_words.hpp"
#include "config/templates.hpp"
#include "config/toml_file.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;
bot::escalation_rules load_escalation(const fs::path& file, faults_t& faults) {
  bot::escalation_rules rules;
  const toml::table whole = read_toml(file, faults);
  rules.reopen_window = std::chrono::hours(whole["reopen_hours"].value_or(std::int64_t{72}));
  rules.case_fresh = std::chrono::hours(whole["fresh_hours"].value_or(std::int64_t{24}));
  rules.plea_again = std::chrono::minutes(whole["plea_again"].value_or(std::int64_t{10}));
  rules.digest_from =
      static_cast<std::size_t>(std::max<std::int64_t>(0, whole["digest"]["from"].value_or(std::int64_t{0})));
  rules.digest_every = std::chrono::minutes(whole["digest"]["every"].value_or(std::int64_t{0}));
  if (rules.digest_every.count() < 1) faults.push_back(file.string() + ": digest.every must be minutes");
  if (rules.case_fresh.count() < 1 || rules.plea_again.count() < 1)
    faults.push_back(file.string() + ": fresh_hours and plea_again must be 1 or more");
  static const std::map<std::string, bot::cases::rung, std::less<>> rungs = {
      {"second", bot::cases::rung::second}, {"chief", bot::cases::rung::chief}, {"above", bot::cases::rung::above}};
  for (const char* level : {"high", "middle", "low"}) {
    for (const auto& name : strings(whole["ladder"][level].node()))
      if (const auto at = rungs.find(name); at != rungs.end())
        rules.ladder[level].push_back(at->second);
      else
        faults.push_back(
            fmt::format("{}: ladder.{}: \"{}\" is none of second, chief, above", file.string(), level, name));
    const toml::array* minutes = whole["held"][level].as_array();
    for (std::size_t i = 0; minutes != nullptr && i < minutes->size(); ++i)
      rules.held[level].push_back(
          std::chrono::minutes(std::max<std::int64_t>(1, (*minutes)[i].value<std::int64_t>().value_or(0))));
    if (!std::is_sorted(rules.held[level].begin(), rules.held[level].end()))
      faults.push_back(fmt::format("{}: the minutes of held.{} must grow", file.string(), level));
  }
  rules.roles = strings(whole["roles"]["known"].node());
  rules.chiefs = strings(whole["roles"]["chiefs"].node());
  if (rules.roles.empty()) faults.push_back(file.string() + ": roles.known is missing");
  for (const auto& chief : rules.chiefs)
    if (std::find(rules.roles.begin(), rules.roles.end(), chief) == rules.roles.end())
      faults.push_back(fmt::format("{}: roles.chiefs: {} is not among roles.known", file.string(), chief));
  rules.office.levels = strings(whole["office"]["levels"].node());
  rules.office.from = std::chrono::hours(whole["office"]["from"].value_or(std::int64_t{7}));
  rules.office.until = std::chrono::hours(whole["office"]["until"].value_or(std::int64_t{15}));
  if (rules.office.from.count() < 0 || rules.office.from >= rules.office.until ||
      rules.office.until > std::chrono::hours(24))
    faults.push_back(file.string() + ": office.from and office.until must be hours of one day");
  rules.take_back = std::chrono::minutes(whole["take_back"].value_or(std::int64_t{10}));
  const toml::table* steps = whole["steps"].as_table();
  if (steps == nullptr) {
    faults.push_back(file.string() + ": [steps] is missing");
    return rules;
  }
  for (const char* level : {"high", "middle", "low", "receipt"}) {
    const toml::array* minutes = (*steps)[level].as_array();
    std::int64_t last = 0;
    for (std::size_t i = 0; minutes != nullptr && i < minutes->size(); ++i) {
      const auto m = (*minutes)[i].value<std::int64_t>().value_or(0);
      if (m <= last)
        faults.push_back(
            fmt::format("{}:{}: the minutes of {} must grow", file.string(), (*minutes)[i].source().begin.line, level));
      rules.steps[level].push_back(std::chrono::minutes(m));
      last = m;
    }
    if (minutes == nullptr || minutes->empty())
      faults.push_back(fmt::format("{}: steps.{} is missing", file.string(), level));
  }
  return rules;
}

bot::draft_rules load_drafts(const fs::path& file, faults_t& faults) {
  bot::draft_rules rules;
  const toml::table whole = read_toml(file, faults);
  const auto minutes = [&](const char* key, std::chrono::minutes& into) {
    const auto m = whole["drafts"][key].value<std::int64_t>();
    if (!m || *m < 1 || *m > 60 * 24 * 31)
      return faults.push_back(fmt::format("{}: drafts.{} must be minutes", file.string(), key));
    into = std::chrono::minutes(*m);
  };
  minutes("life", rules.life);
  minutes("nudge_after", rules.nudge_after);
  minutes("file_after", rules.file_after);
  minutes("file_middle_after", rules.file_middle_after);
  minutes("late_after", rules.late_after);
  minutes("notice_life", rules.notice_life);
  if (rules.nudge_after >= rules.file_after)
    faults.push_back(file.string() + ": drafts.nudge_after must come before drafts.file_after");
  return rules;
}

bot::operator_rules load_operators(const fs::path& file, faults_t& faults) {
  const auto minutes = read_toml(file, faults)["operators"]["quiet"].value<std::int64_t>();
  if (!minutes || *minutes < 1 || *minutes > 24 * 60) {
    faults.push_back(file.string() + ": operators.quiet must be minutes of at most a day");
    return {};
  }
  return {std::chrono::minutes(*minutes)};
}

bot::cases::incident_rules load_incidents(const fs::path& file, faults_t& faults) {
  bot::cases::incident_rules rules;
  const toml::table whole = read_toml(file, faults);
  rules.window = std::chrono::minutes(whole["window"].value_or(std::int64_t{0}));
  rules.near_m = whole["near_m"].value_or(0.0);
  rules.never = strings(whole.get("never"));
  if (rules.window.count() < 1 || rules.window > bot::cases::recent_cases::kept)
    faults.push_back(fmt::format("{}: window must be minutes of at most {} hours", file.string(),
                                 bot::cases::recent_cases::kept.count()));
  if (rules.near_m <= 0) faults.push_back(file.string() + ": near_m must be metres");
  const toml::array* kinds = whole["same"].as_array();
  for (std::size_t i = 0; kinds != nullptr && i < kinds->size(); ++i)
    if (const toml::table* t = (*kinds)[i].as_table()) rules.kinds.push_back(strings(t->get("categories")));
  return rules;
}

// Flattens [section] key = "text" | {text = "…", read_by = "…"} into "section.key".
bot::language::catalogue::texts flatten(const toml::table& whole, const fs::path& file, faults_t& faults) {
  bot::language::catalogue::texts texts;
  for (const auto& [section, inner] : whole) {
    const toml::table* keys = inner.as_table();
    if (keys == nullptr) {
      faults.push_back(fmt::format("{}: {} is not a section", file.string(), section.str()));
      continue;
    }
    for (const auto& [key, node] : *keys) {
      bot::language::catalogue::entry e;
      if (const auto text = node.value<std::string>()) {
        e.text = *text;
      } else if (const toml::table* t = node.as_table(); t != nullptr && (*t)["text"].is_string()) {
        e.text = (*t)["text"].value_or(std::string());
        e.signed_off = !(*t)["read_by"].value_or(std::string()).empty();
      } else {
        faults.push_back(fmt::format("{}:{}: {}.{} is not a text", file.string(), node.source().begin.line,
                                     section.str(), key.str()));
        continue;
      }
      if (e.text.empty())
        faults.push_back(
            fmt::format("{}:{}: {}.{} is empty", file.string(), node.source().begin.line, section.str(), key.str()));
      texts.emplace(fmt::format("{}.{}", section.str(), key.str()), std::move(e));
    }
  }
  return texts;
}

bot::question question_of(const toml::table& t, const fs::path& file, const bot::language::catalogue& texts,
                          faults_t& faults) {
  const auto fault = [&](std::string_view what) {
    faults.push_back(fmt::format("{}:{}: {}", file.string(), t.source().begin.line, what));
  };
  bot::question q;
  q.slot = t["slot"].value_or(std::string());
  if (q.slot.empty()) fault("a question without slot");
  const std::string kind = t["kind"].value_or(std::string());
  if (const auto at = bot::question_kinds().find(kind); at != bot::question_kinds().end())
    q.kind = at->second;
  else
    fault(fmt::format("{}: \"{}\" is not a kind of question", q.slot, kind));
  const std::string when = t["when"].value_or(std::string("before"));
  if (const auto at = bot::stages().find(when); at != bot::stages().end())
    q.when = at->second;
  else
    fault(fmt::format("{}: when must be before, after or told", q.slot));
  q.choices = strings(t.get("choices"));
  q.labels = t["labels"].value_or(std::string());
  q.ask = t["ask"].value_or(std::string());
  for (const auto& one : strings(t.get("from"))) q.from.push_back(bot::folded(one));
  for (const auto& one : strings(t.get("after"))) q.after.push_back(bot::folded(one));
  q.required = t["required"].value_or(true);
  q.most = static_cast<std::size_t>(std::clamp<std::int64_t>(t["most"].value_or(std::int64_t{1500}), 1, 4000));
  if (!texts.has(q.ask)) fault(fmt::format("{}: there is no text \"{}\"", q.slot, q.ask));
  const bool chooses = q.kind == bot::question_kind::choice || q.kind == bot::question_kind::checklist;
  if (chooses && q.choices.empty()) fault(q.slot + ": no choices");
  if (q.choices.size() > 10) fault(q.slot + ": more than ten choices do not fit a list of WhatsApp");
  for (const auto& id : q.choices)
    if (const std::string key = q.labels + "." + id; !texts.has(key))
      fault(fmt::format("{}: there is no text \"{}\"", q.slot, key));
  if (const toml::table* conditions = t["ask_if"].as_table())
    for (const auto& [slot, values] : *conditions) q.ask_if[std::string(slot.str())] = strings(&values);
  return q;
}

}  // namespace

std::chrono::minutes clock_of(const std::vector<area_pack>& packs, faults_t& faults) {
  static const std::map<std::string, int> hours = {
      {"Asia/Jakarta", 7}, {"Asia/Pontianak", 7}, {"Asia/Makassar", 8}, {"Asia/Jayapura", 9}};
  std::chrono::minutes offset{0};
  for (const auto& pack : packs) {
    const auto at = hours.find(pack.zone);
    if (at == hours.end()) {
      faults.push_back(fmt::format("areas: {} has the zone {}, which is none of Indonesia's", pack.name, pack.zone));
      continue;
    }
    if (offset.count() != 0 && offset != std::chrono::hours(at->second))
      faults.push_back(fmt::format("areas: {} has another clock than the packs before it", pack.name));
    offset = std::chrono::hours(at->second);
  }
  return offset;
}

bot::language::catalogue load_texts(const fs::path& dir, faults_t& faults) {
  std::map<std::string, bot::language::catalogue::texts, std::less<>> languages;
  std::error_code ec;
  for (const auto& file : fs::directory_iterator(dir, ec))
    if (file.path().extension() == ".toml")
      languages[file.path().stem().string()] = flatten(read_toml(file.path(), faults), file.path(), faults);
  if (ec) faults.push_back(dir.string() + ": " + ec.message());
  // Madurese has drafts for the report only; what it lacks is said in Indonesian.
  for (auto& fault : bot::language::check(languages, {"jv", "en"})) faults.push_back(std::move(fault));
  return bot::language::catalogue(std::move(languages));
}

std::map<std::string, bot::form, std::less<>> load_forms(const fs::path& dir, const bot::language::catalogue& texts,
                                                         faults_t& faults) {
  std::map<std::string, bot::form, std::less<>> forms;
  std::error_code ec;
  for (const auto& file : fs::directory_iterator(dir, ec)) {
    if (file.path().extension() != ".toml") continue;
    const toml::table whole = read_toml(file.path(), faults);
    bot::form f;
    f.id = whole["form"]["id"].value_or(std::string());
    f.version = whole["form"]["version"].value_or(0);
    if (f.id != file.path().stem().string())
      faults.push_back(file.path().string() + ": form.id must be the file's name");
    if (f.version < 1) faults.push_back(file.path().string() + ": form.version must be 1 or more");
    const toml::array* questions = whole["question"].as_array();
    for (std::size_t i = 0; questions != nullptr && i < questions->size(); ++i) {
      if (const toml::table* t = (*questions)[i].as_table()) {
        bot::question q = question_of(*t, file.path(), texts, faults);
        if (f.find(q.slot) != nullptr)
          faults.push_back(fmt::format("{}: the slot {} stands twice", file.path().string(), q.slot));
        f.questions.push_back(std::move(q));
      }
    }
    forms.emplace(f.id, std::move(f));
  }
  if (ec) faults.push_back(dir.string() + ": " + ec.message());
  for (const char* id : {"report", "event", "expression", "political", "permit", "information"})
    if (!forms.contains(id)) faults.push_back(fmt::format("{}: {}.toml is missing", dir.string(), id));
  return forms;
}

loaded_handbook load_handbook(const settings& s, faults_t& faults) {
  const std::size_t before = faults.size();
  auto texts = load_texts(s.dir / "messages", faults);
  auto forms = load_forms(s.dir / "forms", texts, faults);
  auto words = load_words(s.dir / "rules" / "words.toml", faults);
  auto lexicon = load_lexicon(s.dir / "language", faults);
  auto routing = load_routing_rules(s.dir / "rules" / "routing.toml", faults);
  auto escalation = load_escalation(s.dir / "rules" / "escalation.toml", faults);
  auto drafts = load_drafts(s.dir / "rules" / "escalation.toml", faults);
  const auto operators = load_operators(s.dir / "rules" / "escalation.toml", faults);
  auto incidents = load_incidents(s.dir / "rules" / "incidents.toml", faults);
  auto complaints = load_complaints(s.dir / "rules" / "complaints.toml", faults);
  auto sealed = load_sealed(s.dir / "rules" / "sealed.toml", faults);
  auto card_facts = load_card_facts(s.dir / "rules" / "card-facts.toml", texts, faults);
  auto advice = load_advice(s.dir / "rules" / "advice.toml", texts, faults);
  auto activities = load_activities(s.dir / "rules" / "activities.toml", faults);
  auto identity_cards = load_saying(s.dir / "rules" / "identity-cards.toml", faults);
  auto pleas = load_saying(s.dir / "rules" / "pleas.toml", faults);
  auto calm = load_saying(s.dir / "rules" / "calm.toml", faults);
  auto choices = load_choice_words(s.dir / "rules" / "choices.toml", texts, forms, faults);
  auto corrections = load_corrections(s.dir / "rules" / "corrections.toml", faults);
  auto faq = load_faq(s.dir / "rules" / "faq.toml", texts, faults);
  const auto keep = load_retention(s.dir / "rules" / "retention.toml", faults);
  if (keep.unfiled <= drafts.life)
    faults.push_back((s.dir / "rules" / "retention.toml").string() + ": unfiled must be longer than drafts.life");
  auto templates = load_templates(s.dir / "rules" / "templates.toml", texts, faults);
  load_without_template(s.dir / "rules" / "templates.toml", texts, faults);  // for its faults alone
  auto areas = load_areas(s.areas.dir, faults);
  const auto offset = clock_of(areas.packs, faults);
  auto notices = load_event_rules(
      s.dir / "rules", [&](std::string_view code) { return areas.units.find(code) != bot::geography::no_unit; },
      faults);
  notices.clashes = load_clash_rules(
      s.dir / "rules" / "clashes.toml",
      [&](std::string_view code) { return areas.map.find(code) != bot::geography::no_area; }, faults);
  notices.reminders = load_reminders(s.dir / "rules" / "reminders.toml", texts, faults);
  notices.at_event = load_at_event(s.dir / "rules" / "incidents.toml", texts, routing, faults);
  loaded_handbook loaded;
  if (faults.size() != before) return loaded;
  loaded.packs = std::move(areas.packs);
  loaded.book = std::make_unique<const bot::handbook>(bot::handbook{
      std::move(forms),
      std::move(words),
      std::move(texts),
      std::move(lexicon),
      std::move(areas.map),
      std::move(areas.units),
      std::move(routing),
      std::move(escalation),
      drafts,
      operators,
      std::move(incidents),
      std::move(complaints),
      std::move(sealed),
      std::move(card_facts),
      std::move(advice),
      std::move(activities),
      std::move(faq),
      std::move(templates),
      {s.limits.chat_per_minute, s.limits.area_per_minute, std::chrono::minutes(s.telegram.leave_groups_after)},
      offset,
      std::move(notices),
      keep,
      std::move(identity_cards),
      std::move(pleas),
      std::move(calm),
      std::move(choices),
      std::move(corrections),
      s.http.public_url});
  return loaded;
}

}  // namespace config
