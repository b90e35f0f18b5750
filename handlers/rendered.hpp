// A message that is ready to be said, and the calls that say it. The channels' encoders turn one into the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/outgoing.hpp"

namespace handlers {

// Text is a row of runs, and only a run's flag makes it bold: what a run holds is always shown letter by letter, on
// every channel. So words of people can never become markup, whatever they contain.
struct run {
  std::string text;  // valid UTF-8
  bool bold = false;
  bool operator==(const run&) const = default;
};

// Splits a text of the catalogue at its "*bold*" marks. To be called before values are put in: they go into the runs.
// A star that has no partner in its line is a plain star.
std::vector<run> runs_of(std::string_view catalogue_text);

// Pieces of at most `most_utf16` (two or more) UTF-16 units, cut at the last empty line, else line end, else space that
// fits, else between two characters; white space at the cuts is dropped, and so are pieces of nothing else.
std::vector<std::vector<run>> split(const std::vector<run>& text, std::size_t most_utf16);

struct button {
  std::string data;   // comes back when it is pressed: 1 to 64 bytes
  std::string label;  // plain text
};

// A file that we have or make ourselves: at most one of the two.
struct own_file {
  std::int64_t media = 0;  // id of a file of a report
  bot::paper_order paper;
  bool given() const { return media != 0 || !paper.number.empty(); }
};

// A file: one that the platform already has, or one of ours, uploaded when it is sent.
struct attachment {
  enum class kind : std::uint8_t { photo, video, voice, audio, document, sticker } what = kind::photo;
  std::string file_id;  // Telegram's file_id, WhatsApp's media id
  std::string name;     // shown for documents, may be empty
  own_file ours;        // goes alone, with the message's text as its caption
};

// WhatsApp: what may still be said when a person has not written for 24 hours. Approved by Meta beforehand.
struct template_message {
  std::string name;
  std::string language = "id";
  std::vector<std::string> parameters;  // of the body, in order
  std::vector<button> replies;          // in order; what they show was approved with the text and is not sent
  bool essential = false;               // goes even when the month's budget is used up
};

struct rendered {
  std::vector<run> text;
  std::vector<button> buttons;
  bool ask_location = false;
  std::string list_button;              // WhatsApp: what opens a list ("Pilih"), at most 20 characters
  bool is_list = false;                 // WhatsApp: a list even where buttons would fit
  std::string edit_message_id;          // Telegram: replaces this message of ours; elsewhere a new one is sent
  std::string callback_query_id;        // Telegram: the tap to be answered first; alone when `text` is empty
  bool leaves = false;                  // Telegram: the group is left afterwards
  bool alert = false;                   // Telegram: the text is shown with the answer to the tap, never sent
  std::string location_label;           // Telegram: the label of the location button, with ask_location
  std::string contact_label;            // Telegram: a button that shares the reader's own number; empty: none
  std::string chat_link;                // Telegram: with alert, where the client goes after it
  std::string context_message_id;       // WhatsApp: shown as an answer to this message, may be empty
  std::vector<attachment> attachments;  // sent before the text
  template_message when_window_closed;  // WhatsApp; without a name nothing is sent then
};

// How the platform charges a call that it has taken.
enum class price : std::uint8_t {
  free,
  service,  // free text: so many a month are free
  paid,     // a template: each costs
};

// One HTTP call: Telegram's method name, or "messages" on WhatsApp, and its JSON body.
struct call {
  std::string method;
  std::string body;
  price costs = price::free;
  own_file file;  // one of ours to be uploaded: its kind decides the method and completes the body
};

}  // namespace handlers
