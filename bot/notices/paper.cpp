#include "bot/notices/paper.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <utility>

#include "bot/cases/life.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/conditions.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/documents.hpp"
#include "bot/notices/paper_words.hpp"
#include "bot/notices/parts.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/notices/road_use.hpp"
#include "bot/notices/spot.hpp"

namespace bot::notices {
namespace {

using style = block::paragraph::style;

constexpr const char* language = "id";

// What was typed in a chat, as it begins on paper.
std::string with_capital(std::string said) {
  if (!said.empty() && said.front() >= 'a' && said.front() <= 'z')
    said.front() = static_cast<char>(said.front() - 'a' + 'A');
  return said;
}

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
    rows.rows.push_back({text("paper.recorded"), words_.moment(awaited_since(n_))});
    rows.rows.push_back({text("paper.kind"), text(by_track("kind"))});
    rows.rows.push_back({text("paper.for_unit"), unit(n_.filed.unit)});
    add_event(rows, false);
    p.blocks.push_back(std::move(rows));
    if (n_.late) small(p, text(by_track("late")));
    if (n_.filed.track == track::expression) strong(p, text("paper.law"));
    if (awaits_receipt(n_.filed) && n_.filed.track != track::permit)
      plain(p, words_("paper.receipt_due", {{"when", words_.moment(receipt_due(n_, 1, world_))}}));
    add_documents(p, practice());
    if (const auto use = road_use_of(n_, world_)) {
      p.blocks.push_back(block::heading{text("paper.row_road_use")});
      plain(p, drawable(road_use_words(*use, language, world_)));
    }
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
    if (decides && !is.conditions.empty()) {  // a receipt has none, whatever was noted with it (P-02)
      p.blocks.push_back(block::heading{text("paper.conditions")});
      block::list all;
      for (const auto& one : parted_conditions(is.conditions)) all.items.push_back(with_capital(drawable(one)));
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
    p.blocks.push_back(address_to(n_.to == addressee::mabes ? text("paper.to_mabes") : addressee_line(n_.filed.unit)));
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
    if (const auto other = other_part_words(n_, language, world_); !other.empty())
      plain(p, words_("paper.beside", {{"other", drawable(other)}}));
    plain(p, text(by_track("end_letter")));
    p.blocks.push_back(signing());
    const auto how = practice();
    if (n_.filed.track == track::political && how.copies && !how.copies->empty())
      small(p, words_("paper.copies", {{"to", fmt::format("{}", fmt::join(*how.copies, ", "))}}));
    if (n_.filed.track == track::expression) small(p, text("paper.law"));
    return p;
  }

  // For the use of a road (Perkap 10/2012): a letter of its own, to whoever the class of the road names.
  paper road() const {
    const auto use = road_use_of(n_, world_).value_or(road_use{});
    paper p;
    p.blocks.push_back(address_to(addressee_line(use.unit)));
    p.title = text("permit_paper.road_title");
    plain(p, words_("permit_paper.road_body", {{"article", use.article}}));
    block::table rows;
    rows.numbered = true;
    add_row(rows, "what", what(), 1);
    add_row(rows, "road", "", 2);
    add_row(rows, "road_class", use.rule == nullptr ? std::string() : labelled("road_class", "event_road"), 1);
    add_row(rows, "road_part", "", 1);
    add_row(rows, "road_when", when(), 1);
    add_row(rows, "detour", "", 2);
    add_row(rows, "place", place(), 2);
    add_row(rows, "crowd", crowd(), 1);
    add_row(rows, "person", drawable(facts_.person), 2);
    p.blocks.push_back(std::move(rows));
    add_list(p, text("permit_paper.road_documents"), use.documents);
    plain(p, text("permit_paper.end_letter"));
    p.blocks.push_back(signing());
    return p;
  }

