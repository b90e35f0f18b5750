// A form: an ordered list of questions, read from config/forms/<id>.toml. What is asked is data; the kinds are code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/phrases.hpp"

namespace bot {

enum class question_kind : std::uint8_t { choice, text, place, moment, count, media, contact, checklist, confirm };

// When a question is put.
enum class stage : std::uint8_t {
  before,  // until it is answered, before anything is filed
  after,   // once, as buttons on the message that gives the number: nobody waits for the answer
  told,    // never: filled when the person says it, shown and changed at the read-back
};

struct question {
  std::string slot;
  question_kind kind = question_kind::text;
  stage when = stage::before;
  std::vector<std::string> choices;  // ids; the labels are texts: "<labels>.<id>"
  std::string labels;                // prefix of the label keys, for choice and checklist
  std::string ask;                   // key of the question's text; "<ask>.<category>" is preferred where it exists
  // All must hold: the slot has one of these answers ("level" means the level found so far).
  std::map<std::string, std::vector<std::string>> ask_if;
  // Folded phrases by which an answer is found in a message that gives several: it begins with one of `from`, or stands
  // behind one of `after` ("pj: Sari").
  phrase_set from, after;
  bool required = true;
  std::size_t most = 1500;  // characters of a text, files of media
};

struct form {
  std::string id;
  int version = 1;
  std::vector<question> questions;

  const question* find(std::string_view slot) const;
  // The first question of that stage that applies and has no answer, or null.
  const question* next(stage, const answer_map&) const;
};

bool applies(const question&, const answer_map&);

// "choice", "place", … and back; unknown words give no kind.
const std::map<std::string, question_kind, std::less<>>& question_kinds();
const std::map<std::string, stage, std::less<>>& stages();

}  // namespace bot
