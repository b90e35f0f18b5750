#include "bot/language/understand.hpp"

#include <algorithm>

#include "bot/language/reading.hpp"
#include "bot/language/rules.hpp"
#include "bot/language/tongue.hpp"

namespace bot::language {
namespace {

constexpr int enough = 4;  // a category or an event type needs this much evidence

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
      : x_text(text), x_words(words), x_now(now), x_lex(lex), x_offset(offset), x_r(read(words, lex, places)) {}

  understanding run() {
    const std::int64_t local = std::chrono::floor<std::chrono::minutes>(x_now + x_offset).time_since_epoch().count();
    x_time = time_of(x_r, x_lex, local);
    x_out.crowd = crowd_of(x_r, x_lex);
    x_out.lang = tongue_of(x_r, x_lex);
    note_form();
    note_time();
    apply("flag");
    decide();
    if (incident() || x_out.intent == intent::event_notice) x_out.ongoing = apply("ongoing");
    time();
    level();
    return std::move(x_out);
  }

 private:
  bool incident() const { return x_out.intent == intent::report || x_out.intent == intent::emergency; }

  void note(std::string_view name, bool holds) {
    if (holds) x_r.present.set(x_lex.id(name));
  }
  bool noted(std::string_view name) const {
    const class_id meaning = x_lex.id(name);
    return meaning != lexicon::none_class && x_r.present.test(meaning);
  }

  // Scores the rules of a kind and notes what they give; true when anything was given.
  bool apply(std::string_view kind) {
    const rule_set& set = x_lex.rules(kind);
    const auto sums = scores(set, x_r);
    note_targets(set, sums, x_r);
    return std::ranges::any_of(sums, [](int sum) { return sum > 0; });
  }

  void note_form() {
    const class_id polite = x_lex.id(part::polite);
    const class_id bare = x_lex.id(part::bare_word);
    std::size_t content = 0;
    bool all_bare = !x_r.units.empty();
    bool place = false;
    bool only_numbers = !x_r.units.empty();
    for (std::uint32_t i = 0; i < x_r.units.size(); ++i) {
      const bool is_polite = x_r.at(i, polite) != nullptr;
      const bool is_bare = x_r.match_at[i] != 0 && x_r.matches[x_r.match_at[i] - 1].meaning.test(bare);
      content += !is_polite;
      all_bare = all_bare && (is_polite || is_bare);
      place = place || x_r.units[i].place;
      only_numbers = only_numbers && x_r.units[i].number;
    }
    // "bisa lapor online gak": asked without a question mark.
    std::size_t last = x_r.units.size();
    while (last > 0 && x_r.at(static_cast<std::uint32_t>(last - 1), polite) != nullptr) --last;
    note("@ends_in_no", last > 0 && x_r.at(static_cast<std::uint32_t>(last - 1), x_lex.id(part::negator)) != nullptr);
    note("@empty", content == 0);
    note("@bare", all_bare);
    note("@short", content <= 3);
    note("@brief", content <= 6);
    note("@long", content >= 25);
    note("@place", place);
    note("@only_numbers", only_numbers);
    note("@question_mark", x_r.question_mark);
    note("@exclaimed", x_r.exclaimed);
    note("@code", x_r.signs >= 2);
    note("@crowd", x_out.crowd.has_value());
    note("@crowd20", x_out.crowd && x_out.crowd->max >= 20);
    note("@crowd_few", x_out.crowd && x_out.crowd->max < 20);
    x_brief = content <= 6;
  }

  void note_time() {
    using kind = spoken_time::kind;
    note("@past", x_time.what == kind::past);
    note("@future", x_time.what == kind::future && !x_time.this_part);
    note("@later", x_time.what == kind::future);
    note("@this_part", x_time.this_part);
    note("@now_word", x_time.now_word);
    note("@habit", x_time.habit);
    note("@since", x_time.since);
    note("@clock", x_time.local_minutes && !x_time.date_only);
    note("@timed", x_time.what != kind::none);
  }

