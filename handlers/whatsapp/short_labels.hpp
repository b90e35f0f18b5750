// Labels that fit a row of WhatsApp's lists and still tell the places apart.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handlers::whatsapp {

// The labels, those over `points` characters shortened: common words first ("Kabupaten" -> "Kab."), then the kind of
// place in front, then the end. No two that were different become equal. `points` is at least ten.
std::vector<std::string> short_labels(const std::vector<std::string>& labels, std::size_t points);

}  // namespace handlers::whatsapp
