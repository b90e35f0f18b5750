#include "bot/notices/plan.hpp"

#include <algorithm>
#include <array>

namespace bot::notices {
namespace {

constexpr std::array every_track = {track::none, track::expression, track::political, track::permit};

class planner {
 public:
  planner(const event& e, instant now, const rulebook& book, const geography::atlas& map,
          const geography::unit_register& units, std::chrono::minutes utc_offset)
      : event_(e), book_(book), now_(now), utc_offset_(utc_offset), on_(time_at(now, utc_offset).day) {
    place_ = stations_of(e.wards, map, units, on_);
    out_.station_certain = place_.certain;
    out_.chain = place_.chain;
  }

  plan run() {
    if (ends_before_it_starts()) ask(slot::end);
    if (event_.purposes.empty()) ask(slot::purpose);
    for (const purpose each : event_.purposes) part(each);
    if (!leads_ && !event_.purposes.empty()) lead({track::none, false, {}, {}});
    add_extras();
    judge_time();
    std::sort(out_.ask.begin(), out_.ask.end());
    out_.ask.erase(std::unique(out_.ask.begin(), out_.ask.end()), out_.ask.end());
    return std::move(out_);
  }

 private:
  void ask(slot what) { out_.ask.push_back(what); }
  void ask(const std::vector<slot>& what) { out_.ask.insert(out_.ask.end(), what.begin(), what.end()); }

  void cite(const rule_note& rule, bool certain) {
    const auto same = [&](const citation& each) { return each.rule == &rule; };
    const auto known = std::find_if(out_.because.begin(), out_.because.end(), same);
    if (known == out_.because.end()) {
      out_.because.push_back({&rule, certain});
    } else {
      known->certain = known->certain && certain;
    }
  }
  void cite(const std::vector<citation>& all) {
    for (const citation& each : all) cite(*each.rule, each.certain);
  }

  bool ends_before_it_starts() const {
    if (!event_.start || !event_.end) return false;
    if (event_.start->at && event_.end->at) return *event_.end->at < *event_.start->at;
    return event_.end->day < event_.start->day;
  }

  void part(purpose what) {
    const track_finding found = find_track(what, event_, book_.rules, on_);
    ask(found.ask);
    cite(found.because);
    if (!found.track) {
      undecided_ = true;
      leads_ = true;  // an open track may be the one that leads
      return;
    }
    if (*found.track == track::none) return;
    if (!leads_) lead(found);
    if (*found.track == track::permit) size();
    date_track(*found.track);
  }

  void lead(const track_finding& found) {
    leads_ = true;
    out_.track = found.track;
    out_.disputed = found.disputed;
    const addressing to = find_addressee(*found.track, event_, place_, book_.rules, on_);
    out_.to = to.to;
    out_.unit = to.unit;
    out_.watchers = to.watchers;
    out_.local = to.local;
    ask(to.ask);
    told_to_ = to.because;
  }

  void size() {
    const tier_finding found = find_tier(event_.attendance, book_.rules, place_.chain, on_);
    out_.tier = found.tier;
    out_.tier_by = found.rule;
    if (found.rule == nullptr) ask(slot::attendance);
  }

  void date_track(track where) {
    // On these tracks the answer is asked for whatever else is known.
    if ((where == track::expression || where == track::permit) && !event_.participants_from) {
      ask(slot::participants_from);
    }
    const deadline_rule* rule = deadline_for(where, out_.tier);
    const bool open = where == track::permit && out_.tier_by == nullptr;  // and the size may decide
    if (open && (rule != deadline_for(where, tier::small) || rule != deadline_for(where, tier::large))) {
      undecided_ = true;
      return;
    }
    if (!date(rule, name_of(where), false)) undecided_ = true;
  }

  const deadline_rule* deadline_for(track where, std::optional<notices::tier> size) const {
    return deadline_of(where, event_.participants_from, book_.rules, on_, size, place_.chain);
  }

  bool date(const deadline_rule* rule, std::string_view part, bool is_extra) {
    if (!event_.start || (rule != nullptr && rule->hours && !event_.start->at)) {
      ask(slot::start);
      return false;
    }
    if (rule == nullptr) return false;
    const auto same = [&](const dated_part& each) { return each.part == part; };
    if (std::any_of(out_.deadlines.begin(), out_.deadlines.end(), same)) return true;
    const std::optional<deadline> due = latest_filing(*rule, *event_.start, book_.days, utc_offset_, place_of(event_));
    if (!due) return false;
    cite(rule->note, due->certain);
    out_.deadlines.push_back({part, is_extra, *due});
    return true;
  }

  void add_extras() {
    cite(told_to_);
    std::vector<const extra_rule*> found;
    if (out_.track) {
      found = find_extras(event_, *out_.track, book_.rules, on_);
    } else {
      // Before the track is known only what belongs to every track is certain.
      for (const extra_rule* each : find_extras(event_, track::none, book_.rules, on_)) {
        if (each->tracks.size() == every_track.size()) found.push_back(each);
      }
    }
    for (const extra_rule* each : found) {
      out_.extras.push_back(each->extra);
      cite(each->note, each->note.sure == geography::confidence::verified);
      if (const deadline_rule* rule = deadline_of(each->extra, book_.rules, on_)) {
        date(rule, name_of(each->extra), true);
      }
    }
    if (out_.tier_by != nullptr && !out_.tier) cite(out_.tier_by->note, false);
  }

  void judge_time() {
    if (undecided_ || !out_.track) return;
    for (const dated_part& each : out_.deadlines) {
      if (!each.is_extra && (!out_.latest || each.deadline.latest < *out_.latest)) out_.latest = each.deadline.latest;
    }
    out_.late = out_.latest && now_ > *out_.latest;
  }

  const event& event_;
  const rulebook& book_;
  instant now_;
  std::chrono::minutes utc_offset_;
  local_day on_;
  place_stations place_;
  bool leads_ = false;      // some part gives track and addressee
  bool undecided_ = false;  // some part's track or deadline is not known yet
  std::vector<citation> told_to_;
  plan out_;
};

}  // namespace

plan plan_event(const event& e, instant now, const rulebook& book, const geography::atlas& map,
                const geography::unit_register& units, std::chrono::minutes utc_offset) {
  return planner(e, now, book, map, units, utc_offset).run();
}

bool exempt_by_law(const plan& p) {
  return p.track == track::none && !p.because.empty() && p.because.front().rule->id.starts_with("uu9-1998-10-4");
}

std::vector<std::string> sources_of(const plan& p) {
  std::vector<std::string> out;
  bool certain = true;
  for (const citation& each : p.because) {
    out.push_back(each.rule->id);
    certain = certain && each.certain;
  }
  if (p.disputed) out.emplace_back("disputed");
  if (!certain) out.emplace_back("unverified");
  return out;
}

}  // namespace bot::notices
