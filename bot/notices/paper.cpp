#include "bot/notices/paper.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/documents.hpp"
#include "bot/notices/paper_words.hpp"

namespace bot::notices {
namespace {

using style = block::paragraph::style;

constexpr const char* language = "id";

// What a paper says of one event, made of the notice and the catalogue.
class writer {
 public:
  writer(const notice& n, const paper_facts& facts, instant now, const handbook& book)
      : n_(n), facts_(facts), world_{now, book, nobody_}, words_(book) {}

  paper data() const {
    paper p;
    p.head = {text("paper.service")};
    p.title = text("paper.title_data");
    p.subtitle = words_("paper.number_version", {{"number", n_.number}, {"version", std::to_string(n_.filed.version)}});
    p.remark = text(by_track("remark_data"));
    block::table rows;
    rows.rows.push_back({text("paper.recorded"), words_.moment(n_.changed_at)});
    rows.rows.push_back({text("paper.kind"), text(by_track("kind"))});
    rows.rows.push_back({text("paper.for_unit"), unit(n_.filed.unit)});
    add_event(rows, false);
    p.blocks.push_back(std::move(rows));
    if (n_.late) small(p, text(by_track("late")));
    if (n_.filed.track == track::expression) strong(p, text("paper.law"));
    if (awaits_receipt(n_.filed) && n_.filed.track != track::permit)
      plain(p, words_("paper.receipt_due", {{"when", words_.moment(receipt_due(n_, 1, world_))}}));
    add_documents(p, practice());
    small(p, text("paper.changes"));
    if (!facts_.person.empty()) small(p, text("paper.sealed"));
    return p;
  }

  paper receipt() const {
    const issue& is = n_.issued.back();
    const bool decides = is.what != state::receipted;
    paper p;
    p.issued = true;
    p.head = {text("paper.police")};
    auto chain = cases::chain_of(is.unit, world_);
    for (auto one = chain.rbegin(); one != chain.rend(); ++one) p.head.push_back(cases::name_of_unit(*one, world_));
    p.title = text(decides ? "permit_paper.title_decision" : by_track("title_receipt"));
    p.subtitle = words_("paper.of_number", {{"number", drawable(is.number)}});
    p.remark = text(is.what == state::approved                   ? "permit_paper.remark_approved"
                    : is.what == state::approved_with_conditions ? "permit_paper.remark_conditions"
                                                                 : by_track("remark_receipt"));
    plain(p, words_(decides ? "permit_paper.body_decision" : by_track("body_receipt"), {{"unit", unit(is.unit)}}));
    block::table rows;
    rows.rows.push_back({text("paper.kind"), text(decides ? "permit_paper.kind_decision" : by_track("kind"))});
    add_event(rows, false);
    rows.rows.push_back({text("paper.recorded"), words_.moment(n_.created_at)});
    rows.rows.push_back(
        {text("paper.own_number"),
         words_("paper.number_version", {{"number", n_.number}, {"version", std::to_string(n_.filed.version)}})});
    p.blocks.push_back(std::move(rows));
    if (!is.conditions.empty()) {
      p.blocks.push_back(block::heading{text("paper.conditions")});
      block::list all;
      for (auto& one : sentences(is.conditions)) all.items.push_back(std::move(one));
      p.blocks.push_back(std::move(all));
    }
    if (n_.filed.track == track::expression) strong(p, text("paper.protection"));
    block::seal s;
    s.lines = {words_("paper.issued_on", {{"when", words_.moment(is.at)}}), unit(is.unit)};
    s.lines.push_back(is.role.empty() ? text("paper.by_rule")
                                      : words_("paper.by_officer", {{"role", drawable(is.role)}}));
    if (!facts_.public_url.empty() && !n_.code.empty()) {
      s.url = facts_.public_url + page_path(n_.code, n_.filed.version);
      s.hint = text("paper.scan");
    }
    p.blocks.push_back(std::move(s));
    small(p, text(by_track("changes_end_it")));
    return p;
  }

