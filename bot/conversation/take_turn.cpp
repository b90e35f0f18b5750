#include <algorithm>
#include <optional>

#include "bot/cases/life.hpp"
#include "bot/cases/number.hpp"
#include "bot/conversation/complaint.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {
namespace {

using language::intent;

// "LK7Q-2M9X 483920": a case number and its PIN, alone in a message.
struct claim {
  std::string number, pin;
};
std::optional<claim> claim_in(std::string_view text) {
  std::string compact;
  for (const char c : text)
    if (c != ' ' && c != '-' && c != '\n' && c != ',' && c != ':') compact += c;
  if (compact.size() > 17 || compact.size() < 14) return std::nullopt;
  if (const auto word = compact.find("PIN"); word == 8) compact.erase(8, 3);
  if (compact.size() != 14) return std::nullopt;
  const auto number = cases::read_number(compact.substr(0, 8));
  const std::string pin = compact.substr(8);
  if (!number || !std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  return claim{*number, pin};
}

// A one-time code as `officer invite` prints it: "masuk-" and 20 characters; it may stand behind "/start ".
std::string invite_in(std::string_view text) {
  constexpr std::string_view mark = "masuk-";
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  std::size_t end = at + mark.size();
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || (text[end] >= 'a' && text[end] <= 'z'))) ++end;
  return std::string(text.substr(at, end - at));
}

class visit {
 public:
  visit(turn& t, const inbound& in, const facts& f, const world& w)
      : t_(t), in_(in), f_(f), w_(w), report_(t, in, f, w) {}

  void operator()(const said::reach& r) {
    t_.silent = true;
    if (r.what == said::reach::change::blocked || r.what == said::reach::change::left_group) t_.reachable = 0;
    if (r.what == said::reach::change::unblocked) t_.reachable = 1;
    if (r.what == said::reach::change::joined_group) {
      t_.reachable = 1;
      if (w_.duty.find(f_.contact) == nullptr) t_.replies.push_back({.key = "answer.not_in_group"});
    }
  }

  void operator()(const said::timer& timer) {
    if (timer.kind == "escalate") {
      if (!f_.reports.empty()) cases::escalate(t_, f_.reports.front(), timer.version, w_);
      return;
    }
    if (timer.kind == "media") {
      if (!f_.reports.empty()) cases::media_lost(t_, f_.reports.front(), timer.version, f_, w_);
      return;
    }
    if (timer.version != t_.next.draft) {
      t_.silent = true;
      return;
    }
    report_.timer(timer.kind);
  }

  void operator()(const said::tap& tap) {
    if (cases::officer_tap(t_, tap, f_, w_) || cases::reporter_tap(t_, tap, f_, w_)) return;
    if (in_.group) return;
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
    if (!report_.open() && has_open_case() && report_.add_pin(pin)) return;
    report_.locate(pin);
  }

  void operator()(const said::media& media) {
    if (in_.group) return;
    if (media.what == said::media::kind::sticker) return;
    const bool picture = media.what == said::media::kind::photo || media.what == said::media::kind::document;
    if (picture && cases::only_identity_card(media.caption, w_)) return reply("media.identity_card");
    const bool may_add = !report_.open() && has_open_case();
    if (media.caption.empty()) {
      if (may_add && report_.add_media(media)) return;
      return report_.receive(media, nullptr);
    }
    const perception caption = perceive(media.caption, in_.sent_at, w_.book);
    if (may_add && !says_new_event(caption) && report_.add_media(media)) return;
    report_.receive(media, &caption);
  }

  void operator()(const said::contact_card&) {
    if (!in_.group) t_.replies.push_back({.key = "answer.contact_card"});
  }

  void operator()(const said::unsupported& u) {
    if (!in_.group && !u.silent) t_.replies.push_back({.key = "answer.unsupported"});
  }

  void operator()(const said::moved&) { t_.silent = true; }
  void operator()(const said::receipt&) { t_.silent = true; }
  void operator()(const said::unreadable&) { t_.silent = true; }

