// What an officer is asked about an event, against a slow reference that looks at every quarter of an hour; and the
// rule file with its mistakes.
#include "bot/notices/clashes.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "support.hpp"

namespace bot::notices {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

constexpr auto step = 15min;
// Kel. Sebani and Kel. Randusari of Gadingrejo, Kel. Kejuron of Madiun.
constexpr const char* wards[] = {"35.75.01.1003", "35.75.01.1006", "35.77.03.1006"};

notice event_at(const std::string& start, std::chrono::minutes lasts, std::vector<std::string> where, std::int64_t id) {
  notice n;
  n.id = id;
  n.number = "P" + std::to_string(id);
  n.filed = {.track = track::permit, .unit = "POLSEK-GADINGREJO"};
  n.start = at(start);
  n.end = n.start + lasts;
  n.wards = std::move(where);
  n.answers = {{"start", start}, {"end", bot::written(n.end, western_time)}, {"purpose", "show"}};
  return n;
}

std::vector<clash> found(const notice& n, const std::vector<notice>& others, const clash_rules& rules = {}) {
  return clashes_of(n, others, rules, served().map, western_time);
}

TEST(clashes, of_place_and_time) {
  const auto ours = event_at("2026-12-26T19:00:00+07:00", 3h, {wards[0]}, 1);
  const auto there = event_at("2026-12-26T21:59:00+07:00", 2h, {wards[0]}, 2);
  auto all = found(ours, {ours, there});
  ASSERT_EQ(all.size(), 1u) << "never with itself";
  EXPECT_EQ(all[0].what, clash::kind::together);
  EXPECT_EQ(all[0].other->id, 2);
  EXPECT_FALSE(all[0].sure) << "the ward is the same, nothing more is known";

  EXPECT_EQ(found(ours, {event_at("2026-12-27T01:00:00+07:00", 1h, {wards[0]}, 2)}).at(0).what, clash::kind::near);
  EXPECT_TRUE(found(ours, {event_at("2026-12-27T01:01:00+07:00", 1h, {wards[0]}, 2)}).empty());
  EXPECT_TRUE(found(ours, {event_at("2026-12-26T19:00:00+07:00", 3h, {wards[1]}, 2)}).empty());

  auto march = event_at("2026-12-26T20:00:00+07:00", 1h, {wards[1], wards[0]}, 3);
  EXPECT_EQ(found(ours, {march}).at(0).what, clash::kind::route);
  march.filed.state = state::cancelled;
  EXPECT_TRUE(found(ours, {march}).empty());
}

TEST(clashes, by_pins_cross_the_border_of_a_ward) {
  auto ours = event_at("2026-12-26T19:00:00+07:00", 3h, {wards[0]}, 1);
  auto there = event_at("2026-12-26T19:00:00+07:00", 3h, {wards[1]}, 2);
  ours.answers["pin"] = "-7.650000,112.890000";
  there.answers["pin"] = "-7.650000,112.894000";  // 441 m
  ASSERT_EQ(found(ours, {there}).size(), 1u);
  EXPECT_TRUE(found(ours, {there})[0].sure);
  there.answers["pin"] = "-7.650000,112.895000";  // 552 m
  there.wards = ours.wards;
  EXPECT_TRUE(found(ours, {there}).empty()) << "known to be farther, though the ward is the same";
}

TEST(clashes, in_wards_side_by_side_are_asked_about_and_never_called_near) {
  const auto& map = served().map;
  const auto sides = next_to(wards[0], map);
  ASSERT_FALSE(sides.empty());
  EXPECT_THAT(next_to(sides.front(), map), Contains(std::string(wards[0]))) << "a border has two sides";
  EXPECT_THAT(sides, testing::Not(Contains(std::string(wards[2]))));
  EXPECT_TRUE(next_to("99.99", map).empty());

  auto ours = event_at("2026-12-26T19:00:00+07:00", 3h, {wards[0]}, 1);
  auto there = event_at("2026-12-26T20:00:00+07:00", 3h, {sides.front()}, 2);
  ASSERT_EQ(found(ours, {there}).size(), 1u);
  EXPECT_EQ(found(ours, {there})[0].what, clash::kind::neighbour);
  EXPECT_FALSE(found(ours, {there})[0].sure);
  EXPECT_EQ(found(there, {ours}).size(), 1u);
  there.start += 24h;
  there.end += 24h;
  EXPECT_TRUE(found(ours, {there}).empty());
  there = event_at("2026-12-26T20:00:00+07:00", 3h, {sides.front(), wards[2]}, 2);
  EXPECT_TRUE(found(ours, {there}).empty()) << "of a route the wards say where it passes";
}

TEST(clashes, by_one_pin_are_near_the_ward_of_the_other_or_not) {
  const auto& map = served().map;
  const geography::point border{.longitude = 112.9905,
                                .latitude = -7.7712};  // between Desa Cukurguling and Desa Rebalas
  const auto around = map.borders().around(border, 300);
  ASSERT_GE(around.size(), 2u);
  auto first = event_at("2026-12-26T19:00:00+07:00", 3h, {map.at(around[0].where).code}, 1);
  auto second = event_at("2026-12-26T19:00:00+07:00", 3h, {map.at(around[1].where).code}, 2);
  first.answers["pin"] = "-7.771200,112.990500";
  ASSERT_EQ(found(first, {second}).size(), 1u);
  EXPECT_EQ(found(first, {second})[0].what, clash::kind::neighbour);
  EXPECT_EQ(found(second, {first}).size(), 1u);
  first.answers["pin"] = "-7.790000,112.900000";
  EXPECT_TRUE(found(first, {second}).empty()) << "known to be far from the ward of the other";
}

TEST(clashes, of_an_event_without_hours_take_its_whole_day) {
  auto ours = event_at("2026-12-26T19:00:00+07:00", 3h, {wards[0]}, 1);
  auto there = event_at("2026-12-26T00:00:00+07:00", 0h, {wards[0]}, 2);
  there.answers = {{"start", "2026-12-26"}};
  const auto when = span_of(there, {}, western_time);
  EXPECT_EQ(local(when.from), "2026-12-26T00:00:00+07:00");
  EXPECT_EQ(local(when.until), "2026-12-27T00:00:00+07:00");
  EXPECT_EQ(found(ours, {there}).at(0).what, clash::kind::together);
  ours.end = ours.start;  // no end was told
  EXPECT_EQ(span_of(ours, {}, western_time).until, ours.start + 4h);
}

TEST(clashes, count_the_events_of_one_unit_in_a_night) {
  const auto ours = event_at("2026-12-26T23:00:00+07:00", 2h, {wards[0]}, 1);
  std::vector<notice> others = {event_at("2026-12-26T18:30:00+07:00", 1h, {wards[1]}, 2),
                                event_at("2026-12-27T05:00:00+07:00", 3h, {wards[1]}, 3),
                                event_at("2026-12-27T06:00:00+07:00", 3h, {wards[1]}, 4)};
  auto all = found(ours, others);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].what, clash::kind::many);
  EXPECT_EQ(all[0].events, 3);
  EXPECT_EQ(all[0].night, on(2026, 12, 26));
  others[0].filed.unit = "POLSEK-PURWOREJO";
  EXPECT_TRUE(found(ours, others).empty());
  others[0].watchers = {"POLSEK-GADINGREJO"};
  EXPECT_EQ(found(ours, others).size(), 1u) << "who watches is there as well";
}

