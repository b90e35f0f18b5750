// A paper as PDF: A4, typeset by pango, drawn by cairo. Needs nothing but the fonts of the machine. Any thread; a
// thread keeps the fonts that it has loaded.
#pragma once

#include <string>

#include "bot/notices/paper.hpp"

namespace handlers::paper {

// The bytes of the PDF. Texts are shown letter by letter, nothing in them is markup. Throws std::runtime_error when it
// cannot be drawn.
std::string draw_pdf(const bot::notices::paper&);

}  // namespace handlers::paper
