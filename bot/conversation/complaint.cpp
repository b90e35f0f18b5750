#include "bot/conversation/complaint.hpp"

#include <algorithm>

namespace bot {
namespace {

// Words between who and what: a place, a time and an occasion ("… di pasar bangil kemarin sore waktu razia …").
constexpr std::size_t most_between = 14;

class reader {
 public:
  reader(std::span<const language::word> words, const complaint_rules& rules) : words_(words), rules_(rules) {}

  complaint read() const {
    if (has_phrase(words_, rules_.fiction)) return complaint::none;
    if (stopped_and_wronged()) return complaint::about_officer;
    complaint found = complaint::none;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const who actor = actor_at(i);
      if (actor.is != complaint::none && accused(actor)) {
        if (actor.is == complaint::about_officer) return actor.is;  // the narrower circle of those who may know
        found = actor.is;
      }
      if (asked_at_desk(i)) {
        if (is(i, rules_.officers)) return complaint::about_officer;
        found = complaint::about_official;
      }
      i = std::max(i, actor.end - 1);
    }
    return found;
  }

 private:
  struct who {
    complaint is = complaint::none;
    std::size_t begin = 0, at = 0, end = 1;  // the titles before it, the word itself, the word behind
    bool vague = false, marked = false, titled = false;
  };

  std::size_t length(std::size_t at, const phrase_set& of) const { return phrase_at(words_, at, of); }
  bool is(std::size_t at, const phrase_set& of) const { return length(at, of) > 0; }
  // A phrase of the list ends right before `end`.
  bool ends(std::size_t end, const phrase_set& of) const {
    for (std::size_t n = 1; n <= 4 && n <= end; ++n)
      if (length(end - n, of) == n) return true;
    return false;
  }
  bool letters(std::size_t at) const { return words_[at].what == language::word::kind::letters; }
  bool sign(std::size_t at) const { return words_[at].what == language::word::kind::sign; }
  bool comma(std::size_t at) const { return sign(at) && words_[at].folded == ","; }
  bool stop(std::size_t at) const {
    if (!sign(at)) return false;
    const auto& s = words_[at].folded;
    const bool in_number = s == "." && at > 0 && at + 1 < words_.size() &&
                           words_[at - 1].what == language::word::kind::number &&
                           words_[at + 1].what == language::word::kind::number;
    return !in_number && (s == "." || s == "!" || s == "?" || s == ";");
  }

  who actor_at(std::size_t i) const {
    who actor;
    if (const auto n = length(i, rules_.not_meant); n > 0) return {.at = i, .end = i + n};
    if (const auto n = length(i, rules_.officers); n > 0)
      actor = {complaint::about_officer, i, i, i + n};
    else if (const auto m = length(i, rules_.officials); m > 0)
      actor = {complaint::about_official, i, i, i + m};
    else if (const auto v = length(i, rules_.vague);
             v > 0 && !is(i + v, rules_.officers) && !is(i + v, rules_.officials))
      actor = {.is = complaint::about_officer, .begin = i, .at = i, .end = i + v, .vague = true};
    else
      return actor;
    while (actor.begin > 0 && (is(actor.begin - 1, rules_.titles) || is(actor.begin - 1, rules_.marks))) {
      --actor.begin;
      actor.marked = actor.marked || is(actor.begin, rules_.marks);
      actor.titled = actor.titled || !is(actor.begin, rules_.marks);
    }
    // "Ngaku anggota polisi", "polisi gadungan": a thief, for the unit itself.
    for (std::size_t back = 1; back <= 3 && back <= actor.begin; ++back)
      if (ends(actor.begin - back + 1, rules_.pretends)) return {};
    // "Di depan polsek" is a place.
    if (ends(actor.begin, rules_.beside)) return {};
    return actor;
  }

  bool accused(const who& actor) const {
    if (protest_about(actor)) return false;
    return acts(actor) || suffered_by(actor) || paid_to(actor) || ignored_by(actor) ||
           (actor.marked && wronged_somewhere());
  }

  // "Warga demo minta kades yang korupsi mundur": a protest, told by someone who accuses nobody.
  bool protest_about(const who& actor) const {
    return has_phrase(words_, rules_.protests) && ends(actor.begin, rules_.demands);
  }