// --- against the reference -------------------------------------------------------------------------------------------

std::set<std::int64_t> quarters(const notice& n, const clash_rules& rules) {
  std::set<std::int64_t> all;
  const auto when = span_of(n, rules, western_time);
  for (auto t = when.from; t < when.until; t += step) all.insert((t + western_time).time_since_epoch() / step);
  return all;
}

double great_circle(const notice& a, const notice& b) {
  double la = 0, oa = 0, lb = 0, ob = 0;
  EXPECT_EQ(std::sscanf(a.answers.at("pin").c_str(), "%lf,%lf", &la, &oa), 2);
  EXPECT_EQ(std::sscanf(b.answers.at("pin").c_str(), "%lf,%lf", &lb, &ob), 2);
  constexpr double rad = 3.14159265358979 / 180;
  const double h = std::pow(std::sin((lb - la) * rad / 2), 2) +
                   std::cos(la * rad) * std::cos(lb * rad) * std::pow(std::sin((ob - oa) * rad / 2), 2);
  return 2 * 6378137 * std::asin(std::sqrt(h));
}

std::set<std::string> reference(const notice& n, const std::vector<notice>& others, const clash_rules& rules) {
  std::set<std::string> all;
  const auto ours = quarters(n, rules);
  std::map<std::int64_t, int> nights;  // evening -> events
  constexpr std::int64_t day = 24h / step;
  const auto night_of = [&](std::int64_t q) -> std::optional<std::int64_t> {
    const auto hour = q % day * step;
    if (hour >= rules.night_from) return q / day;
    if (hour < rules.night_until) return q / day - 1;
    return std::nullopt;
  };
  for (const auto q : ours)
    if (const auto night = night_of(q)) nights[*night] = 1;
  for (const auto& other : others) {
    if (other.id == n.id || other.filed.state == state::cancelled) continue;
    const auto theirs = quarters(other, rules);
    std::set<std::int64_t> seen;
    for (const auto q : theirs)
      if (const auto night = night_of(q); night && other.filed.unit == n.filed.unit) seen.insert(*night);
    for (const auto night : seen)
      if (nights.contains(night)) ++nights[night];

    bool at_once = false, soon = false, shared = false;
    for (const auto a : ours)
      for (const auto b : theirs) {
        at_once = at_once || a == b;
        soon = soon || (std::abs(a - b) - 1) * step <= rules.near;
      }
    for (const auto& a : n.wards)
      for (const auto& b : other.wards) shared = shared || a == b;
    const bool pinned = n.answers.contains("pin") && other.answers.contains("pin");
    const std::string id = " " + std::to_string(other.id);
    if (at_once && shared && n.wards.size() + other.wards.size() > 2)
      all.insert("route" + id);
    else if (soon && (pinned ? great_circle(n, other) <= rules.near_m : shared))
      all.insert((at_once ? "together" : "near") + id + (pinned ? "" : "?"));
  }
  int most = 0;
  for (const auto& [night, count] : nights) most = std::max(most, count);
  if (most >= rules.many) all.insert("many " + std::to_string(most));
  for (const auto& q : rules.questions)
    for (const auto quarter : ours) {
      const local_day today{std::chrono::days(quarter / day)};
      const auto hour = quarter % day * step;
      const bool day_fits = (!q.from || today >= *q.from) && (!q.until || today <= *q.until) &&
                            (q.days.empty() || q.days.front() == std::chrono::weekday{today});
      if (day_fits && hour >= q.opens && hour < q.closes &&
          (q.purposes.empty() || name_of(q.purposes.front()) == n.answers.at("purpose")))
        all.insert("dated " + q.id);
    }
  return all;
}

