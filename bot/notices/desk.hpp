// A notice among officers: who has a card of it, what each may do by button and word, and the clock of the receipt.
// What can be done stands in the table of the track (life.hpp); no button exists that is not in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"
#include "bot/notices/rules.hpp"

namespace bot::notices {

// --- who is told ------------------------------------------------------------------------------------------------
// Cards to the people of the unit (or of the nearest above that has any) and to those who watch; the clock of the
// receipt. `beside`: what was read around it, for a hint at what clashes. Returns the unit whose people were told;
// empty: nobody is there.
std::string announce(turn&, notice&, const std::vector<notice>& beside, const world&);
// Cards to those who watch it since a change and have none.
void announce_to_new_watchers(turn&, notice&, const world&);
// When the receipt is reminded of for the `step`th time (from 1), if it is still owed then.
instant receipt_due(const notice&, std::int64_t step, const world&);
void arm_receipt(turn&, const notice&, std::int64_t step, const world&);
void arm_finish(turn&, const notice&, const world&);  // and the list of its week
// Cards that were given show the new state; with a `key` the unit is written to beside that.
void announce_change(turn&, const notice&, std::string_view key, const world&, const std::vector<notice>& beside = {});
// The organiser hears what an officer did.
void tell_organiser(turn&, const notice&, std::string key, std::vector<argument> more, std::vector<choice>,
                    const world&);

// --- what officers do -------------------------------------------------------------------------------------------
bool officer_tap(turn&, const said::tap&, const facts&, const world&);      // "n:<action>:<number>[:<value>]"
void list_open(turn&, const facts&, const world&);                          // those of facts::listed_notices
bool officer_words(turn&, const std::string&, const facts&, const world&);  // what a button asked for
bool timer(turn&, const said::timer&, const facts&, const world&);          // kinds "notice_…"; false: another

// --- said to both sides -----------------------------------------------------------------------------------------
unit_chain chain_of(const notice&, const world&);
unit_practice practice_of(const notice&, const world&);  // of its station, today
// Numbered as an officer picks from it: what may be asked for, and nothing else.
std::vector<std::string> legal_items(const notice&, const world&);
// The same without what goes with the letter for a road, which has an addressee of its own.
std::vector<std::string> items_without_road(const notice&, const world&);
// Kind, what, where, when, how many, of a notice as officers read it.
std::vector<argument> card_arguments(const notice&, const world&);
std::string what_words(const answer_map&, std::string_view language, const world&);  // all that it is for
std::string span_words(const answer_map&, std::string_view language, const world&);  // "Selasa 24 Nov 09.00-12.00"
std::string recurrence_words(const answer_map&, std::string_view language, const world&);  // "tiap Sabtu, 4 kali, …"
std::string crowd_words(const answer_map&);                                                // "±120"; empty: not told
// The wards, with the spot as it was said where none of them is known.
std::string place_words(const std::vector<std::string>& wards, const answer_map&, std::string_view language,
                        const world&);

std::string state_key(const filed&);          // of the text that says it to an organiser or officer
notice touched(const notice&, const world&);  // a copy that counts as changed now
std::string card_subject_of(const notice&);

}  // namespace bot::notices
