#include <algorithm>
#include <array>

#include "bot/language/words.hpp"
#include "config/event_rules.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace notices = bot::notices;

constexpr int day_minutes = 24 * 60;

std::optional<std::chrono::weekday> weekday_named(std::string_view name) {
  static constexpr std::array names = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return std::chrono::weekday(static_cast<unsigned>(at - names.begin()));
}

// What stands beside the card of a notice must not suggest that it could be refused (P-01).
bool speaks_of_leave(std::string_view text) {
  static constexpr std::array words = {"izin",    "ijin",      "diizinkan", "perizinan",   "ditolak",
                                       "menolak", "disetujui", "setuju",    "persetujuan", "dilarang"};
  for (const auto& each : bot::language::split(text))
    if (std::find(words.begin(), words.end(), each.folded) != words.end()) return true;
  return false;
}

class clash_reader {
 public:
  clash_reader(rule_file& file, const area_known& known) : root_(file.root()), known_(known) {}

  notices::clash_rules run() {
    one("near", [&](rule_entry& e) {
      out_.near_m = static_cast<double>(e.whole("metres", 1, 100000).value_or(500));
      out_.near = span(e, "minutes", out_.near);
      out_.assumed = span(e, "assumed_minutes", out_.assumed);
    });
    one("night", [&](rule_entry& e) {
      out_.night_from = e.time_of_day("from").value_or(out_.night_from);
      out_.night_until = e.time_of_day("until").value_or(out_.night_until);
      if (out_.night_until >= out_.night_from) e.fault("until", "the night ends in the morning after it began");
      if (!e.has("many")) e.fault("many is missing");
      out_.many = static_cast<int>(e.whole("many", 2, 1000).value_or(out_.many));
    });
    one("weekly", [&](rule_entry& e) {
      if (!e.has("day")) e.fault("day is missing");
      out_.weekly.day = e.word<std::chrono::weekday>("day", weekday_named).value_or(out_.weekly.day);
      out_.weekly.at = e.time_of_day("at").value_or(out_.weekly.at);
    });
    for (rule_entry& e : root_.tables("ask")) {
      ask(e);
      e.finish();
    }
    root_.finish();
    return std::move(out_);
  }

 private:
  template <class Read>
  void one(std::string_view key, Read read) {
    auto tables = root_.tables(key);
    if (tables.size() != 1) return root_.fault(fmt::format("[{}] is missing, or stands twice", key));
    read(tables.front());
    tables.front().text("source");
    tables.front().verified();
    tables.front().finish();
  }

  static std::chrono::minutes span(rule_entry& e, std::string_view key, std::chrono::minutes otherwise) {
    if (!e.has(key)) e.fault(fmt::format("{} is missing", key));
    const auto told = e.whole(key, 1, 7 * day_minutes);
    return told ? std::chrono::minutes(*told) : otherwise;
  }

  void ask(rule_entry& e) {
    notices::dated_question q;
    q.id = e.text("id");
    if (!q.id.empty() && !ids_.insert(q.id).second) e.fault("id", fmt::format("the id {} stands twice", q.id));
    if (!e.has("kind")) e.fault("kind is missing");
    q.kind = e.word<notices::occasion>("kind", notices::occasion_named).value_or(notices::occasion::custom);
    q.question = e.text("question");
    if (speaks_of_leave(q.question))
      e.fault("question", fmt::format("\"{}\": a question, nothing that is granted or refused", q.question));
    if (!q.question.empty() && q.question.find('?') == std::string::npos) e.fault("question", "this asks nothing");
    q.source = e.text("source");
    q.sure = e.verified() ? bot::geography::confidence::verified : bot::geography::confidence::unverified;
    q.from = e.day("from");
    q.until = e.day("until");
    if (q.from && q.until && *q.until < *q.from) e.fault("until", "until lies before from");
    q.days = e.words<std::chrono::weekday>("weekdays", weekday_named);
    if (e.has("hours"))
      if (const auto hours = e.hours("hours")) std::tie(q.opens, q.closes) = *hours;
    q.purposes = e.words<notices::purpose>("purposes", notices::purpose_named);
    q.areas = e.texts("areas");
    for (const auto& code : q.areas)
      if (!known_(code)) e.fault("areas", fmt::format("there is no area {}", code));
    q.rural = e.flag("rural").value_or(false);
    const bool always =
        !q.from && !q.until && q.days.empty() && !e.has("hours") && q.purposes.empty() && q.areas.empty() && !q.rural;
    if (always) e.fault("asked of every event: no condition is set");
    out_.questions.push_back(std::move(q));
  }

  rule_entry root_;
  const area_known& known_;
  notices::clash_rules out_;
  std::set<std::string> ids_;
};

}  // namespace

notices::clash_rules load_clash_rules(const std::filesystem::path& path, const area_known& known,
                                      std::vector<std::string>& faults) {
  rule_file file(path, faults);
  if (!file.is_read()) return {};
  return clash_reader(file, known).run();
}

}  // namespace config
