#include "tests/transcripts/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "bot/notices/recommendation.hpp"
#include "bot/written_moment.hpp"
#include "handlers/rendering.hpp"
#include "handlers/turns/local_post.hpp"
#include "storage/sqlite/driver.hpp"

namespace transcripts {
namespace {

using namespace std::chrono_literals;
using handlers::turns::local_post;

struct person {
  std::string name;
  bot::channel via = bot::channel::telegram;
  std::string address;
  std::string unit;
  bool group = false;
  std::vector<handlers::button> buttons;  // of the last messages, newest first
};

std::vector<std::string> parts_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> parts;
  for (std::string one; in >> one;) parts.push_back(one);
  return parts;
}

bot::instant read_clock(const std::string& text) {
  const auto moment = bot::read_moment(text);
  if (!moment) throw std::runtime_error("clock is not like 2026-11-21T20:06+07:00");
  return moment->at;
}

class player {
 public:
  explicit player(const bot::handbook& book)
      : store_(storage::sqlite::open({.file = ":memory:", .full_sync = false, .alone = false},
                                     storage::master_keys::fleeting())),
        post_(*store_, book) {}

  std::string play(const std::string& text) {
    std::istringstream in(text);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      try {
        take(line);
      } catch (const std::exception& e) {
        throw std::runtime_error(fmt::format("line {}: {}; it went:\n{}", number, e.what(), out_));
      }
    }
    return out_;
  }

 private:
  // Comments, blank lines and inputs are kept; what the service said before is thrown away and written anew.
  void take(const std::string& line) {
    if (line.empty() || line[0] == '#') return write(line);
    if (line[0] == ' ') return;
    write(line);
    // L1 and PIN1 stand for what was drawn.
    play_input(with_real(line));
  }

  void play_input(const std::string& line) {
    const auto parts = parts_of(line);
    if (parts[0] == "clock") {
      now_ = read_clock(parts.at(1));
    } else if (parts[0] == "resident" || parts[0] == "officer" || parts[0] == "invited" || parts[0] == "group") {
      introduce(parts);
    } else if (parts[0] == "link") {
      answer_link(parts.at(1), line);
    } else if (line == "files arrive" || line.starts_with("files are lost: ")) {
      settle_files(line);
    } else if (parts[0][0] == '+') {
      pass(parts[0]);
    } else if (const auto mark = line.find_first_of(">:");
               mark != std::string::npos && mark + 1 < line.size() && line[mark + 1] == ' ') {
      const speaker who = speaker_of(line.substr(0, mark));
      const std::string rest = line.substr(mark + 2);
      if (line[mark] == ':') return act(who, rest);
      bot::said::text words;
      words.body = unescaped(rest);
      from(who, std::move(words));
    } else {
      throw std::runtime_error("neither an input nor indented");
    }
  }

  void introduce(const std::vector<std::string>& parts) {
    person p;
    p.name = parts.at(1);
    p.via = parts.at(2) == "whatsapp" ? bot::channel::whatsapp : bot::channel::telegram;
    p.address = fmt::format("{}{}", parts[0] == "group" ? "-100" : "9", 1000 + people_.size());
    p.group = parts[0] == "group";
    people_.push_back(p);
    if (parts[0] == "resident") return;
    p.unit = parts.at(3);
    const std::string code = fmt::format("masuk-{:020}", people_.size());
    const std::string role = parts.size() > 4 ? parts[4] : "petugas";
    store_->add_invite({code, p.unit, role}, now_ + 24h);
    bot::said::text words;
    words.body = code;
    quiet_ = parts[0] != "invited";  // "invited" shows what a newly bound officer is told
    from({&people_.back(), &people_.back()}, std::move(words));
    quiet_ = false;
  }

  // "wati", "budi in gdr", "wati (7h late)"
  struct speaker {
    person* who;
    person* chat;
    bot::instant::duration late{};
  };

  speaker speaker_of(const std::string& words) {
    const auto parts = parts_of(words);
    speaker s{&known(parts.at(0)), &known(parts.at(0))};
    if (parts.size() == 3 && parts[1] == "in") s.chat = &known(parts[2]);
    if (parts.size() == 3 && parts[2] == "late)") s.late = duration_of(parts[1].substr(1));
    return s;
  }

  static bot::instant::duration duration_of(const std::string& words) {
    const auto amount = std::stol(words);
    switch (words.back()) {
      case 'm': return std::chrono::minutes(amount);
      case 'h': return std::chrono::hours(amount);
      case 'd': return std::chrono::hours(24 * amount);
      default: throw std::runtime_error("time passes in m, h or d");
    }
  }

