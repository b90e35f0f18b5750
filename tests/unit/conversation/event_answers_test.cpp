// What one message of an organiser answers: labels, lists by number, names with their addresses, ends after starts.
#include "bot/conversation/event_answers.hpp"

#include <gtest/gtest.h>

#include "tests/support/handbook.hpp"

namespace {

using bot::parts_of;
using std::chrono::minutes;

const bot::handbook& book() { return support::shipped_handbook(); }

std::vector<const bot::question*> questions_of(const char* form) {
  std::vector<const bot::question*> all;
  for (const auto& q : book().forms.find(form)->second.questions) all.push_back(&q);
  return all;
}

bot::several_answers read(std::string_view text, const std::vector<std::string>& listed = {}, bool answering = true) {
  return parts_of(text, questions_of("expression"), listed, answering, book().notices.words);
}

TEST(parts_of_a_message, are_found_by_their_labels_and_first_words) {
  const auto all = read(
      "sampai jam 12. orasi di tempat. pj Sari, Jl. Hangtuah 5, 081298765432. Serikat Buruh Pasuruan. spanduk, toa");
  EXPECT_EQ(all.of.at("end"), "jam 12");
  EXPECT_EQ(all.of.at("shape"), "orasi di tempat");
  EXPECT_EQ(all.of.at("person"), "Sari, Jl. Hangtuah 5, 081298765432");
  EXPECT_EQ(all.of.at("group"), "Serikat Buruh Pasuruan");
  EXPECT_EQ(all.of.at("props"), "spanduk, toa");
}

TEST(parts_of_a_message, are_taken_by_number_in_the_order_of_the_list) {
  const auto all =
      read("1. jam 11\n2) jalan kaki dari pasar\n3. Budi, Jl. Irian 2, 0812 3456 7890", {"end", "shape", "person"});
  EXPECT_EQ(all.of.at("end"), "jam 11");
  EXPECT_EQ(all.of.at("shape"), "jalan kaki dari pasar");
  EXPECT_EQ(all.of.at("person"), "Budi, Jl. Irian 2, 0812 3456 7890");
}

TEST(parts_of_a_message, may_be_one_number_alone_or_some_of_them) {
  const auto one = read("2. jalan kaki dari pasar", {"end", "shape", "person"});
  ASSERT_EQ(one.of.size(), 1U);
  EXPECT_EQ(one.of.at("shape"), "jalan kaki dari pasar");
  const auto some = read("1) jam 11\n3) Budi, Jl. Irian 2. 0812 3456 7890", {"end", "shape", "person"});
  ASSERT_EQ(some.of.size(), 2U);
  EXPECT_EQ(some.of.at("end"), "jam 11");
  EXPECT_EQ(some.of.at("person"), "Budi, Jl. Irian 2. 0812 3456 7890") << "no number stands below the one before";
}

TEST(parts_of_a_message, are_no_numbered_list_when_there_are_more_numbers_than_questions) {
  const auto all = read("1. jam 11 2. orasi 3. pj Budi", {"end"});
  EXPECT_FALSE(all.of.contains("end"));
}

TEST(parts_of_a_message, take_no_slash_within_a_date_for_an_end) {
  const auto all = read("aksi sabtu 19/12/2026 pukul 19.00 sampai 22.00", {}, false);
  EXPECT_EQ(all.of.at("end"), "22.00");
  EXPECT_NE(all.about_event.find("19/12/2026 pukul 19.00"), std::string::npos);
}

TEST(parts_of_a_message, end_the_name_of_a_group_where_it_does_something) {
  const auto all = read("Dengan hormat, kami dari Aliansi Mahasiswa Pasuruan akan melaksanakan aksi damai", {}, false);
  EXPECT_EQ(all.of.at("group"), "Aliansi Mahasiswa Pasuruan");
  EXPECT_EQ(all.about_event.find("Pasuruan"), std::string::npos) << "nothing happens where a group comes from";
}

TEST(parts_of_a_message, leave_what_was_told_as_it_was_typed) {
  const auto all = read("aksi soal upah, besok jam 9, pj Ali, Jl. Mawar 3, 0812345678", {}, false);
  EXPECT_EQ(all.told, "aksi soal upah, besok jam 9");
}

TEST(an_end, moves_with_its_start_and_stands_on_the_last_day) {
  const minutes zone(7 * 60);
  const std::string night = "2026-12-26T20:00:00+07:00";
  EXPECT_EQ(bot::moved_end("2026-12-26T23:00:00+07:00", night, "2026-11-29T19:00:00+07:00", zone),
            "2026-11-29T22:00:00+07:00");
  EXPECT_EQ(bot::moved_end("2026-12-27", "2026-12-26", "2026-12-19", zone), "2026-12-20");
  EXPECT_EQ(bot::end_over(night, "2026-12-26T23:00:00+07:00", 3, zone), "2026-12-28T23:00:00+07:00");
  EXPECT_EQ(bot::end_over(night, "2026-12-27T01:00:00+07:00", 2, zone), "2026-12-28T01:00:00+07:00");
  EXPECT_EQ(bot::end_over(night, "2026-12-26", 2, zone), "2026-12-27");
}

TEST(parts_of_a_message, keep_the_address_of_a_group_with_its_name) {
  const auto all = read("Serikat Petani Pasuruan, Jl. Veteran 9, dekat pasar");
  EXPECT_EQ(all.of.at("group"), "Serikat Petani Pasuruan, Jl. Veteran 9, dekat pasar");
}

TEST(parts_of_a_message, keep_a_phrase_whole_that_holds_a_label) {
  EXPECT_EQ(read("perorangan. tanpa alat").of.at("props"), "tanpa alat");
}

TEST(parts_of_a_message, give_the_sentence_with_a_number_to_call_to_the_person_in_charge) {
  const auto all = read("sampai jam 10. Dani, Jl. Irian 3, 085711112222. tanpa alat");
  EXPECT_EQ(all.of.at("person"), "Dani, Jl. Irian 3, 085711112222");
  EXPECT_EQ(all.about_event.find("0857"), std::string::npos);
}

TEST(parts_of_a_message, take_ten_million_people_for_no_number_to_call) {
  EXPECT_FALSE(read("10000000 orang dari beberapa kabupaten").of.contains("person"));
}

TEST(parts_of_a_message, read_a_first_message_with_more_care_than_an_answer) {
  const auto story = read("kami mau aksi besok jam 9 di lapangan bentuk protes warga", {}, false);
  EXPECT_FALSE(story.of.contains("shape"));
  const auto aim = read("aksi soal upah, besok jam 9", {}, false);
  EXPECT_EQ(aim.of.at("aim"), "upah");
}

TEST(parts_of_a_message, find_the_end_of_a_range_of_hours) {
  EXPECT_EQ(read("pukul 08.00-22.00 di lapangan").of.at("end"), "22.00 di lapangan");
}

TEST(parts_of_a_message, survive_anything) {
  for (const char* odd : {"", " ", "...", ",,,", "1.", "2. 1.", "\n\n", "pj", "sampai", ":", "soal soal soal", "👍"})
    EXPECT_NO_THROW(read(odd, {"end", "person"}));
  EXPECT_TRUE(read("").of.empty());
}

TEST(the_end, is_counted_from_the_start) {
  const std::string evening = "2026-12-19T20:00:00+07:00";
  EXPECT_EQ(bot::end_after(evening, "jam 23.00", book()), "2026-12-19T23:00:00+07:00");
  EXPECT_EQ(bot::end_after(evening, "jam 1 malam", book()), "2026-12-20T01:00:00+07:00");
  EXPECT_EQ(bot::end_after(evening, "jam 4 pagi", book()), "2026-12-20T04:00:00+07:00");
  EXPECT_EQ(bot::end_after("2026-12-31T20:00:00+07:00", "jam 1 malam", book()), "2027-01-01T01:00:00+07:00");
  EXPECT_EQ(bot::end_after("2028-02-28T21:00:00+07:00", "jam 2 malam", book()), "2028-02-29T02:00:00+07:00");
}

TEST(the_end, is_empty_where_the_words_name_no_time) {
  EXPECT_EQ(bot::end_after("2026-12-19T20:00:00+07:00", "sampai selesai", book()), "");
  EXPECT_EQ(bot::end_after("", "jam 10", book()), "");
}

TEST(numbers_to_call, are_taken_out_of_what_everybody_reads) {
  EXPECT_EQ(bot::without_numbers("hubungi 0812-3456-7890 ya"), "hubungi … ya");
  EXPECT_EQ(bot::without_numbers("120 orang, 24 nov 2026"), "120 orang, 24 nov 2026");
}

TEST(answers, become_the_event_that_the_rules_look_at) {
  const auto e = bot::event_from({{"start", "2026-12-19T20:00:00+07:00"},
                                  {"end", "2026-12-19"},
                                  {"purpose", "show market"},
                                  {"attendance", "200-299"},
                                  {"participants_from", "one_kecamatan"},
                                  {"wards", "35.75.01.1002 35.75.02.1002"},
                                  {"public_place", "yes"},
                                  {"public_road", "later"}},
                                 minutes(7 * 60));
  ASSERT_TRUE(e.start && e.start->at);
  ASSERT_TRUE(e.end && !e.end->at);
  EXPECT_EQ(e.purposes, (std::vector{bot::notices::purpose::show, bot::notices::purpose::market}));
  EXPECT_EQ(e.attendance, (bot::notices::people{200, 299}));
  EXPECT_EQ(e.participants_from, bot::notices::reach::one_kecamatan);
  EXPECT_EQ(e.wards.size(), 2U);
  EXPECT_EQ(e.public_place, true);
  EXPECT_FALSE(e.public_road.has_value());
  EXPECT_EQ(bot::answer_of(*e.start, minutes(7 * 60)), "2026-12-19T20:00:00+07:00");
  EXPECT_EQ(bot::answer_of(*e.end, minutes(7 * 60)), "2026-12-19");
}

}  // namespace
