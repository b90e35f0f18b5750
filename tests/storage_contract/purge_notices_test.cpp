// What had its time goes: notices of events, those who lead to their people, and what was begun of them.
#include "tests/storage_contract/purge_fixture.hpp"

namespace contract {
namespace {

TEST_F(erasing, forgets_no_organiser_before_the_event) {
  const auto organiser = person("9001");
  storage::changes c;
  c.notices.resize(1);
  c.notices[0].id = store->new_id();
  c.notices[0].number = "PK7Q-2M9X";
  c.notices[0].organiser = organiser;
  c.notices[0].filed.unit = "POLSEK-A";
  c.notices[0].created_at = c.notices[0].changed_at = today();
  c.notices[0].start = today() + days(40);
  c.notices[0].end = c.notices[0].start + 3h;
  write(c);
  EXPECT_EQ(round(today() + days(46)).contacts, 0u);
  EXPECT_EQ(round(today() + days(48)).contacts, 1u);
  EXPECT_EQ(store->list_notices(1).at(0).organiser, 0);
}

TEST_F(erasing, of_a_notice_leaves_its_figures) {
  const auto organiser = person("9001");
  storage::changes c;
  c.notices = {notice_of(organiser, "OLD", today() - days(366)), notice_of(organiser, "NEW", today() - days(364)),
               notice_of(organiser, "LATELY", today() - days(366))};
  c.notices[2].changed_at = today() - days(3);
  c.notice_events = {{c.notices[0].id, "filed", 0, "expression late", today()},
                     {c.notices[0].id, "tanda_terima_terbit", 12, "B/1/2026", today()}};
  c.outbox = {row_to(*store, organiser, "notice_card.new")};
  c.results.resize(1);
  c.results[0].id = c.outbox[0].id;
  c.results[0].contact = organiser;
  c.results[0].provider_id = "120";
  c.results[0].card = bot::notices::card_subject_of("OLD");
  write(c);
  EXPECT_EQ(round(today()).notices, 1u);
  bot::reads by_number;
  by_number.notice_numbers = {"OLD", "NEW", "LATELY"};
  const auto left = store->notices(by_number);
  ASSERT_EQ(left.size(), 3u);
  EXPECT_EQ(left[0].answers, (bot::answer_map{{"purpose", "opinion"}, {"attendance", "50-50"}}));
  EXPECT_EQ(left[0].organiser, 0);
  EXPECT_EQ(left[0].filed.number, "");
  EXPECT_EQ(left[0].filed.track, bot::notices::track::expression);
  EXPECT_EQ(left[0].filed.state, bot::notices::state::finished);
  EXPECT_EQ(left[0].filed.unit, "POLSEK-A");
  EXPECT_EQ(left[0].wards, std::vector<std::string>{"35.75.01.1002"});
  EXPECT_TRUE(left[0].late);
  for (const std::size_t i : {1U, 2U}) EXPECT_EQ(left[i].answers.at("aim"), "upah");
  const auto history = store->notice_history(c.notices[0].id);
  ASSERT_EQ(history.size(), 2u);
  for (const auto& e : history) EXPECT_EQ(e.detail + std::to_string(e.actor), "0") << e.kind;
  EXPECT_EQ(history[1].kind, "tanda_terima_terbit");
  EXPECT_EQ(store->card_message(organiser, bot::notices::card_subject_of("OLD")), "");
  EXPECT_EQ(round(today()).notices, 0u) << "once";
}

TEST_F(erasing, of_an_application_ends_its_links_too) {
  storage::changes c;
  c.notices = {notice_of(0, "OLD", today() - days(366)), notice_of(0, "NEW", today() - days(1))};
  for (auto& n : c.notices) {
    n.filed.track = bot::notices::track::permit;
    n.answers["recommend_rt"] = "asked 1796000000000 " + n.number;
  }
  write(c);
  ASSERT_EQ(count("recommendation"), 2);
  EXPECT_EQ(round(today()).notices, 1u);
  EXPECT_EQ(count("recommendation"), 1);
  EXPECT_FALSE(store->notice_of_recommendation("OLD"));
}

TEST_F(erasing, leads_to_nobody_a_week_after_the_event) {
  const auto organiser = person("9001");
  storage::changes c;
  c.notices = {notice_of(organiser, "OVER", today() - days(8)), notice_of(organiser, "LATELY", today() - days(6)),
               notice_of(organiser, "TO COME", today() + days(30))};
  write(c);
  EXPECT_EQ(round(today()).organisers, 1u);
  bot::reads by_number;
  by_number.notice_numbers = {"OVER", "LATELY", "TO COME"};
  const auto left = store->notices(by_number);
  EXPECT_EQ(left.at(0).organiser, 0);
  EXPECT_EQ(left.at(0).answers.at("aim"), "upah") << "what was told stays for its year";
  for (const std::size_t i : {1U, 2U}) EXPECT_EQ(left.at(i).organiser, organiser);
  EXPECT_EQ(round(today()).organisers, 0u);

  const auto gave_up = person("9002");
  storage::changes later;
  later.notices = {notice_of(gave_up, "CANCELLED", today() + days(300))};
  later.notices[0].filed.state = bot::notices::state::cancelled;
  later.notices[0].changed_at = today();
  write(later);
  EXPECT_EQ(round(today() + days(8)).contacts, 1u) << "nobody waits for an event that was cancelled";
  EXPECT_FALSE(store->destination_of(gave_up));
}

TEST_F(erasing, keeps_who_is_in_charge_for_some_weeks_after_the_event) {
  storage::changes c;
  c.notices = {notice_of(0, "OVER", today() - days(31)), notice_of(0, "LATELY", today() - days(29)),
               notice_of(0, "TO COME", today() + days(300)), notice_of(0, "CANCELLED", today() + days(300))};
  for (const std::size_t i : {2U, 3U}) c.notices[i].changed_at = today() - days(31);
  c.notices[3].filed.state = bot::notices::state::cancelled;
  const auto draft = store->new_id();
  for (const auto& n : c.notices) c.persons.push_back({n.id, "Siti Aminah, 081234567890"});
  c.persons.push_back({draft, "Siti Aminah, 081234567890"});
  write(c);
  EXPECT_EQ(round(today()).persons, 2u);
  for (const std::size_t i : {0U, 3U}) EXPECT_EQ(store->person_of(c.notices[i].id), "") << c.notices[i].number;
  for (const std::size_t i : {1U, 2U}) EXPECT_NE(store->person_of(c.notices[i].id), "") << c.notices[i].number;
  EXPECT_NE(store->person_of(draft), "");
  EXPECT_EQ(round(today() + days(31)).persons, 2u) << "with its event, and what nothing became of";
  EXPECT_EQ(store->person_of(draft), "");
  EXPECT_EQ(count("notice_person"), 1);
}

TEST_F(erasing, takes_what_was_learned_at_places_and_drafts_of_notices_in_their_time) {
  storage::changes c;
  c.place_notes = {{"35.75.01.1002 lapangan", "parkir sempit", today()}};
  c.drafts = {{.notice = 71, .number = "P111-2222", .until = today() + days(7)}};
  write(c);
  auto early = round(today() + days(6));
  EXPECT_EQ(early.lessons + early.drafts, 0u);
  EXPECT_EQ(round(today() + days(8)).drafts, 1u);
  EXPECT_EQ(store->draft("P111-2222"), std::nullopt);
  EXPECT_EQ(round(today() + keep.notices + days(1)).lessons, 1u);
  EXPECT_TRUE(store->learned_at("35.75.01.1002 lapangan", today() - days(1), 5).empty());
}

TEST_F(erasing, takes_drafts_that_nobody_came_back_to) {
  const auto writer = person("9001");
  storage::changes c;
  c.conversations.resize(1);
  bot::conversation& talk = c.conversations[0].state;
  talk.contact = writer;
  talk.language = "jv";
  talk.form = "report";
  talk.answers = {{"words", "musik keras"}};
  talk.answers["media"] = "photo:11";
  talk.expires_at = today() + 24h;
  const auto in_danger = person("9002");  // whose case was filed before its draft was complete
  c.conversations.push_back(c.conversations[0]);
  c.conversations[1].state.contact = in_danger;
  c.conversations[1].state.answers["media"] = "photo:12";
  c.conversations[1].state.filed = "L1";
  c.conversations[1].state.expires_at = today() + 24h;
  write(c);
  keep_photo(11, 0, "f0", today());
  keep_photo(12, 5, "f1", today());
  const auto interrupted = person("9003");  // whose notice waits until a report is over
  c.conversations.push_back({});
  c.conversations[2].state.contact = interrupted;
  c.conversations[2].state.aside = {{"aim", "upah"}, {"until", std::to_string(bot::to_millis(today() + 24h))}};
  write({.conversations = {c.conversations[2]}});
  EXPECT_EQ(round(today() + 23h).drafts, 0u);
  const auto done = round(today() + 25h);
  EXPECT_EQ(done.drafts, 3u);
  EXPECT_TRUE(store->admit(std::vector{text_from("9003", "later")}, today())[0].conversation.aside.empty());
  store->rollback();
  EXPECT_EQ(done.media, 1u);
  EXPECT_EQ(store->media().files(), std::vector<std::string>{"f1"}) << "the case has it";
  const auto known = store->admit(std::vector{text_from("9001", "later")}, today());
  EXPECT_EQ(known[0].conversation.form, "");
  EXPECT_TRUE(known[0].conversation.answers.empty());
  EXPECT_EQ(known[0].conversation.language, "jv");
  store->rollback();
}

}  // namespace
}  // namespace contract
