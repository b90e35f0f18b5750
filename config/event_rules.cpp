#include "config/event_rules.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "bot/language/words.hpp"
#include "bot/notices/recurrence.hpp"
#include "config/desk_hours.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace notices = bot::notices;
using notices::reach;
using notices::track;

constexpr std::int64_t most_people = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t most_leaders = 5;     // UU 9/1998 Pasal 12 ayat (2)
constexpr int expression_hours = 72;         // UU 9/1998 Pasal 10 ayat (3): a rule may ask for less, never for more
constexpr std::int64_t most_link_days = 60;  // whoever holds the link can answer: it does not go round for long
constexpr std::array every_reach = {reach::one_kecamatan, reach::several_kecamatan, reach::several_kabupaten,
                                    reach::several_provinces, reach::foreign};

// The lowest level whose own area holds all of it, in the order of every_reach.
constexpr std::array least_for = {notices::addressee::polsek, notices::addressee::polres, notices::addressee::polda,
                                  notices::addressee::mabes, notices::addressee::mabes};

std::optional<notices::slot> wanted_named(std::string_view name) {
  using notices::slot;
  for (const slot each : {slot::attendance, slot::public_place, slot::public_road, slot::fireworks}) {
    if (name_of(each) == name) return each;
  }
  return std::nullopt;
}

std::optional<notices::addressed_by> way_named(std::string_view name) {
  if (name == "participants_from") return notices::addressed_by::participants_from;
  if (name == "scope") return notices::addressed_by::scope;
  if (name == "nearest") return notices::addressed_by::nearest;
  return std::nullopt;
}

