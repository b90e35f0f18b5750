#include "storage/json_text.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace storage {
namespace {

TEST(json_text, writes_what_a_reader_reads) {
  json_text j;
  j.open('{').put("v", 1).put("name", "Wati").put("yes", true).put("no", false);
  j.name("empty").open('[').close(']').name("none").open('{').close('}');
  j.name("list").open('[').add("a").open('[').add(std::int64_t{-2}).add(std::string("b")).close(']').add(3).close(']');
  EXPECT_EQ(j.close('}').take(),
            R"({"v":1,"name":"Wati","yes":true,"no":false,"empty":[],"none":{},"list":["a",[-2,"b"],3]})");
}

TEST(json_text, escapes_as_the_library_does) {
  for (const std::string text :
       {"", "a\"b\\c/", "line\nbreak\ttab\r", "\x01\x1f\x7f", "Tamba\xc3\xa2n \xf0\x9f\x98\xa1"}) {
    json_text j;
    j.open('[').add(text).close(']');
    const std::string written = j.take();
    EXPECT_EQ(written, nlohmann::json({text}).dump());
    EXPECT_EQ(nlohmann::json::parse(written)[0], text);
  }
  json_text named;
  named.open('{').put("a\"b", std::numeric_limits<std::int64_t>::min()).close('}');
  EXPECT_EQ(named.take(), R"({"a\"b":-9223372036854775808})");
}

TEST(json_text, mends_a_character_that_was_cut) {
  json_text j;
  j.open('[').add("kopi \xf0\x9f").add("\xff!").close(']');
  EXPECT_EQ(j.take(), "[\"kopi \xEF\xBF\xBD\",\"\xEF\xBF\xBD!\"]");
}

}  // namespace
}  // namespace storage
