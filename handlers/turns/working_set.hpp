// The state of everything that a batch has touched so far: a later message sees what an earlier one did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/store.hpp"

namespace handlers::turns {

class working_set {
 public:
  explicit working_set(storage::store& store) : store_(store) {}

  void prefetch(const bot::reads& wanted) {
    bot::reads missing;
    for (const auto& n : wanted.report_numbers)
      if (!by_number_.contains(n)) missing.report_numbers.push_back(n);
    for (const auto id : wanted.report_ids)
      if (!reports_.contains(id)) missing.report_ids.push_back(id);
    if (missing.report_numbers.empty() && missing.report_ids.empty()) return;
    for (auto& r : store_.reports(missing)) put(std::move(r));
  }

  std::vector<bot::cases::report> pick(const bot::reads& wanted) {
    prefetch(wanted);
    std::vector<bot::cases::report> found;
    const auto add = [&](std::int64_t id) {
      if (const auto at = reports_.find(id); at != reports_.end()) found.push_back(at->second);
    };
    for (const auto& n : wanted.report_numbers)
      if (const auto at = by_number_.find(n); at != by_number_.end()) add(at->second);
    for (const auto id : wanted.report_ids) add(id);
    return found;
  }

  // As stored, but for what this batch has changed.
  std::vector<bot::cases::report> newest(std::vector<bot::cases::report> stored) {
    for (auto& r : stored) {
      if (const auto at = reports_.find(r.id); at != reports_.end())
        r = at->second;
      else
        put(r);
    }
    return stored;
  }

  std::vector<bot::notices::notice> pick_notices(const bot::reads& wanted) {
    bot::reads missing;
    for (const auto& n : wanted.notice_numbers)
      if (!notice_by_number_.contains(n)) missing.notice_numbers.push_back(n);
    for (const auto id : wanted.notice_ids)
      if (!notices_.contains(id)) missing.notice_ids.push_back(id);
    if (!missing.notice_numbers.empty() || !missing.notice_ids.empty())
      for (auto& n : store_.notices(missing)) put(std::move(n));
    std::vector<bot::notices::notice> found;
    for (const auto& n : wanted.notice_numbers)
      if (const auto at = notice_by_number_.find(n); at != notice_by_number_.end())
        found.push_back(notices_.at(at->second));
    for (const auto id : wanted.notice_ids)
      if (const auto at = notices_.find(id); at != notices_.end()) found.push_back(at->second);
    return found;
  }

  std::vector<bot::notices::notice> newest(std::vector<bot::notices::notice> stored) {
    for (auto& n : stored) n = newest(std::move(n));
    return stored;
  }

  bot::notices::notice newest(bot::notices::notice stored) {
    const auto at = notices_.find(stored.id);
    return at == notices_.end() ? std::move(stored) : at->second;
  }

  // In charge of that notice; what this batch was told counts before what is stored.
  std::string person_of(std::int64_t notice) {
    const auto at = persons_.find(notice);
    return at == persons_.end() ? store_.person_of(notice) : at->second;
  }
  void put(const bot::notices::person_in_charge& p) { persons_[p.notice] = p.words; }

  std::optional<bot::notices::kept_draft> draft(const std::string& number) {
    auto found = drafts_.contains(number) ? std::optional(drafts_.at(number)) : store_.draft(number);
    return found && !found->gone ? found : std::nullopt;
  }
  void put(const bot::notices::kept_draft& d) { drafts_[d.number] = d; }

  void put(bot::notices::notice n) {
    notice_by_number_[n.number] = n.id;
    notices_[n.id] = std::move(n);
  }

  void put(bot::cases::report r) {
    by_number_[r.number] = r.id;
    reports_[r.id] = std::move(r);
  }

 private:
  storage::store& store_;
  std::unordered_map<std::int64_t, bot::cases::report> reports_;
  std::unordered_map<std::string, std::int64_t> by_number_;
  std::unordered_map<std::int64_t, bot::notices::notice> notices_;
  std::unordered_map<std::string, std::int64_t> notice_by_number_;
  std::unordered_map<std::int64_t, std::string> persons_;
  std::unordered_map<std::string, bot::notices::kept_draft> drafts_;
};

}  // namespace handlers::turns
