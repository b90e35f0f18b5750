// Cards: what officers are told of a case, and when the next step hears of it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "bot/cases/card_facts.hpp"
#include "bot/cases/cards.hpp"
#include "bot/cases/escalation.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/cases/steps.hpp"
#include "bot/retention.hpp"

namespace bot::cases {
namespace {

// Only told of it: the unit that owns it decides.
bool only_watches(const member& m, const report& r) {
  return m.unit != r.unit && std::find(r.watchers.begin(), r.watchers.end(), m.unit) != r.watchers.end();
}

std::vector<choice> look_only(const report& r) { return {{fmt::format("o:look:{}", r.number), "officer_button.look"}}; }

priority urgency_of(const report& r) { return r.level == level::high ? priority::high : priority::other; }

std::string_view key_of(const report& r) {
  switch (r.state) {
    case state::filed: return "card.new";
    case state::joined: return "card.joined";
    case state::closed: return "card.closed";
    default: return "card.held";
  }
}

// So much waits there already that another card would only bury the others.
bool waits_for_digest(const report& r, const std::string& unit, const world& w) {
  const auto& rules = w.book.escalation;
  return rules.digest_from > 0 && w.recent != nullptr && r.level != level::high && !r.sealed &&
         w.recent->waiting(unit) >= rules.digest_from;
}

bool was_reopened(const report& r) { return r.state != state::closed && r.answers.contains("outcome"); }

}  // namespace

void give_card(turn& t, const report& r, const member& m, std::string_view key, std::string_view event,
               const world& w) {
  say s;
  s.key = key;
  s.args = card_arguments(r, w);
  s.choices = key == "card.watch" || r.holder != 0 ? look_only(r) : buttons_for(r);
  s.card = card_subject(r.number);
  s.urgency = urgency_of(r);
  t.notes.push_back({m.contact, std::move(s), fmt::format("{}:{}", r.number, event)});
}

void give_cards(turn& t, report& r, const std::string& unit, std::string_view key, std::string_view event,
                const world& w) {
  if (std::find(r.told.begin(), r.told.end(), unit) == r.told.end()) r.told.push_back(unit);
  for (const member* m : w.duty.of_unit(unit, !r.sealed)) give_card(t, r, *m, key, event, w);
}

std::vector<argument> card_arguments(const report& r, const world& w) {
  std::string place = name_of_area(r.ward, w);
  // A city alone is no ward to go to, but better than nothing.
  const auto told = r.answers.find("place");
  if (place.empty() && told != r.answers.end()) place = name_of_area(told->second, w);
  std::vector<argument> args = {{"number", r.number},
                                {"level", "level." + std::string(name_of(r.level)), true},
                                {"category", text_key_of_kind(r), true},
                                {"unit", name_of_unit(r.unit, w)},
                                {"confirmed",
                                 r.answers.contains("withdrawn") ? "card_word.withdrawn"
                                 : was_reopened(r)               ? "card_word.reopened"
                                 : r.confirmed                   ? "card_word.confirmed"
                                                                 : "card_word.unconfirmed",
                                 true}};
  if (place.empty())
    args.push_back({"place", "word.place_unknown", true});
  else
    args.push_back({"place", place});
  const std::string files = counted(r.answers, w);
  args.push_back({"media", files.empty() ? "" : " · " + files});
  const auto protect = r.answers.find("protect");
  if (protect != r.answers.end()) args.push_back({"protect", "card_word.protect", true});
  args.push_back({"facts", facts_of(r, w)});
  const bool pinned = r.answers.contains("pin");
  args.push_back({"source", r.ward.empty() ? "" : pinned ? "card_word.by_pin" : "card_word.by_words", !r.ward.empty()});
  const auto knows = r.answers.find("knowledge");
  args.push_back({"reports",
                  r.reports > 1              ? "card_word.reports"
                  : knows == r.answers.end() ? "card_word.reporter"
                                             : "card_word.reporter_" + knows->second,
                  true});
  if (r.reports > 1) args.push_back({"count", std::to_string(r.reports)});
  if (!r.lead.empty()) {
    args.push_back({"same", r.state == state::joined ? "card_word.same" : "card_word.maybe_same", true});
    args.push_back({"lead", r.lead});
  }
  // A message that waited through an outage is as old as its words.
  const auto waited = r.answers.find("waited");
  const auto age =
      (waited == r.answers.end() ? 0 : std::atoll(waited->second.c_str())) +
      std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::minutes>(w.now - r.created_at).count());
  if (age < 1)
    args.push_back({"age", "word.just_now", true});
  else
    args.push_back({"age", age < 120    ? fmt::format("{} mnt", age)
                           : age < 2880 ? fmt::format("{} jam", age / 60)
                                        : fmt::format("{} hari", age / 1440)});
  return args;
}

std::vector<choice> buttons_for(const report& r) {
  const auto data = [&](std::string_view action) { return fmt::format("o:{}:{}", action, r.number); };
  switch (r.state) {
    case state::filed:
      if (!r.lead.empty())
        return {{data("take"), "officer_button.take"},
                {data("join") + ":" + r.lead, "officer_button.join"},
                {data("apart"), "officer_button.apart"}};
      return {{data("take"), "officer_button.take"},
              {data("not_ours"), "officer_button.not_ours"},
              {data("look"), "officer_button.look"}};
    case state::taken:
      return {{data("on_site"), "officer_button.on_site"},
              {data("ask"), "officer_button.ask"},
              {data("more"), "officer_button.more"}};
    case state::on_site:
      return {{data("close"), "officer_button.close"},
              {data("ask"), "officer_button.ask"},
              {data("more"), "officer_button.more"}};
    case state::joined:
    case state::closed:
    case state::withdrawn: break;
  }
  return {};
}

