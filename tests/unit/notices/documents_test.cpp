#include "bot/notices/documents.hpp"

#include <gmock/gmock.h>

#include "support.hpp"

namespace bot::notices {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> lists(track where, std::optional<tier> size, std::vector<extra> extras = {}) {
  std::vector<std::string> ids;
  for (const checklist* each : documents_for(where, size, extras, shipped_rules().rules, {}, on(2026, 11, 21))) {
    ids.push_back(each->note.id);
  }
  return ids;
}

TEST(documents, a_list_for_each_track_tier_and_extra) {
  EXPECT_THAT(lists(track::none, std::nullopt), SizeIs(0));
  EXPECT_THAT(lists(track::expression, std::nullopt), ElementsAre("uu9-1998-11"));
  EXPECT_THAT(lists(track::political, std::nullopt), ElementsAre("pp60-2017-18"));
  EXPECT_THAT(lists(track::permit, tier::small), ElementsAre("juklap-02-1995-dokumen-kecil"));
  EXPECT_THAT(lists(track::permit, tier::large, {extra::fireworks, extra::road_use}),
              ElementsAre("juklap-02-1995-dokumen-besar", "juklak-29-1991-dokumen", "perkap10-2012-dokumen"));
  EXPECT_THAT(lists(track::permit, std::nullopt), ElementsAre("keramaian-di-bawah-300"));
  EXPECT_THAT(lists(track::none, std::nullopt, {extra::road_use}), ElementsAre("perkap10-2012-dokumen"));
}

TEST(documents, an_expression_needs_the_eight_items_of_the_act_and_no_more) {
  EXPECT_THAT(
      documents_for(track::expression, std::nullopt, {}, shipped_rules().rules, {}, on(2026, 11, 21)).front()->items,
      SizeIs(8));
}

TEST(documents, one_to_five_persons_in_charge_for_every_up_to_a_hundred) {
  const auto& rules = shipped_rules().rules;
  EXPECT_EQ(leaders_for(0, rules), (people{1, 5}));
  EXPECT_EQ(leaders_for(1, rules), (people{1, 5}));
  EXPECT_EQ(leaders_for(100, rules), (people{1, 5}));
  EXPECT_EQ(leaders_for(101, rules), (people{2, 10}));
  EXPECT_EQ(leaders_for(1000, rules), (people{10, 50}));
}

}  // namespace
}  // namespace bot::notices