  void decide() {
    const auto ranked_of = [&](std::string_view kind) {
      const rule_set& set = x_lex.rules(kind);
      const auto sums = scores(set, x_r);
      return rank(set, sums);
    };
    const ranked categories = ranked_of("category");
    const ranked events = ranked_of("event");
    note("@incident", !categories.best.empty());
    note("@strong_incident", categories.score >= 2 * enough);
    note("@event", !events.best.empty());
    note("@event_beats", events.score >= categories.score && !events.best.empty());
    note_name("@category_", categories.best);
    note_name("@event_", events.best);

    const rule_set& set = x_lex.rules("intent");
    const auto sums = scores(set, x_r);
    int best = 0;
    x_out.intent = intent::other;
    for (std::size_t i = 0; i < set.targets.size(); ++i) {
      const auto at = std::ranges::find(intent_names, set.targets[i]) - intent_names.begin();
      if (at == static_cast<std::ptrdiff_t>(intent_count)) continue;
      x_out.intent_scores[static_cast<std::size_t>(at)] = sums[i];
      if (sums[i] > best) {
        best = sums[i];
        x_out.intent = static_cast<intent>(at);
      }
    }
    note_name("@intent_", name_of(x_out.intent));
    x_out.anonymous_wish = noted("@flag_anonymous_wish");
    if (x_out.intent == intent::event_notice) x_out.event_type = events.best.empty() ? "other" : events.best;
    const ranked known = ranked_of("knowledge");
    x_out.knowledge = known.best == "saw"            ? knowledge::saw
                      : known.best == "heard"        ? knowledge::heard
                      : known.best == "social_media" ? knowledge::social_media
                                                     : knowledge::unknown;
    if (!incident()) return;
    x_out.category = categories.best;
    x_out.second_category = categories.second;
    x_out.weapons = noted("@flag_weapons");
    x_out.injuries = noted("@flag_injuries");
  }

  void note_name(std::string_view prefix, std::string_view name) {
    if (!name.empty()) note(std::string(prefix).append(name), true);
  }

  void time() {
    using kind = spoken_time::kind;
    const bool told = incident() || x_out.intent == intent::event_notice || x_out.intent == intent::correction ||
                      (x_out.intent == intent::other && x_brief && !noted("@incident"));
    if (!told) return;
    when& out = x_out.when;
    out.kind = x_time.what;
    out.date_only = x_time.date_only;
    std::optional<std::int64_t> local = x_time.local_minutes;
    const std::int64_t now_local =
        std::chrono::floor<std::chrono::minutes>(x_now + x_offset).time_since_epoch().count();
    const bool started = local && !x_time.date_only && *local <= now_local;
    if (x_out.ongoing && x_time.what != kind::future) {
      out.kind = kind::now;
      out.date_only = false;
      if (!started || !(x_time.since || x_time.what == kind::past)) local = now_local;
    } else if (x_out.ongoing && x_time.this_part) {
      out.kind = kind::now;
      out.date_only = false;
      local = now_local;
    }
    if (local) out.resolved = instant{std::chrono::minutes{*local}} - x_offset;
    if (out.kind == kind::none) out.resolved.reset();
  }

  void level() {
    if (!incident()) return;
    if (x_out.intent == intent::report && x_out.category.empty()) return;
    note("@ongoing", x_out.ongoing);
    const rule_set& set = x_lex.rules("level");
    const rule* row = first_holding(set, x_r);
    x_out.level = cases::level::low;
    if (row != nullptr) {
      x_out.level = set.targets[row->target] == "high" ? cases::level::high : cases::level::middle;
      x_out.level_row = row->row;
    }
    if (x_out.intent == intent::emergency) x_out.level = cases::level::high;
    reason(row);
  }

  void reason(const rule* row) {
    class_set wanted;
    if (row != nullptr) {
      for (const class_set& item : row->all) wanted |= item;
    }
    std::string& out = x_out.level_reason;
    for (const match& m : x_r.matches) {
      if ((m.meaning & wanted).none()) continue;
      const std::string_view said = x_r.typed(x_text, m, x_words);
      if (out.find(said) != std::string::npos) continue;
      out.append(out.empty() ? "kata: " : ", ").append(said);
    }
    if (!out.empty()) return;
    if (x_out.intent == intent::emergency) {
      out = "keadaan darurat";
    } else if (!x_out.category.empty()) {
      out = "jenis: ";
      out.append(x_out.category);
    }
  }

  std::string_view x_text;
  std::span<const word> x_words;
  instant x_now;
  const lexicon& x_lex;
  std::chrono::minutes x_offset;
  reading x_r;
  spoken_time x_time;
  understanding x_out;
  bool x_brief = false;
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

understanding understand(std::string_view text, instant now, const lexicon& lex) {
  const auto words = split(text);
  return understand(text, words, now, lex);
}

}  // namespace bot::language
