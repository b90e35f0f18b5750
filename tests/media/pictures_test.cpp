// What officers see of a picture: all of it, the right way up, and nothing of who took it.
#include <gtest/gtest.h>

#include <random>

#include "handlers/media/films.hpp"
#include "handlers/media/judgement.hpp"
#include "handlers/media/pictures.hpp"
#include "tests/media/samples.hpp"

namespace media_test {
namespace {

using namespace handlers::media;

void expect_silent(const std::string& bytes) {
  for (const char* word : {"GPS", "Wulandari", "Gadingrejo", "THUMB", "comment", "more", "iPhone", "adobe.com"})
    EXPECT_EQ(bytes.find(word), bytes.npos) << word;
}

TEST(jpeg, loses_its_metadata_and_keeps_its_pixels) {
  const auto clean = clean_jpeg(jpeg());
  ASSERT_TRUE(clean);
  expect_silent(*clean);
  EXPECT_NE(clean->find(pixels()), clean->npos);
  EXPECT_NE(clean->find("JFIF"), clean->npos);
  EXPECT_NE(clean->find("Adobe"), clean->npos) << "it tells how the colours are stored";
  EXPECT_TRUE(clean->ends_with("\xFF\xD9"));
  EXPECT_EQ(clean_jpeg(*clean), clean) << "what is clean stays as it is";
}

TEST(jpeg, stands_upright_as_before) {
  for (int way = 1; way <= 8; ++way) {
    const auto clean = clean_jpeg(jpeg({.orientation = way}));
    ASSERT_TRUE(clean);
    const auto at = clean->find("Exif");
    if (way == 1) {
      EXPECT_EQ(at, clean->npos);
    } else {
      ASSERT_NE(at, clean->npos);
      EXPECT_EQ(orientation_in(std::string_view(*clean).substr(at + 6)), way);
    }
  }
  EXPECT_EQ(clean_jpeg(jpeg({.orientation = 77}))->find("Exif"), std::string::npos);
}

TEST(jpeg, ends_where_its_picture_ends) {
  // Phones hang a film or a second, uncut picture behind the first.
  const std::string second = jpeg() + "ftypmp4 Wulandari";
  EXPECT_EQ(clean_jpeg(jpeg({.behind = second})), clean_jpeg(jpeg()));
}

TEST(jpeg, cut_off_within_its_pixels_is_still_seen) { EXPECT_EQ(clean_jpeg(jpeg({.end = false})), clean_jpeg(jpeg())); }

TEST(jpeg, cut_off_anywhere_never_shows_what_was_hidden) {
  const std::string whole = jpeg();
  for (std::size_t size = 0; size < whole.size(); ++size)
    if (const auto clean = clean_jpeg(whole.substr(0, size))) expect_silent(*clean);
}

TEST(jpeg, that_would_hurt_a_phone_is_none) {
  EXPECT_FALSE(clean_jpeg(jpeg({.width = 65535, .height = 65535})));
  EXPECT_FALSE(clean_jpeg(jpeg({.width = 0})));
  EXPECT_TRUE(clean_jpeg(jpeg({.width = 16320, .height = 12240})));
  EXPECT_TRUE(clean_jpeg(jpeg({.scans = 20})));
  EXPECT_FALSE(clean_jpeg(jpeg({.scans = 500}))) << "a pass over the picture each";
}

TEST(png, loses_its_texts_and_stands_upright) {
  const auto clean = clean_png(png() + "behind the end: Wulandari");
  ASSERT_TRUE(clean);
  expect_silent(*clean);
  EXPECT_NE(clean->find("pixels of it"), clean->npos);
  EXPECT_NE(clean->find("pHYs"), clean->npos);
  EXPECT_EQ(clean->find("tIME"), clean->npos);
  const auto at = clean->find("eXIf");
  ASSERT_NE(at, clean->npos);
  EXPECT_EQ(orientation_in(std::string_view(*clean).substr(at + 4)), 8);
  EXPECT_TRUE(clean->ends_with("IENDCRC."));
}

TEST(png, that_is_cut_off_or_monstrous_is_none) {
  const std::string whole = png();
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(clean_png(whole.substr(0, size))) << size;
  EXPECT_FALSE(clean_png(png(60000, 60000)));
  EXPECT_FALSE(clean_png(png(0xFFFFFFFF, 0xFFFFFFFF)));
  std::string lying = whole;
  lying.replace(8, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_FALSE(clean_png(lying));
}

TEST(webp, loses_its_metadata_and_says_so_in_its_head) {
  const auto clean = clean_webp(webp(riff_chunk("ODD ", "Wulandari")));
  ASSERT_TRUE(clean);
  expect_silent(*clean);
  EXPECT_NE(clean->find("pixels of it"), clean->npos);
  EXPECT_EQ(static_cast<unsigned char>((*clean)[20]), 0x18U) << "transparent, with EXIF";
  const auto at = clean->find("EXIF");
  ASSERT_NE(at, clean->npos);
  EXPECT_EQ(orientation_in(std::string_view(*clean).substr(at + 8)), 3);
  EXPECT_EQ(clean->size() % 2, 0U);
}

TEST(webp, that_moves_keeps_only_pictures_in_its_frames) {
  const std::string frame =
      std::string(16, '\1') + riff_chunk("ALPH", "clear") + riff_chunk("VP8 ", "one") + riff_chunk("XMP ", "Wulandari");
  const auto clean = clean_webp(webp(riff_chunk("ANMF", frame)));
  ASSERT_TRUE(clean);
  expect_silent(*clean);
  EXPECT_NE(clean->find("clear"), clean->npos);
  EXPECT_FALSE(clean_webp(webp(riff_chunk("ANMF", "short"))));
}

TEST(film, loses_place_and_owner_and_moves_nothing) {
  const std::string whole = film();
  const auto clean = clean_film(whole);
  ASSERT_TRUE(clean);
  expect_silent(*clean);
  EXPECT_EQ(clean->size(), whole.size());
  EXPECT_EQ(clean->find("pixels of it"), whole.find("pixels of it"));
  EXPECT_NE(clean->find("mvhd"), clean->npos);
}

TEST(film, whose_boxes_do_not_fit_is_none) {
  EXPECT_TRUE(clean_film(film().substr(0, film().size() - 5))) << "cut off within its pictures";
  EXPECT_FALSE(clean_film(box("ftyp", "isom") + box("mdat", "no index")));
  std::string deep = "x";
  for (int i = 0; i < 50; ++i) deep = box("moov", deep);
  EXPECT_FALSE(clean_film(box("ftyp", "isom") + deep));
  std::string lying = film();
  lying.replace(lying.find("udta") - 4, 4, "\x7F\xFF\xFF\xFF");
  EXPECT_FALSE(clean_film(lying));
  lying = film();
  lying.replace(lying.find("udta") - 4, 4, big(1, 4));
  EXPECT_FALSE(clean_film(lying));
}

// Whatever comes, nothing is read or written beyond its bytes (the asan preset looks), and no clean file grows wild.
TEST(hostile_bytes, cost_nothing) {
  std::minstd_rand dice(7);
  for (const std::string& whole : {jpeg(), png(), webp(), film()}) {
    for (int i = 0; i < 3000; ++i) {
      std::string broken = whole;
      for (auto changes = 1 + dice() % 4; changes > 0; --changes)
        broken[dice() % broken.size()] = static_cast<char>(dice());
      if (dice() % 4 == 0) broken.resize(dice() % broken.size());
      for (const auto clean : {clean_jpeg, clean_png, clean_webp, clean_film})
        EXPECT_LE(clean(broken).value_or("").size(), broken.size() + 128);
    }
  }
}

// --- what a file is ------------------------------------------------------------------------------------------------

using kind = bot::said::media::kind;

TEST(judgement, goes_by_the_bytes) {
  EXPECT_EQ(judge(jpeg(), kind::photo).type, "image/jpeg");
  EXPECT_EQ(judge(png(), kind::document).what, kind::photo) << "sent as a file, it is shown as the picture that it is";
  EXPECT_EQ(judge(webp(), kind::photo).ending, "webp");
  EXPECT_EQ(judge(film(), kind::video).type, "video/mp4");
  EXPECT_EQ(judge(film("3gp4"), kind::video).type, "video/3gpp");
  EXPECT_EQ(judge(film(), kind::voice).type, "audio/mp4");
  EXPECT_EQ(judge(voice(), kind::voice).what, kind::voice);
  EXPECT_EQ(judge(voice(), kind::document).what, kind::audio);
  EXPECT_EQ(judge("ID3\x03\0\0\0\0\0\x02xx\xFF\xFBsound"sv, kind::audio).type, "audio/mpeg");
}

TEST(judgement, keeps_but_does_not_show_what_it_cannot_take_apart) {
  for (const std::string& bytes :
       {box("ftyp", "heic0000"), std::string("GIF89a.."), std::string("%PDF-1.7 by Wulandari")}) {
    const auto j = judge(bytes, kind::document);
    EXPECT_EQ(j.refused, "");
    EXPECT_FALSE(j.shown) << j.type;
    EXPECT_FALSE(cleaned(bytes, j.type));
  }
}

TEST(judgement, refuses_lies_and_strangers) {
  EXPECT_EQ(judge("", kind::photo).refused, "empty");
  EXPECT_EQ(judge("MZ\x90\0 a program"sv, kind::document).refused, "unknown_type");
  EXPECT_EQ(judge("<html><script>", kind::photo).refused, "unknown_type");
  EXPECT_EQ(judge("PK\x03\x04 an archive", kind::document).refused, "unknown_type");
  EXPECT_EQ(judge("%PDF-1.7", kind::photo).refused, "wrong_type");
  EXPECT_EQ(judge(film(), kind::photo).refused, "wrong_type");
  EXPECT_EQ(judge(jpeg(), kind::voice).refused, "wrong_type");
  EXPECT_EQ(judge(voice(), kind::video).refused, "wrong_type");
  EXPECT_EQ(judge(jpeg().substr(0, 60), kind::photo).refused, "damaged");
  EXPECT_EQ(judge(png(60000, 60000), kind::photo).refused, "damaged");
}

TEST(judgement, takes_the_tags_off_a_song) {
  EXPECT_EQ(cleaned("ID3\x03\0\0\0\0\0\x02xx\xFF\xFBsound"sv, "audio/mpeg"), "\xFF\xFBsound");
  EXPECT_EQ(cleaned("ID3\x03\0\0\x7F\x7F\x7F\x7Fx"sv, "audio/mpeg"), "");
}

}  // namespace
}  // namespace media_test
