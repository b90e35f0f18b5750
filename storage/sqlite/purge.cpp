#include "storage/sqlite/purge.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "storage/codec.hpp"
#include "storage/ids.hpp"
#include "storage/sql.hpp"
#include "storage/sql_casework.hpp"
#include "storage/sql_notices.hpp"
#include "storage/sql_purge.hpp"

namespace storage::sqlite {
namespace {

// Rows that one slice looks at: about a millisecond each on a small machine, where rows are decoded fewer.
constexpr std::int64_t many = 256;
constexpr std::int64_t some = 64;
constexpr std::int64_t few = 8;  // cases, each with its history and cards

}  // namespace

purged purge::slice(const bot::retention& keep, bot::instant now) {
  static constexpr std::array kinds = {&purge::failed,    &purge::reports, &purge::files,         &purge::unfiled,
                                       &purge::notices,   &purge::lessons, &purge::notice_drafts, &purge::organisers,
                                       &purge::persons,   &purge::people,  &purge::invites,       &purge::audit,
                                       &purge::positions, &purge::outbox,  &purge::inbox};
  purged done;
  writes_ = false;
  const auto before = after_;
  const auto before_inbox = after_inbox_;
  const auto before_end = after_end_;
  try {
    const bool more = (this->*kinds[kind_])(keep, now, done);
    if (writes_) db_.exec("COMMIT");
    if (!more) {
      kind_ = (kind_ + 1) % kinds.size();
      after_ = 0;
      after_inbox_ = {};
      after_end_ = 0;
    }
    done.round_over = !more && kind_ == 0;
  } catch (...) {
    after_ = before;
    after_inbox_ = before_inbox;
    after_end_ = before_end;
    if (sqlite3_get_autocommit(db_.getHandle()) == 0)
      sqlite3_exec(db_.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
  return done;
}

void purge::begin() {
  if (!std::exchange(writes_, true)) db_.exec("BEGIN IMMEDIATE");
}

bool purge::inbox(const bot::retention& keep, bot::instant now, purged& done) {
  const std::int64_t limit = bot::to_millis(now - keep.inbox);
  auto last = after_inbox_;
  std::int64_t seen = 0;
  bool any_old = false;
  {
    auto row = run_(sql::purge_inbox_next, after_inbox_.account, after_inbox_.stamp,
                    statements::blob{after_inbox_.digest}, many);
    for (; row.next(); ++seen) {
      last.account = row.text(0);
      last.stamp = row.integer(1);
      last.digest = row.text(2);
      any_old = any_old || row.integer(3) < limit;
    }
  }
  if (any_old) {
    begin();
    done.inbox += static_cast<std::uint64_t>(run_.run(sql::purge_inbox, after_inbox_.account, after_inbox_.stamp,
                                                      statements::blob{after_inbox_.digest}, last.account, last.stamp,
                                                      statements::blob{last.digest}, limit));
  }
  after_inbox_ = std::move(last);
  return seen == many;
}

bool purge::failed(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<std::int64_t> old;
  {
    auto row = run_(sql::purge_failed_next, id_source::first_of(now - keep.failed), some);
    while (row.next()) old.push_back(row.integer(0));
  }
  for (const auto id : old) {
    begin();
    run_.run(sql::purge_failed, id);
    ++done.failed;
  }
  return static_cast<std::int64_t>(old.size()) == some;
}

// From its beginning only, and never the newest: what is left is still one chain.
bool purge::audit(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<std::int64_t> old;
  std::int64_t seen = 0;
  {
    auto row = run_(sql::purge_audit_next, some + 1);
    for (; row.next(); ++seen)
      if (bot::from_millis(row.integer(1)) < now - keep.audit && static_cast<std::int64_t>(old.size()) == seen)
        old.push_back(row.integer(0));
  }
  if (static_cast<std::int64_t>(old.size()) == seen && !old.empty()) old.pop_back();
  for (const auto id : old) {
    begin();
    run_.run(sql::purge_audit, id);
    ++done.audit;
  }
  return static_cast<std::int64_t>(old.size()) == some;
}

bool purge::invites(const bot::retention&, bot::instant now, purged& done) {
  std::vector<std::string> over;
  {
    auto row = run_(sql::purge_invite_next, bot::to_millis(now), some);
    while (row.next()) over.push_back(row.text(0));
  }
  for (const auto& key : over) {
    begin();
    run_.run(sql::invite_use, statements::blob{key});
    ++done.invites;
  }
  return static_cast<std::int64_t>(over.size()) == some;
}

bool purge::outbox(const bot::retention& keep, bot::instant now, purged& done) {
  const std::int64_t gone = id_source::first_of(now - keep.deliveries);
  std::vector<std::int64_t> rows, payloads;
  std::int64_t seen = 0;
  {
    auto row = run_(sql::purge_outbox_next, after_, id_source::first_of(now - keep.payloads), many);
    for (; row.next(); ++seen) {
      after_ = row.integer(0);
      if (row.integer(1) < static_cast<int>(send_state::sent)) continue;
      if (after_ < gone)
        rows.push_back(after_);
      else if (row.integer(2) == 0)
        payloads.push_back(after_);
    }
  }
  for (const auto id : payloads) {
    begin();
    run_.run(sql::purge_payload, id);
  }
  for (const auto id : rows) {
    begin();
    run_.run(sql::purge_outbox, id);
  }
  done.payloads += payloads.size();
  done.deliveries += rows.size();
  return seen == many;
}

bool purge::positions(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<std::pair<std::int64_t, std::string>> rounded;
  std::int64_t seen = 0;
  {
    auto row = run_(sql::purge_positions_next, after_, id_source::first_of(now - keep.positions), some);
    for (; row.next(); ++seen) {
      after_ = row.integer(0);
      bot::cases::report r;
      try {
        decode_into(r, row.text(1));
      } catch (const refused&) {
        continue;  // a newer program's, or broken: what cannot be read is not rewritten
      }
      if (bot::round_position(r)) rounded.emplace_back(after_, encode(r));
    }
  }
  for (const auto& [id, data] : rounded) {
    begin();
    run_.run(sql::purge_position, id, data);
    ++done.positions;
  }
  return seen == some;
}

bool purge::reports(const bot::retention& keep, bot::instant now, purged& done) {
  struct ended {
    std::int64_t id;
    std::string number, figures;
  };
  std::vector<ended> all;
  {
    auto row = run_(sql::purge_reports_next, bot::to_millis(now - keep.reports), few);
    while (row.next()) {
      bot::cases::report r;
      try {
        decode_into(r, row.text(2));
      } catch (const refused&) {
        r = {};  // unreadable content has had its time as well
      }
      all.push_back({row.integer(0), row.text(1), encode(bot::only_figures(std::move(r)))});
    }
  }
  for (const auto& one : all) {
    begin();
    forget_report(one.id, one.number, one.figures, done);
    ++done.reports;
  }
  return static_cast<std::int64_t>(all.size()) == few;
}

void purge::forget_report(std::int64_t id, const std::string& number, const std::string& figures, purged& done) {
  run_.run(sql::purge_report, id, figures);
  for (const char* each : {sql::purge_history, sql::purge_leads, sql::purge_joins}) run_.run(each, id);
  run_.run(sql::purge_cards_of, bot::card_subject(number));
  done.media += files_.drop_of_report(id);
}

bool purge::notices(const bot::retention& keep, bot::instant now, purged& done) {
  struct over {
    std::int64_t id;
    std::string number, figures;
  };
  std::vector<over> all;
  {
    auto row = run_(sql::purge_notices_next, bot::to_millis(now - keep.notices), few);
    while (row.next()) {
      bot::notices::notice n;
      try {
        decode_into(n, row.text(2));
      } catch (const refused&) {
        n = {};  // unreadable content has had its time as well
      }
      all.push_back({row.integer(0), row.text(1), encode(bot::only_figures(std::move(n)))});
    }
  }
  for (const auto& one : all) {
    begin();
    forget_notice(one.id, one.number, one.figures);
    ++done.notices;
  }
  return static_cast<std::int64_t>(all.size()) == few;
}

void purge::forget_notice(std::int64_t id, const std::string& number, const std::string& figures) {
  run_.run(sql::purge_notice, id, figures);
  run_.run(sql::purge_notice_history, id);
  run_.run(sql::notice_person_drop, id);
  run_.run(sql::recommendation_drop, id);
  run_.run(sql::purge_cards_of, bot::notices::card_subject_of(number));
}

bool purge::lessons(const bot::retention& keep, bot::instant now, purged& done) {
  struct note {
    std::string place;
    std::int64_t at, seq;
  };
  std::vector<note> old;
  {
    auto row = run_(sql::purge_place_notes_next, bot::to_millis(now - keep.notices), some);
    while (row.next()) old.push_back({row.text(0), row.integer(1), row.integer(2)});
  }
  for (const auto& one : old) {
    begin();
    run_.run(sql::purge_place_note, one.place, one.at, one.seq);
    ++done.lessons;
  }
  return static_cast<std::int64_t>(old.size()) == some;
}

// Their chats forget them by a timer; this is for those whose timer was lost.
bool purge::notice_drafts(const bot::retention&, bot::instant now, purged& done) {
  std::vector<std::int64_t> over;
  {
    auto row = run_(sql::purge_notice_drafts_next, bot::to_millis(now), some);
    while (row.next()) over.push_back(row.integer(0));
  }
  for (const auto id : over) {
    begin();
    run_.run(sql::notice_draft_drop, id);
    ++done.drafts;
  }
  return static_cast<std::int64_t>(over.size()) == some;
}

bool purge::organisers(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<std::int64_t> over;
  {
    auto row = run_(sql::purge_organisers_next, bot::to_millis(now - keep.addresses), some);
    while (row.next()) over.push_back(row.integer(0));
  }
  for (const auto id : over) {
    begin();
    run_.run(sql::purge_organiser, id);
    ++done.organisers;
  }
  return static_cast<std::int64_t>(over.size()) == some;
}

bool purge::persons(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<std::int64_t> over;
  std::int64_t seen = 0;
  {
    auto row = run_(sql::purge_persons_next, after_, some);
    for (; row.next(); ++seen) {
      after_ = row.integer(0);
      const bool is_draft = row.is_null(1);
      const auto state = is_draft ? bot::notices::state::received : static_cast<bot::notices::state>(row.integer(1));
      const bot::instant ends = is_draft ? id_source::time_of(after_) : bot::from_millis(row.integer(2));
      const bot::instant changed = is_draft ? ends : bot::from_millis(row.integer(3));
      if (bot::is_person_over(keep, state, ends, changed, now)) over.push_back(after_);
    }
  }
  for (const auto id : over) {
    begin();
    run_.run(sql::notice_person_drop, id);
    ++done.persons;
  }
  return seen == some;
}

bool purge::files(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<std::int64_t> ended;
  {
    auto row = run_(sql::purge_media_next, bot::to_millis(now - keep.media), after_end_, after_, some);
    while (row.next()) {
      after_end_ = row.integer(0);
      after_ = row.integer(1);
      ended.push_back(after_);
    }
  }
  for (const auto id : ended) {
    if (!run_(sql::media_of_report, id).next()) continue;
    begin();
    done.media += files_.drop_of_report(id);
  }
  return static_cast<std::int64_t>(ended.size()) == some;
}

bool purge::unfiled(const bot::retention& keep, bot::instant now, purged& done) {
  const std::size_t gone = files_.drop_unfiled(now - keep.unfiled, static_cast<std::size_t>(some));
  done.media += gone;
  return gone == static_cast<std::size_t>(some);
}

bool purge::people(const bot::retention& keep, bot::instant now, purged& done) {
  std::vector<bot::conversation> drafts;
  std::vector<std::int64_t> windows, media_dropped, not_called, idle;
  const bot::instant limit = now - keep.addresses;
  std::int64_t seen = 0;
  {
    auto row = run_(sql::purge_people_next, after_, some);
    for (; row.next(); ++seen) {
      after_ = row.integer(0);
      bot::instant last = id_source::time_of(after_);
      bool writes_one = false;
      if (!row.is_null(1)) {
        last = std::max({last, bot::from_millis(row.integer(2)), bot::from_millis(row.integer(3))});
        try {
          bot::conversation c = decode_conversation(row.text(1), after_);
          last = std::max(last, bot::instant{std::chrono::minutes{c.minute}});
          const bool over = bot::drop_expired_draft(c, now, media_dropped);
          writes_one = !c.form.empty();
          if (over) {
            drafts.push_back(std::move(c));
            windows.push_back(row.integer(3));
          }
        } catch (const refused&) {  // its time counts by what can be read
        }
      }
      if (last < limit) idle.push_back(after_);
      if (!row.is_null(4) && !writes_one) not_called.push_back(after_);
    }
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    begin();
    run_.run(sql::conversation_put, drafts[i].contact, encode(drafts[i]), std::int64_t{0}, windows[i]);
    people_.forget(drafts[i].contact);
    ++done.drafts;
  }
  if (!media_dropped.empty()) files_.drop(media_dropped);  // after begin(): a draft went with them
  done.media += media_dropped.size();
  for (const auto id : not_called) {
    if (run_(sql::reporter_is_needed, id, bot::to_millis(limit)).next()) continue;
    begin();
    run_.run(sql::callback_drop, id);
    ++done.callbacks;
  }
  for (const auto id : idle) {
    const auto since = bot::to_millis(limit);
    if (run_(sql::reporter_is_needed, id, since).next() || run_(sql::organiser_is_needed, id, since).next() ||
        run_(sql::officer_is_needed, id, since).next())
      continue;
    begin();
    forget_contact(id);
    ++done.contacts;
  }
  return seen == some;
}

void purge::forget_contact(std::int64_t id) {
  run_.run(sql::forget_reporter, id);
  run_.run(sql::forget_organiser, id);
  for (const char* each : {sql::forget_conversation, sql::forget_addresses, sql::forget_secret, sql::forget_cards,
                           sql::callback_drop, sql::forget_contact})
    run_.run(each, id);
  people_.forget(id);
}

}  // namespace storage::sqlite
