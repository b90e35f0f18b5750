#include "bot/retention.hpp"

#include <fmt/format.h>

#include <cstdio>

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
  if (c.expires_at == instant{} || now <= c.expires_at) return false;
  const auto files = files_of_draft(c);
  media_dropped.insert(media_dropped.end(), files.begin(), files.end());
  close_form(c);
  ++c.draft;
  return true;
}

std::vector<std::int64_t> files_of_draft(const conversation& c) {
  std::vector<std::int64_t> files;
  if (c.filed.empty())
    for (const auto& one : cases::attached_to(c.answers)) files.push_back(one.id);
  return files;
}

}  // namespace bot