  // "\\n" is a new line, "aduh {x4096}" repeats what stands before it up to so many bytes.
  static std::string unescaped(std::string text) {
    for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n")) text.replace(at, 2, "\n");
    if (const auto at = text.find("{x"); at != std::string::npos) {
      const auto end = text.find('}', at);
      const auto times = std::stoul(text.substr(at + 2, end - at - 2));
      const std::string unit = text.substr(0, at);
      std::string many;
      while (many.size() < times) many += unit;
      text.replace(0, end + 1, many.substr(0, times));
    }
    return text;
  }

  std::string with_names(std::string label) const {
    for (const auto& [real, shown] : numbers_) replace_words(label, real, shown);
    return label;
  }

  std::string with_real(std::string line) const {
    for (const auto& [real, shown] : numbers_) replace_words(line, shown, real);
    for (const auto& [real, shown] : pins_) replace_words(line, shown, real);
    return line;
  }

  static void replace_words(std::string& line, const std::string& from, const std::string& to) {
    for (auto at = line.find(from); at != std::string::npos; at = line.find(from, at + to.size())) {
      const bool inner =
          (at > 0 && std::isalnum(static_cast<unsigned char>(line[at - 1])) != 0) ||
          (at + from.size() < line.size() && std::isalnum(static_cast<unsigned char>(line[at + from.size()])) != 0);
      if (!inner) line.replace(at, from.size(), to);
    }
  }

  person& known(const std::string& name) {
    const auto at = std::find_if(people_.begin(), people_.end(), [&](const person& p) { return p.name == name; });
    if (at == people_.end()) throw std::runtime_error("nobody was introduced as " + name);
    return *at;
  }

  void act(const speaker& from_whom, const std::string& what) {
    person& who = *from_whom.chat;
    if (what.starts_with("taps ")) {
      bot::said::tap tap;
      const std::string label = what.substr(5);
      if (label.starts_with('"')) {
        tap.data = label.substr(1, label.rfind('"') - 1);
      } else {
        const std::string title = label.substr(1, label.find(']') - 1);
        // "… on L2" picks among the cards of several cases.
        std::string of;
        if (const auto on = label.find(" on "); on != std::string::npos) of = label.substr(on + 4);
        const auto at = std::find_if(who.buttons.begin(), who.buttons.end(), [&](const handlers::button& b) {
          return b.label == title && (of.empty() || b.data.find(of) != std::string::npos);
        });
        if (at == who.buttons.end()) throw std::runtime_error(who.name + " has no button " + title);
        tap.data = at->data;
        tap.title = title;
      }
      if (who.via == bot::channel::telegram) tap.query_id = "query";
      from(from_whom, std::move(tap));
    } else if (what.starts_with("sends pin ")) {
      bot::said::pin pin;
      const std::string numbers = what.substr(10);
      pin.latitude = std::stod(numbers);
      pin.longitude = std::stod(numbers.substr(numbers.find(',') + 1));
      from(from_whom, pin);
    } else if (const auto kind = media_kind(what)) {
      bot::said::media media;
      media.what = *kind;
      if (what.find(" of an album") != std::string::npos) media.album = "album";
      media.file_id = fmt::format("file-{}", serial_);
      media.unique_id = media.file_id;
      if (const auto quote = what.find('"'); quote != std::string::npos)
        media.caption = what.substr(quote + 1, what.rfind('"') - quote - 1);
      from(from_whom, std::move(media));
    } else if (what.starts_with("forwards ")) {
      from(from_whom, bot::said::text{what.substr(9)}, true);
    } else if (what.starts_with("edits to ")) {
      from(from_whom, bot::said::edited{what.substr(9), "1"});
    } else if (what == "sends a sticker reaction") {
      from(from_whom, bot::said::unsupported{"reaction", true});
    } else if (what == "sends something unknown") {
      from(from_whom, bot::said::unsupported{"poll", false});
    } else if (what == "sends a contact") {
      from(from_whom, bot::said::contact_card{"+6281200000000", false});
    } else if (what.starts_with("shares own number ")) {
      from(from_whom, bot::said::contact_card{what.substr(18), true});
    } else if (what == "blocks the bot") {
      from(from_whom, bot::said::reach{bot::said::reach::change::blocked});
    } else {
      throw std::runtime_error("cannot " + what);
    }
  }

