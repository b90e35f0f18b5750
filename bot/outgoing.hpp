// What we say, as values: a key of the message catalogue and its arguments, never finished text. The outbox keeps them
// so; texts, buttons and the limits of a channel come into being when the message is sent.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bot {

// A named value for a text. A `key` value is itself looked up in the catalogue, in the reader's language.
struct argument {
  std::string name;
  std::string value;
  bool key = false;
  bool secret = false;  // who somebody is: sealed wherever it is kept, open only where it is sent
  bool operator==(const argument&) const = default;
};

struct choice {
  std::string data;   // what the button sends back, at most 64 bytes
  std::string label;  // a key of the catalogue, or the label itself when it starts with '='
  bool operator==(const choice&) const = default;
};

// Papers of a notice of an event.
enum class paper_kind : std::uint8_t {
  data,     // that its data came in; not yet the receipt
  receipt,  // what an officer issued: the receipt (STTP), or the decision on an application
  letter,   // to be printed, signed and handed over where the unit wants paper
  road      // the same for the use of a road, to whoever the class of the road names
};

// A paper that goes with a message. It is drawn when it is sent, anew with every attempt, and kept nowhere.
struct paper_order {
  std::string number;  // of the notice; empty: no paper
  int version = 0;     // of the notice, when it was ordered: a paper of an older version is not sent any more
  paper_kind kind = paper_kind::data;
  bool operator==(const paper_order&) const = default;
};

// How urgent a message is to its reader; the queue of a destination is served in order of arrival, other destinations
// in order of urgency.
enum class priority : std::uint8_t { danger = 0, high = 1, answer = 2, other = 3 };

struct say {
  std::string key;
  std::vector<argument> args;
  std::vector<choice> choices;
  bool ask_location = false;  // offers the platform's own location button
  bool ask_contact = false;   // offers the platform's own button for the reader's number, where it has one
  std::string card;           // this message shows the card of that subject ("case:LK7Q-2M9X"), for later edits
  std::string edit_of;        // the card whose last message is replaced; empty: a new message
  std::int64_t show = 0;      // id of a file of a report: it is sent, with the text as its caption
  paper_order paper;          // drawn and sent, with the text as its caption
  std::string answers_query;  // Telegram callback to answer; with an empty `key` nothing else is sent
  bool alert = false;         // with `answers_query`: shown to the one who tapped, and never as a message
  priority urgency = priority::answer;
  bool leaves = false;  // the group is left after it
  bool once = false;    // holds a code that is told once: never repeated when nobody knows whether it went out
  bool operator==(const say&) const = default;
};

}  // namespace bot
