#include "bot/language/understand.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "bot/language/learning.hpp"
#include "bot/language/opinion.hpp"
#include "bot/language/rating.hpp"
#include "bot/language/reading.hpp"
#include "bot/language/rules.hpp"
#include "bot/language/tongue.hpp"

namespace bot::language {
namespace {

constexpr int enough = 4;  // a category or an event type needs this much evidence

constexpr std::size_t shortest_sentence = 5;  // words; below it the rules know answers and wishes better
constexpr int contradicted = 7;               // a report that the rules took for something else must be so far ahead
constexpr float no_incident = -1.4F;  // logarithm of 0.25: below it even a report whose kind is named is voted away

constexpr std::array<std::string_view, intent_count> intent_names = {
    "report", "emergency", "event_notice", "status_query", "question", "correction",
    "cancel", "yes",       "no",           "greeting",     "thanks",   "other"};

struct ranked {
  std::string_view best;
  std::string_view second;
  int score = 0;
};

ranked rank(const rule_set& set, const std::vector<int>& scores) {
  ranked out;
  int second = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < enough) continue;
    if (scores[i] > out.score) {
      out.second = out.best;
      second = out.score;
      out.best = set.targets[i];
      out.score = scores[i];
    } else if (scores[i] > second) {
      out.second = set.targets[i];
      second = scores[i];
    }
  }
  if (second * 2 < out.score) out.second = {};
  return out;
}

class understander {
 public:
  understander(std::string_view text, std::span<const word> words, instant now, const lexicon& lex,
               std::span<const word_range> places, std::chrono::minutes offset)
      : text_(text), words_(words), now_(now), lex_(lex), offset_(offset), r_(read(words, lex, places)) {}

  // `as`: the category is known, and these words tell of it whatever they would say alone.
  understanding run(std::string_view as = {}) {
    as_ = as;
    observe();
    decide();
    if (incident() || out_.intent == intent::event_notice) out_.ongoing = goes_on() || in_need_now();
    time();
    level();
    return std::move(out_);
  }

  std::vector<std::uint32_t> signs() {
    observe();
    return hunch::signs_of(r_, lex_);
  }

 private:
  // All that is known before anything is decided.
  void observe() {
    const std::int64_t local = std::chrono::floor<std::chrono::minutes>(now_ + offset_).time_since_epoch().count();
    time_ = time_of(r_, lex_, local);
    out_.crowd = crowd_of(r_, lex_);
    out_.lang = tongue_of(r_, lex_);
    out_.answer_in = sure_tongue_of(r_, lex_);
    note_form();
    note_time();
    apply("flag");
  }

  bool incident() const { return out_.intent == intent::report || out_.intent == intent::emergency; }

  void note(std::string_view name, bool holds) {
    if (holds) r_.present.set(lex_.id(name));
  }
  bool noted(std::string_view name) const {
    const class_id meaning = lex_.id(name);
    return meaning != lexicon::none_class && r_.present.test(meaning);
  }

  // Scores the rules of a kind and notes what they give; true when anything was given.
  bool apply(std::string_view kind) {
    const rule_set& set = lex_.rules(kind);
    const auto sums = scores(set, r_);
    note_targets(set, sums, r_);
    return std::ranges::any_of(sums, [](int sum) { return sum > 0; });
  }

  void note_form() {
    const class_id polite = lex_.id(part::polite);
    const class_id bare = lex_.id(part::bare_word);
    std::size_t content = 0;
    const class_id cry = lex_.id("cry_word");
    const class_id help = lex_.id("help_cry");
    bool all_bare = !r_.units.empty();
    bool all_cry = true;
    bool place = false;
    bool only_numbers = !r_.units.empty();
    for (std::uint32_t i = 0; i < r_.units.size(); ++i) {
      const bool is_polite = r_.at(i, polite) != nullptr;
      const bool is_bare = r_.match_at[i] != 0 && r_.matches[r_.match_at[i] - 1].meaning.test(bare);
      content += !is_polite;
      all_bare = all_bare && (is_polite || is_bare);
      all_cry = all_cry && (is_polite || (r_.match_at[i] != 0 && r_.matches[r_.match_at[i] - 1].meaning.test(cry)));
      place = place || r_.units[i].place;
      only_numbers = only_numbers && r_.units[i].number;
    }
    // "bisa lapor online gak": asked without a question mark.
    std::size_t last = r_.units.size();
    while (last > 0 && r_.at(static_cast<std::uint32_t>(last - 1), polite) != nullptr) --last;
    note("@ends_in_no", last > 0 && r_.at(static_cast<std::uint32_t>(last - 1), lex_.id(part::negator)) != nullptr);
    note("@empty", content == 0);
    note("@only_cry", all_cry && r_.present.test(help));
    note("@bare", all_bare);
    note("@short", content <= 3);
    note("@brief", content <= 6);
    note("@long", content >= 25);
    note("@place", place);
    note("@only_numbers", only_numbers);
    note("@question_mark", r_.question_mark);
    note("@exclaimed", r_.exclaimed);
    note("@code", r_.signs >= 2);
    note("@crowd", out_.crowd.has_value());
    note("@crowd20", out_.crowd && out_.crowd->max >= 20);
    note("@crowd_few", out_.crowd && out_.crowd->max < 20);
    brief_ = content <= 6;
    sentence_ = content >= shortest_sentence;
  }

