// Conversations as people read them. A transcript is input and expectation in one text: the runner plays the lines that
// people type and writes down everything that comes of it; the file must say the same.
//
//   clock     2026-11-21T20:06+07:00
//   resident  wati   whatsapp
//   officer   budi   telegram  POLSEK-GADINGREJO
//   group     gdr    telegram  POLSEK-GADINGREJO
//
//   wati> words                       wati: taps [Kirim]          wati: taps "c:place:other"
//   wati: sends pin -7.64,112.90      wati: sends photo           wati: sends voice        +3m, +2h
//   budi in gdr: taps [Terima]        wati (7h late)> words        wati> L1 PIN1              words {x4096}
//     wati< what she is sent          gdr~ a card that changes    case L1 … what a case became, notice P1 … the same
#pragma once

#include <string>

#include "bot/conversation/world.hpp"

namespace transcripts {

// L1, L2 and PIN1 stand for numbers and PINs in the order in which they were drawn. "budi in gdr" is a person in a
// group,
// "(7h late)" a message that waited so long on its way, "{x4096}" repeats the words before it up to so many bytes.

// Plays the inputs of `text` and returns the whole transcript as it went. Throws std::runtime_error for a line that is
// no input and cannot be one, with its number.
std::string play(const std::string& text, const bot::handbook& book);

}  // namespace transcripts
