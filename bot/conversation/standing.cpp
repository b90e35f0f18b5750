#include "bot/conversation/standing.hpp"

#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"

namespace bot {

std::vector<argument> standing_of(const cases::report& r, const world& w) {
  const std::string place = cases::name_of_area(r.ward, w);
  std::string state = "status." + std::string(cases::name_of(r.state));
  std::string unit = cases::name_of_unit(r.unit, w);
  if (r.state == cases::state::filed) {  // who has the card, not who should have it
    const auto told = cases::recipients_of(cases::destination_of(r), w);
    if (told.empty())
      state = "status.filed_nobody";
    else
      unit = cases::names_of_units(told, w);
  }
  std::vector<argument> args = {{"number", r.number},
                                {"category", cases::text_key_of_kind(r), true},
                                {"state", std::move(state), true},
                                {"unit", unit}};
  if (const auto outcome = r.answers.find("outcome"); r.state == cases::state::closed && outcome != r.answers.end())
    args.push_back({"outcome", "outcome." + outcome->second, true});
  args.push_back(place.empty() ? argument{"place", "word.place_unknown", true} : argument{"place", place});
  return args;
}

}  // namespace bot
