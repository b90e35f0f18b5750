#include "bot/conversation/own_cases.hpp"

#include <algorithm>
#include <array>

#include "bot/cases/life.hpp"
#include "bot/cases/number.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/own_pins.hpp"
#include "bot/conversation/standing.hpp"
#include "bot/retention.hpp"

namespace bot {

std::optional<claim> claim_in(std::string_view text) {
  // As we print them ("no. L2F1-7MJM, PIN 288565"), as people copy them, and with the words that they put around.
  constexpr std::array beside = {"NO",      "NOMOR", "NOMER", "NOMORNYA", "NOMERE", "PIN", "PINNYA", "STATUS", "CEK",
                                 "LAPORAN", "KODE",  "DAN",   "SAYA",     "HASIL",  "PAK", "BU",     "YA"};
  constexpr std::size_t longest = 80, number_length = 8, pin_length = 6;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  // Nearly every message ends here.
  if (text.size() > longest || static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit)) < pin_length)
    return std::nullopt;
  std::string kept, word;
  const auto keep = [&] {
    if (std::find(beside.begin(), beside.end(), word) == beside.end()) kept += word;
    word.clear();
  };
  for (const char c : text) {
    if (is_digit(c) || (c >= 'A' && c <= 'Z')) {
      word += c;
    } else if (c >= 'a' && c <= 'z') {
      word += static_cast<char>(c - 'a' + 'A');
    } else {
      keep();
    }
  }
  keep();
  if (kept.size() == number_length + 3 + pin_length && kept.compare(number_length, 3, "PIN") == 0)
    kept.erase(number_length, 3);
  if (kept.size() != number_length + pin_length) return std::nullopt;
  const auto number = cases::read_number(kept.substr(0, number_length));
  const std::string pin = kept.substr(number_length);
  if (!number || !std::all_of(pin.begin(), pin.end(), is_digit)) return std::nullopt;
  return claim{*number, pin};
}

std::string invite_in(std::string_view text) {
  constexpr std::string_view mark = "masuk-";
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  std::size_t end = at + mark.size();
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || (text[end] >= 'a' && text[end] <= 'z'))) ++end;
  return std::string(text.substr(at, end - at));
}

void say_status(turn& t, const facts& f, const world& w) {
  bool any = false;
  for (const auto& r : f.reports) {
    if (r.reporter != f.contact || is_hushed(r)) continue;
    any = true;
    t.replies.push_back({.key = "status.line", .args = standing_of(r, w)});
  }
  if (!any) t.replies.push_back({.key = "status.none"});
}

bool say_standing(turn& t, const facts& f, const world& w) {
  const auto newest = std::find_if(f.reports.rbegin(), f.reports.rend(), [&](const cases::report& r) {
    return r.reporter == f.contact && r.state != cases::state::closed && !is_hushed(r);
  });
  if (newest == f.reports.rend() || newest->sealed) return false;
  t.replies.push_back({.key = "answer.has_case", .args = standing_of(*newest, w)});
  return true;
}

void forget(turn& t, bool had, const facts& f, const world& w) {
  for (const auto& have : f.reports) {
    if (have.reporter != f.contact) continue;
    cases::report r = have;
    r.reporter = 0;
    ++r.version;
    r.changed_at = w.now;
    t.events.push_back({r.id, "reply_address_removed", 0, "", w.now});
    t.reports.push_back(std::move(r));
  }
  const auto files = files_of_draft(t.next);
  t.media_dropped.insert(t.media_dropped.end(), files.begin(), files.end());
  const auto draft = t.next.draft;
  conversation fresh;
  fresh.contact = t.next.contact;
  fresh.language = t.next.language;
  fresh.language_chosen = t.next.language_chosen;
  fresh.heard_until = t.next.heard_until;
  fresh.draft = draft + 1;
  t.next = std::move(fresh);
  t.callbacks.push_back({f.contact, ""});
  t.replies.push_back({.key = had ? "help.deleted" : "help.deleted_nothing"});
}

void say_claimed(turn& t, const claim& c, const facts& f, const world& w) {
  const auto at =
      std::find_if(f.reports.begin(), f.reports.end(), [&](const cases::report& r) { return r.number == c.number; });
  if (at == f.reports.end() || at->pin_hash.empty()) return t.replies.push_back({.key = "status.pin_wrong"});
  if (at->pin_misses >= most_pin_misses)
    return t.replies.push_back({.key = "status.pin_locked", .args = {{"unit", cases::name_of_unit(at->unit, w)}}});
  cases::report r = *at;
  const bool right = std::find(f.claim_hashes.begin(), f.claim_hashes.end(), r.pin_hash) != f.claim_hashes.end();
  const bool by_older_key = right && r.pin_hash != f.claim_hashes.front();
  if (!right || by_older_key || r.pin_misses > 0) {
    r.pin_misses = right ? 0 : r.pin_misses + 1;
    if (by_older_key) r.pin_hash = f.claim_hashes.front();  // so that the older key can go
    ++r.version;
    t.reports.push_back(r);
  }
  if (!right) return t.replies.push_back({.key = "status.pin_wrong"});
  t.replies.push_back({.key = "status.pin_ok", .args = standing_of(r, w)});
}

}  // namespace bot