template <class T>
bool contains(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

class rules_reader {
 public:
  rules_reader(const unit_known& known, notices::event_rules& out) : known_(known), out_(out) {}

  void events(rule_file& file) {
    rule_entry root = file.root();
    each(root, "track", [&](rule_entry& e) { track_rule(e); });
    each(root, "tier", [&](rule_entry& e) { tier_rule(e); });
    each(root, "deadline", [&](rule_entry& e) { deadline_rule(e); });
    each(root, "addressee", [&](rule_entry& e) { addressee_rule(e); });
    each(root, "extra", [&](rule_entry& e) { extra_rule(e); });
    each(root, "road", [&](rule_entry& e) { road_rule(e); });
    each(root, "hours", [&](rule_entry& e) { hours_rule(e); });
    each(root, "practice", [&](rule_entry& e) { practice(e); });
    each(root, "cancelling", [&](rule_entry& e) {
      out_.cancelling = note(e);
      out_.cancel_hours = static_cast<int>(e.whole("hours", 1, 8784).value_or(24));
    });
    each(root, "leaders", [&](rule_entry& e) {
      out_.leading = note(e);
      out_.leaders_least = static_cast<int>(e.whole("least", 1, most_leaders).value_or(1));
      out_.leaders_most = static_cast<int>(e.whole("most", out_.leaders_least, most_leaders).value_or(most_leaders));
    });
    each(root, "recommendation", [&](rule_entry& e) {
      if (!e.has("link_days")) e.fault("link_days is missing");
      out_.link_days = static_cast<int>(e.whole("link_days", 1, most_link_days).value_or(14));
    });
    each(root, "recurring", [&](rule_entry& e) {
      if (!e.has("most_days")) e.fault("most_days is missing");
      out_.recurring_days = static_cast<int>(
          e.whole("most_days", 7, notices::most_recurring_days).value_or(notices::most_recurring_days));
    });
    root.finish();
    check_tracks(root);
    check_deadlines(root);
    check_addressees(root);
    check_roads(root);
    check_tiers(root);
    check_same_days();
  }

 private:
  template <class Read>
  void each(rule_entry& root, std::string_view key, Read read) {
    auto entries = root.tables(key);
    if (entries.empty()) root.fault(fmt::format("there is no {}", key));
    for (rule_entry& e : entries) {
      read(e);
      e.finish();
      last_.erase(std::string(key));
      last_.emplace(key, e);
    }
  }

  // What is missing has no line of its own: it is told at the rule that is next to it, else at the last one of its
  // kind.
  void fault_at(const std::string& id, std::string_view kind, rule_entry& root, const std::string& what) {
    if (const auto at = by_id_.find(id); at != by_id_.end()) return at->second.fault(what);
    const auto last = last_.find(std::string(kind));
    (last == last_.end() ? root : last->second).fault(what);
  }

  notices::rule_note note(rule_entry& e) {
    notices::rule_note out = e.note();
    if (!out.id.empty() && !by_id_.emplace(out.id, e).second)
      e.fault("id", fmt::format("the id {} stands twice", out.id));
    return out;
  }

  std::string unit(rule_entry& e) {
    const std::string code = e.text_if("unit").value_or("");
    if (!code.empty() && !known_(code)) e.fault("unit", fmt::format("there is no unit {}", code));
    return code;
  }

  void track_rule(rule_entry& e) {
    notices::track_rule rule;
    rule.note = note(e);
    rule.purposes = e.words<notices::purpose>("purposes", notices::purpose_named);
    if (rule.purposes.empty()) e.fault("purposes", "no purposes");
    rule.public_place = e.flag("public_place");
    rule.public_road = e.flag("public_road");
    rule.on_campus = e.flag("on_campus");
    rule.attendance_below = e.whole("attendance_below", 1, most_people);
    if (!e.has("track")) e.fault("track is missing");
    rule.track = e.word<track>("track", notices::track_named).value_or(track::none);
    rule.disputed = e.flag("disputed").value_or(false);
    rule.wants = e.words<notices::slot>("wants", wanted_named);
    out_.tracks.push_back(std::move(rule));
  }

  void tier_rule(rule_entry& e) {
    notices::tier_rule rule;
    rule.note = note(e);
    rule.tier = e.word<notices::tier>("tier", notices::tier_named);
    rule.from = e.whole("from", 0, most_people).value_or(0);
    rule.to = e.whole("to", rule.from, most_people).value_or(most_people);
    rule.unit = unit(e);
    out_.tiers.push_back(std::move(rule));
  }

  void deadline_rule(rule_entry& e) {
    notices::deadline_rule rule;
    rule.note = note(e);
    rule.track = e.word<track>("track", notices::track_named);
    rule.extra = e.word<notices::extra>("extra", notices::extra_named);
    if (e.has("track") == e.has("extra")) e.fault("a deadline is of a track or of an extra");
    rule.participants_from = e.words<reach>("participants_from", notices::reach_named);
    if (const auto hours = e.whole("hours", 1, 8784)) rule.hours = static_cast<int>(*hours);
    if (const auto days = e.whole("working_days", 1, 250)) rule.working_days = static_cast<int>(*days);
    if (e.has("hours") == e.has("working_days")) e.fault("a deadline counts hours or working_days");
    rule.tier = e.word<notices::tier>("tier", notices::tier_named);
    rule.unit = unit(e);
    if (rule.track != track::permit)
      for (const char* key : {"tier", "unit"})
        if (e.has(key)) e.fault(key, fmt::format("only deadlines of the track permit differ by {}", key));
    if (rule.track == track::expression) {
      constexpr std::string_view law =
          "a notice of opinion is in time 3 x 24 hours before (UU 9/1998 Pasal 10 ayat (3))";
      if (rule.working_days) e.fault("working_days", law);
      if (rule.hours && *rule.hours > expression_hours) e.fault("hours", law);
    }
    out_.deadlines.push_back(std::move(rule));
  }

  void addressee_rule(rule_entry& e) {
    notices::addressee_rule rule;
    rule.note = note(e);
    rule.tracks = e.words<track>("tracks", notices::track_named);
    if (!e.has("by")) e.fault("by is missing");
    rule.by = e.word<notices::addressed_by>("by", way_named).value_or(notices::addressed_by::nearest);
    for (std::size_t i = 0; i < every_reach.size() && rule.by != notices::addressed_by::nearest; ++i) {
      const std::string_view key = name_of(every_reach[i]);
      if (!e.has(key)) e.fault(fmt::format("{} is missing", key));
      const std::string word = e.text_if(key).value_or("polsek");
      const auto to = notices::addressee_named(word);
      if (!to) e.fault(key, fmt::format("\"{}\" is not polsek, polres, polda or mabes", word));
      if (to && *to < least_for[i])
        e.fault(key, fmt::format("{} goes to a {} at least, not to a {}", key, name_of(least_for[i]), word));
      rule.to[i] = to.value_or(notices::addressee::polsek);
    }
    out_.addressees.push_back(std::move(rule));
  }

  void extra_rule(rule_entry& e) {
    notices::extra_rule rule;
    rule.note = note(e);
    if (!e.has("extra")) e.fault("extra is missing");
    rule.extra = e.word<notices::extra>("extra", notices::extra_named).value_or(notices::extra::fireworks);
    rule.tracks = e.words<track>("tracks", notices::track_named);
    if (rule.extra == notices::extra::road_use && contains(rule.tracks, track::expression))
      e.fault("tracks", "expression of opinion on the road stays under UU 9/1998 alone");
    out_.extras.push_back(std::move(rule));
  }

  void road_rule(rule_entry& e) {
    notices::road_rule rule;
    rule.note = note(e);
    for (const char* key : {"road", "to"})
      if (!e.has(key)) e.fault(fmt::format("{} is missing", key));
    rule.road = e.word<notices::road_class>("road", notices::road_class_named).value_or(notices::road_class::village);
    rule.to = e.word<notices::addressee>("to", notices::addressee_named).value_or(notices::addressee::polsek);
    if (rule.to == notices::addressee::mabes) e.fault("to", "a road is applied for at a polsek, polres or polda");
    out_.roads.push_back(std::move(rule));
  }

  void hours_rule(rule_entry& e) {
    notices::hours_rule rule;
    rule.note = note(e);
    rule.track = e.word<track>("track", notices::track_named).value_or(track::expression);
    rule.open_place = e.flag("open_place");
    if (const auto span = e.hours("hours")) std::tie(rule.from, rule.until) = *span;
    out_.hours.push_back(std::move(rule));
  }

  void practice(rule_entry& e) {
    notices::unit_practice out;
    out.unit = unit(e);
    out.from = e.day("valid_from").value_or(notices::local_day{});
    e.text_if("source");  // for those who keep the file
    out.electronic_accepted = e.flag("electronic_accepted");
    out.automatic_receipt = e.flag("automatic_receipt");
    out.desk_hours = e.text_if("desk_hours");
    if (out.desk_hours && !is_desk_hours(*out.desk_hours))
      e.fault("desk_hours", fmt::format("\"{}\" is not like \"Senin-Kamis 08.00-15.00, Jumat 08.00-11.00\" or "
                                        "\"Setiap hari 24 jam\"",
                                        *out.desk_hours));
    out.fee = e.text_if("fee");
    if (const auto days = e.whole("processing_days", 0, 365)) out.processing_days = static_cast<int>(*days);
    if (e.has("copies")) out.copies = e.texts("copies");
    for (std::size_t i = 0; i < out_.practices.size(); ++i) {
      if (out_.practices[i].unit != out.unit || out_.practices[i].from != out.from) continue;
      e.fault(fmt::format("{} stands twice from the same day (line {} too)",
                          out.unit.empty() ? "the default" : out.unit, practice_lines_[i]));
    }
    practice_lines_.push_back(e.line());
    out_.practices.push_back(std::move(out));
  }

  // Every purpose ends at a rule without conditions: else some event would have no track for ever.
  void check_tracks(rule_entry& root) {
    for (int i = 0; i <= static_cast<int>(notices::purpose::fireworks); ++i) {
      const auto what = static_cast<notices::purpose>(i);
      const bool ends = std::any_of(out_.tracks.begin(), out_.tracks.end(), [&](const notices::track_rule& rule) {
        return contains(rule.purposes, what) && !rule.public_place && !rule.public_road && !rule.on_campus &&
               !rule.attendance_below && begun(rule.note);
      });
      std::string nearest;
      for (const auto& rule : out_.tracks)
        if (contains(rule.purposes, what)) nearest = rule.note.id;
      if (!ends)
        fault_at(nearest, "track", root, fmt::format("no track without conditions for the purpose {}", name_of(what)));
    }
    for (const notices::track_rule& rule : out_.tracks) {
      // UU 9/1998 knows a notice only: an opinion can never need a permit.
      if (contains(rule.purposes, notices::purpose::opinion) && rule.track == track::permit) {
        fault_at(rule.note.id, "track", root,
                 fmt::format("{}: expression of opinion needs no permit (UU 9/1998 Pasal 10)", rule.note.id));
      }
    }
  }

  void check_deadlines(rule_entry& root) {
    for (const track where : {track::expression, track::political, track::permit}) {
      std::string nearest, missing;
      for (const auto& rule : out_.deadlines)
        if (rule.track == where) nearest = rule.note.id;
      for (const reach from : every_reach) {
        const bool dated =
            std::any_of(out_.deadlines.begin(), out_.deadlines.end(), [&](const notices::deadline_rule& rule) {
              return rule.track == where && rule.unit.empty() && !rule.tier && begun(rule.note) &&
                     (rule.participants_from.empty() || contains(rule.participants_from, from));
            });
        if (!dated) missing += (missing.empty() ? "" : ", ") + std::string(name_of(from));
      }
      if (!missing.empty())
        fault_at(nearest, "deadline", root,
                 fmt::format("no deadline for {} from {} that is in force", name_of(where), missing));
    }
  }

  void check_roads(rule_entry& root) {
    for (const auto road : {notices::road_class::village, notices::road_class::city, notices::road_class::province}) {
      const bool told = std::any_of(out_.roads.begin(), out_.roads.end(),
                                    [&](const auto& r) { return r.road == road && begun(r.note); });
      if (!told) fault_at("", "road", root, fmt::format("nobody is named for the road {}", name_of(road)));
    }
    const bool dated = std::any_of(out_.deadlines.begin(), out_.deadlines.end(), [&](const auto& rule) {
      return rule.extra == notices::extra::road_use && begun(rule.note);
    });
    if (!dated) fault_at("", "deadline", root, "no deadline for road_use");
  }

  void check_addressees(rule_entry& root) {
    for (const track where : {track::none, track::expression, track::political, track::permit}) {
      const bool told = std::any_of(out_.addressees.begin(), out_.addressees.end(),
                                    [&](const auto& rule) { return contains(rule.tracks, where) && begun(rule.note); });
      if (!told) fault_at("", "addressee", root, fmt::format("no addressee for the track {}", name_of(where)));
    }
  }

  // Those tiers of each unit that begin first cover every number, and those of one day no number twice.
  void check_tiers(rule_entry& root) {
    std::map<std::string, std::vector<const notices::tier_rule*>> by_unit;
    by_unit[""];
    for (const notices::tier_rule& each : out_.tiers) by_unit[each.unit].push_back(&each);
    for (auto& [unit, rules] : by_unit) {
      std::sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) { return a->from < b->from; });
      const std::string of = unit.empty() ? "" : " of " + unit;
      cover(rules, of, root);
      for (const auto* a : rules) {
        for (const auto* b : rules) {
          if (a < b && a->note.from == b->note.from && a->from <= b->to && b->from <= a->to) {
            fault_at(b->note.id, "tier", root, fmt::format("the tiers {} and {} overlap", a->note.id, b->note.id));
          }
        }
      }
    }
  }

  void cover(const std::vector<const notices::tier_rule*>& rules, const std::string& of, rule_entry& root) {
    auto first = notices::local_day::max();
    for (const auto* each : rules) first = std::min(first, each->note.from);
    if (of.empty() && first > today_) fault_at("", "tier", root, "no tier is in force yet");
    const bool one_day =
        std::all_of(rules.begin(), rules.end(), [&](const auto* each) { return each->note.from == first; });
    const std::string when = one_day ? "" : " at first: all of them must begin on the day of the first";
    std::int64_t covered = -1;
    for (const auto* each : rules) {
      if (each->note.from != first || covered == most_people) continue;
      if (each->from > covered + 1)
        fault_at(each->note.id, "tier", root,
                 fmt::format("the tiers{} leave out {} to {} people{}", of, covered + 1, each->from - 1, when));
      covered = std::max(covered, each->to);
    }
    if (covered < most_people)
      fault_at(rules.empty() ? "" : rules.back()->note.id, "tier", root,
               fmt::format("the tiers{} end at {} people{}", of, covered, when));
  }

  bool begun(const notices::rule_note& rule) const { return rule.from <= today_; }

  // Of two rules for the same that begin on one day none is the newer one.
  template <class Rule, class Same>
  void check_same_day(const std::vector<Rule>& rules, Same same) {
    for (auto b = rules.begin(); b != rules.end(); ++b) {
      for (auto a = rules.begin(); a != b; ++a) {
        if (a->note.from != b->note.from || a->note.id == b->note.id || !same(*a, *b)) continue;
        const auto first = by_id_.find(a->note.id), second = by_id_.find(b->note.id);
        if (first == by_id_.end() || second == by_id_.end()) continue;
        second->second.fault(
            fmt::format("{} and {} (line {}) hold from the same day", b->note.id, a->note.id, first->second.line()));
      }
    }
  }

  template <class T>
  static bool meet(const std::vector<T>& a, const std::vector<T>& b) {
    return std::any_of(a.begin(), a.end(), [&](const T& each) { return contains(b, each); });
  }

  void check_same_days() {
    check_same_day(out_.deadlines, [](const auto& a, const auto& b) {
      const bool from =
          a.participants_from.empty() || b.participants_from.empty() || meet(a.participants_from, b.participants_from);
      return a.track == b.track && a.extra == b.extra && a.tier == b.tier && a.unit == b.unit && from;
    });
    check_same_day(out_.addressees, [](const auto& a, const auto& b) { return meet(a.tracks, b.tracks); });
    check_same_day(out_.extras,
                   [](const auto& a, const auto& b) { return a.extra == b.extra && meet(a.tracks, b.tracks); });
    check_same_day(out_.roads, [](const auto& a, const auto& b) { return a.road == b.road; });
    check_same_day(out_.hours, [](const auto& a, const auto& b) {
      return a.track == b.track && (!a.open_place || !b.open_place || a.open_place == b.open_place);
    });
  }

  const unit_known& known_;
  notices::event_rules& out_;
  std::map<std::string, rule_entry> by_id_;
  std::map<std::string, rule_entry> last_;  // of each kind of rule
  std::vector<unsigned> practice_lines_;
  notices::local_day today_ = day_of_loading();
};

}  // namespace

