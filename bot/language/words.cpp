#include "bot/language/words.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

#include "bot/language/text_table.hpp"

namespace bot::language {
namespace {

enum class shape : std::uint8_t { letter, digit, sign, space, apostrophe, unseen };

constexpr shape ascii_shape(unsigned char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return shape::letter;
  if (c >= '0' && c <= '9') return shape::digit;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return shape::space;
  if (c == '\'' || c == '`') return shape::apostrophe;
  if (c < 0x20 || c == 0x7f) return shape::unseen;
  return shape::sign;
}

constexpr std::array<shape, 128> ascii_shapes = [] {
  std::array<shape, 128> table{};
  for (unsigned i = 0; i < 128; ++i) table[i] = ascii_shape(static_cast<unsigned char>(i));
  return table;
}();

// Letters of other scripts and struck-through letters that look like an ASCII letter but have no decomposition to it.
char twin_of(char32_t c) {
  switch (c) {
    case U'ı':
    case U'і':
    case U'ι': return 'i';
    case U'ł': return 'l';
    case U'ø':
    case U'о':
    case U'ο': return 'o';
    case U'đ': return 'd';
    case U'ħ': return 'h';
    case U'а':
    case U'α': return 'a';
    case U'е': return 'e';
    case U'р':
    case U'ρ': return 'p';
    case U'с': return 'c';
    case U'у': return 'y';
    case U'х': return 'x';
    case U'ѕ': return 's';
    case U'ј': return 'j';
    default: return 0;
  }
}

bool apostrophe_like(char32_t c) {
  switch (c) {
    case U'’':
    case U'‘':
    case U'ʼ':
    case U'ʻ':
    case U'ʹ':
    case U'ʾ':
    case U'ʿ':
    case U'´':
    case U'′':
    case U'‛': return true;
    default: return false;
  }
}

struct piece {
  shape what = shape::sign;
  std::string folded;
};

// Compatibility folding (which drops default-ignorable code points), then decomposition without combining marks.
piece fold(char32_t c) {
  if (apostrophe_like(c)) return {shape::apostrophe, "'"};
  const auto code = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(code)) return {shape::space, {}};
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return {};
  const icu::UnicodeString plain = decompose->normalize(casefold->normalize(icu::UnicodeString(code), status), status);
  if (U_FAILURE(status)) return {};

  piece out{shape::unseen, {}};
  for (std::int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
    const UChar32 part = plain.char32At(i);
    if (u_getCombiningClass(part) != 0 || u_iscntrl(part)) continue;
    if (out.what == shape::unseen) {
      const bool mark = (U_GET_GC_MASK(part) & U_GC_M_MASK) != 0;
      out.what = u_isalpha(part) || mark ? shape::letter : u_isdigit(part) ? shape::digit : shape::sign;
    }
    if (const char twin = twin_of(static_cast<char32_t>(part)); twin != 0) {
      out.folded.push_back(twin);
    } else if (const int value = u_charDigitValue(part); value >= 0) {
      out.folded.push_back(static_cast<char>('0' + value));
    } else {
      icu::UnicodeString(part).toUTF8String(out.folded);
    }
  }
  return out;
}

class cutter {
 public:
  explicit cutter(std::string_view text) : text_(text) { words_.reserve(text.size() / 5 + 4); }

  std::vector<word> run() {
    while (at_ < text_.size()) step();
    for (word& each : words_) each.hash = word_hash(each.folded);
    return std::move(words_);
  }

 private:
  void step() {
    const std::uint32_t begin = at_;
    const auto byte = static_cast<unsigned char>(text_[begin]);
    if (byte < 128) {
      const shape what = ascii_shapes[byte];
      if (what == shape::letter) return plain_letters();
      ++at_;
      take(what, text_.substr(begin, 1), begin);
      return;
    }
    const piece seen = fold(next_code_point());
    take(seen.what, seen.folded, begin);
  }

  // Nearly all of a message: the letters of ASCII up to the next sign.
  void plain_letters() {
    const std::uint32_t begin = at_;
    while (at_ < text_.size() && ascii_letter(text_[at_])) ++at_;
    letter(text_.substr(begin, at_ - begin), begin);
    std::string& folded = words_.back().folded;
    for (std::size_t i = folded.size() - (at_ - begin); i < folded.size(); ++i)
      folded[i] = static_cast<char>(folded[i] | ('a' - 'A'));
  }

  static bool ascii_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 128 && ascii_shapes[byte] == shape::letter;
  }

  // The input is valid UTF-8; anything else ends early but stays within the text.
  char32_t next_code_point() {
    const auto lead = static_cast<unsigned char>(text_[at_++]);
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    char32_t code = lead & (0x3fU >> more);
    for (int i = 0; i < more && at_ < text_.size(); ++i) {
      code = code << 6U | (static_cast<unsigned char>(text_[at_++]) & 0x3fU);
    }
    return code;
  }

  void take(shape what, std::string_view folded, std::uint32_t begin) {
    switch (what) {
      case shape::space:
        open_ = open::none;
        spaced_ = true;
        return;
      case shape::unseen:
        if (open_ != open::none) words_.back().end = at_;
        return;
      case shape::letter: letter(folded, begin); return;
      case shape::digit:
        if (open_ == open::none) start(word::kind::number, begin);
        open_ = open_ == open::letters ? open::tail : open_ == open::none ? open::digits : open_;
        grow(folded);
        return;
      case shape::apostrophe: apostrophe(begin); return;
      case shape::sign:
        start(word::kind::sign, begin);
        grow(folded);
        open_ = open::none;
        return;
    }
  }

  void letter(std::string_view folded, std::uint32_t begin) {
    if (open_ != open::letters) start(word::kind::letters, begin);
    open_ = open::letters;
    grow(folded);
  }

  // Part of a word after a letter, unless it closes a quotation that an apostrophe before a word opened.
  void apostrophe(std::uint32_t begin) {
    const bool before_letter = at_ < text_.size() && joins(text_[at_]);
    const bool closes = quoted_ && !before_letter;
    if (open_ == open::letters && !closes) {
      grow("'");
      return;
    }
    quoted_ = !closes && before_letter;
    start(word::kind::sign, begin);
    grow("'");
    open_ = open::none;
  }

  static bool joins(char c) { return static_cast<unsigned char>(c) >= 128 || ascii_letter(c); }

  void start(word::kind what, std::uint32_t begin) {
    word& fresh = words_.emplace_back();
    fresh.what = what;
    fresh.begin = begin;
    fresh.spaced = spaced_ || begin == 0;
    spaced_ = false;
  }

  void grow(std::string_view folded) {
    words_.back().folded.append(folded);
    words_.back().end = at_;
  }

  enum class open : std::uint8_t { none, letters, tail, digits };  // tail: the digits at the end of a letter word

  std::string_view text_;
  std::vector<word> words_;
  std::uint32_t at_ = 0;
  open open_ = open::none;
  bool spaced_ = true;
  bool quoted_ = false;
};

}  // namespace

std::uint32_t word_hash(std::string_view folded) { return static_cast<std::uint32_t>(text_table::hash_of(folded)); }

std::vector<word> split(std::string_view text) { return cutter(text).run(); }

}  // namespace bot::language
