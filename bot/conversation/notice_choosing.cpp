// Buttons answered by typing: their number, their label, a word of it, "ya" and "tidak".
#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"

namespace bot {
namespace {

constexpr std::string_view pick_form = "notice_pick";
constexpr auto pick_life = std::chrono::hours(1);  // a "ya" of tomorrow answers something else

struct offered_choice {
  std::string data, label;
};

// "nya", "kan" and "lah" change no meaning here: "batal" is a word of "Ya, batalkan".
std::string_view bare(std::string_view word) {
  for (const std::string_view ending : {"nya", "kan", "lah"})
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) word.remove_suffix(ending.size());
  return word;
}

std::vector<std::string> bare_words(std::string_view text, const phrase_set& beside) {
  std::vector<std::string> all;
  const auto words = language::split(text);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i].what != language::word::kind::sign && phrase_at(words, i, beside) == 0)
      all.emplace_back(bare(words[i].folded));
  return all;
}

bool is_yes(std::string_view data) {
  return data == "e:send" || data == "e:voluntary" || data.starts_with("e:cancel:") || data.starts_with("e:both:") ||
         data.starts_with("e:only:") || (data.starts_with("c:") && data.ends_with(":yes"));
}

bool is_no(std::string_view data) {
  return data == "e:change" || data == "e:leave" || data.starts_with("e:keep:") ||
         (data.starts_with("c:") && data.ends_with(":no"));
}

}  // namespace

// What stands under the last question, as "data label" a line.
void notice_talk::offer(const std::vector<choice>& choices) {
  std::string all;
  for (const auto& one : choices)
    all += one.data + " " + (one.label.starts_with('=') ? one.label.substr(1) : std::string(text(one.label))) + "\n";
  set("offered", std::move(all));
}

void notice_talk::say_offering(std::string_view key, std::vector<argument> args, std::vector<choice> choices) {
  offer(choices);
  say_with(key, std::move(args), std::move(choices));
}

// A question outside of a form.
void notice_talk::ask_to_pick(std::string_view key, std::vector<argument> args, std::vector<choice> choices) {
  talk_.form = pick_form;
  talk_.answers.clear();
  talk_.asked.clear();
  talk_.expires_at = world_.now + pick_life;
  say_offering(key, std::move(args), std::move(choices));
}

bool notice_talk::picks() const { return talk_.form == pick_form; }

std::string notice_talk::offered(std::string_view said) const {
  std::vector<offered_choice> all;
  const std::string lines = slot("offered");
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::size_t blank = lines.find(' ', at);
    if (blank < end) all.push_back({lines.substr(at, blank - at), lines.substr(blank + 1, end - blank - 1)});
    at = end + 1;
  }
  if (all.empty()) return {};
  const auto& book = world_.book;
  const auto& beside = book.notices.words.beside;
  const std::string whole = folded(said);
  for (const auto& one : all)
    if (folded(one.label) == whole) return one.data;

  const auto words = bare_words(said, beside);
  const bool number =
      words.size() == 1 && words.front().size() <= 2 &&
      std::all_of(words.front().begin(), words.front().end(), [](char c) { return c >= '0' && c <= '9'; });
  // A number beside a numbered list answers the list.
  if (number && !slot("listed").empty()) return {};
  const auto nth = [&] {
    const auto n = static_cast<std::size_t>(std::stoul(words.front()));
    return n >= 1 && n <= all.size() ? all[n - 1].data : std::string();
  };
  // Among dates a number is a day before it is a place in the list.
  const bool dates = all.front().data.starts_with("e:off:");
  if (number && !dates) return nth();

  const auto meaning = [&](const std::string& one) {
    const auto known = book.words.find(one);
    return known == book.words.end() ? std::string_view() : std::string_view(known->second);
  };
  const auto first = [&](bool (*fits)(std::string_view)) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return fits(one.data); });
    return at == all.end() ? std::string() : at->data;
  };
  const std::string without = [&] {
    std::string joined_words;
    for (const auto& one : words) joined_words += (joined_words.empty() ? "" : " ") + one;
    return joined_words;
  }();
  if (words.empty() && meaning(whole) != "yes") {
    const auto split = language::split(said);  // "iya pak"
    if (!split.empty() && meaning(split.front().folded) == "yes") return first(is_yes);
    return {};
  }
  for (const std::string& one : {whole, without}) {
    if (agrees(meaning(one))) return first(is_yes);
    if (meaning(one) == "no") return first(is_no);
  }
  if (has_phrase(language::split(said), book.notices.words.wrong) && words.size() <= 3) return first(is_no);

  // Words of one label alone; all of its words are better than some.
  const offered_choice* found = nullptr;
  bool several = false, whole_label = false;
  for (const auto& one : all) {
    const auto label = bare_words(one.label, beside);
    const bool fits = !words.empty() && std::all_of(words.begin(), words.end(), [&](const auto& word) {
      return std::find(label.begin(), label.end(), word) != label.end();
    });
    if (!fits || whole_label) continue;
    whole_label = label.size() == words.size();
    several = found != nullptr && !whole_label;
    found = &one;
  }
  if (found != nullptr && !several) return found->data;
  if (number) return nth();
  // "gak jadi" for "Tidak jadi".
  if (!meaning(whole).empty())
    for (const auto& one : all)
      if (meaning(folded(one.label)) == meaning(whole)) return one.data;
  return {};
}