  paper letter() const {
    paper p;
    block::address to;
    to.date = words_("paper.place_and_date", {{"date", words_.date(words_.local_day(world_.now))}});
    to.lines = {text("paper.yth"), addressee_line(), text("paper.at_place")};
    p.blocks.push_back(std::move(to));
    p.title = text(by_track("title_letter"));
    plain(p, words_(by_track("body_letter"), {{"article", article()}}));
    block::table rows;
    rows.numbered = true;
    add_event(rows, true);
    p.blocks.push_back(std::move(rows));
    const auto others = other_leaders();
    if (others > 0) {
      block::table more;
      more.rows.push_back({text("paper.other_leaders"), "", static_cast<int>(others)});
      p.blocks.push_back(std::move(more));
    }
    if (n_.filed.track == track::permit) add_documents(p, unit_practice{});
    plain(p, text(by_track("end_letter")));
    block::signatures who;
    who.side_by_side.push_back({text("paper.received_by"), "", words_.parts("paper.received_lines")});
    who.side_by_side.push_back({text("paper.yours"), text("paper.clear_name"), {}});
    p.blocks.push_back(std::move(who));
    const auto how = practice();
    if (n_.filed.track == track::political && how.copies && !how.copies->empty())
      small(p, words_("paper.copies", {{"to", fmt::format("{}", fmt::join(*how.copies, ", "))}}));
    if (n_.filed.track == track::expression) small(p, text("paper.law"));
    return p;
  }

  paper write(paper_kind kind) const {
    paper p = kind == paper_kind::data ? data() : kind == paper_kind::receipt ? receipt() : letter();
    p.kind = kind;
    p.file_name = file_name_of({n_.number, n_.filed.version, kind});
    p.footer = words_("paper.footer", {{"number", n_.number}, {"version", std::to_string(n_.filed.version)}});
    return p;
  }

 private:
  std::string text(std::string_view key) const { return words_(key); }

  // A text of the track: what a permit's may say, a notice's must never.
  std::string by_track(std::string_view what) const {
    return n_.filed.track == track::permit ? fmt::format("permit_paper.{}", what)
                                           : fmt::format("paper.{}_{}", what, name_of(n_.filed.track));
  }

  std::string unit(std::string_view code) const { return cases::name_of_unit(code, world_); }

  static void plain(paper& p, std::string words) { p.blocks.push_back(block::paragraph{std::move(words)}); }
  static void strong(paper& p, std::string words) {
    p.blocks.push_back(block::paragraph{std::move(words), style::strong});
  }
  static void small(paper& p, std::string words) {
    p.blocks.push_back(block::paragraph{std::move(words), style::small});
  }

  // As told; empty: not told, or to follow.
  std::string answer(std::string_view slot) const {
    const auto at = n_.answers.find(std::string(slot));
    return at == n_.answers.end() || at->second == "later" ? std::string() : drawable(at->second);
  }

  std::string labelled(std::string_view slot, std::string_view section) const {
    const std::string value = answer(slot);
    const std::string key = fmt::format("{}.{}", section, value);
    return !value.empty() && world_.book.texts.has(key) ? text(key) : value;
  }

  std::string place() const {
    const std::string venue = answer("venue");
    if (n_.wards.empty()) return venue;
    const std::string wards = drawable(place_words(n_.wards, n_.answers, language, world_));
    return venue.empty() || venue == wards ? wards : venue + ", " + wards;
  }

  std::string crowd() const {
    const std::string count = crowd_words(n_.answers);
    return count.empty() ? std::string() : words_("paper.crowd", {{"count", count}});
  }

  std::string what() const {
    const auto at = n_.answers.find("purpose");
    return at == n_.answers.end() ? std::string() : text("event_purpose." + parted(at->second).front());
  }

  // The rows of the event. A letter holds all that its track names, with room to write what was not told.
  void add_event(block::table& into, bool is_letter) const {
    struct entry {
      std::string_view title;
      std::string said;
      int blank_lines;
    };
    std::vector<entry> all;
    const std::string aim = answer("aim"), shape = answer("shape"), group = answer("group");
    const auto when = words_.span(n_.answers);
    const std::string person = drawable(facts_.person);
    switch (n_.filed.track) {
      case track::expression:  // the order of UU 9/1998 Art. 11
        all = {{"aim", aim, 2},
               {"place", place(), 2},
               {"when", when, 1},
               {"shape", shape, 2},
               {"person", person, 2},
               {"group", group, 2},
               {"props", answer("props"), 1},
               {"crowd", crowd(), 1}};
        break;
      case track::political:  // PP 60/2017 Art. 18
        all = {{"shape", shape, 1},   {"aim", aim, 2},       {"place", place(), 2},
               {"when", when, 1},     {"crowd", crowd(), 1}, {"speakers", answer("speakers"), 1},
               {"person", person, 2}, {"group", group, 1}};
        break;
      default:
        all = {{"what", what(), 1},   {"place", place(), 2},       {"when", when, 1},
               {"crowd", crowd(), 1}, {"gear", answer("gear"), 1}, {"person", person, 2}};
    }
    if (!is_letter && n_.filed.track != track::permit && n_.filed.track != track::none)
      all.insert(all.begin(), {"what", what(), 1});
    if (!is_letter) all.push_back({"from", labelled("participants_from", "event_reach"), 0});
    for (const auto e : n_.extras) all.push_back({name_of(e), text("paper.yes"), 0});
    for (auto& one : all) {
      const bool empty = one.said.empty();
      if (empty && (!is_letter || one.blank_lines == 0)) continue;
      into.rows.push_back(
          {text(fmt::format("paper.row_{}", one.title)), std::move(one.said), empty ? one.blank_lines : 0});
    }
  }

