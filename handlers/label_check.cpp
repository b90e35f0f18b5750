#include "handlers/label_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "handlers/telegram/api.hpp"
#include "handlers/whatsapp/api.hpp"

namespace handlers {
namespace {

// Sections of the catalogue whose labels stand in lists (more than three at once); the other sections are buttons.
constexpr std::array row_sections = {"change_button", "event_change_button", "language_button", "outcome_button"};

bool is_label_section(std::string_view section) { return section == "button" || section.ends_with("_button"); }

}  // namespace

std::vector<std::string> check_labels(const bot::handbook& book, const config::text_places& places) {
  std::set<std::string> buttons, rows;
  for (const auto& key : book.texts.keys()) {
    const std::string section = key.substr(0, key.find('.'));
    if (!is_label_section(section)) continue;
    (std::find(row_sections.begin(), row_sections.end(), section) == row_sections.end() ? buttons : rows).insert(key);
  }
  for (const auto& [id, form] : book.forms)
    for (const auto& q : form.questions)
      for (const auto& choice : q.choices) {
        const std::string key = q.labels + "." + choice;
        buttons.erase(key);
        (q.choices.size() <= 3 ? buttons : rows).insert(key);
      }
  std::vector<std::string> faults;
  for (const auto& language : book.texts.languages()) {
    const auto look = [&](const std::set<std::string>& keys, whatsapp::label where) {
      for (const auto& key : keys) {
        const std::string place = places.of(language, key);
        if (place.empty()) continue;  // said in Indonesian, where it is told
        const auto text = book.texts.text(language, key);
        if (!whatsapp::label_fits(text, where) || !telegram::label_fits(text))
          faults.push_back(fmt::format(
              "{}: {} is too long for a {}: \"{}\"", place, key,
              where == whatsapp::label::row ? "row of a list (24 characters)" : "button (20 characters)", text));
      }
    };
    look(buttons, whatsapp::label::button);
    look(rows, whatsapp::label::row);
  }
  return faults;
}

}  // namespace handlers
