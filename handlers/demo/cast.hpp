// The people of the demo. All of them are made up; their numbers belong to nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/geography/units.hpp"
#include "bot/inbound.hpp"

namespace handlers::demo {

enum class part : std::uint8_t { resident, officer, group };

struct person {
  std::string id;  // how the page calls them: "wati"
  std::string name;
  part plays = part::resident;
  bot::channel via = bot::channel::telegram;
  std::string address;  // Telegram: the chat's number; WhatsApp: the phone number
  std::string unit;     // code, empty for residents
};

class cast {
 public:
  // The officers begin at Polsek Gadingrejo, or at the first Polsek where there is no such unit.
  explicit cast(const bot::geography::unit_register&);

  const std::vector<person>& people() const { return people_; }
  const person* find(std::string_view id) const;  // null: nobody
  const person* at(bot::channel via, std::string_view address) const;
  // Who speaks and taps when somebody does so in the chat of `p`: in a group, the officer of its unit.
  const person& speaker(const person& p) const;

  // Moves the officer and the group to a Polsek, and the other officer to the Polres above it. False: no such Polsek.
  bool move_to(std::string_view polsek);

 private:
  const bot::geography::unit_register& units_;
  std::vector<person> people_;
};

}  // namespace handlers::demo