  unit_practice practice() const { return practice_of(chain_of(n_, world_), world_.book.notices.rules); }

  void add_documents(paper& p, const unit_practice& how) const {
    block::list items;
    for (auto& one : legal_items(n_, world_)) items.items.push_back(drawable(one));
    const bool on_paper = n_.filed.track != track::none && !how.electronic_accepted.value_or(true);
    if (on_paper)
      plain(p, words_("paper.wants_paper",
                      {{"unit", unit(n_.filed.unit)}, {"hours", how.desk_hours ? " (" + *how.desk_hours + ")" : ""}}));
    // The items of a notice stand in its letter, answered.
    const bool in_letter = n_.filed.track == track::expression || n_.filed.track == track::political;
    if (items.items.empty() || in_letter) return;
    p.blocks.push_back(block::heading{text(by_track("documents"))});
    p.blocks.push_back(std::move(items));
  }

  // Where a letter goes: "Kapolres Pasuruan Kota".
  std::string addressee_line() const {
    if (n_.to == addressee::mabes) return text("paper.to_mabes");
    const auto id = world_.book.units.find(n_.filed.unit);
    if (id == geography::no_unit) return text("paper.to_nobody");
    const std::string& name = world_.book.units.at(id).name;
    for (const std::string_view kind : {"Polsek ", "Polres ", "Polda "})
      if (name.starts_with(kind)) return "Kap" + name.substr(1);
    return name;
  }

  std::string article() const {
    const auto lists = documents_for(n_.filed.track, n_.tier, {}, world_.book.notices.rules, chain_of(n_, world_),
                                     time_at(world_.now, world_.book.utc_offset).day);
    return lists.empty() ? std::string() : lists.front()->note.article;
  }

  // Beside the first: so many as UU 9/1998 Art. 12 wants at least, as far as a page holds lines.
  std::int64_t other_leaders() const {
    const auto crowd_said = n_.answers.find("attendance");
    if (n_.filed.track != track::expression || crowd_said == n_.answers.end()) return 0;
    const auto dash = crowd_said->second.find('-');
    const auto most = std::stoll("0" + crowd_said->second.substr(dash == std::string::npos ? 0 : dash + 1));
    constexpr std::int64_t most_lines = 5;
    return std::min<std::int64_t>(leaders_for(most, world_.book.notices.rules).min - 1, most_lines);
  }

  // "Musik berhenti pukul 23.00; panitia …" as a list.
  static std::vector<std::string> sentences(const std::string& words) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from < words.size();) {
      const std::size_t end = std::min(words.find_first_of(";\n", from), words.size());
      if (auto one = drawable(words.substr(from, end - from)); !one.empty()) all.push_back(std::move(one));
      from = end + 1;
    }
    return all;
  }

  const notice& n_;
  const paper_facts& facts_;
  cases::roster nobody_;
  world world_;
  paper_words words_;
};

std::string_view stem_of(paper_kind kind) {
  switch (kind) {
    case paper_kind::data: return "tanda-terima-data";
    case paper_kind::receipt: return "tanda-terima";
    case paper_kind::letter: break;
  }
  return "surat";
}

const issue* issued_of(const notice& n, int version) {
  const issue* found = nullptr;
  for (const auto& one : n.issued)
    if (one.version == version) found = &one;
  return found;
}

}  // namespace

std::string file_name_of(const paper_order& o) {
  return fmt::format("{}-{}{}.pdf", stem_of(o.kind), o.number, o.version > 1 ? fmt::format("-v{}", o.version) : "");
}

std::string_view why_not(const paper_order& o, const notice* n) {
  if (n == nullptr) return "notice_gone";
  if (n->organiser == 0) return "organiser_gone";
  if (n->filed.version != o.version) return "replaced";
  if (o.kind == paper_kind::receipt && issued_of(*n, o.version) == nullptr) return "not_issued";
  return {};
}

paper make_paper(const notice& n, paper_kind kind, const paper_facts& facts, instant now, const handbook& book) {
  return writer(n, facts, now, book).write(kind);
}

