// How it stands with what an organiser has told, and how a draft goes on later or in another chat.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/cases/number.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/recommendation.hpp"

namespace bot {

void notice_talk::say_status() {
  if (open() && slot("changes").empty()) {
    say_draft(talk_.answers, talk_.expires_at);
  } else if (laid_aside()) {
    answer_map answers = talk_.aside;
    const instant until = from_millis(std::stoll("0" + answers["until"]));
    if (world_.now < until) say_draft(answers, until);
  }
  for (const auto& n : facts_.notices) {
    if (n.organiser != facts_.contact) continue;
    say_standing(n);
    const std::string asked = notices::recommendation_lines(n, talk_.language, false, world_);
    if (!asked.empty()) say_with("recommendation.status", {{"number", n.number}, {"lines", asked}});
  }
}

void notice_talk::say_draft(const answer_map& answers, instant until) {
  const auto at = [&](const char* name) {
    const auto found = answers.find(name);
    return found == answers.end() ? std::string() : found->second;
  };
  const auto wards = parted(at("wards"));
  std::vector<argument> args = {{"what", purpose_key(answers), true},
                                {"when", notices::span_words(answers, talk_.language, world_)},
                                {"place", notices::place_words(wards, answers, talk_.language, world_)},
                                {"until", when_words(until)}};
  std::string lacks;
  if (open())
    for (const question* q : missing(plan_of(answers)))
      lacks += (lacks.empty() ? "" : ", ") + std::string(text("event_change_button." + q->slot));
  args.push_back({"missing", lacks});
  say_with(lacks.empty() && open() ? "notice.draft_ready"
           : lacks.empty()         ? "notice.draft_waits"
                                   : "notice.draft",
           std::move(args));
  // A new code each time: only its hash is kept.
  notices::kept_draft kept{.notice = std::stoll("0" + at("id")),
                           .number = facts_.fresh.notice_number,
                           .pin_hash = facts_.fresh.draft_pin_hash,
                           .until = until,
                           .answers = answers};
  for (const char* own :
       {"id", "person", "until", "listed", "choice", "explained", "offered", "changing", "called", "misses"})
    kept.answers.erase(own);
  turn_.drafts.push_back(std::move(kept));
  say_with("notice.draft_code", {{"code", facts_.fresh.notice_number}, {"pin", facts_.fresh.pin}});
  turn_.replies.back().once = true;
}

void notice_talk::leave() {
  if (!open()) return say_with("cancel.nothing");
  if (!slot("changes").empty()) return drop();
  say_draft(talk_.answers, talk_.expires_at);
  lay_aside();
}

void notice_talk::take_up(const claim& c) {
  constexpr int most_misses = 5;
  const auto& found = facts_.draft;
  if (!found || found->number != c.number || found->until < world_.now) return say_with("notice.draft_wrong");
  if (found->pin_misses >= most_misses) return say_with("notice.draft_locked");
  notices::kept_draft draft = *found;
  const bool right =
      std::find(facts_.claim_hashes.begin(), facts_.claim_hashes.end(), draft.pin_hash) != facts_.claim_hashes.end();
  if (!right) {
    ++draft.pin_misses;
    turn_.drafts.push_back(std::move(draft));
    return say_with("notice.draft_wrong");
  }
  draft.gone = true;
  turn_.drafts.push_back(draft);
  // In the chat where it was made it simply goes on.
  const std::string id = std::to_string(draft.notice);
  if (slot("id") == id || (laid_aside() && talk_.aside["id"] == id)) return open() ? go_on() : begin();
  if (open()) lay_aside();
  start_form();
  const std::string own = slot("id");
  talk_.answers = std::move(draft.answers);
  set("id", own);
  talk_.expires_at = std::min(talk_.expires_at, draft.until);
  say_with("notice.draft_taken", {{"code", draft.number}});
  go_on();
}

bool notice_talk::by_number(std::string_view said) {
  const auto words = said.find_last_of(' ');
  if (words == std::string_view::npos) return false;
  const auto number = cases::read_number(said.substr(words + 1));
  const auto word = world_.book.words.find(folded(said.substr(0, words)));
  if (!number || number->front() != 'P' || word == world_.book.words.end()) return false;
  if (word->second != "change" && word->second != "cancel") return false;
  const auto own = std::find_if(facts_.notices.begin(), facts_.notices.end(), [&](const notices::notice& n) {
    return n.number == *number && n.organiser == facts_.contact;
  });
  // The same answer whether there is such a notice or not.
  if (own == facts_.notices.end()) return say_with("notice.not_here", {{"number", *number}}), true;
  if (open()) return false;
  const auto* n = filed(*number);
  if (n == nullptr) return say_with("notice.over", {{"number", own->number}}), true;
  if (word->second == "change") return edit(*n), true;
  return ask_cancel(*n), true;
}

}  // namespace bot
