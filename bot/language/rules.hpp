// The rules of the language files, applied to a reading.
#pragma once

#include <vector>

#include "bot/language/reading.hpp"

namespace bot::language {

bool holds(const rule&, const reading&);

// The sum of the weights of all rules that hold, for each target of the set.
std::vector<int> scores(const rule_set&, const reading&);

// The first rule that holds, in order; null: none.
const rule* first_holding(const rule_set&, const reading&);

// Sets the classes "@<kind>_<target>" of the targets that reached a positive score.
void note_targets(const rule_set&, const std::vector<int>& scores, reading&);

}  // namespace bot::language