std::set<std::string> words(const std::vector<clash>& all) {
  static constexpr const char* kinds[] = {"route", "together", "near", "neighbour", "many", "dated"};
  std::set<std::string> said;
  for (const auto& c : all) {
    std::string one = kinds[static_cast<int>(c.what)];
    if (c.other != nullptr) one += " " + std::to_string(c.other->id) + (c.sure ? "" : "?");
    if (c.what == clash::kind::many) one += " " + std::to_string(c.events);
    if (c.asks != nullptr) one += " " + c.asks->id;
    said.insert(one);
  }
  EXPECT_EQ(said.size(), all.size()) << "none twice";
  return said;
}

TEST(clashes, are_those_of_a_slow_reference) {
  std::mt19937 dice(7);
  const auto upto = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
  clash_rules rules;
  rules.questions = {{.id = "friday", .days = {std::chrono::Friday}, .opens = 11h + 30min, .closes = 13h},
                     {.id = "season", .from = on(2026, 12, 25), .until = on(2026, 12, 26), .opens = 17h, .closes = 21h},
                     {.id = "shows", .closes = 2h, .purposes = {purpose::show}}};
  std::map<std::string, int> kinds;
  for (int round = 0; round < 400; ++round) {
    std::vector<notice> all;
    for (int i = 0; i < 12; ++i) {
      const instant start = at("2026-12-24T00:00:00+07:00") + step * upto(4 * 96);
      auto n = event_at(bot::written(start, western_time), step * (1 + upto(upto(4) == 0 ? 150 : 20)), {wards[upto(3)]},
                        i + 1);
      if (upto(5) == 0) n.wards.push_back(wards[upto(3)]);
      if (upto(2) == 0) n.answers["pin"] = "-7.65," + std::to_string(112.89 + 0.00117 * upto(12));  // some 129 m apart
      if (upto(3) == 0) n.answers["purpose"] = "family";
      if (upto(4) == 0) n.filed.unit = "POLSEK-PURWOREJO";
      if (upto(8) == 0) n.filed.state = state::cancelled;
      all.push_back(std::move(n));
    }
    const auto& n = all.front();
    const auto expected = reference(n, all, rules);
    auto clashing = found(n, all, rules);
    std::erase_if(clashing, [](const clash& c) { return c.what == clash::kind::neighbour; });  // outlines: above
    EXPECT_EQ(words(clashing), expected) << round;
    for (const auto& one : expected) ++kinds[one.substr(0, one.find(' '))];
  }
  for (const char* kind : {"route", "together", "near", "many", "dated"}) EXPECT_GT(kinds[kind], 50) << kind;
}

