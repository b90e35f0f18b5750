#include <algorithm>
#include <array>

#include "config/event_rules.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace notices = bot::notices;

constexpr std::array<std::string_view, 7> weekday_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                           "thursday", "friday", "saturday"};
// How a day was found where no decree names it; "fixed" alone is certain.
constexpr std::array<std::string_view, 6> ways = {"fixed", "hijri", "new_moon", "saka", "full_moon", "easter"};
constexpr std::string_view by_city = "city";  // a holiday of one area, that no decree of the nation names

std::optional<notices::reading> reading_named(std::string_view name) {
  if (name == "full_days") return notices::reading::full_days;
  if (name == "filing_day") return notices::reading::filing_day;
  return std::nullopt;
}

std::optional<std::size_t> weekday_named(std::string_view name) {
  const auto at = std::find(weekday_names.begin(), weekday_names.end(), name);
  return at == weekday_names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - weekday_names.begin()));
}

class holiday_reader {
 public:
  holiday_reader(rule_entry root, const codes_in& in) : root_(std::move(root)), in_(in) {}

  notices::calendar run() {
    rule_entry& root = root_;
    const auto counting = root.tables("counting");
    if (counting.size() != 1) root.fault("[counting] is missing");
    for (rule_entry each : counting) this->counting(each);
    const auto years = root.tables("year");
    if (years.empty()) root.fault("there is no [[year]]");
    for (rule_entry each : years) year(each);
    root.finish();
    return notices::calendar(std::move(out_));
  }

 private:
  void counting(rule_entry& e) {
    const auto worked = e.words<std::size_t>("working_days", weekday_named);
    if (worked.empty()) e.fault("working_days", "working_days names no day");
    out_.weekdays.fill(false);
    for (const std::size_t each : worked) out_.weekdays[each] = true;
    out_.joint_leave_works = e.flag("joint_leave_works").value_or(false);
    if (const auto read = e.word<notices::reading>("reading", reading_named)) out_.reading = *read;
    e.text("source");
    e.verified();
    e.finish();
  }

  void year(rule_entry& e) {
    const auto year = e.whole("year", 2000, 2200);
    if (!e.has("year")) e.fault("year is missing");
    e.text("source");
    const bool decreed = e.verified();
    if (year && !years_.insert(*year).second) e.fault("year", fmt::format("{} stands twice", *year));
    if (year && decreed) out_.decreed_years.push_back(static_cast<int>(*year));
    for (rule_entry each : e.tables("holidays")) day(each, year, false, decreed);
    for (rule_entry each : e.tables("joint_leave")) day(each, year, true, decreed);
    e.finish();
  }

  void day(rule_entry& e, const std::optional<std::int64_t>& year, bool joint_leave, bool decreed) {
    notices::free_day fresh;
    fresh.joint_leave = joint_leave;
    fresh.name = e.text("name");
    const auto by = e.text_if("by");
    const bool of_city = by == by_city;
    if (by && !of_city && std::find(ways.begin(), ways.end(), *by) == ways.end()) {
      e.fault("by", fmt::format("\"{}\" is no way to find a day", *by));
    }
    if (!by && !decreed) e.fault("no decree: by must say how the day was found");
    if (of_city) {
      fresh.areas = area(e);
      e.text("source");
    }
    fresh.certain = decreed || by == "fixed" || of_city;
    const auto day = e.day("day");
    if (!e.has("day")) e.fault("day is missing");
    if (day) {
      fresh.day = *day;
      if (year && static_cast<int>(std::chrono::year_month_day(*day).year()) != *year) {
        e.fault("day", fmt::format("this day is not in {}", *year));
      }
      if (!seen_.insert({*day, fresh.name, fresh.areas}).second) e.fault("day", "this day stands twice");
      out_.free_days.push_back(std::move(fresh));
    }
    e.finish();
  }

  // Never empty, for that would make it a holiday of the nation.
  std::vector<std::string> area(rule_entry& e) {
    const std::string name = e.text("area");
    auto codes = in_ ? in_(name) : std::vector<std::string>();
    if (!name.empty() && codes.empty()) e.fault("area", fmt::format("there is no area {}", name));
    if (codes.empty()) codes.push_back(name.empty() ? "nowhere" : name);
    return codes;
  }

  rule_entry root_;
  const codes_in& in_;
  notices::calendar_source out_;
  std::set<std::int64_t> years_;
  std::set<std::tuple<notices::local_day, std::string, std::vector<std::string>>> seen_;
};

}  // namespace

notices::calendar load_calendar(const std::filesystem::path& path, std::vector<std::string>& faults,
                                const codes_in& in) {
  rule_file file(path, faults);
  if (!file.is_read()) return notices::calendar();
  return holiday_reader(file.root(), in).run();
}

}  // namespace config
