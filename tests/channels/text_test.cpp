// UTF-8, runs and splitting: what both encoders stand on.
#include "handlers/utf8.hpp"
#include "tests/channels/support.hpp"

namespace {

using namespace handlers;
using runs = std::vector<run>;

TEST(utf8, characters) {
  EXPECT_EQ(character_bytes("a"), 1U);
  EXPECT_EQ(character_bytes("é"), 2U);
  EXPECT_EQ(character_bytes("…"), 3U);
  EXPECT_EQ(character_bytes("😱"), 4U);
  for (const char* broken : {"", "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                             "\xF4\x90\x80\x80", "\xF0\x9F\x98"}) {
    EXPECT_EQ(character_bytes(broken), 0U);
  }
}

TEST(utf8, repair_replaces_maximal_pieces) {
  EXPECT_EQ(repair_utf8("a\xF0\x9F\x98z"), "a\uFFFDz");
  EXPECT_EQ(repair_utf8("\xE1\x80\xC3\xA9"), "\uFFFDé");
  EXPECT_EQ(repair_utf8("\xC0\xAF"), "\uFFFD\uFFFD");
  EXPECT_EQ(repair_utf8("baik 😱"), "baik 😱");
}

TEST(utf8, counting_and_cutting) {
  EXPECT_EQ(count_points("a😱é"), 3U);
  EXPECT_EQ(count_utf16("a😱é"), 4U);
  EXPECT_EQ(offset_of_utf16("a😱é", 3), 5U);
  EXPECT_EQ(offset_of_utf16("a😱é", 2), std::string_view::npos);
  EXPECT_EQ(offset_of_utf16("a😱é", 4), 7U);
  EXPECT_EQ(offset_of_utf16("a😱é", 5), std::string_view::npos);
  EXPECT_EQ(first_bytes("a😱", 4), "a");
  EXPECT_EQ(first_points("a😱é", 2), "a😱");
  EXPECT_EQ(first_utf16("a😱é", 2), "a");
}

TEST(runs, stars_of_the_catalogue_make_bold) {
  EXPECT_EQ(runs_of("*a* b *c d*"), (runs{{"a", true}, {" b ", false}, {"c d", true}}));
  EXPECT_EQ(runs_of("2 * 3"), (runs{{"2 * 3"}}));
  EXPECT_EQ(runs_of("*a\nb*"), (runs{{"*a\nb*"}}));
  EXPECT_EQ(runs_of("**"), (runs{{"**"}}));
  EXPECT_EQ(runs_of(""), runs{});
}

TEST(split, prefers_paragraphs_then_lines_then_spaces) {
  EXPECT_EQ(split({{"aaa\n\nbb\ncc dd"}}, 9), (std::vector<runs>{{{"aaa"}}, {{"bb\ncc dd"}}}));
  EXPECT_EQ(split({{"aaaa\nbb cc"}}, 8), (std::vector<runs>{{{"aaaa"}}, {{"bb cc"}}}));
  EXPECT_EQ(split({{"aaaa bb"}}, 6), (std::vector<runs>{{{"aaaa"}}, {{"bb"}}}));
  EXPECT_EQ(split({{"aaaabb"}}, 4), (std::vector<runs>{{{"aaaa"}}, {{"bb"}}}));
  EXPECT_EQ(split({{"a "}, {"bb cc", true}, {" d"}}, 5),
            (std::vector<runs>{{{"a "}, {"bb", true}}, {{"cc", true}, {" d"}}}));
  EXPECT_TRUE(split({{" \n "}}, 5).empty());
}

TEST(split, every_piece_fits_and_nothing_is_lost) {
  const std::string text = repeated("😱é… kata\nlagi\n\n", 300);
  for (const std::size_t most : {2U, 3U, 7U, 100U, 4096U}) {
    std::string seen;
    const std::string start(first_bytes(text, 1001));
    for (const runs& piece : split({{start}, {text.substr(start.size()), true}}, most)) {
      std::string words;
      for (const run& r : piece) words += r.text;
      EXPECT_LE(count_utf16(words), most);
      EXPECT_EQ(repair_utf8(words), words);
      seen += words;
    }
    const auto bare = [](std::string s) {
      std::erase_if(s, [](char c) { return c == ' ' || c == '\n'; });
      return s;
    };
    EXPECT_EQ(bare(seen), bare(text));
  }
}

}  // namespace
