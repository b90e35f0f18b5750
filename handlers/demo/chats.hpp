// What the people of the demo see on their phones. Lives on the IO thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/moment.hpp"
#include "handlers/rendered.hpp"

namespace handlers::demo {

struct message {
  std::string id;    // the platform's
  std::string from;  // id of the person, empty: the service
  bot::instant at{};
  std::vector<run> text;
  std::vector<std::vector<button>> rows;  // of buttons, as the platform would draw them
  std::string opener;                     // WhatsApp: the rows are a list behind this label
  bool approved = false;                  // WhatsApp: a template
  std::string location_label;             // asks for the location with this button
  struct pin {
    double latitude = 0, longitude = 0;
  };
  std::optional<pin> place;
  std::string file;       // id on the shelf
  std::string file_type;  // "image/jpeg"
  std::string file_name;  // of a document
  bool edited = false;
  std::string state;  // of one's own: "sending", "sent", "delivered", "read", "failed"
  std::uint64_t changed = 0;
};

class chats {
 public:
  message& add(std::string_view person, message what);
  message* find(std::string_view person, std::string_view id);
  void touch(message& m) { m.changed = ++version_; }

  // Grows with everything that a phone would show differently.
  std::uint64_t version() const { return version_; }
  const std::map<std::string, std::deque<message>, std::less<>>& all() const { return chats_; }

 private:
  std::map<std::string, std::deque<message>, std::less<>> chats_;
  std::uint64_t version_ = 0;
};

// Files that people and the service have sent, in memory; the oldest go when it gets too much.
class shelf {
 public:
  struct file {
    std::string type;
    std::string bytes;
    std::string name = {};  // as the service named it
  };
  static constexpr std::size_t most_bytes = 32 * 1024 * 1024;

  std::string put(file what);  // its id
  const file* find(std::string_view id) const;

 private:
  std::map<std::uint64_t, file> files_;
  std::uint64_t last_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace handlers::demo