bool may_act(const member& m, const report& r, const world& w) {
  if (r.sealed && m.group) return false;
  if (std::find(r.watchers.begin(), r.watchers.end(), m.unit) != r.watchers.end()) return true;
  const auto chain = chain_of(r.unit, w);
  if (std::find(chain.begin(), chain.end(), m.unit) != chain.end()) return true;
  if (offered_below(r, m.unit, w)) return true;
  const auto fallback = w.book.units.fallback();
  return fallback != geography::no_unit && w.book.units.at(fallback).code == m.unit;
}

std::vector<std::string> announce(turn& t, report& r, const world& w) {
  arm(t, r, r.step + 1, w);
  const auto units = recipients_of(destination_of(r), w);
  if (units.empty()) {
    t.events.push_back({r.id, "nobody_to_tell", 0, r.unit, w.now});
    return {};
  }
  for (const auto& unit : units) {
    if (unit != r.unit) t.events.push_back({r.id, "climbed", 0, unit + ": " + r.unit + " has nobody", w.now});
    if (waits_for_digest(r, unit, w)) {
      if (std::find(r.told.begin(), r.told.end(), unit) == r.told.end()) r.told.push_back(unit);
      t.events.push_back({r.id, "digested", 0, unit, w.now});
      for (const member* m : w.duty.of_unit(unit, true))
        if (w.recent->digest_due(m->contact) <= w.now)
          t.timers.push_back({"digest", m->contact, 0, w.now + w.book.escalation.digest_every});
    } else {
      give_cards(t, r, unit, "card.new", fmt::format("filed{}", r.version), w);
    }
  }
  for (const auto& watcher : r.watchers)
    if (std::find(units.begin(), units.end(), watcher) == units.end())
      give_cards(t, r, watcher, "card.watch", fmt::format("watch{}", r.version), w);
  return units;
}

void show_watchers(turn& t, report& r, const world& w) {
  for (const auto& watcher : r.watchers) give_cards(t, r, watcher, "card.watch", fmt::format("watch{}", r.version), w);
}

void bring_card(turn& t, const report& r, const member& who, const world& w) {
  say s;
  s.key = key_of(r);
  s.args = card_arguments(r, w);
  if (r.state == state::filed || r.holder == who.contact)
    s.choices = buttons_for(r);
  else if (r.state != state::closed)
    s.choices = look_only(r);
  s.card = card_subject(r.number);
  t.replies.push_back(std::move(s));
}

std::string remind(turn& t, report& r, const world& w) {
  const member* holder = w.duty.find(r.holder);
  if (r.state == state::joined || (r.holder != 0 && (holder == nullptr || holder->on_duty))) return {};
  const auto units = recipients_of(destination_of(r), w);
  const auto turns = (w.now - r.created_at) / w.book.escalation.plea_again;
  for (const auto& unit : units) give_cards(t, r, unit, "card.pleaded", fmt::format("plea{}", turns), w);
  return names_of_units(units, w);
}

void announce_change(turn& t, const report& r, std::string_view what, const world& w) {
  for (const auto& m : w.duty.members) {
    if (r.sealed && m.group) continue;
    const bool has_card = std::find(r.told.begin(), r.told.end(), m.unit) != r.told.end() || m.contact == r.holder;
    if (!has_card) continue;
    say s;
    s.key = key_of(r);
    s.args = card_arguments(r, w);
    if (m.contact == r.holder) {
      s.choices = buttons_for(r);
    } else if (r.state == state::filed) {
      // Whoever has handed it on keeps the card, not the buttons.
      if (only_watches(m, r)) {
        s.key = "card.watch";
        s.choices = look_only(r);
      } else if (may_act(m, r, w)) {
        s.choices = buttons_for(r);
      } else {
        s.key = "card.forwarded";
      }
    }
    s.edit_of = card_subject(r.number);
    t.notes.push_back({m.contact, std::move(s), ""});
  }
  if (r.holder != 0 && what == "withdrawn") {
    say s;
    s.key = "card.withdrawn";
    s.args = card_arguments(r, w);
    t.notes.push_back({r.holder, std::move(s), fmt::format("{}:v{}", r.number, r.version)});
  }
  if (r.holder != 0 && (what == "added" || what == "raised" || what == "evidence" || what == "placed" ||
                        what == "answered" || what == "pleaded" || what == "calmer")) {
    say s;
    s.key = what == "raised" ? "card.raised" : "card.addition";
    s.args = card_arguments(r, w);
    const auto added = r.answers.find("added");  // the newest addition in the reporter's words
    s.args.push_back({"added", added == r.answers.end() ? "" : added->second});
    s.urgency = urgency_of(r);
    if (what == "evidence") s.choices = {{fmt::format("o:files:{}", r.number), "officer_button.files"}};
    t.notes.push_back({r.holder, std::move(s), fmt::format("{}:v{}", r.number, r.version)});
  }
}

}  // namespace bot::cases
