#include "bot/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "bot/cases/media.hpp"

namespace bot {

std::string card_subject(const std::string& report_number) { return "case:" + report_number; }

cases::report only_figures(cases::report r) {
  answer_map figures;
  if (const auto outcome = r.answers.find("outcome"); outcome != r.answers.end()) figures.insert(*outcome);
  r.answers = std::move(figures);
  r.reporter = 0;
  r.holder = 0;
  r.routing_reason.clear();
  r.level_reason.clear();
  r.pin_hash.clear();
  r.pin_misses = 0;
  return r;
}

notices::notice only_figures(notices::notice n) {
  answer_map figures;
  for (const char* slot : {"purpose", "attendance"})
    if (const auto at = n.answers.find(slot); at != n.answers.end()) figures.insert(*at);
  n.answers = std::move(figures);
  n.organiser = 0;
  n.filed.number.clear();
  n.told.clear();
  n.because.clear();
  return n;
}

bool is_person_over(const retention& keep, notices::state state, instant ends_at, instant changed_at, instant now) {
  const instant since = state == notices::state::cancelled ? changed_at : std::max(ends_at, changed_at);
  return since < now - keep.persons;
}

bool round_position(cases::report& r) {
  const auto at = r.answers.find("pin");
  double latitude = 0, longitude = 0;
  if (at == r.answers.end() || std::sscanf(at->second.c_str(), "%lf,%lf", &latitude, &longitude) != 2) return false;
  std::string rounded = fmt::format("{:.3f},{:.3f}", latitude, longitude);
  if (rounded == at->second) return false;
  at->second = std::move(rounded);
  return true;
}

bool drop_expired_draft(conversation& c, instant now, std::vector<std::int64_t>& media_dropped) {
  bool over = false;
  if (const auto until = c.aside.find("until");
      until != c.aside.end() && now > from_millis(std::stoll("0" + until->second))) {
    c.aside.clear();
    over = true;
  }
  if (c.expires_at == instant{} || now <= c.expires_at) return over;
  const auto files = files_of_draft(c);
  media_dropped.insert(media_dropped.end(), files.begin(), files.end());
  close_form(c);
  ++c.draft;
  return true;
}

std::vector<std::int64_t> files_of_draft(const conversation& c) {
  std::vector<std::int64_t> files;
  if (!c.filed.empty()) return files;
  for (const char* slot : {"media", "second_media"})
    if (const auto kept = c.answers.find(slot); kept != c.answers.end())
      for (const auto& one : cases::attached_to({{"media", kept->second}})) files.push_back(one.id);
  return files;
}

}  // namespace bot