  void note_time() {
    using kind = spoken_time::kind;
    note("@past", time_.what == kind::past);
    note("@future", time_.what == kind::future && !time_.this_part);
    note("@later", time_.what == kind::future);
    note("@this_part", time_.this_part);
    note("@now_word", time_.now_word);
    note("@habit", time_.habit);
    note("@since", time_.since);
    note("@clock", time_.local_minutes && !time_.date_only);
    note("@timed", time_.what != kind::none);
  }

  void decide() {
    if (sentence_) learned_ = opinion(r_, lex_);
    const auto ranked_of = [&](std::string_view kind) {
      const rule_set& set = lex_.rules(kind);
      const auto sums = scores(set, r_);
      return rank(set, sums);
    };
    const rule_set& kinds = lex_.rules("category");
    auto kind_sums = scores(kinds, r_);
    const bool named_by_rules = !rank(kinds, kind_sums).best.empty();
    // Where the rules name nothing and the model finds that much likelier than any category, nothing is named.
    const bool voted = !learned_.silent();
    if (voted && (named_by_rules || !learned_.likely_nothing())) learned_.vote_on_kinds(kinds, kind_sums);
    const ranked categories = rank(kinds, kind_sums);
    const rule_set& event_set = lex_.rules("event");
    auto event_sums = scores(event_set, r_);
    const ranked events = rank(event_set, event_sums);
    note("@incident", !categories.best.empty());
    note("@strong_incident", categories.score >= 2 * enough);
    note("@event", !events.best.empty());
    note("@event_beats", events.score >= categories.score && !events.best.empty());
    note_name("@category_", as_.empty() ? categories.best : as_);
    note_name("@event_", events.best);

    const rule_set& set = lex_.rules("intent");
    auto sums = scores(set, r_);
    const auto told = sums;
    int best = 0;
    out_.intent = intent::other;
    // A model never talks an emergency down.
    const auto first = std::ranges::max_element(told);
    const bool emergency_told =
        first != told.end() && *first > 0 &&
        set.targets[static_cast<std::size_t>(first - told.begin())] == name_of(intent::emergency);
    if (voted && !emergency_told) {
      learned_.vote_on_intents(set, sums);
      const auto sum_of = [&](intent of) -> int& {
        return sums[static_cast<std::size_t>(std::ranges::find(set.targets, name_of(of)) - set.targets.begin())];
      };
      const int doubt = learned_.doubt();
      sum_of(intent::report) -= doubt;
      sum_of(intent::emergency) -= doubt;
      if (first != told.end() && *first > 0 &&
          set.targets[static_cast<std::size_t>(first - told.begin())] != name_of(intent::report))
        sum_of(intent::report) -= contradicted;
    }
    for (std::size_t i = 0; i < set.targets.size(); ++i) {
      const auto at = std::ranges::find(intent_names, set.targets[i]) - intent_names.begin();
      if (at == static_cast<std::ptrdiff_t>(intent_count)) continue;
      out_.intent_scores[static_cast<std::size_t>(at)] = sums[i];
      if (sums[i] > best) {
        best = sums[i];
        out_.intent = static_cast<intent>(at);
      }
    }
    // The model alone hears no cry for help without a word that tells of it.
    if (out_.intent == intent::emergency && !emergency_told && !noted(few(r_) ? "danger_word" : "incident_word"))
      out_.intent = categories.best.empty() ? intent::other : intent::report;
    // Nor does it take back a report whose kind the rules name, unless it is sure; and never one of few words, "ada
    // begal di jalan wahidin": these the rules know, also where they sound like a question.
    const float taken_back = few(r_) && (noted("danger_word") || noted("ongoing_word")) ? 2 * no_incident : no_incident;
    const bool plain = brief_ && named_by_rules;
    const bool left = !voted || plain || learned_.of_incident() > taken_back;
    if ((out_.intent == intent::other || (plain && out_.intent == intent::question && !noted("question_word"))) &&
        left && named_by_rules && first != told.end() && *first > 0 &&
        set.targets[static_cast<std::size_t>(first - told.begin())] == name_of(intent::report))
      out_.intent = intent::report;
    // The model alone makes no report of what nobody can name: such words add to what was told before.
    if (incident() && categories.best.empty()) {
      const auto at = std::ranges::find(set.targets, name_of(out_.intent)) - set.targets.begin();
      if (told[static_cast<std::size_t>(at)] <= 0) out_.intent = intent::other;
    }
    if (!as_.empty() && !incident()) out_.intent = intent::report;
    note_name("@intent_", name_of(out_.intent));
    out_.anonymous_wish = noted("@flag_anonymous_wish");
    out_.event_kind = events.best;
    if (out_.intent == intent::event_notice) {
      // That it is an event is settled: which one, the model may tell where the words of the rules do not.
      if (voted) learned_.vote_on_events(event_set, event_sums);
      const std::string_view type = rank(event_set, event_sums).best;
      out_.event_type = type.empty() ? "other" : type;
    }
    const ranked known = ranked_of("knowledge");
    out_.knowledge = known.best == "saw"            ? knowledge::saw
                     : known.best == "heard"        ? knowledge::heard
                     : known.best == "social_media" ? knowledge::social_media
                                                    : knowledge::unknown;
    if (!incident()) return;
    out_.category = as_.empty() ? categories.best : as_;
    out_.second_category = categories.second;
    out_.weapons = noted("@flag_weapons");
    out_.injuries = noted("@flag_injuries");
  }

