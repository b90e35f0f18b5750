#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bot/cases/escalation.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/own_cases.hpp"
#include "bot/conversation/poster.hpp"
#include "bot/conversation/small_talk.hpp"
#include "bot/conversation/visit.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/recommendation.hpp"
#include "bot/retention.hpp"
#include "bot/written_moment.hpp"

namespace bot {

visit::visit(turn& t, const inbound& in, const facts& f, const world& w)
    : t_(t), in_(in), f_(f), w_(w), report_(t, in, f, w), notice_(t, in, f, w), desk_(t, in, f, w, report_) {}

void visit::operator()(const said::reach& r) {
  t_.silent = true;
  if (r.what == said::reach::change::blocked || r.what == said::reach::change::left_group) t_.reachable = 0;
  if (r.what == said::reach::change::unblocked) t_.reachable = 1;
  if (r.what == said::reach::change::joined_group) {
    t_.reachable = 1;
    if (w_.duty.find(f_.contact) != nullptr) return;
    t_.replies.push_back({.key = "answer.not_in_group"});
    const auto after = w_.book.limits.leave_group_after;
    if (after.count() > 0) t_.timers.push_back({"leave_group", f_.contact, 0, w_.now + after});
  }
}

void visit::operator()(const said::timer& timer) {
  if (timer.kind == "escalate" || timer.kind == "held") {
    if (f_.reports.empty()) return;
    if (timer.kind == "held") return cases::held_long(t_, f_.reports.front(), timer.version, w_);
    return cases::escalate(t_, f_.reports.front(), timer.version, w_);
  }
  if (notices::timer(t_, timer, f_, w_) || cases::incident_timer(t_, timer, f_, w_) || desk_.timer(timer)) return;
  if (timer.kind == "media") {
    if (!f_.reports.empty()) cases::media_lost(t_, f_.reports.front(), timer.version, f_, w_);
    return;
  }
  if (timer.kind == "digest") return cases::digest(t_, f_, w_);
  if (timer.kind == "leave_group") {
    if (w_.duty.find(f_.contact) == nullptr) t_.replies.push_back({.key = "answer.leaves_group", .leaves = true});
    return;
  }
  if (timer.kind == "list_cases" && timer.version == written_to) return cases::show_at_hand(t_, f_, w_);
  if (timer.kind == "list_cases") {
    cases::list_open(t_, f_, timer.version == 0 && f_.listed_notices.empty(), w_);
    return notices::list_open(t_, f_, w_);
  }
  if (timer.version != t_.next.draft) {
    t_.silent = true;
    return;
  }
  report_.timer(timer.kind);
}

void visit::operator()(const said::tap& tap) {
  if (notices::recommended(t_, in_, f_, w_)) return;
  if (notices::officer_tap(t_, tap, f_, w_) || cases::officer_tap(t_, tap, f_, w_) ||
      cases::reporter_tap(t_, tap, f_, w_))
    return;
  if (in_.group || desk_.tap(tap) || notice_.tap(tap.data)) return;
  if (tap.data.starts_with("g:")) return word(tap.data.substr(2));
  if (tap.data.starts_with("l:")) return set_language(tap.data.substr(2));
  if (tap.data.starts_with("o:") || tap.data.starts_with("r:") || !report_.tap(tap.data))
    t_.replies.push_back({.key = "answer.stale_button"});
}

void visit::operator()(const said::text& text) {
  if (const auto code = invite_in(text.body); !code.empty()) return bind(code);
  if (in_.group) {  // content is never taken from a group
    if (!text.body.empty() && text.body[0] == '/') t_.replies.push_back({.key = "answer.not_in_group"});
    return;
  }
  hear(text.body);
}

void visit::operator()(const said::edited& edit) {
  // New words for an earlier message: as a correction of what is open, never as a second report.
  if (in_.group || (!report_.open() && t_.next.cases.empty())) return;
  hear(edit.body);
}

void visit::operator()(const said::pin& pin) {
  if (in_.group) return;
  if (notice_.open()) return notice_.locate(pin);
  if (!report_.open() && has_open_case()) {
    report_.speak_of(case_meant({}, {}, f_, in_.sent_at, w_).which);
    if (report_.add_pin(pin)) return;
  }
  if (const auto* beside = report_.told_beside(); beside != nullptr) {
    report_.speak_of(beside);
    if (report_.add_pin(pin)) return;
  }
  report_.locate(pin);
  if (desk_.speaks()) only_relay(std::string(w_.book.texts.text("id", "card_word.location")));
}

void visit::operator()(const said::media& media) {
  if (in_.group) return;
  if (media.what == said::media::kind::sticker) return;
  const bool picture = media.what == said::media::kind::photo || media.what == said::media::kind::document;
  if (picture && cases::only_identity_card(media.caption, w_)) return reply("media.identity_card");
  if (notice_.open() && media.caption.empty())  // identity cards, above all
    return reply(media.what == said::media::kind::voice ? "notice.no_voice" : "notice.no_pictures");
  receive(media);
  if (desk_.speaks()) only_relay(fmt::format("{} {}", w_.book.texts.text("id", "card_word.any_file"), media.caption));
}

void visit::operator()(const said::contact_card& card) {
  if (!in_.group && !report_.share_contact(card)) t_.replies.push_back({.key = "answer.contact_card"});
}

void visit::operator()(const said::unsupported& u) {
  if (!in_.group && !u.silent) t_.replies.push_back({.key = "answer.unsupported"});
}

void visit::operator()(const said::moved&) { t_.silent = true; }

void visit::operator()(const said::receipt&) { t_.silent = true; }

void visit::operator()(const said::unreadable&) { t_.silent = true; }

void visit::only_relay(const std::string& words) {
  std::erase_if(t_.replies, [](const say& s) { return s.urgency != priority::danger; });
  desk_.relay(words);
}

void visit::receive(const said::media& media) {
  const bool may_add = !report_.open() && has_open_case();
  if (const auto* beside = report_.told_beside(); media.caption.empty() && beside != nullptr) {
    report_.speak_of(beside);
    if (report_.add_media(media)) return;
  }
  if (media.caption.empty()) {
    if (may_add) report_.speak_of(case_meant({}, {}, f_, in_.sent_at, w_).which);
    if (may_add && report_.add_media(media)) return;
    return report_.receive(media, nullptr);
  }
  const perception caption = perceive(media.caption, in_.sent_at, w_.book);
  settle_language(caption);
  const auto meant = case_meant(caption, media.caption, f_, in_.sent_at, w_);
  report_.speak_of(meant.which);
  const bool accuses = caption.accuses != complaint::none;
  if (accuses && !t_.next.filed.empty()) close_form(t_.next);
  if (may_add && !accuses && !says_new_event(caption, meant.which, w_) && report_.add_media(media)) return;
  report_.receive(media, &caption);
}

void visit::reply(std::string key, std::vector<argument> args, std::vector<choice> choices) {
  t_.replies.push_back({.key = std::move(key), .args = std::move(args), .choices = std::move(choices)});
}

// What stands under it can be typed, too: see press_button().
void visit::offer_menu(std::string key) {
  if (t_.next.form.empty()) t_.next.asked = "menu";
  reply(std::move(key), {}, main_menu());
}

void visit::bind(const std::string& code) {
  const auto at =
      std::find_if(f_.invites.begin(), f_.invites.end(), [&](const cases::invite& i) { return i.code == code; });
  if (at == f_.invites.end()) return reply("officer.bad_invite");
  t_.bound.push_back({f_.contact, at->unit, in_.group ? "grup" : at->role, in_.group, true});
  t_.used_invite = code;
  t_.next.greeted = true;  // an officer is not greeted as a resident later
  reply("officer.welcome", {{"unit", cases::name_of_unit(at->unit, w_)}, {"role", in_.group ? "grup" : at->role}});
  // What waits there already is no less urgent than what comes.
  if (!in_.group) t_.timers.push_back({"list_cases", f_.contact, 1, w_.now});
}

void visit::let_go() {
  const auto own = [&](const cases::report& r) { return r.reporter == f_.contact; };
  const bool hushed = std::any_of(f_.reports.begin(), f_.reports.end(), own) &&
                      std::none_of(f_.reports.begin(), f_.reports.end(),
                                   [&](const cases::report& r) { return own(r) && !is_hushed(r); });
  const bool told = !t_.next.cases.empty() && !hushed;
  const bool had = report_.open() || notice_.open() || told || !t_.next.notices.empty();
  desk_.hand_back({});
  notice_.forget();
  forget(t_, had, f_, w_);
}

void visit::greet() {
  t_.next.greeted = true;
  offer_menu("greeting.hello");
}

void visit::word(std::string_view which) {
  if (which == "menu") return t_.next.greeted ? offer_menu("greeting.menu") : greet();
  if (which == "report") return report_.begin();
  if (which == "help") return reply(w_.duty.find(f_.contact) == nullptr ? "help.text" : "officer.help");
  if (which == "privacy") return reply("help.privacy");
  if (which == "event") return notice_.begin();
  if (which == "status") return status();
  if (which == "cancel") return cancel();
  if (which == "back") return notice_.open() ? notice_.back() : report_.back();
  if (which == "later") return notice_.leave();
  if (which == "change") return of_notice() ? notice_.change() : report_.change();
  if (which == "paper") return notice_.give_paper();
  if (which == "danger") return report_.danger();
  if (which == "forget") return let_go();
  if (which == "language") {
    if (t_.next.form.empty()) t_.next.asked = "language";
    return reply("language.ask", {}, languages_offered(w_));
  }
  if (which.starts_with("language_")) return set_language(which.substr(9));
  if (agrees(which) && notice_.open()) return notice_.confirm();
  if (agrees(which) && report_.open()) return report_.confirm();
  if (which == "no" && report_.open()) return report_.change();  // "Sudah benar?"
  if (which == "duty_on" || which == "duty_off") return cases::change_duty(t_, f_, which == "duty_on", w_);
  if (which == "open_cases") return t_.timers.push_back({"list_cases", f_.contact, 0, w_.now});
  not_understood();
}

void visit::set_language(std::string_view which) {
  const auto known = w_.book.texts.languages();
  if (std::find(known.begin(), known.end(), which) == known.end()) return reply("answer.stale_button");
  t_.next.language = which;
  t_.next.language_chosen = true;
  reply("language.set");
}

bool visit::of_notice() const {
  return notice_.open() || notice_.picks() || t_.next.form == "notice_words" || t_.next.form == notices::after_form ||
         (!report_.open() && !has_open_case() && notice_.has_filed());
}

void visit::cancel() { return of_notice() ? notice_.drop() : report_.drop(); }

void visit::status() {
  const std::size_t before = t_.replies.size();
  notice_.say_status();
  const bool reports = std::any_of(f_.reports.begin(), f_.reports.end(),
                                   [&](const cases::report& r) { return r.reporter == f_.contact && !is_hushed(r); });
  const bool unsent = (report_.open() && t_.next.filed.empty() && !t_.next.answers.empty()) || notice_.open();
  if (reports || (t_.replies.size() == before && !unsent)) say_status(t_, f_, w_);
  if (unsent)
    reply("status.draft", {}, report_.open() ? std::vector<choice>{{"f:send", "button.send"}} : std::vector<choice>{});
}

turn take_turn(conversation c, const inbound& in, const facts& f, const world& w) {
  turn t;
  t.next = std::move(c);
  drop_expired_draft(t.next, w.now, t.media_dropped);
  visit one(t, in, f, w);
  std::visit([&](const auto& what) { one(what); }, in.what);
  // Who reported stands in the case alone, where it can be taken out; a history that names them would undo that.
  for (auto& e : t.events)
    if (!cases::is_act_of_officer(e.kind)) e.actor = 0;
  const bool is_resident = f.contact == f.actor && w.duty.find(f.actor) == nullptr;
  for (auto& e : t.notice_events)
    if (notices::is_of_organiser(e.kind) || (is_resident && e.kind != "denied")) e.actor = 0;
  if (const auto* tap = std::get_if<said::tap>(&in.what); tap != nullptr && in.group && !tap->query_id.empty()) {
    // A tap in private is answered when it arrives. In a group the answer may hold words for the one who tapped.
    const auto fits = std::find_if(t.replies.begin(), t.replies.end(), [](const say& s) { return s.alert; });
    if (fits != t.replies.end())
      fits->answers_query = tap->query_id;
    else
      t.replies.push_back({.answers_query = tap->query_id});
  }
  return t;
}

}  // namespace bot