  // --- what is done ---------------------------------------------------------------------------------------------
  bool amount_at(std::size_t at) const {
    if (is(at, rules_.money) || is(at, rules_.units_of_money)) return true;
    return words_[at].what == language::word::kind::number &&
           (words_[at].folded.size() >= 5 ||
            (at + 1 < words_.size() &&
             (is(at + 1, rules_.units_of_money) || (words_[at + 1].folded == "k" || words_[at + 1].folded == "."))));
  }
  // "minta", then money within a few words: the words up to it; 0: something else is asked for.
  std::size_t asks_money(std::size_t at, const phrase_set& verbs) const {
    const auto n = length(at, verbs);
    if (n == 0) return 0;
    for (std::size_t i = at + n; i < words_.size() && i < at + n + 5 && !stop(i); ++i) {
      if (amount_at(i)) return i + 1 - at;
      if (is(i, rules_.others)) return 0;
    }
    return 0;
  }
  bool negated(std::size_t at) const {
    return ends(at, rules_.negations) || (at > 0 && ends(at - 1, rules_.negations));
  }
  bool act_at(std::size_t at, const who& actor) const {
    if (negated(at)) return false;
    if (is(at, rules_.done) || asks_money(at, rules_.asks) > 0) return true;
    if (actor.is == complaint::about_officer && is(at, rules_.done_by_officers)) return true;
    // "Pak polisi, judi di desa kami": to be dealt with by the one who is spoken to.
    return !(actor.titled && opens(actor)) && is(at, rules_.matters);
  }
  // The first words, but for a greeting: the one who is spoken to, perhaps.
  bool opens(const who& actor) const { return actor.begin <= 3; }

  // The words from `at` to the sign that ends them are a question in which nobody says what happened to whom.
  bool only_asked(std::size_t from) const {
    std::size_t end = from;
    while (end < words_.size() && !stop(end)) ++end;
    if (end == words_.size() || words_[end].folded != "?") return false;
    for (std::size_t i = from; i < end; ++i)
      if (is(i, rules_.selves) || words_[i].what == language::word::kind::number) return false;
    return true;
  }

  // Somebody else who may be the one that acts: "ada yang …", "tetangga saya …", and the sender, as "pak polisi saya
  // …".
  bool another(std::size_t at, const who& actor) const {
    if (is(at, rules_.others)) return true;
    if (!is(at, rules_.selves)) return false;
    const bool begins = at == actor.end || comma(at - 1) || ends(at, rules_.from_now);
    return begins && !(at + 1 < words_.size() && is(at + 1, rules_.watches));
  }

  bool acts(const who& actor) const {
    if (ends(actor.begin, rules_.to)) return false;
    const std::size_t most = actor.vague ? 2 : most_between;
    for (std::size_t at = actor.end; at < words_.size() && at <= actor.end + most; ++at) {
      if (stop(at) || (comma(at) && actor.titled && opens(actor))) return false;
      if (act_at(at, actor)) return !only_asked(actor.begin);
      if (at == actor.end && is(at, rules_.come)) return false;
      if (is(at, rules_.come) && comma(at + 1 < words_.size() ? at + 1 : at)) return false;
      if (another(at, actor)) return false;
    }
    return false;
  }

  // "Dipalak sama dua orang oknum polisi", "dimintai 100 ribu sama polantas".
  bool suffered_by(const who& actor) const {
    if (actor.end < words_.size() && is(actor.end, rules_.come)) return false;
    for (std::size_t at = actor.begin; at > 0 && at + most_between > actor.begin; --at) {
      for (std::size_t n = 1; n <= 4 && n <= at; ++n) {
        const std::size_t verb = at - n;
        const bool act = length(verb, rules_.suffered) == n || length(verb, rules_.done_to_things) == n;
        if (act && !negated(verb)) return !only_asked(verb);
        if (length(verb, rules_.asked) == n && !negated(verb) && asks_money(verb, rules_.asked) > 0)
          return !only_asked(verb);
      }
      const std::size_t between = at - 1;
      if (sign(between) && words_[between].folded != "." && words_[between].folded != "/") return false;
      if (letters(between) && !ends(at, rules_.by) && !amount_at(between)) return false;
    }
    return false;
  }