// --- the file
// ----------------------------------------------------------------------------------------------------------

class clash_file : public testing::Test {
 protected:
  ~clash_file() override { std::filesystem::remove(file_); }

  static std::string shipped() {
    std::stringstream whole;
    whole << std::ifstream(PROJECT_DIR "/config/rules/clashes.toml").rdbuf();
    return whole.str();
  }
  clash_rules load(const std::string& text) {
    std::ofstream(file_) << text;
    faults_.clear();
    return config::load_clash_rules(
        file_, [](std::string_view code) { return served().map.find(code) != geography::no_area; }, faults_);
  }
  // As an operator changes it; the faults name the line.
  void change(const std::string& was, const std::string& is) {
    std::string text = shipped();
    const auto found = text.find(was);
    ASSERT_NE(found, std::string::npos) << was;
    line_ = std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
    load(text.replace(found, was.size(), is));
  }

  std::filesystem::path file_ =
      std::filesystem::path(testing::TempDir()) /
      ("clashes-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
  std::vector<std::string> faults_;
  std::string line_;
};

TEST_F(clash_file, that_ships_is_whole_and_says_what_is_not_certain) {
  const auto rules = load(shipped());
  EXPECT_TRUE(faults_.empty()) << faults_.at(0);
  EXPECT_EQ(rules.near_m, 500);
  EXPECT_EQ(rules.near, 3h);
  EXPECT_EQ(rules.weekly.day, std::chrono::Monday);
  std::set<occasion> kinds;
  for (const auto& q : rules.questions) {
    kinds.insert(q.kind);
    EXPECT_FALSE(q.source.empty()) << q.id;
    EXPECT_EQ(q.sure, geography::confidence::unverified) << q.id;
  }
  EXPECT_EQ(kinds.size(), 4u);
}

TEST_F(clash_file, tells_each_mistake_with_its_line) {
  change("kind = \"suro\"", "kind = \"faith\"");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": \"faith\" is no kind")));
  change("weekdays = [\"friday\"]", "weekdays = [\"jumat\"]");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": \"jumat\" is not known")));
  change("hours = \"11:30-13:00\"", "hours = \"13:00-11:30\"");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": hours")));
  change("until = 2027-07-05", "until = 2027-06-01");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": until lies before from")));
  change("from = \"18:00\"", "from = \"6 sore\"");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": from \"6 sore\" is not HH:MM")));
  change("many = 3", "many = 1");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": many must be")));
  change("rural = true\nsource", "areas = [\"99.99\"]\nsource");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": there is no area 99.99")));
  change("id = \"maghrib\"", "id = \"jumat-siang\"");
  EXPECT_THAT(faults_, Contains(HasSubstr("stands twice")));
}

TEST_F(clash_file, asks_and_never_grants) {
  change("bisakah jeda?", "ditolak?");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": ")));
  change("Adakah gereja di dekatnya, dan pukul berapa ibadahnya?", "Beri tahu gereja.");
  EXPECT_THAT(faults_, Contains(HasSubstr(":" + line_ + ": this asks nothing")));
  load(shipped() +
       "\n[[ask]]\nid = \"x\"\nkind = \"custom\"\nquestion = \"Aman?\"\nsource = \"s\"\n"
       "confidence = \"unverified\"\n");
  EXPECT_THAT(faults_, Contains(HasSubstr("asked of every event")));
}

}  // namespace
}  // namespace bot::notices
