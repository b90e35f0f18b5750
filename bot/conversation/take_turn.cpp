#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bot/cases/escalation.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/operator_desk.hpp"
#include "bot/conversation/own_cases.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/poster.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/recommendation.hpp"
#include "bot/retention.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

using language::intent;

class visit {
 public:
  visit(turn& t, const inbound& in, const facts& f, const world& w)
      : t_(t), in_(in), f_(f), w_(w), report_(t, in, f, w), notice_(t, in, f, w), desk_(t, in, f, w, report_) {}

  void operator()(const said::reach& r) {
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

  void operator()(const said::timer& timer) {
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

  void operator()(const said::tap& tap) {
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

  void operator()(const said::text& text) {
    if (const auto code = invite_in(text.body); !code.empty()) return bind(code);
    if (in_.group) {  // content is never taken from a group
      if (!text.body.empty() && text.body[0] == '/') t_.replies.push_back({.key = "answer.not_in_group"});
      return;
    }
    hear(text.body);
  }

  void operator()(const said::edited& edit) {
    // New words for an earlier message: as a correction of what is open, never as a second report.
    if (in_.group || (!report_.open() && t_.next.cases.empty())) return;
    hear(edit.body);
  }

  void operator()(const said::pin& pin) {
    if (in_.group) return;
    if (notice_.open()) return notice_.locate(pin);
    if (!report_.open() && has_open_case() && report_.add_pin(pin)) return;
    report_.locate(pin);
    if (desk_.speaks()) only_relay(std::string(w_.book.texts.text("id", "card_word.location")));
  }

  void operator()(const said::media& media) {
    if (in_.group) return;
    if (media.what == said::media::kind::sticker) return;
    const bool picture = media.what == said::media::kind::photo || media.what == said::media::kind::document;
    if (picture && cases::only_identity_card(media.caption, w_)) return reply("media.identity_card");
    if (notice_.open() && media.caption.empty()) return reply("notice.no_pictures");  // identity cards, above all
    receive(media);
    if (desk_.speaks()) only_relay(fmt::format("{} {}", w_.book.texts.text("id", "card_word.any_file"), media.caption));
  }

  void operator()(const said::contact_card& card) {
    if (!in_.group && !report_.share_contact(card)) t_.replies.push_back({.key = "answer.contact_card"});
  }

  void operator()(const said::unsupported& u) {
    if (!in_.group && !u.silent) t_.replies.push_back({.key = "answer.unsupported"});
  }

  void operator()(const said::moved&) { t_.silent = true; }
  void operator()(const said::receipt&) { t_.silent = true; }
  void operator()(const said::unreadable&) { t_.silent = true; }

 private:
  // What an operator is told is answered by the operator.
  void only_relay(const std::string& words) {
    std::erase_if(t_.replies, [](const say& s) { return s.urgency != priority::danger; });
    desk_.relay(words);
  }

  void receive(const said::media& media) {
    const bool may_add = !report_.open() && has_open_case();
    if (media.caption.empty()) {
      if (may_add && report_.add_media(media)) return;
      return report_.receive(media, nullptr);
    }
    const perception caption = perceive(media.caption, in_.sent_at, w_.book);
    settle_language(caption);
    const bool accuses = caption.accuses != complaint::none;
    if (accuses && !t_.next.filed.empty()) close_form(t_.next);
    if (may_add && !accuses && !says_new_event(caption, f_, w_) && report_.add_media(media)) return;
    report_.receive(media, &caption);
  }

  void reply(std::string key, std::vector<argument> args = {}, std::vector<choice> choices = {}) {
    t_.replies.push_back({.key = std::move(key), .args = std::move(args), .choices = std::move(choices)});
  }

  static std::vector<choice> menu() {
    return {{"g:report", "button.report"}, {"g:status", "button.status"}, {"g:help", "button.help"}};
  }

  void bind(const std::string& code) {
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

  // The operator answers; what would be danger is told to the officers all the same, and 110 is said.
  void hear_beside_operator(const std::string& body) {
    const perception p = perceive(body, in_.sent_at, w_.book);
    if (p.accuses != complaint::none) return hear_complaint(p, body);  // perhaps of the one who answers here
    if (p.meaning.level == cases::level::high) {
      if (report_.open() || !has_open_case() || !report_.add_to_case(p, body)) report_.hear(p, body);
    } else if (report_.open()) {
      report_.listen(p, body);
    } else if (has_open_case()) {
      report_.add_to_case(p, body);
    }
    only_relay(body);
  }

  void let_go() {
    const bool had = report_.open() || notice_.open() || !t_.next.cases.empty() || !t_.next.notices.empty();
    desk_.hand_back({});
    notice_.forget();
    forget(t_, had, f_, w_);
  }

  void greet() {
    t_.next.greeted = true;
    reply("greeting.hello", {}, menu());
  }

  // Words that work anywhere.
  void word(std::string_view which) {
    if (which == "menu") return t_.next.greeted ? reply("greeting.menu", {}, menu()) : greet();
    if (which == "report") return report_.begin();
    if (which == "help") return reply("help.text");
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
      std::vector<choice> spoken;
      for (const auto& one : w_.book.texts.languages()) spoken.push_back({"l:" + one, "language_button." + one});
      return reply("language.ask", {}, std::move(spoken));
    }
    if (which.starts_with("language_")) return set_language(which.substr(9));
    if (agrees(which) && notice_.open()) return notice_.confirm();
    if (agrees(which) && report_.open()) return report_.confirm();
    if (which == "no" && report_.open()) return report_.change();  // "Sudah benar?"
    if (which == "duty_on" || which == "duty_off") return cases::change_duty(t_, f_, which == "duty_on", w_);
    if (which == "open_cases") return t_.timers.push_back({"list_cases", f_.contact, 0, w_.now});
    not_understood();
  }

  void set_language(std::string_view which) {
    const auto known = w_.book.texts.languages();
    if (std::find(known.begin(), known.end(), which) == known.end()) return reply("answer.stale_button");
    t_.next.language = which;
    t_.next.language_chosen = true;
    reply("language.set");
  }

  const faq_topic* topic_of(const perception& p) const {
    const std::string padded = " " + p.folded + " ";
    for (const auto& topic : w_.book.faq)
      for (const auto& phrase : topic.phrases)
        if (padded.find(" " + phrase + " ") != std::string::npos) return &topic;
    return nullptr;
  }

  // More than a chat may send in a minute: answered once, read no further. Danger goes through.
  bool too_fast(const std::string& body) {
    const double most = w_.book.limits.chat_per_minute;
    if (most <= 0) return false;
    const std::int64_t minute = to_millis(w_.now) / 60000;
    if (t_.next.minute != minute) {
      t_.next.minute = minute;
      t_.next.in_minute = 0;
    }
    if (++t_.next.in_minute <= static_cast<int>(most)) return false;
    const perception p = perceive(body, in_.sent_at, w_.book);
    if (p.meaning.level == cases::level::high) return false;
    if (t_.next.in_minute == static_cast<int>(most) + 1) reply("answer.slower");
    return true;
  }

  // The language is heard once in a conversation, where it is sure; a word or two of another do not turn it.
  void settle_language(const perception& p) {
    conversation& c = t_.next;
    if (c.language_chosen || notice_.open() || p.meaning.answer_in.empty()) return;
    if (w_.now >= c.heard_until) c.language = p.meaning.answer_in;
    c.heard_until = w_.now + w_.book.drafts.life;
  }

  void hear(const std::string& body) {
    if (too_fast(body)) return;
    if (const auto c = claim_in(body))
      return c->number.starts_with('P') ? notice_.take_up(*c) : say_claimed(t_, *c, f_, w_);
    if (const auto p = poster_in(body); w_.book.atlas.find(p.ward) != geography::no_area) return from_poster(p);
    if (notices::officer_words(t_, body, f_, w_) || cases::officer_words(t_, body, f_, w_) || desk_.words(body)) return;
    if (report_.picture_last() && cases::only_identity_card(body, w_)) {
      report_.take_back_picture();
      return reply("media.identity_card");
    }
    if (w_.now - in_.sent_at > w_.book.drafts.late_after) return hear_late(body);
    const std::string whole = folded(body);
    // "/start kel-35.75.01.1002": a deep link; what stands behind the command is not a word of the person.
    const bool start = whole.starts_with("/ start");
    if (start && whole == fmt::format("/ start {}", from_group)) return reply("officer.chat_ready");
    const auto global = w_.book.words.find(start ? "/ start" : whole);
    const bool known = global != w_.book.words.end() && !expects_plain_answer(global->second) &&
                       (global->second != "paper" || (!report_.open() && notice_.has_paper())) &&
                       (!cases::for_officers(global->second) || w_.duty.find(f_.contact) != nullptr);
    if (desk_.speaks()) {
      if (known && (global->second == "menu" || global->second == "cancel"))
        desk_.hand_back({});
      else if (!known || agrees(global->second) || global->second == "no")
        return hear_beside_operator(body);
    }
    if (known) return word(global->second);
    if (notice_.by_number(body)) return;

    const perception p = perceive(body, in_.sent_at, w_.book);
    settle_language(p);
    const intent meant = p.meaning.intent;
    const bool danger = !notice_.is_burial(p) && (meant == intent::emergency ||
                                                  (meant == intent::report && p.meaning.level == cases::level::high));
    if (p.accuses != complaint::none) return hear_complaint(p, body);
    if (!danger && notices::after_words(t_, body, f_, w_)) return;
    if (!danger && !report_.open() && notice_.is_burial(p)) return notice_.hear(p, body);
    if (!danger && notice_.takes(p)) return notice_.hear(p, body);
    if (!danger && t_.next.form == "notice_words" && notice_.complete(body)) return;
    if (!danger && !report_.open() && notice_.is_own(p)) return notice_.hear(p, body);
    if (danger) notice_.lay_aside();
    if (!danger && report_.answer_extra(p, body)) return;
    if (!report_.open() && is_plea(p, w_) && report_.plead(p, body)) return;
    if (!danger && !report_.open() && has_open_case() && says_only(p.words, w_.book.calm) && report_.calm_down(body))
      return;
    if (!report_.open() && activity_in(p.words, p.meaning, w_.book.activities) == activity::disliked)
      return tell_of_activity(p);
    // Danger is heard in every state, before anything else.
    if (danger) {
      if (!report_.open() && has_open_case() && !says_new_event(p, f_, w_)) {
        if (report_.add_to_case(p, body)) return;
      }
      return report_.hear(p, body);
    }
    if (report_.open()) {
      if (meant == intent::cancel) return report_.drop();
      if (meant == intent::status_query) return status();
      if (t_.next.asked.empty() || meant == intent::report || !is_small_talk(meant)) return report_.hear(p, body);
    }
    switch (meant) {
      case intent::report:
        if (has_open_case() && !says_new_event(p, f_, w_) && report_.add_to_case(p, body)) return;
        return report_.hear(p, body);
      case intent::greeting: return t_.next.greeted ? reply("greeting.again") : greet();
      case intent::thanks: return reply("greeting.thanks");
      case intent::status_query: return status();
      case intent::cancel: return cancel();
      case intent::question:
        if (const faq_topic* topic = topic_of(p)) return reply("faq." + topic->id);
        if (p.words.size() == 1 && has_open_case()) return not_understood();  // "?"
        return reply("answer.question", {}, menu());
      case intent::event_notice:
        if (notice_.is_owed(p) && notice_.complete(body)) return;
        return notice_.hear(p, body);
      case intent::yes:
      case intent::no:
      case intent::correction:
      case intent::emergency:
      case intent::other: break;
    }
    if (const faq_topic* topic = topic_of(p); topic != nullptr && p.words.size() <= 6) return reply("faq." + topic->id);
    if (p.words.size() >= 2 && notice_.complete(body)) return;
    if (has_open_case() && p.words.size() >= 2 && report_.add_to_case(p, body)) return;
    if (w_.duty.find(f_.contact) != nullptr) {
      // An officer can be a witness too.
      if (!p.meaning.category.empty() || p.meaning.level == cases::level::high) return report_.hear(p, body);
      return reply("officer.hint", {}, {{"g:report", "button.report"}});
    }
    if (!t_.next.greeted) return greet();
    not_understood();
  }

  // Always a case of its own: one that is open is read by those whom it may be about.
  void hear_complaint(const perception& p, const std::string& body) {
    notice_.lay_aside();
    if (!t_.next.filed.empty()) close_form(t_.next);
    report_.hear(p, body);
  }

  // Someone who waits for the police is told how their case stands, not how to begin one.
  void not_understood() {
    if (!has_open_case() || !say_standing(t_, f_, w_)) reply("answer.other", {}, menu());
  }

  // Words behind the code are heard with the place known.
  void from_poster(const poster& p) {
    const perception more = perceive(p.words, in_.sent_at, w_.book);
    settle_language(more);
    const bool tells = more.meaning.intent == intent::report || more.meaning.intent == intent::emergency;
    report_.begin_at(p.ward, !tells);
    if (tells) report_.hear(more, p.words);
  }

  // A report that is told or open goes before the notices of the same chat.
  bool of_notice() const {
    return notice_.open() || t_.next.form == "notice_words" || t_.next.form == notices::after_form ||
           (!report_.open() && !has_open_case() && notice_.has_filed());
  }

  void cancel() { return of_notice() ? notice_.drop() : report_.drop(); }

  void status() {
    const std::size_t before = t_.replies.size();
    notice_.say_status();
    const bool reports = std::any_of(f_.reports.begin(), f_.reports.end(),
                                     [&](const cases::report& r) { return r.reporter == f_.contact; });
    const bool unsent = (report_.open() && t_.next.filed.empty() && !t_.next.answers.empty()) || notice_.open();
    if (reports || (t_.replies.size() == before && !unsent)) say_status(t_, f_, w_);
    if (unsent)
      reply("status.draft", {},
            report_.open() ? std::vector<choice>{{"f:send", "button.send"}} : std::vector<choice>{});
  }

  // After an outage: an event is filed with its own time and answered once; small talk of yesterday is left alone.
  void hear_late(const std::string& body) {
    const perception p = perceive(body, in_.sent_at, w_.book);
    settle_language(p);
    if (p.accuses != complaint::none) return report_.file_late(p, body);
    if (is_plea(p, w_) && report_.plead(p, body)) return;
    if (p.meaning.intent == intent::report || p.meaning.intent == intent::emergency) {
      if (has_open_case() && !says_new_event(p, f_, w_) && report_.add_to_case(p, body)) return;
      return report_.file_late(p, body);
    }
    t_.silent = true;
  }

  // "ya" and "tidak" answer the open question when it is one of yes and no.
  bool expects_plain_answer(std::string_view which) const {
    if (which == "unknown" || which == "skip" || (which == "later" && !notice_.open())) return true;
    if (which != "no" && !agrees(which)) return false;
    if (t_.next.form == notices::after_form) return true;
    return (!notice_.open() && !report_.open()) || t_.next.asked != "confirm";
  }

  static bool is_small_talk(intent i) {
    return i == intent::greeting || i == intent::thanks || i == intent::question || i == intent::event_notice;
  }

  bool has_open_case() const { return bot::has_open_case(f_, in_.sent_at, w_); }

  // Counted for a day and a unit, and nothing else of it is kept.
  void tell_of_activity(const perception& p) {
    const auto where = cases::place_case(p.places, "", "", w_);
    t_.tallies.push_back({"activity", cases::owner_of(where), written_day(w_.now, w_.book.utc_offset)});
    reply("answer.activity");
  }

  turn& t_;
  const inbound& in_;
  const facts& f_;
  const world& w_;
  report_talk report_;
  notice_talk notice_;
  operator_desk desk_;
};

}  // namespace

turn take_turn(conversation c, const inbound& in, const facts& f, const world& w) {
  turn t;
  t.next = std::move(c);
  drop_expired_draft(t.next, w.now, t.media_dropped);
  std::visit(visit(t, in, f, w), in.what);
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