std::string drawable(std::string_view text) {
  constexpr int most_marks = 2;  // on one letter
  constexpr UChar32 broken = 0xFFFD, non_joiner = 0x200C, joiner = 0x200D;
  const auto whole =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  icu::UnicodeString out;
  int marks = 0;
  bool after_blank = true;  // also at the beginning
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 c = whole.char32At(i);
    const auto type = u_charType(c);
    const bool mark = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
    marks = mark ? marks + 1 : 0;
    const bool blank = u_isUWhiteSpace(c) != 0;
    const bool silent = type == U_CONTROL_CHAR || type == U_PRIVATE_USE_CHAR || type == U_SURROGATE ||
                        type == U_UNASSIGNED || (type == U_FORMAT_CHAR && c != joiner && c != non_joiner);
    if (blank ? after_blank : silent || c == broken || marks > most_marks) continue;
    out.append(blank ? UChar32{' '} : c);
    after_blank = blank;
  }
  out.trim();
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

// --- the page --------------------------------------------------------------------------------------------------------

page page_of(const notice& n, int version, const handbook& book) {
  const issue* is = issued_of(n, version);
  if (is == nullptr || is->number.empty()) return {};
  page p;
  const cases::roster nobody;
  const world w{n.changed_at, book, nobody};
  const paper_words words(book);
  const bool decision = is->what != state::receipted;
  p.number = drawable(is->number);
  p.kind = words(decision                         ? "permit_paper.page_kind_decision"
                 : n.filed.track == track::permit ? "permit_paper.page_kind_receipt"
                                                  : "paper.page_kind_receipt");
  p.unit = cases::name_of_unit(is->unit, w);
  switch (n.filed.state) {
    case state::cancelled: p.standing = standing::cancelled; break;
    case state::refused:
    case state::revoked: p.standing = standing::withdrawn; break;
    case state::finished: p.standing = standing::over; break;
    default: p.standing = standing::valid;
  }
  if (version < n.filed.version && p.standing != standing::cancelled) p.standing = standing::changed;
  // The day that the paper names is only known while it is the newest.
  if (version == n.filed.version) p.day = words.day(words.local_day(n.start));
  return p;
}

std::string page_path(std::string_view code, int version) { return fmt::format("/n/{}-{}", code, version); }

page_name read_page_name(std::string_view name) {
  const auto dash = name.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash > 40) return {};
  const std::string_view digits = name.substr(dash + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [&](char c) { return digit(c) || (c >= 'a' && c <= 'z'); };
  if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), digit)) return {};
  if (!std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(dash), letter)) return {};
  return {std::string(name.substr(0, dash)), std::stoi(std::string(digits))};
}

// --- sending ---------------------------------------------------------------------------------------------------------

say paper_message(const notice& n, paper_kind kind, const world& w) {
  static constexpr std::array keys = {"notice_paper.data", "notice_paper.receipt", "notice_paper.letter"};
  say s;
  s.key = keys[static_cast<std::size_t>(kind)];
  if (kind == paper_kind::data && n.filed.track == track::none) s.key = "notice_paper.data_information";
  s.args = {{"number", n.number},
            {"receipt", n.filed.number},
            {"version", std::to_string(n.filed.version)},
            {"unit", cases::name_of_unit(n.filed.unit, w)}};
  s.paper = {n.number, n.filed.version, kind};
  return s;
}

bool is_issued(const notice& n) { return !n.issued.empty() && n.issued.back().version == n.filed.version; }

void send_issued(turn& t, const notice& n, const world& w) {
  if (n.organiser == 0) return;
  t.notes.push_back(
      {n.organiser, paper_message(n, paper_kind::receipt, w), fmt::format("{}:paper{}", n.number, n.revision)});
}

void remember_issue(notice& n, std::string conditions, std::string_view role, instant now) {
  const state s = n.filed.state;
  if (s != state::receipted && s != state::approved && s != state::approved_with_conditions) return;
  n.issued.push_back({s, n.filed.version, n.filed.number, n.filed.unit, std::string(role), std::move(conditions), now});
}

std::vector<paper_kind> papers_at_filing(const notice& n, const world& w) {
  std::vector<paper_kind> all = {is_issued(n) ? paper_kind::receipt : paper_kind::data};
  const auto practice = practice_of(chain_of(n, w), w.book.notices.rules);
  if (n.filed.track != track::none && !practice.electronic_accepted.value_or(false)) all.push_back(paper_kind::letter);
  return all;
}

}  // namespace bot::notices