  // Who cries for help needs it now, also where no word says so.
  bool in_need_now() const { return out_.intent == intent::emergency && time_.what != spoken_time::kind::past; }

  bool goes_on() const {
    const auto sums = scores(lex_.rules("ongoing"), r_);
    return std::accumulate(sums.begin(), sums.end(), learned_.silent() ? 0 : learned_.going_on()) > 0;
  }

  void note_name(std::string_view prefix, std::string_view name) {
    if (!name.empty()) note(std::string(prefix).append(name), true);
  }

  void time() {
    using kind = spoken_time::kind;
    const bool told = incident() || out_.intent == intent::event_notice || out_.intent == intent::correction ||
                      (out_.intent == intent::other && brief_ && !noted("@incident"));
    if (!told) return;
    when& out = out_.when;
    out.kind = time_.what;
    out.date_only = time_.date_only;
    std::optional<std::int64_t> local = time_.local_minutes;
    const std::int64_t now_local = std::chrono::floor<std::chrono::minutes>(now_ + offset_).time_since_epoch().count();
    const bool started = local && !time_.date_only && *local <= now_local;
    if (out_.ongoing && (time_.what != kind::future || out_.intent == intent::emergency)) {
      out.kind = kind::now;
      out.date_only = false;
      if (!started || !(time_.since || time_.what == kind::past)) local = now_local;
    } else if (out_.ongoing && time_.this_part) {
      out.kind = kind::now;
      out.date_only = false;
      local = now_local;
    }
    // What was stolen or broken on a Wednesday was so on the last one.
    const bool done = out_.category == "theft_or_robbery" || out_.category == "vandalism";
    if (local && done && !out_.ongoing && time_.weekday && out.kind == kind::future && !noted("planned")) {
      out.kind = kind::past;
      *local -= std::chrono::minutes(std::chrono::weeks(1)).count();
    }
    if (local) out.resolved = instant{std::chrono::minutes{*local}} - offset_;
    if (out.kind == kind::none) out.resolved.reset();
  }

  void level() {
    if (!incident()) return;
    if (out_.intent == intent::report && out_.category.empty()) return;
    note("@ongoing", out_.ongoing);
    rating found = rate(r_, lex_, learned_, out_.intent == intent::emergency, out_.category, text_, words_);
    out_.level = found.level;
    out_.level_reason = std::move(found.reason);
    out_.level_row = found.row;
  }

  std::string_view text_;
  std::span<const word> words_;
  instant now_;
  const lexicon& lex_;
  std::chrono::minutes offset_;
  reading r_;
  spoken_time time_;
  understanding out_;
  bool brief_ = false;
  bool sentence_ = false;
  std::string_view as_;
  opinion learned_;
};

}  // namespace

std::string_view name_of(intent value) { return intent_names[static_cast<std::size_t>(value)]; }

std::string_view name_of(knowledge value) {
  switch (value) {
    case knowledge::saw: return "saw";
    case knowledge::heard: return "heard";
    case knowledge::social_media: return "social_media";
    case knowledge::unknown: return "unknown";
  }
  return "unknown";
}

std::string_view name_of(spoken_time::kind value) {
  switch (value) {
    case spoken_time::kind::past: return "past";
    case spoken_time::kind::now: return "now";
    case spoken_time::kind::future: return "future";
    case spoken_time::kind::none: return "none";
  }
  return "none";
}

understanding understand(std::string_view text, std::span<const word> words, instant now, const lexicon& lex,
                         std::span<const word_range> places, std::chrono::minutes utc_offset) {
  return understander(text, words, now, lex, places, utc_offset).run();
}

understanding understand_as(std::string_view category, std::string_view text, std::span<const word> words, instant now,
                            const lexicon& lex, std::span<const word_range> places, std::chrono::minutes utc_offset) {
  return understander(text, words, now, lex, places, utc_offset).run(category);
}

std::vector<std::uint32_t> signs_shown(std::string_view text, std::span<const word> words, instant now,
                                       const lexicon& lex, std::span<const word_range> places,
                                       std::chrono::minutes utc_offset) {
  return understander(text, words, now, lex, places, utc_offset).signs();
}

understanding understand(std::string_view text, instant now, const lexicon& lex) {
  const auto words = split(text);
  return understand(text, words, now, lex);
}

}  // namespace bot::language