 private:
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
    reply("officer.welcome", {{"unit", cases::name_of_unit(at->unit, w_)}, {"role", in_.group ? "grup" : at->role}});
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
    if (which == "status") return status();
    if (which == "cancel") return report_.drop();
    if (which == "back") return report_.back();
    if (which == "change") return report_.change();
    if (which == "danger") return report_.danger();
    if (which == "forget") return forget();
    if (which == "language") {
      std::vector<choice> spoken;
      for (const auto& one : w_.book.texts.languages()) spoken.push_back({"l:" + one, "language_button." + one});
      return reply("language.ask", {}, std::move(spoken));
    }
    if (which.starts_with("language_")) return set_language(which.substr(9));
    if (which == "yes" && report_.open()) return report_.confirm();
    reply("answer.other", {}, menu());
  }

  void set_language(std::string_view which) {
    const auto known = w_.book.texts.languages();
    if (std::find(known.begin(), known.end(), which) == known.end()) return reply("answer.stale_button");
    t_.next.language = which;
    t_.next.language_chosen = true;
    reply("language.set");
  }

  void status() {
    bool any = false;
    for (const auto& r : f_.reports) {
      if (r.reporter != f_.contact) continue;
      any = true;
      reply("status.line", state_of(r));
    }
    if (!any) reply("status.none");
  }

  void forget() {
    const bool had = report_.open() || !t_.next.cases.empty();
    for (const auto& have : f_.reports) {
      if (have.reporter != f_.contact) continue;
      cases::report r = have;
      r.reporter = 0;
      ++r.version;
      r.changed_at = w_.now;
      t_.events.push_back({r.id, "reply_address_removed", 0, "", w_.now});
      t_.reports.push_back(std::move(r));
    }
    if (t_.next.filed.empty())
      for (const auto& one : cases::attached_to(t_.next.answers)) t_.media_dropped.push_back(one.id);
    const auto draft = t_.next.draft;
    conversation fresh;
    fresh.contact = t_.next.contact;
    fresh.language = t_.next.language;
    fresh.language_chosen = t_.next.language_chosen;
    fresh.draft = draft + 1;
    t_.next = std::move(fresh);
    reply(had ? "help.deleted" : "help.deleted_nothing");
  }

  // The outcome by number and PIN, from whichever chat. Never says whether the number exists.
  void claimed(const claim& c) {
    const auto at = std::find_if(f_.reports.begin(), f_.reports.end(),
                                 [&](const cases::report& r) { return r.number == c.number; });
    if (at == f_.reports.end() || at->pin_hash.empty()) return reply("status.pin_wrong");
    constexpr int most_misses = 5;
    if (at->pin_misses >= most_misses) return reply("status.pin_locked", {{"unit", cases::name_of_unit(at->unit, w_)}});
    cases::report r = *at;
    const bool right = f_.claim_hash == r.pin_hash;
    if (!right || r.pin_misses > 0) {
      r.pin_misses = right ? 0 : r.pin_misses + 1;
      ++r.version;
      t_.reports.push_back(r);
    }
    if (!right) return reply("status.pin_wrong");
    reply("status.pin_ok", state_of(r));
  }

  std::vector<argument> state_of(const cases::report& r) const {
    const std::string place = cases::name_of_area(r.ward, w_);
    std::vector<argument> args = {{"number", r.number},
                                  {"category", "category." + r.category, true},
                                  {"state", "status." + std::string(cases::name_of(r.state)), true},
                                  {"unit", cases::name_of_unit(r.unit, w_)}};
    if (const auto outcome = r.answers.find("outcome"); r.state == cases::state::closed && outcome != r.answers.end())
      args.push_back({"outcome", "outcome." + outcome->second, true});
    args.push_back(place.empty() ? argument{"place", "word.place_unknown", true} : argument{"place", place});
    return args;
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

  void hear(const std::string& body) {
    if (too_fast(body)) return;
    if (const auto c = claim_in(body)) return claimed(*c);
    if (cases::officer_words(t_, body, f_, w_)) return;
    if (report_.picture_last() && cases::only_identity_card(body, w_)) {
      report_.take_back_picture();
      return reply("media.identity_card");
    }
    if (w_.now - in_.sent_at > w_.book.drafts.late_after) return hear_late(body);
    const std::string whole = folded(body);
    // "/start kel-35.75.01.1002": a deep link; what stands behind the command is not a word of the person.
    const bool start = whole.starts_with("/ start");
    const auto global = w_.book.words.find(start ? "/ start" : whole);
    if (global != w_.book.words.end() && !expects_plain_answer(global->second)) return word(global->second);

    const perception p = perceive(body, in_.sent_at, w_.book);
    if (!t_.next.language_chosen && (p.meaning.lang == "jv" || p.meaning.lang == "mad" || p.meaning.lang == "en") &&
        p.words.size() >= 3)
      t_.next.language = p.meaning.lang;

    const intent meant = p.meaning.intent;
    if (!report_.open() && activity_in(p.words, p.meaning, w_.book.activities) == activity::disliked)
      return reply("answer.activity");
    // Danger is heard in every state, before anything else.
    if (meant == intent::emergency || (meant == intent::report && p.meaning.level == cases::level::high)) {
      if (!report_.open() && has_open_case() && !says_new_event(p)) {
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
        if (has_open_case() && !says_new_event(p) && report_.add_to_case(p, body)) return;
        return report_.hear(p, body);
      case intent::greeting: return t_.next.greeted ? reply("greeting.again") : greet();
      case intent::thanks: return reply("greeting.thanks");
      case intent::status_query: return status();
      case intent::cancel: return report_.drop();
      case intent::question:
        if (const faq_topic* topic = topic_of(p)) return reply("faq." + topic->id);
        return reply("answer.question", {}, menu());
      case intent::event_notice: return event_notice(p);
      case intent::yes:
      case intent::no:
      case intent::correction:
      case intent::emergency:
      case intent::other: break;
    }
    if (complaint_in(p.words, w_.book.complaints) != complaint::none) return report_.hear(p, body);
    if (const faq_topic* topic = topic_of(p); topic != nullptr && p.words.size() <= 6) return reply("faq." + topic->id);
    if (has_open_case() && p.words.size() >= 2 && report_.add_to_case(p, body)) return;
    if (w_.duty.find(f_.contact) != nullptr) return reply("officer.hint");
    if (!t_.next.greeted) return greet();
    reply("answer.other", {}, menu());
  }

  // After an outage: an event is filed with its own time and answered once; small talk of yesterday is left alone.
  void hear_late(const std::string& body) {
    const perception p = perceive(body, in_.sent_at, w_.book);
    if (p.meaning.intent == intent::report || p.meaning.intent == intent::emergency) return report_.file_late(p, body);
    t_.silent = true;
  }

  // "ya" and "tidak" answer the open question when it is one of yes and no.
  bool expects_plain_answer(std::string_view which) const {
    return (which == "no" || which == "yes") && (!report_.open() || t_.next.asked != "confirm");
  }

  static bool is_small_talk(intent i) {
    return i == intent::greeting || i == intent::thanks || i == intent::question || i == intent::event_notice;
  }

  bool has_open_case() const {
    return std::any_of(f_.reports.begin(), f_.reports.end(), [&](const cases::report& r) {
      return r.reporter == f_.contact && r.state != cases::state::closed &&
             w_.now - r.created_at < std::chrono::hours(24);
    });
  }

  // Another kind of event at another place is another case; more of the same belongs to the open one.
  bool says_new_event(const perception& p) const {
    const auto newest = std::find_if(f_.reports.rbegin(), f_.reports.rend(),
                                     [&](const cases::report& r) { return r.reporter == f_.contact; });
    if (newest == f_.reports.rend()) return true;
    const bool other_kind =
        !p.meaning.category.empty() && newest->category != "unclear" && p.meaning.category != newest->category;
    const bool other_place = p.places.what == geography::place_finding::outcome::inside && !newest->ward.empty() &&
                             std::none_of(p.places.candidates.begin(), p.places.candidates.end(), [&](const auto& c) {
                               return w_.book.atlas.at(c.where).code == newest->ward ||
                                      newest->ward.starts_with(w_.book.atlas.at(c.where).code + ".");
                             });
    return (other_kind && p.places.what == geography::place_finding::outcome::inside) || other_place;
  }

  void event_notice(const perception& p) {
    if (p.meaning.event_type == "demonstration") return reply("answer.event_notice_protest");
    const auto where = cases::place_case(p.places, "", "", w_);
    if (where.status == geography::routing_status::certain)
      return reply("answer.event_notice", {{"unit", cases::name_of_unit(cases::owner_of(where), w_)}});
    reply("answer.event_notice_anywhere");
  }

  turn& t_;
  const inbound& in_;
  const facts& f_;
  const world& w_;
  report_talk report_;
};

}  // namespace

