#include "bot/cases/media.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "bot/cases/steps.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot::cases {
namespace {

using kind = said::media::kind;

constexpr std::array kinds = {kind::photo, kind::video, kind::voice, kind::audio, kind::document};

std::string word(std::string_view key, const world& w) {
  return std::string(w.book.texts.text("id", fmt::format("media.{}", key)));
}

std::string counted(const std::vector<attached>& all, const world& w) {
  std::string text;
  for (const kind k : kinds) {
    const auto n = std::count_if(all.begin(), all.end(), [k](const attached& a) { return a.what == k; });
    if (n > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, word(name_of(k), w));
  }
  return text;
}

}  // namespace

std::string_view name_of(kind what) {
  switch (what) {
    case kind::photo: return "photo";
    case kind::video: return "video";
    case kind::voice: return "voice";
    case kind::audio: return "audio";
    case kind::document:
    case kind::sticker: break;
  }
  return "document";
}

std::vector<attached> attached_to(const answer_map& answers) {
  std::vector<attached> all;
  const auto slot = answers.find("media");
  std::string_view rest = slot == answers.end() ? std::string_view() : slot->second;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const auto colon = one.find(':');
    attached a;
    const auto is =
        std::find_if(kinds.begin(), kinds.end(), [&](kind k) { return name_of(k) == one.substr(0, colon); });
    if (colon == one.npos || is == kinds.end()) continue;
    a.what = *is;
    const auto read = std::from_chars(one.data() + colon + 1, one.data() + one.size(), a.id);
    if (read.ec == std::errc() && read.ptr == one.data() + one.size() && a.id > 0) all.push_back(a);
  }
  return all;
}

bool attach(answer_map& answers, const attached& a) {
  if (attached_to(answers).size() >= most_media) return false;
  std::string& slot = answers["media"];
  slot += fmt::format("{}{}:{}", slot.empty() ? "" : " ", name_of(a.what), a.id);
  return true;
}

std::int64_t detach_newest(answer_map& answers) {
  const auto all = attached_to(answers);
  if (all.empty()) return 0;
  answers.erase("media");
  for (std::size_t i = 0; i + 1 < all.size(); ++i) attach(answers, all[i]);
  return all.back().id;
}

std::string counted(const answer_map& answers, const world& w) { return counted(attached_to(answers), w); }

bool only_identity_card(std::string_view text, const world& w) {
  return says_only(language::split(text), w.book.identity_cards);
}

std::string show_media(turn& t, const report& r, const facts& f, const world& w, bool& waiting) {
  waiting = false;
  const auto all = attached_to(r.answers);
  if (all.empty()) return {};
  // Who acts without a face of their own (a group's anonymous administrator) would be answered in the group.
  const bool in_private = !f.group || f.actor != f.contact;
  std::size_t not_yet = 0, lost = 0, unshown = 0;
  for (const auto& a : all) {
    const auto at =
        std::find_if(f.media.begin(), f.media.end(), [&](const media_fact& m) { return m.file.id == a.id; });
    if (at == f.media.end() || at->what == media_fact::state::lost) {
      ++lost;
    } else if (at->what == media_fact::state::wanted) {
      ++not_yet;
    } else if (at->what == media_fact::state::unshown || !in_private) {
      ++unshown;
    } else {
      say s;
      s.key = "media.caption";
      s.args = {{"number", r.number}, {"what", fmt::format("media.{}", name_of(at->file.what)), true}};
      s.show = a.id;
      t.notes.push_back({f.actor, std::move(s), ""});
    }
  }
  waiting = not_yet > 0;
  std::string line = fmt::format("{} {}", word("attached", w), counted(all, w));
  for (const auto& [n, key] : {std::pair{not_yet, "waiting"}, {lost, "lost"}, {unshown, "unshown"}})
    if (n > 0) line += fmt::format("; {} {}", n, word(key, w));
  return line;
}

void media_lost(turn& t, const report& r, std::int64_t media, const facts& f, const world& w) {
  const auto at = std::find_if(f.media.begin(), f.media.end(), [&](const media_fact& m) { return m.file.id == media; });
  if (at == f.media.end() || at->what != media_fact::state::lost) return;
  t.events.push_back({r.id, "media_lost", 0, fmt::format("{}: {}", name_of(at->file.what), at->reason), w.now});
  const bool open = r.state != state::closed && r.state != state::withdrawn;
  if (!open || !may_be_told(r)) return;
  say s;
  s.key = "media.send_again";
  s.args = {{"number", r.number}, {"what", fmt::format("media.{}", name_of(at->file.what)), true}};
  t.notes.push_back({r.reporter, std::move(s), fmt::format("{}:media_lost", r.number)});
}

}  // namespace bot::cases