  // "Setor ke polsek tiap bulan", "nyogok polisi".
  bool paid_to(const who& actor) const {
    std::size_t at = actor.begin;
    for (int skipped = 0; skipped < 4 && at > 0; ++skipped) {
      if (ends(at, rules_.paid)) return true;
      if (!ends(at, rules_.to) && !ends(at, rules_.by) && !amount_at(at - 1)) return false;
      --at;
    }
    return false;
  }

  // "Laporan saya di polsek … tidak diproses", "lapor ke polsek … malah diusir", "polsek … menolak laporan saya".
  bool ignored_by(const who& actor) const {
    if (actor.is != complaint::about_officer || actor.vague || !has_phrase(words_, rules_.told)) return false;
    for (std::size_t at = actor.end; at < words_.size() && at <= actor.end + most_between; ++at) {
      if (words_[at].folded == "?" || is(at, rules_.others)) return false;
      if (is(at, rules_.ignored)) return true;
    }
    for (std::size_t at = actor.begin; at > 0 && at + 3 > actor.begin; --at)  // "ditolak polsek …"
      if (ends(at, rules_.ignored))
        return true;
      else if (!ends(at, rules_.by) && !ends(at, rules_.to))
        return false;
    return false;
  }

  // At a counter: "ngurus kehilangan di polsek disuruh bayar 50 ribu".
  bool asked_at_desk(std::size_t at) const {
    const auto n = length(at, rules_.desks);
    return n > 0 && ends(at, rules_.to) && has_phrase(words_, rules_.errands) && wronged_behind(at + n, true);
  }

  // --- where the words name no agent ----------------------------------------------------------------------------
  // What somebody suffers behind `at`, with nobody else named as its doer.
  bool wronged_behind(std::size_t from, bool money_alone) const {
    for (std::size_t at = from; at < words_.size() && at <= from + most_between; ++at) {
      const auto asked = asks_money(at, rules_.asked);
      const auto n = asked > 0 ? asked : money_alone ? 0 : length(at, rules_.suffered);
      if (n > 0 && !negated(at)) return !by_another(at + n) && !only_asked(at);
    }
    return false;
  }
  bool by_another(std::size_t at) const {
    for (int skipped = 0; skipped < 4 && at < words_.size() && !sign(at); ++skipped, ++at) {
      if (is(at, rules_.others)) return true;
      if (letters(at) && !is(at, rules_.by) && !amount_at(at)) return false;
    }
    return false;
  }

  // "Ditilang … diminta 100 ribu", "dipukuli waktu ditahan di polsek".
  bool stopped_and_wronged() const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      auto n = length(i, rules_.stopped);
      if (n == 0) n = held_by_police(i);
      if (n == 0) continue;
      if (wronged_behind(i + n, false)) return true;
      if (i == 0 || !ends(i, rules_.when)) continue;
      for (std::size_t at = i - 1, back = 0; at > 0 && back < 8; --at, ++back) {
        const auto wronged = std::max(length(at - 1, rules_.suffered), asks_money(at - 1, rules_.asked));
        if (wronged > 0 && !negated(at - 1)) return !by_another(at - 1 + wronged);
      }
    }
    return false;
  }
  // "Ditangkap polisi", "ditahan di polsek": the number of words; 0: by others.
  std::size_t held_by_police(std::size_t at) const {
    const auto n = length(at, rules_.held);
    if (n == 0) return 0;
    for (std::size_t next = at + n; next < words_.size() && next < at + n + 4; ++next) {
      if (const auto m = length(next, rules_.officers); m > 0) return next + m - at;
      if (!is(next, rules_.by) && !is(next, rules_.to) && !is(next, rules_.titles) && !is(next, rules_.marks)) return 0;
    }
    return 0;
  }

  bool wronged_somewhere() const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (!negated(i) && (is(i, rules_.done) || is(i, rules_.suffered) || is(i, rules_.matters) ||
                          asks_money(i, rules_.asks) > 0 || asks_money(i, rules_.asked) > 0))
        return true;
    return false;
  }

  std::span<const language::word> words_;
  const complaint_rules& rules_;
};

}  // namespace

complaint complaint_in(std::span<const language::word> words, const complaint_rules& rules) {
  return reader(words, rules).read();
}

std::string_view category_of(complaint c) {
  switch (c) {
    case complaint::about_officer: return "officer_complaint";
    case complaint::about_official: return "official_complaint";
    case complaint::none: break;
  }
  return {};
}

}  // namespace bot