reads reads_for(const inbound& in, const conversation& c) {
  reads r;
  if (const auto* timer = std::get_if<said::timer>(&in.what)) {
    r.media = timer->kind == "media";
    if (timer->kind == "escalate" || r.media) r.report_ids.push_back(timer->subject);
    return r;
  }
  r.report_numbers = c.cases;
  if (const auto* tap = std::get_if<said::tap>(&in.what);
      tap != nullptr && (tap->data.starts_with("o:") || tap->data.starts_with("r:"))) {
    const auto first = tap->data.find(':', 2);
    if (first != std::string::npos) {
      const auto second = tap->data.find(':', first + 1);
      const std::string number = tap->data.substr(first + 1, second == std::string::npos ? second : second - first - 1);
      if (const auto whole = cases::read_number(number);
          whole && std::find(c.cases.begin(), c.cases.end(), *whole) == c.cases.end())
        r.report_numbers.push_back(*whole);
    }
  }
  if (const auto* tap = std::get_if<said::tap>(&in.what))
    r.media = tap->data.starts_with("o:look:") || tap->data.starts_with("o:take:") || tap->data.starts_with("o:files:");
  if (const auto* text = std::get_if<said::text>(&in.what))
    if (auto code = invite_in(text->body); !code.empty()) r.invites.push_back(std::move(code));
  if (c.form == "officer")
    if (const auto at = c.answers.find("case"); at != c.answers.end()) r.report_numbers.push_back(at->second);
  if (const auto* text = std::get_if<said::text>(&in.what))
    if (auto claimed = claim_in(text->body)) {
      r.report_numbers.push_back(claimed->number);
      r.claimed_number = std::move(claimed->number);
      r.claimed_pin = std::move(claimed->pin);
    }
  return r;
}

turn take_turn(conversation c, const inbound& in, const facts& f, const world& w) {
  turn t;
  t.next = std::move(c);
  // A draft that nobody came back to is over; what was filed stays.
  if (t.next.expires_at != instant{} && w.now > t.next.expires_at) {
    t.next.form.clear();
    t.next.asked.clear();
    t.next.answers.clear();
    t.next.filed.clear();
    t.next.expires_at = {};
    ++t.next.draft;
  }
  std::visit(visit(t, in, f, w), in.what);
  if (const auto* tap = std::get_if<said::tap>(&in.what); tap != nullptr && !tap->query_id.empty()) {
    // The client shows a spinner until the tap is answered, whatever else is said.
    const auto fits =
        std::find_if(t.replies.begin(), t.replies.end(), [](const say& s) { return s.answers_query.empty(); });
    if (fits != t.replies.end())
      fits->answers_query = tap->query_id;
    else
      t.replies.push_back({.answers_query = tap->query_id});
  }
  return t;
}

}  // namespace bot