// "ubah tempat", and after "ubah" the word alone: which part of the event.
const question* notice_talk::part_named(std::string_view said) const {
  const auto words = bare_words(said, world_.book.notices.words.beside);
  if (words.empty()) return nullptr;
  for (const auto& [name, phrases] : world_.book.notices.words.slots)
    for (const auto& phrase : phrases)
      if (bare_words(phrase, {}) == words)
        if (const question* q = find(name); q != nullptr) return q;
  return nullptr;
}

bool notice_talk::chose(std::string_view said) {
  const bool pick = picks();
  if (!open() && !pick) return names_change(said);
  if (const std::string data = offered(said); !data.empty()) {
    if (pick) close();
    return tap(data);
  }
  if (pick) {
    // Something else is said: what was asked is over.
    const auto word = world_.book.words.find(folded(said));
    const bool dropped = word != world_.book.words.end() && word->second == "cancel";
    close();
    if (dropped) say_with("notice.nothing_changed");
    return dropped;
  }
  if (talk_.asked != "confirm" && talk_.asked != "change" && slot("changing").empty()) return false;
  const auto words = language::split(said);
  const auto change_word = words.empty() ? world_.book.words.end() : world_.book.words.find(words.front().folded);
  const bool says_change = change_word != world_.book.words.end() && change_word->second == "change";
  if (says_change && words.size() == 1) return false;
  const question* part = part_named(said);
  if (part == nullptr) return false;
  // Under the read-back a word alone may mean anything; what stands on the buttons means itself.
  const bool label = folded(text("event_change_button." + part->slot)) == folded(said);
  if (talk_.asked == "confirm" && !says_change && !label && words.size() < 2) return false;
  return change_part(*part), true;
}

// "ubah jam mulai" of what is filed.
bool notice_talk::names_change(std::string_view said) {
  const auto filed_ones = events();
  if (filed_ones.size() != 1 || talk_.form == "report") return false;
  const auto words = language::split(said);
  if (words.size() < 2 || words.size() > 5) return false;
  const auto first = world_.book.words.find(words.front().folded);
  if (first == world_.book.words.end() || first->second != "change") return false;
  const auto named = bare_words(said, world_.book.notices.words.beside);
  const auto& slots = world_.book.notices.words.slots;
  const bool part = std::any_of(slots.begin(), slots.end(), [&](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(),
                       [&](const auto& phrase) { return bare_words(phrase, {}) == named; });
  });
  if (!part) return false;
  begin_edit(*filed_ones.front());
  const question* q = part_named(said);
  return q == nullptr ? change() : change_part(*q), true;
}

// The old answer stays until there is a new one.
void notice_talk::change_part(const question& q) {
  set("changing", q.slot);
  talk_.asked = q.slot;
  talk_.prompts = 0;
  go_on();
}

}  // namespace bot
