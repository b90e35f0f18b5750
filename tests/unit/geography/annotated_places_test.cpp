// Measures routing and place finding on the annotated sets that lie beside the checkout.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "commands/route.hpp"
#include "tests/unit/geography/served_areas.hpp"

namespace bot::geography {
namespace {

using nlohmann::json;

const std::string beside_checkout = std::string(PROJECT_DIR) + "/../shared/data/";

json read(const std::string& file) {
  std::ifstream in(beside_checkout + file);
  return in ? json::parse(in) : json();
}

// "35.14.11" or "35.14.11.*" accept every ward under them.
bool under(const std::string& code, std::string accepted) {
  if (accepted.ends_with(".*")) accepted.resize(accepted.size() - 2);
  return code == accepted || code.starts_with(accepted + ".");
}

enum class verdict { right, asked, wrong, unsafe };

verdict judge(const json& expected, const json& answer) {
  const auto codes = answer["ward_codes"].get<std::vector<std::string>>();
  const auto accepted = expected["codes"].get<std::vector<std::string>>();
  const bool certain = answer["status"] == "certain";
  if (expected["status"] == "outside" || expected["status"] == "none") {
    if (certain) return verdict::unsafe;
    return codes.empty() ? verdict::right : verdict::wrong;
  }
  const auto named = static_cast<std::size_t>(std::count_if(codes.begin(), codes.end(), [&](const std::string& code) {
    return std::any_of(accepted.begin(), accepted.end(), [&](const std::string& a) { return under(code, a); });
  }));
  if (certain) {
    if (expected["polsek"].size() != 1 || answer["units"][0]["code"] != expected["polsek"][0]) return verdict::unsafe;
    return codes.empty() || std::count(accepted.begin(), accepted.end(), codes.front()) > 0 ? verdict::right
                                                                                            : verdict::unsafe;
  }
  if (answer["status"] != "ask" || named == 0) return verdict::wrong;
  if (expected["polsek"].size() == 1) return verdict::asked;
  return named == codes.size() && named >= std::min<std::size_t>(2, accepted.size()) ? verdict::right : verdict::asked;
}

TEST(annotated, routing_is_right_and_never_unsafe) {
  const json cases = read("routing-cases-dev.json");
  if (cases.is_null()) GTEST_SKIP() << "no annotated routing cases beside the checkout";
  std::stringstream asked, answered, errors;
  for (const json& each : cases["cases"]) asked << each.dump() << '\n';
  config::settings settings;
  settings.dir = std::string(PROJECT_DIR) + "/config";
  settings.areas.dir = settings.dir / "areas";
  ASSERT_EQ(commands::route(settings, asked, answered, errors), 0) << errors.str();

  std::size_t right = 0;
  for (const json& each : cases["cases"]) {
    std::string line;
    ASSERT_TRUE(std::getline(answered, line));
    const verdict found = judge(each["expect"], json::parse(line));
    right += found == verdict::right;
    EXPECT_NE(found, verdict::unsafe) << each.dump() << " -> " << line;
  }
  EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(cases["cases"].size()));
}

TEST(annotated, the_first_place_is_right_and_none_is_invented) {
  const json messages = read("messages-dev.json");
  if (messages.is_null()) GTEST_SKIP() << "no annotated messages beside the checkout";
  std::size_t placed = 0, right = 0, unplaced = 0, invented = 0;
  for (const json& each : messages) {
    const auto codes = codes_of(place_in(each["text"].get<std::string>()));
    const auto accepted = each["ward_codes"].get<std::vector<std::string>>();
    if (accepted.empty()) {
      ++unplaced;
      invented += !codes.empty();
      continue;
    }
    ++placed;
    right += !codes.empty() && std::any_of(accepted.begin(), accepted.end(), [&](const std::string& a) {
      return a.ends_with(".*") ? under(codes.front(), a) : codes.front() == a;
    });
  }
  EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(placed));
  EXPECT_LE(static_cast<double>(invented), 0.05 * static_cast<double>(unplaced));
}

TEST(route_command, goes_on_after_a_line_that_is_no_json) {
  std::stringstream asked("{\"id\":\"a\",\"text\":\"maling di Bukir\"}\nnonsense\n[1]\n{\"id\":7}\n"), answered, errors;
  config::settings settings;
  settings.dir = std::string(PROJECT_DIR) + "/config";
  settings.areas.dir = settings.dir / "areas";
  EXPECT_EQ(commands::route(settings, asked, answered, errors), 1);
  EXPECT_NE(errors.str().find("line 2"), std::string::npos);
  EXPECT_NE(errors.str().find("line 3"), std::string::npos);
  std::string line;
  ASSERT_TRUE(std::getline(answered, line));
  const json first = json::parse(line);
  EXPECT_EQ(first["units"][0], json({{"code", "POLSEK-GADINGREJO"}, {"role", "owner"}}));
  ASSERT_TRUE(std::getline(answered, line));
  const json second = json::parse(line);
  EXPECT_EQ(second["id"], 7);
  EXPECT_EQ(second["status"], "ask");
}

}  // namespace
}  // namespace bot::geography
