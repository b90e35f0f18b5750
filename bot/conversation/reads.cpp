// What a message needs from storage, known before anything is read: from its form alone.
#include <algorithm>
#include <cctype>
#include <charconv>

#include "bot/cases/number.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/own_cases.hpp"
#include "bot/conversation/own_pins.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/notices/recommendation.hpp"

namespace bot {

namespace {

// What a timer is about stands in its row.
reads reads_of_timer(const said::timer& timer) {
  reads r;
  r.media = timer.kind == "media";
  if (timer.kind == "escalate" || timer.kind == "held" || r.media || timer.kind.starts_with("incident_"))
    r.report_ids.push_back(timer.subject);
  if (timer.kind == "incident_count") r.incident_size = timer.subject;
  if (timer.kind == "incident_news") r.report_ids.push_back(timer.version);
  if (timer.kind == "incident_follow") {
    r.followers_of = timer.subject;
    r.after = timer.version;
  }
  if (timer.kind.starts_with("notice_")) r.notice_ids.push_back(timer.subject);
  r.beside = timer.kind == "notice_week";
  r.open_cases = timer.kind == "list_cases" || timer.kind == "digest";
  return r;
}

void add_notice(reads& r, std::string_view text) {
  const auto number = cases::read_number(text);
  if (number && std::find(r.notice_numbers.begin(), r.notice_numbers.end(), *number) == r.notice_numbers.end())
    r.notice_numbers.push_back(*number);
}

// What an organiser's message or an officer's tap needs of the notices of events.
void add_notices(reads& r, const inbound& in, const conversation& c) {
  r.notice_numbers = c.notices;
  if (const auto* tap = std::get_if<said::tap>(&in.what); tap != nullptr && tap->data.starts_with("n:")) {
    const cases::tapped what = cases::read_tap(tap->data);
    add_notice(r, what.number);
    r.person_of_number = what.number;
    // Whatever is tapped in a group opens the card; who it is forwarded to gets one.
    r.beside = what.action == "open" || what.action == "to" || in.group;
    r.learned_at_number = what.number;
  }
  const auto answer = [&](const char* slot) {
    const auto at = c.answers.find(slot);
    return at == c.answers.end() ? std::string() : at->second;
  };
  if (const std::string id = answer("id"); c.form == "event")
    std::from_chars(id.data(), id.data() + id.size(), r.person_of);
  r.beside_told = c.form == "event" && c.asked == "confirm";
  if (c.form == "notice_words") r.person_of_number = c.filed;
  if (c.form == "notice_desk") add_notice(r, answer("notice"));
}

void add_number(reads& r, std::string_view text) {
  const auto number = cases::read_number(text);
  if (number && std::find(r.report_numbers.begin(), r.report_numbers.end(), *number) == r.report_numbers.end())
    r.report_numbers.push_back(*number);
}

// "minta PIN", or the button of the case that it is for.
bool may_want_pin(const inbound& in, const conversation& c) {
  if (c.asked == "pin") return true;
  if (const auto* tap = std::get_if<said::tap>(&in.what)) return tap->data.starts_with(pin_button);
  const auto* text = std::get_if<said::text>(&in.what);
  if (text == nullptr) return false;
  constexpr std::string_view pin = "pin";
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::search(text->body.begin(), text->body.end(), pin.begin(), pin.end(), same) != text->body.end();
}

}  // namespace

reads reads_for(const inbound& in, const conversation& c) {
  if (const auto* timer = std::get_if<said::timer>(&in.what)) return reads_of_timer(*timer);
  reads r;
  r.report_numbers = c.cases;
  add_notices(r, in, c);
  if (!c.cases.empty() && may_want_pin(in, c)) r.pins_of = c.cases;
  if (notices::is_recommendation(in)) add_notice(r, notices::recommended_number(in));
  if (const auto* tap = std::get_if<said::tap>(&in.what);
      tap != nullptr && (tap->data.starts_with("o:") || tap->data.starts_with("r:"))) {
    const cases::tapped what = cases::read_tap(tap->data);
    add_number(r, what.number);
    if (what.action == "join") add_number(r, what.value);
    if (what.action == "event") add_notice(r, what.value);
    if (what.action == "look" || what.action == "take") r.events_at = what.number;
    r.media = what.action == "look" || what.action == "take" || what.action == "files";
    if (what.action == "call") r.callback_of = what.number;
  }
  if (c.form == "officer")
    if (const auto at = c.answers.find("case"); at != c.answers.end()) add_number(r, at->second);
  if (const auto* text = std::get_if<said::text>(&in.what)) {
    if (auto code = invite_in(text->body); !code.empty()) r.invites.push_back(std::move(code));
    if (auto claimed = claim_in(text->body)) {
      if (claimed->number.starts_with('P'))
        r.draft_number = claimed->number;
      else
        add_number(r, claimed->number);
      r.claimed_number = std::move(claimed->number);
      r.claimed_pin = std::move(claimed->pin);
    }
  }
  return r;
}

}  // namespace bot
