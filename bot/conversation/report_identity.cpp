// Who may be called: told for that alone, kept sealed and apart, never among the answers.
#include <algorithm>

#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

constexpr std::size_t name_characters = 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "Siti, 0812-3456-7890": the number as dialled, and what stands around it. Empty: there is no number.
std::string callable(std::string_view text) {
  std::string digits, name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = is_digit(text[i]) || (text[i] == '+' && i + 1 < text.size() && is_digit(text[i + 1]));
    if (!starts || !digits.empty()) {
      name += text[i] == '\n' ? ' ' : text[i];
      continue;
    }
    std::string run;
    std::size_t at = i;
    for (; at < text.size() &&
           (is_digit(text[at]) || text[at] == '+' || text[at] == '-' || text[at] == ' ' || text[at] == '.');
         ++at)
      if (is_digit(text[at]) || text[at] == '+') run += text[at];
    const auto count = static_cast<std::size_t>(std::count_if(run.begin(), run.end(), is_digit));
    if (count >= 8 && count <= 15) digits = run;
    i = at - 1;
    name += ' ';
  }
  if (digits.empty()) return {};
  const auto first = name.find_first_not_of(" ,.;:-");
  const auto last = name.find_last_not_of(" ,.;:-");
  name = first == std::string::npos ? std::string() : name.substr(first, last - first + 1);
  name.resize(utf8_cut(name, name_characters));
  return name.empty() ? digits : name + ", " + digits;
}

}  // namespace

void report_talk::keep_callback(std::string words) {
  set("phone", "given");
  turn_.callbacks.push_back({facts_.contact, std::move(words)});
}

// Named: on WhatsApp the number that writes is the one to call. Otherwise what was told is taken back.
void report_talk::mind_callback() {
  if (slot("identity") == "named") {
    const bool own =
        in_.via == channel::whatsapp && !in_.chat.empty() && std::all_of(in_.chat.begin(), in_.chat.end(), is_digit);
    if (own && slot("phone").empty()) keep_callback("+" + in_.chat);
    return;
  }
  if (slot("phone").empty()) return;
  set("phone", "");
  turn_.callbacks.push_back({facts_.contact, ""});
}

bool report_talk::take_callback(std::string_view text) {
  std::string who = callable(text);
  if (who.empty()) return false;
  keep_callback(std::move(who));
  talk_.asked.clear();
  talk_.prompts = 0;
  go_on();
  return true;
}

bool report_talk::share_contact(const said::contact_card& card) {
  if (!open() || talk_.asked != "phone") return false;
  if (!card.own || !take_callback(card.phone)) say_with("report.contact_of_another", {});
  return true;
}

}  // namespace bot