notices::local_day day_of_loading() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() + std::chrono::hours(9));
  return notices::local_day(now.time_since_epoch());
}

bool speaks_of_leave(std::string_view text) {
  static constexpr std::array words = {"izin",  "ijin",      "diizinkan", "perizinan", "mengizinkan", "ditolak",
                                       "tolak", "penolakan", "disetujui", "setuju",    "persetujuan"};
  for (const bot::language::word& each : bot::language::split(text))
    if (std::find(words.begin(), words.end(), each.folded) != words.end()) return true;
  return false;
}

notices::event_rules load_event_rules(const std::filesystem::path& events, const std::filesystem::path& documents,
                                      const unit_known& known, std::vector<std::string>& faults) {
  notices::event_rules rules;
  // A file that cannot be read says so itself; that it also lacks every rule would only hide it.
  rule_file file(events, faults);
  if (file.is_read()) rules_reader(known, rules).events(file);
  load_documents(documents, known, rules, faults);
  return rules;
}

notices::rulebook load_event_rules(const std::filesystem::path& dir, const unit_known& known,
                                   std::vector<std::string>& faults, const codes_in& in) {
  auto rules = load_event_rules(dir / "events.toml", dir / "documents.toml", known, faults);
  load_conditions(dir / "conditions.toml", known, rules, faults);
  return {std::move(rules),
          load_calendar(dir / "calendar.toml", faults, in),
          load_event_words(dir / "event-words.toml", faults),
          {},
          {}};
}

}  // namespace config
