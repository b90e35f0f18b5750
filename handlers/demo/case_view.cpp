#include "handlers/demo/case_view.hpp"

#include <nlohmann/json.hpp>

#include "bot/cases/life.hpp"

namespace handlers::demo {
namespace {

using nlohmann::json;

constexpr std::size_t most_cases = 20;

std::string name_of_unit(std::string_view code, const bot::handbook& book) {
  const auto id = book.units.find(code);
  return id == bot::geography::no_unit ? std::string(code) : book.units.at(id).name;
}

// The first unit that a detail names ("step 1: POLRES-PASURUAN-KOTA"), empty when there is none.
std::string unit_in(std::string_view detail, const bot::handbook& book) {
  for (std::size_t at = 0; at < detail.size();) {
    const std::size_t end = std::min(detail.find_first_of(" :", at), detail.size());
    const auto id = book.units.find(detail.substr(at, end - at));
    if (id != bot::geography::no_unit) return book.units.at(id).name;
    at = end + 1;
  }
  return {};
}

class describer {
 public:
  describer(const inner_life& life, const bot::handbook& book, const cast& people)
      : life_(life), book_(book), people_(people) {}

  json case_of(const inner_life::one& one) const {
    const auto& r = one.report;
    json c = {{"number", r.number},
              {"level", bot::cases::name_of(r.level)},
              {"level_name", text("level.", bot::cases::name_of(r.level))},
              {"state", bot::cases::name_of(r.state)},
              {"category", text("category.", r.category)},
              {"place", place_of(r)},
              {"unit", name_of_unit(r.unit, book_)},
              {"holder", r.holder == 0 ? "" : actor(r.holder, r)},
              {"confirmed", r.confirmed},
              {"sealed", r.sealed},
              {"why_unit", r.routing_reason},
              {"why_level", r.level_reason},
              {"created", bot::to_millis(r.created_at)},
              {"watchers", json::array()},
              {"events", json::array()}};
    for (const auto& w : r.watchers) c["watchers"].push_back(name_of_unit(w, book_));
    for (const auto& e : one.events)
      c["events"].push_back({{"kind", e.kind},
                             {"at", bot::to_millis(e.at)},
                             {"who", e.actor == 0 ? "" : actor(e.actor, r)},
                             {"detail", e.kind == "closed" ? text("outcome.", e.detail) : e.detail},
                             {"unit", unit_in(e.detail, book_)}});
    return c;
  }

 private:
  std::string text(std::string_view section, std::string_view word) const {
    const std::string key = std::string(section) + std::string(word);
    return book_.texts.has(key) ? std::string(book_.texts.text("id", key)) : std::string(word);
  }

  std::string place_of(const bot::cases::report& r) const {
    const auto id = book_.atlas.find(r.ward);
    return id == bot::geography::no_area ? std::string() : book_.atlas.title(id);
  }

  std::string actor(std::int64_t contact, const bot::cases::report& r) const {
    if (contact == r.reporter) return "pelapor";
    const auto address = life_.addresses.find(contact);
    if (address == life_.addresses.end()) return "seseorang";
    const auto* p = people_.at(bot::channel::telegram, address->second);
    return p == nullptr || p->plays == part::resident ? "seseorang" : p->name;
  }

  const inner_life& life_;
  const bot::handbook& book_;
  const cast& people_;
};

}  // namespace

inner_life read_inner_life(storage::store& store) {
  inner_life life;
  const auto note = [&](std::int64_t contact) {
    if (contact == 0 || life.addresses.contains(contact)) return;
    const auto where = store.destination_of(contact);
    life.addresses[contact] = where ? where->address : std::string();
  };
  for (auto& r : store.list_reports({most_cases})) {
    inner_life::one one{std::move(r), {}};
    one.events = store.history(one.report.id);
    note(one.report.holder);
    for (const auto& e : one.events) note(e.actor);
    life.cases.push_back(std::move(one));
  }
  life.outbox = store.outbox_counts();
  life.next_timer = store.next_timer();
  return life;
}

std::string describe(const inner_life& life, const bot::handbook& book, const cast& people) {
  const describer one(life, book, people);
  json all = {{"cases", json::array()}, {"outbox", life.outbox}, {"next", nullptr}};
  if (life.next_timer) all["next"] = bot::to_millis(*life.next_timer);
  for (const auto& c : life.cases) all["cases"].push_back(one.case_of(c));
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace handlers::demo
