#include "handlers/untrusted_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "bot/inbound.hpp"
#include "handlers/utf8.hpp"

namespace handlers {
namespace {

using nlohmann::json;

bool too_deep(std::string_view bytes) {
  const auto opens = [](char c) { return c == '[' || c == '{'; };
  // Cheap for every honest body: with so few brackets it cannot be deep.
  if (static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), opens)) <= deepest_json) return false;
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (opens(c)) {
      if (++depth > deepest_json) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// The code unit of an escape `\uXXXX` at the start of `text`, -1 when there is none.
int escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int unit = 0;
  for (const char c : text.substr(2, 4)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

bool in_number(char c) { return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E'; }

// A copy that a strict parser takes, if the rest of it is JSON.
std::string mended(std::string_view bytes) {
  const std::string whole = repair_utf8(bytes);
  std::string_view rest = whole;
  std::string out;
  out.reserve(whole.size() + 16);
  bool quoted = false;
  while (!rest.empty()) {
    std::size_t taken = 1;
    if (quoted) {
      const int unit = escaped_unit(rest);
      if (is_high(unit) && is_low(escaped_unit(rest.substr(6)))) {
        taken = 12;
        out += rest.substr(0, taken);
      } else if (is_high(unit) || is_low(unit)) {
        taken = 6;
        out += replacement_character;
      } else if (rest[0] == '\0') {
        out += replacement_character;
      } else {
        if (rest[0] == '\\' && rest.size() > 1) taken = 2;
        if (rest[0] == '"') quoted = false;
        out += rest.substr(0, taken);
      }
    } else if (rest[0] == '-' || (rest[0] >= '0' && rest[0] <= '9')) {
      taken = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), in_number) - rest.begin());
      const std::string_view number = rest.substr(0, taken);
      double parsed = 0;
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), parsed);
      const bool beyond = error == std::errc::result_out_of_range && end == number.data() + number.size();
      out += beyond ? std::string_view("null") : number;
    } else {
      quoted = rest[0] == '"';
      out += rest[0];
    }
    rest.remove_prefix(taken);
  }
  return out;
}

const json nothing;

}  // namespace

json_fault read_json(std::string_view bytes, json& value) {
  if (too_deep(bytes)) return json_fault::too_deep;
  value = json::parse(bytes, nullptr, false);
  if (value.is_discarded()) value = json::parse(mended(bytes), nullptr, false);
  return value.is_discarded() ? json_fault::not_json : json_fault::none;
}

const json& field(const json& from, const char* name) {
  if (!from.is_object()) return nothing;
  const auto found = from.find(name);
  return found == from.end() ? nothing : *found;
}

std::string text_of(const json& value, std::size_t most_bytes) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) return {};
  if (text->find('\0') == std::string::npos) return std::string(first_bytes(*text, most_bytes));
  std::string out;
  for (const char c : *text) {
    if (c == '\0') {
      out += replacement_character;
    } else {
      out += c;
    }
  }
  return std::string(first_bytes(out, most_bytes));
}

std::string id_of(const json& value) {
  if (const auto number = integer_of(value)) return std::to_string(*number);
  const auto* text = value.get_ptr<const std::string*>();
  const bool usable = text != nullptr && text->size() <= bot::limits::id_bytes && text->find('\0') == std::string::npos;
  return usable ? *text : std::string();
}

std::optional<std::int64_t> integer_of(const json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return value.get<std::int64_t>();
}

std::optional<double> number_of(const json& value) {
  return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

bool is_true(const json& value) { return value.is_boolean() && value.get<bool>(); }

}  // namespace handlers
