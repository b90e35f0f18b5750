#include "config/escalation.hpp"

#include <algorithm>
#include <functional>

#include "config/kinds.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int day = 24 * 60;  // minutes
constexpr int month = 31 * day;

std::optional<bot::cases::rung> rung_named(std::string_view name) {
  if (name == "second") return bot::cases::rung::second;
  if (name == "chief") return bot::cases::rung::chief;
  if (name == "above") return bot::cases::rung::above;
  return std::nullopt;
}

minutes span(rule_entry& e, std::string_view key, int most) { return minutes(e.needed_whole(key, 1, most)); }

std::vector<minutes> growing(rule_entry& e, std::string_view key) {
  std::vector<minutes> all;
  for (const auto each : e.wholes(key, 1, month)) all.emplace_back(each);
  if (std::adjacent_find(all.begin(), all.end(), std::greater_equal<>()) != all.end())
    e.fault(key, fmt::format("the minutes of {} must grow", key));
  return all;
}

void read_levels(rule_entry& root, bot::escalation_rules& to) {
  if (auto e = root.table("ladder")) {
    for (const char* level : {"high", "middle", "low"}) {
      if (!e->has(level)) e->missing(level);
      to.ladder[level] = e->words<bot::cases::rung>(level, rung_named);
    }
    e->finish();
  }
  if (auto e = root.table("held")) {
    for (const char* level : {"high", "middle", "low"}) to.held[level] = growing(*e, level);
    e->finish();
  }
  if (auto e = root.table("steps")) {
    for (const char* level : {"high", "middle", "low", "receipt"}) to.steps[level] = growing(*e, level);
    e->finish();
  }
  if (auto e = root.table("office")) {
    if (!e->has("levels")) e->missing("levels");
    to.office.levels = levels_in(*e, "levels");
    to.office.from = hours(e->needed_whole("from", 0, 23));
    to.office.until = hours(e->needed_whole("until", 1, 24));
    if (to.office.from >= to.office.until) e->fault("until", "until must be later than from");
    e->finish();
  }
}

void read_roles(rule_entry& root, bot::escalation_rules& to) {
  auto e = root.table("roles");
  if (!e) return;
  to.roles = e->needed_texts("known");
  to.chiefs = e->texts("chiefs");
  for (const auto& one : to.chiefs)
    if (std::find(to.roles.begin(), to.roles.end(), one) == to.roles.end())
      e->fault("chiefs", fmt::format("\"{}\" is not among the known roles", one));
  e->finish();
}

void read_drafts(rule_entry& root, bot::draft_rules& to) {
  auto e = root.table("drafts");
  if (!e) return;
  to.life = span(*e, "life", month);
  to.nudge_after = span(*e, "nudge_after", month);
  to.file_after = span(*e, "file_after", month);
  to.file_middle_after = span(*e, "file_middle_after", month);
  to.late_after = span(*e, "late_after", month);
  to.notice_life = span(*e, "notice_life", month);
  if (e->has("nudge_after") && e->has("file_after") && to.nudge_after >= to.file_after)
    e->fault("nudge_after", "nudge_after must be shorter than file_after");
  e->finish();
}

}  // namespace

patience load_escalation(const std::filesystem::path& path, std::vector<std::string>& faults) {
  patience all;
  rule_file file(path, faults);
  if (!file.is_read()) return all;
  rule_entry root = file.root();
  all.cases.reopen_window = hours(root.needed_whole("reopen_hours", 1, 31 * 24));
  all.cases.case_fresh = hours(root.needed_whole("fresh_hours", 1, 31 * 24));
  all.cases.plea_again = span(root, "plea_again", day);
  all.cases.take_back = span(root, "take_back", day);
  if (auto e = root.table("digest")) {
    all.cases.digest_from = static_cast<std::size_t>(e->needed_whole("from", 0, 10000));
    all.cases.digest_every = span(*e, "every", day);
    e->finish();
  }
  read_levels(root, all.cases);
  read_roles(root, all.cases);
  read_drafts(root, all.drafts);
  if (auto e = root.table("operators")) {
    all.operators.quiet = span(*e, "quiet", day);
    e->finish();
  }
  root.finish();
  return all;
}

}  // namespace config