  static std::optional<bot::said::media::kind> media_kind(const std::string& what) {
    using kind = bot::said::media::kind;
    for (const auto& [word, is] : {std::pair{"photo", kind::photo},
                                   {"voice", kind::voice},
                                   {"video", kind::video},
                                   {"document", kind::document},
                                   {"sticker", kind::sticker}})
      if (what == fmt::format("sends {}", word) || what.starts_with(fmt::format("sends {} ", word))) return is;
    return std::nullopt;
  }

  // What the platform hands out, or refuses for a reason, after the turn.
  void settle_files(const std::string& line) {
    for (const auto& wanted : store_->media().wanted(now_, 100)) {
      storage::media_result r;
      r.id = wanted.id;
      r.what = storage::media_result::outcome::kept;
      r.file = {wanted.what, "image/jpeg", std::string(32, 'x'), std::to_string(wanted.id), 1000, true};
      if (const auto why = line.find(": "); why != std::string::npos) {
        r.what = storage::media_result::outcome::lost;
        r.reason = line.substr(why + 2);
      }
      store_->media().settle(r, now_);
    }
    show(post_.pass_time(now_));
  }

  // "link K1 supports", "link K1 remarks: …": on the page that the link leads to, by whoever has it.
  void answer_link(const std::string& name, const std::string& line) {
    const auto token = std::find_if(links_.begin(), links_.end(), [&](const auto& one) { return one.second == name; });
    if (token == links_.end()) throw std::runtime_error("no link was shown as " + name);
    const auto n = store_->notice_of_recommendation(token->first);
    if (!n || !bot::notices::open_recommendation(*n, token->first, now_)) return write("  link    not valid");
    const auto words = line.find(": ");
    show(post_.say(
        bot::notices::recommendation_answer(*n, token->first, line.find(" supports") != std::string::npos,
                                            words == std::string::npos ? std::string() : line.substr(words + 2), now_),
        now_));
  }

  void from(const speaker& s, bot::payload what, bool forwarded = false) {
    tapped_by_ = s.who->name;
    bot::inbound in;
    in.via = s.chat->via;
    in.account = "us";
    in.provider_id = std::to_string(++serial_);
    in.stamp = serial_;
    in.chat = s.chat->address;
    in.person = s.who->address;
    in.group = s.chat->group;
    in.forwarded = forwarded;
    in.sent_at = now_ - s.late;
    in.what = std::move(what);
    show(post_.say(std::move(in), now_));
  }

  void pass(const std::string& how_long) {
    now_ += duration_of(how_long.substr(1));
    show(post_.pass_time(now_));
  }

