// A mixed event, "demo + konser": what is only told (UU 9/1998, political activity) and what needs a permit are two
// notices, filed with the same words, each with a number, a life, an addressee and papers of its own. Each names the
// other (answer "beside"); what becomes of one never touches the other, so that a permit that is refused refuses no
// notice.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

// The answers of each part, the notice first; one, as they are, where nothing has to be kept apart or a track is open.
// What was said of an opinion is no matter of the permit.
std::vector<answer_map> parted_event(const answer_map&, const world&);

void drop_opinion(answer_map&);  // what was said of it

void join_parts(notice& first, notice& second);
void forget_other_part(notice&);
std::string other_part(const notice&);  // its number; empty: there is none
bool is_second_part(const notice&);     // the one for the permit, beside another

// "PK7Q-2M9X (Hiburan, pertunjukan)"; empty: it is no part.
std::string other_part_words(const notice&, std::string_view language, const world&);

// What is looked at beside a notice: without its other part, and of two parts the first alone.
std::vector<notice> one_of_each(std::span<const notice>, const notice* without = nullptr);

}  // namespace bot::notices
