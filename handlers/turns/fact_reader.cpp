#include "handlers/turns/fact_reader.hpp"

#include <algorithm>
#include <iterator>

#include "bot/cases/life.hpp"
#include "bot/cases/number.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/at_event.hpp"
#include "bot/notices/recurrence.hpp"
#include "storage/vault.hpp"

namespace handlers::turns {
namespace {

constexpr std::size_t most_beside = 500;

std::string six_digits(std::uint64_t random_bits) {
  std::string digits = std::to_string(random_bits % 1000000);
  return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

bot::facts fact_reader::read(const bot::inbound& in, const storage::admission& a) {
  bot::facts f;
  f.contact = a.chat.contact;
  f.actor = a.actor;
  f.via = a.chat.via;
  f.group = a.chat.group;
  const bot::reads needs = bot::reads_for(in, a.conversation);
  f.reports = known_.pick(needs);
  f.notices = known_.pick_notices(needs);
  if (needs.beside) read_beside(f, in, needs);
  if (needs.beside_told)
    if (const auto when = bot::notices::beside_told(a.conversation.answers, world_))
      f.beside = events_between(*when, most_beside);
  if (!needs.events_at.empty()) read_events_at(f, needs);
  std::int64_t person_of = needs.person_of;
  for (const auto& n : f.notices)
    if (n.number == needs.person_of_number) person_of = n.id;
  if (person_of != 0) f.person = known_.person_of(person_of);
  for (const auto& n : f.notices)
    if (n.number == needs.learned_at_number) f.learned = learned_at(n);
  if (!needs.draft_number.empty()) f.draft = known_.draft(needs.draft_number);
  if (needs.open_cases) {
    f.listed = open_cases(f.contact);
    f.listed_notices = open_notices(f.contact);
  }
  if (needs.followers_of != 0)
    f.listed = known_.newest(store_.followers(needs.followers_of, needs.after, bot::cases::followers_at_once));
  if (needs.incident_size != 0) f.incident_size = store_.incident_size(needs.incident_size);
  if (!needs.callback_of.empty())
    for (const auto& r : f.reports)
      if (r.number == needs.callback_of && r.reporter != 0) f.callback = store_.callback_of(r.reporter);
  f.actor_met = a.actor == a.chat.contact || store_.has_written(a.actor);
  if (needs.media)
    for (const auto& r : f.reports) {
      auto files = store_.media().of_report(r.id);
      std::move(files.begin(), files.end(), std::back_inserter(f.media));
    }
  if (!needs.claimed_number.empty())
    f.claim_hashes = store_.keyed_hashes("pin", needs.claimed_number + ":" + needs.claimed_pin);
  if (!needs.invites.empty()) {
    f.invites = store_.open_invites(needs.invites, world_.now);
    std::erase_if(f.invites, [&](const bot::cases::invite& i) {  // used by an earlier message of this batch
      return std::find(used_invites_.begin(), used_invites_.end(), i.code) != used_invites_.end();
    });
  }
  f.fresh.report_id = store_.new_id();
  if (std::holds_alternative<bot::said::media>(in.what)) f.fresh.media_id = store_.new_id();
  f.fresh.report_number = bot::cases::make_number('L', storage::random_bits());
  f.fresh.notice_id = store_.new_id();
  f.fresh.notice_number = bot::cases::make_number('P', storage::random_bits());
  f.fresh.part_id = store_.new_id();
  f.fresh.part_number = bot::cases::make_number('P', storage::random_bits());
  f.fresh.pin = six_digits(storage::random_bits());
  f.fresh.pin_hash = store_.keyed_hashes("pin", f.fresh.report_number + ":" + f.fresh.pin).front();
  f.fresh.draft_pin_hash = store_.keyed_hashes("pin", f.fresh.notice_number + ":" + f.fresh.pin).front();
  for (const auto& number : needs.pins_of)
    f.new_pins.emplace_back(number, store_.keyed_hashes("pin", number + ":" + f.fresh.pin).front());
  return f;
}

std::vector<bot::notices::notice> fact_reader::events_between(const bot::notices::period& p, std::size_t most) {
  return bot::notices::occurrences_of(known_.newest(store_.notices_between(p.units, p.from, p.until, most)),
                                      world_.book.utc_offset);
}

void fact_reader::read_beside(bot::facts& f, const bot::inbound& in, const bot::reads& needs) {
  const bool is_timer = std::holds_alternative<bot::said::timer>(in.what);
  for (const auto& n : f.notices) {
    if (!is_timer && n.number != needs.person_of_number) continue;
    const auto when = is_timer ? bot::notices::week_of(n, world_) : bot::notices::beside(n, world_);
    f.beside = events_between(when, most_beside);
    return;
  }
}

void fact_reader::read_events_at(bot::facts& f, const bot::reads& needs) {
  constexpr std::size_t most = 100;
  for (const auto& r : f.reports) {
    if (r.number != needs.events_at) continue;
    if (const auto when = bot::notices::around_report(r, world_)) f.beside = events_between(*when, most);
    return;
  }
}

std::vector<bot::notices::notice> fact_reader::open_notices(std::int64_t contact) {
  constexpr std::size_t most = 10;
  std::vector<bot::notices::notice> all;
  for (const auto& unit : bot::cases::units_looked_after(contact, world_))
    for (auto& n : store_.open_notices(unit, most)) all.push_back(known_.newest(std::move(n)));
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
  if (all.size() > most) all.resize(most);
  return all;
}

std::vector<std::string> fact_reader::learned_at(const bot::notices::notice& n) {
  constexpr std::size_t most = 5;  // lines of a card
  const auto place = bot::notices::place_key(n, world_.book.notices);
  if (place.empty()) return {};
  const auto since = world_.now - std::chrono::hours(24) * world_.book.notices.reminders.learned_days;
  return store_.learned_at(place, since, most);
}

std::vector<bot::cases::report> fact_reader::open_cases(std::int64_t contact) {
  constexpr std::size_t most = 10;  // rows of a list on WhatsApp
  std::vector<bot::cases::report> all;
  for (const auto& unit : bot::cases::units_looked_after(contact, world_)) {
    auto some = known_.newest(store_.open_reports(unit, most));
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.level > b.level; });
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace handlers::turns