  void show(const std::vector<local_post::letter>& letters) {
    if (quiet_) return;
    for (const auto& r : store_->list_reports({})) number_of(r.number, 'L');
    auto notices = store_->list_notices(100);  // the newest first
    std::reverse(notices.begin(), notices.end());
    for (const auto& n : notices) number_of(n.number, 'P');
    for (const auto& l : letters) {
      const auto to = std::find_if(people_.begin(), people_.end(),
                                   [&](const person& p) { return p.address == l.to && p.via == l.via; });
      const std::string name = to == people_.end() ? "?" : to->name;
      std::string text = handlers::plain_text(l.what);
      learn_pin(text);
      for (const auto& [real, shown] : numbers_) replace_words(text, real, shown);
      for (const auto& [real, shown] : pins_) replace_words(text, real, shown);
      for (const auto& [real, shown] : links_) replace_words(text, real, shown);
      const std::string indent(4 + name.size(), ' ');
      for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + indent.size()))
        text.replace(at, 1, "\n" + indent);
      if (!l.window_open) {
        write(fmt::format("  {}< template {}", name, template_text(l.what.when_window_closed)));
        const auto& replies = l.what.when_window_closed.replies;
        if (to != people_.end()) to->buttons.insert(to->buttons.begin(), replies.begin(), replies.end());
        continue;
      }
      // An answer to a tap is seen by the one who tapped alone.
      std::string file;
      if (!l.what.attachments.empty())
        file = l.what.attachments.front().name.empty()
                   ? "(file) "
                   : fmt::format("[berkas: {}] ", with_names(l.what.attachments.front().name));
      write(fmt::format("  {}{} {}{}", l.what.alert ? tapped_by_ : name,
                        l.what.alert ? "!"
                        : l.edits    ? "~"
                                     : "<",
                        file, text));
      std::string buttons;
      for (const auto& b : l.what.buttons)
        buttons += (buttons.empty() ? "" : " ") + fmt::format("[{}]", with_names(b.label));
      if (l.what.ask_location) buttons += (buttons.empty() ? "" : " ") + std::string("[📎]");
      if (!l.what.contact_label.empty())
        buttons += (buttons.empty() ? "" : " ") + fmt::format("[📞 {}]", l.what.contact_label);
      if (!buttons.empty()) write(indent + buttons);
      if (to != people_.end()) to->buttons.insert(to->buttons.begin(), l.what.buttons.begin(), l.what.buttons.end());
    }
    show_cases();
    show_notices();
  }

  // A template that Meta has approved: its name and what is filled in.
  std::string template_text(const handlers::template_message& t) const {
    std::string text = t.name;
    for (std::string one : t.parameters) {
      for (const auto& [real, shown] : numbers_) replace_words(one, real, shown);
      text += " · " + one;
    }
    for (const auto& reply : t.replies) text += fmt::format(" [{}]", reply.label);
    return text;
  }

  void show_cases() {
    auto reports = store_->list_reports({});
    std::reverse(reports.begin(), reports.end());
    for (const auto& r : reports) {
      std::string line = fmt::format("  case  {} report {} {} unit={} ward={} {}{}", number_of(r.number, 'L'),
                                     r.category, bot::cases::name_of(r.level), r.unit, r.ward.empty() ? "-" : r.ward,
                                     bot::cases::name_of(r.state), r.confirmed ? " confirmed" : " unconfirmed");
      if (r.answers.contains("withdrawn")) line += " withdrawn_by_reporter";
      if (r.reporter == 0) line += " no_reply_address";
      if (shown_cases_[r.number] == line) continue;
      shown_cases_[r.number] = line;
      write(line);
    }
  }

  void show_notices() {
    auto notices = store_->list_notices(100);
    std::reverse(notices.begin(), notices.end());
    for (const auto& n : notices) {
      std::string line = fmt::format("  notice  {} {} addressee={} unit={} {} version={}", number_of(n.number, 'P'),
                                     bot::notices::name_of(n.filed.track), bot::notices::name_of(n.to), n.filed.unit,
                                     bot::notices::name_of(n.filed.state), n.filed.version);
      if (n.tier) line += fmt::format(" tier={}", bot::notices::name_of(*n.tier));
      for (const auto e : n.extras) line += fmt::format(" extra={}", bot::notices::name_of(e));
      if (n.late) line += " late";
      if (n.disputed) line += " disputed";
      if (!n.filed.number.empty()) line += " receipt=" + n.filed.number;
      if (n.organiser == 0) line += " no_reply_address";
      if (shown_cases_[n.number] == line) continue;
      shown_cases_[n.number] = line;
      write(line);
    }
  }

  std::string number_of(const std::string& real, char kind) {
    std::size_t of_kind = 0;
    for (const auto& [one, shown] : numbers_) {
      if (one == real) return shown;
      of_kind += shown[0] == kind ? 1 : 0;
    }
    numbers_.emplace_back(real, fmt::format("{}{}", kind, of_kind + 1));
    return numbers_.back().second;
  }

  // "PIN 482913", or a draft's "PK7Q-2M9X 482913", is drawn anew in every run.
  void learn_pin(const std::string& text) {
    static const std::regex link("/r/([0-9a-f]{25})\\b");
    if (std::smatch token; std::regex_search(text, token, link))
      links_.emplace_back(token[1], fmt::format("K{}", links_.size() + 1));
    static const std::regex draft("\\b(P[0-9A-Z]{3}-[0-9A-Z]{4}) ([0-9]{6})\\b");
    if (std::smatch code; std::regex_search(text, code, draft)) {
      number_of(code[1], 'D');
      pins_.emplace_back(code[2], fmt::format("PIN{}", pins_.size() + 1));
    }
    const auto at = text.find("PIN ");
    if (at == std::string::npos) return;
    const std::string pin = text.substr(at + 4, 6);
    if (pin.size() == 6 && std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; }))
      pins_.emplace_back(pin, fmt::format("PIN{}", pins_.size() + 1));
  }

  void write(const std::string& line) { out_ += line + "\n"; }

  std::unique_ptr<storage::store> store_;
  local_post post_;
  bot::instant now_{};
  std::vector<person> people_;
  std::vector<std::pair<std::string, std::string>> numbers_;  // drawn number -> L1, L2, …
  std::vector<std::pair<std::string, std::string>> pins_;     // drawn PIN -> PIN1, PIN2, …
  std::vector<std::pair<std::string, std::string>> links_;    // drawn token of a link -> K1, K2, …
  std::map<std::string, std::string> shown_cases_;
  std::int64_t serial_ = 0;
  bool quiet_ = false;
  std::string tapped_by_;
  std::string out_;
};

}  // namespace

std::string play(const std::string& text, const bot::handbook& book) { return player(book).play(text); }

}  // namespace transcripts