  paper write(paper_kind kind) const {
    paper p = kind == paper_kind::data      ? data()
              : kind == paper_kind::receipt ? receipt()
              : kind == paper_kind::road    ? road()
                                            : letter();
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

  // Each day of an event that comes again.
  std::string dates() const {
    const auto all = dates_of(n_, world_.book.utc_offset);
    return all.size() > 1 ? words_.days(all) : std::string();
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
    std::string wards;
    for (const auto& code : n_.wards) wards += (wards.empty() ? "" : ", ") + cases::name_of_area(code, world_);
    const auto spot = spot_of(answer("venue"), n_.wards, world_.book.atlas, world_.book.notices.words);
    if (spot.words.empty() || wards.empty()) return drawable(wards.empty() ? spot.words : wards);
    return drawable(spot.words.find(wards) == std::string::npos ? spot.words + ", " + wards : spot.words);
  }

  std::string crowd() const {
    const std::string count = crowd_words(n_.answers);
    return count.empty() ? std::string() : words_("paper.crowd", {{"count", count}});
  }

  // With the rule of an event that comes again.
  std::string when() const {
    world then = world_;  // a paper says no "tomorrow"
    then.now = n_.start - std::chrono::days(30);
    const std::string again = recurrence_words(n_.answers, language, then);
    return words_.span(n_.answers) + (again.empty() ? "" : "; " + again);
  }

  // "Orkes atau konser (Hiburan, pertunjukan)": by the kind that was told, where it is one of the purpose.
  std::string what() const {
    const std::string purpose = main_purpose(n_.answers), kind = answer("kind");
    if (purpose.empty()) return {};
    const auto& kinds = world_.book.notices.words.purpose_of;
    const auto known = kinds.find(kind);
    const std::string label = "paper.of_" + kind;
    if (known == kinds.end() || name_of(known->second) != purpose || !world_.book.texts.has(label))
      return text(purpose_key(n_.answers));
    return text(label) + " (" + text(purpose_key(n_.answers)) + ")";
  }

  // UU 9/1998 Art. 9(1) names the forms; "di tempat" alone is none of them.
  std::string shape() const {
    static constexpr std::array forms = {"unjuk rasa", "demo",   "pawai",      "long march",
                                         "longmarch",  "konvoi", "rapat umum", "mimbar bebas"};
    const std::string said = answer("shape"), plain = folded(said);
    const bool named = std::any_of(forms.begin(), forms.end(),
                                   [&](const char* form) { return plain.find(form) != std::string::npos; });
    if (said.empty() || named || n_.filed.track != track::expression) return said;
    return words_("paper.shape_of", {{"shape", said}});
  }

  // The rows of the event. A letter holds all that its track names, with room to write what was not told.
  void add_event(block::table& into, bool is_letter) const {
    struct entry {
      std::string_view title;
      std::string said;
      int blank_lines;
    };
    std::vector<entry> all;
    const std::string aim = answer("aim"), shape = this->shape(), group = answer("group");
    const std::string when = this->when();
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
    if (!is_letter) all.push_back({"dates", dates(), 0});
    if (!is_letter) all.push_back({"beside", drawable(other_part_words(n_, language, world_)), 0});
    for (const auto e : n_.extras) all.push_back({name_of(e), text("paper.yes"), 0});
    for (auto& one : all)
      if (!one.said.empty() || (is_letter && one.blank_lines > 0))
        add_row(into, one.title, std::move(one.said), one.blank_lines);
  }

  // With room to write where nothing was told.
  void add_row(block::table& into, std::string_view title, std::string said, int blank_lines) const {
    const bool empty = said.empty();
    into.rows.push_back(
        {text(fmt::format("paper.row_{}", title)), with_capital(std::move(said)), empty ? blank_lines : 0});
  }

  unit_practice practice() const { return practice_of(n_, world_); }

  void add_documents(paper& p, const unit_practice& how) const {
    const bool on_paper = n_.filed.track != track::none && !how.electronic_accepted.value_or(true);
    if (on_paper)
      plain(p, words_("paper.wants_paper",
                      {{"unit", unit(n_.filed.unit)}, {"hours", how.desk_hours ? " (" + *how.desk_hours + ")" : ""}}));
    // The items of a notice stand in its letter, answered.
    const bool in_letter = n_.filed.track == track::expression || n_.filed.track == track::political;
    // What goes with the letter for a road stands in that letter.
    if (!in_letter) add_list(p, text(by_track("documents")), items_without_road(n_, world_));
  }

  static void add_list(paper& p, std::string heading, const std::vector<std::string>& all) {
    if (all.empty()) return;
    block::list items;
    for (const auto& one : all) items.items.push_back(drawable(one));
    p.blocks.push_back(block::heading{std::move(heading)});
    p.blocks.push_back(std::move(items));
  }

  block::address address_to(std::string head) const {
    return {words_("paper.place_and_date", {{"date", words_.date(words_.local_day(world_.now))}}),
            {text("paper.yth"), std::move(head), text("paper.at_place")}};
  }

  block::signatures signing() const {
    return {{{text("paper.received_by"), "", words_.parts("paper.received_lines")},
             {text("paper.yours"), text("paper.clear_name"), {}}}};
  }

  // Where a letter goes: "Kapolres Pasuruan Kota".
  std::string addressee_line(std::string_view code) const {
    const auto id = world_.book.units.find(code);
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
    case paper_kind::road: return "surat-jalan";
    case paper_kind::letter: break;
  }
  return "surat";
}

}  // namespace

std::string file_name_of(const paper_order& o) {
  return fmt::format("{}-{}{}.pdf", stem_of(o.kind), o.number, o.version > 1 ? fmt::format("-v{}", o.version) : "");
}

std::string_view why_not(const paper_order& o, const notice* n) {
  if (n == nullptr) return "notice_gone";
  if (n->organiser == 0) return "organiser_gone";
  if (n->filed.version != o.version) return "replaced";
  if (o.kind == paper_kind::receipt && !is_issued(*n, o.version)) return "not_issued";
  return {};
}

paper make_paper(const notice& n, paper_kind kind, const paper_facts& facts, instant now, const handbook& book) {
  return writer(n, facts, now, book).write(kind);
}

}  // namespace bot::notices
