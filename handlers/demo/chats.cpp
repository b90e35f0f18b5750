#include "handlers/demo/chats.hpp"

#include <algorithm>
#include <charconv>

namespace handlers::demo {
namespace {

constexpr std::size_t most_messages = 400;  // of one chat
constexpr std::string_view shelf_mark = "demo-file-";

}  // namespace

message& chats::add(std::string_view person, message what) {
  what.changed = ++version_;
  auto& chat = chats_[std::string(person)];
  if (chat.size() == most_messages) chat.pop_front();
  return chat.emplace_back(std::move(what));
}

message* chats::find(std::string_view person, std::string_view id) {
  const auto chat = chats_.find(person);
  if (chat == chats_.end()) return nullptr;
  const auto at = std::find_if(chat->second.begin(), chat->second.end(), [&](const message& m) { return m.id == id; });
  return at == chat->second.end() ? nullptr : &*at;
}

std::string shelf::put(file what) {
  bytes_ += what.bytes.size();
  files_.emplace(++last_, std::move(what));
  while (bytes_ > most_bytes && files_.size() > 1) {
    bytes_ -= files_.begin()->second.bytes.size();
    files_.erase(files_.begin());
  }
  return std::string(shelf_mark) + std::to_string(last_);
}

const shelf::file* shelf::find(std::string_view id) const {
  if (!id.starts_with(shelf_mark)) return nullptr;
  id.remove_prefix(shelf_mark.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size()) return nullptr;
  const auto at = files_.find(number);
  return at == files_.end() ? nullptr : &at->second;
}

}  // namespace handlers::demo
