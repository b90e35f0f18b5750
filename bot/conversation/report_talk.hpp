// The report of a resident: from any first message (words, a pin, a photo, a button) to a filed case, and what is added
// to it afterwards. Works on a turn that is being built.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/form.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {

inline constexpr int most_misses = 3;  // on one question

class report_talk {
 public:
  // All references outlive the talk. `t.next` is the conversation, changed in place.
  report_talk(turn& t, const inbound& in, const facts& f, const world& w);

  bool open() const;  // a report is being told

  void begin();  // "lapor", with nothing told yet
  // Words that name a place here and are not understood otherwise: what happens there is asked, and nothing is filed
  // before that is told.
  void begin_there(const perception&, std::string_view text);
  void begin_hurried();                                      // "tolong cepat", with nothing told yet
  bool hurry();                                              // the same beside the open question; false: none is
  void hear(const perception&, std::string_view text);       // words: a first message, an answer, a correction
  void file_late(const perception&, std::string_view text);  // words that come after an outage: filed as they are
  void locate(const said::pin&);
  void receive(const said::media&, const perception* caption);
  bool picture_last() const;        // what was sent last, of this draft or the newest open case, is a picture
  void take_back_picture();         // it is not kept
  bool tap(std::string_view data);  // false: the button is not one of this form
  // Words for the question under the number; false: none was put, or they do not answer it.
  bool answer_extra(const perception&, std::string_view text);
  // A button of the open question that is typed (bot/conversation/typed_choice.hpp); false: it is none of them.
  bool type_button(std::span<const language::word>);
  // The words are, or may be, for the officer who has asked about a case while this draft is told; false: they are not.
  bool answers_officer(const perception&, std::string_view text);
  const cases::report* asked_about() const;  // that case; null: none
  void ask_again();  // the open question, after something else was answered; nothing when none is open
  void change();     // "ubah"
  void back();       // "kembali"
  // From the poster of a ward; `ask` what happened there, or leave that to what follows.
  void begin_at(const std::string& ward, bool ask_next);
  void confirm();                                         // "kirim"
  void danger();                                          // the button or the bare word
  bool share_contact(const said::contact_card&);          // false: no number was asked for
  void listen(const perception&, std::string_view text);  // words said to an operator: kept, not answered
  void resume();                                          // the bot speaks again
  void drop();                                            // "batal"
  void timer(std::string_view kind);                      // the draft has waited long enough
  void speak_of(const cases::report*);                    // which of the open cases is meant; null: the newest
  // The case that was filed last while this draft waits, until words go on with the draft; null: none.
  const cases::report* told_beside() const;
  bool add_to_case(const perception&, std::string_view text);  // words for a case that is filed; false: there is none
  // Puts right what a filed case says, its place after asking; false: nothing is put right, or there is none.
  bool correct_case(const perception&, std::string_view text);
  // What the reporter thinks of the case that was closed; false: none was, or the words are no verdict.
  bool judge(const perception&, std::string_view text);
  // "musiknya nyala lagi": of a case that was closed not long ago; false: it tells of something else.
  bool happens_again(const perception&, std::string_view text);
  // "minta pin": a new one for the case that is meant, or which of several; false: the chat has none.
  bool want_pin(const perception&, std::string_view text);
  // Help is called for, and nothing else said: for the newest open case, however old. False: there is none.
  bool calm_down(std::string_view text);  // "sudah bubar pak": kept for officers; false: there is no open case
  bool plead(const perception&, std::string_view text);
  bool add_media(const said::media&);  // the same for a picture or a voice, with its caption
  bool add_pin(const said::pin&);      // the same for a place

 private:
  const form& questions() const;
  std::string slot(std::string_view name) const;
  void set(std::string_view name, std::string value);
  std::string kind() const;  // what it is routed as (bot/cases/sealed.hpp)
  void start_form();
  void fill(const perception&, bool correcting);
  void raise_level(std::string_view level, std::string_view reason);
  bool is_high() const { return slot("level") == "high"; }
  void take_places(const geography::routing_decision&);
  // Where the pin lies that was sent; none: none was.
  std::optional<geography::routing_decision> pinned_as(std::string_view kind, std::string_view level) const;
  geography::routing_decision placement_now() const;
  geography::routing_decision placement_as(std::string_view kind, std::string_view level) const;
  void go_on();  // asks the next question, reads back, or files what cannot wait
  void ask(const question&, std::string_view key = {});
  void ask_which_place();
  void ask_what_pin_is();
  bool missed_often(std::string_view slot);  // a person was called: the form has gone on
  void remember_miss(std::string_view text);
  bool take_callback(std::string_view text);
  void keep_callback(std::string words);
  void mind_callback();
  void call_operators();
  void choose_category(const std::string&);
  std::optional<perception> put_right(const perception&, std::string_view text) const;  // what is right instead
  bool tells_of_another(const perception&) const;  // than the report that waits to be sent
  void hear_another(const perception&, std::string_view text);
  void receive_another(const said::media&, const perception* caption);  // with what may be another event
  void take_up(const std::string& waiting);
  void leave_filed();  // the case of this draft is complete: a report that waited beside it is taken up again
  // The words of one event where a message tells of two; the other waits. Nothing: it tells of one.
  std::optional<std::string> first_of_two(const perception&, std::string_view text);
  bool tries_place(const perception&) const;  // words such as "di", "jalan", "depan"
  void hear_second(const std::string& text);  // the other of them, once the first is sent
  std::vector<choice> offered() const;        // the buttons under the open question
  std::string named_by_kind(const cases::report&) const;
  bool keep_extra(const question&, const std::string& value, std::string_view text);  // false: there is no case
  void ask_instead(const perception&, std::string_view text);                         // "bukan di bukir": where then
  bool doubts(const perception&) const;  // that what was read back is right, without saying what is
  void settle_second(bool another);      // what waited is sent first, or replaced
  void settle_whose(bool officer);       // what was held goes to the officer's case, or is heard of the draft
  std::vector<choice> whose_choices() const;
  bool fits_question(const perception&, std::string_view text) const;  // it answers the open one
  void settle_pin(std::string_view is);     // "here": where it happens; "mine": where the reporter stands
  bool settle_move(std::string_view data);  // the place of a case that was to be put right; false: it is over
  void stand_apart();                       // the pin is where the reporter stands, and the event elsewhere
  std::vector<const cases::report*> to_withdraw() const;  // open cases that were not withdrawn and may be spoken of
  void withdraw(const cases::report&);
  void move_case(const cases::report&, const std::string& code);
  std::string named(const cases::report&) const;  // the number; of several open ones with what it is about
  void read_back();
  void file(bool confirmed, std::string key);
  void keep_held(cases::report&) const;
  std::string text_for(const cases::report&, std::string_view key, bool somebody, bool needs_place,
                       bool has_question) const;
  std::string advice_for(std::span<const language::word>) const;  // the key of what is said beside 110
  bool pick_place(const perception&);
  void choose_place(const std::string& code);  // empty: none of those offered
  std::vector<choice> place_choices() const;
  choice place_choice(std::string data, const std::string& code) const;
  bool shows_places() const;       // as a list to choose from
  bool places_are_narrow() const;  // none of those left is a whole city or regency, which would settle nothing
  void raise(cases::report&, std::string_view reason);  // to the highest level
  bool raise_case(std::string_view reason);             // the newest open case becomes urgent; false: there is none
  bool worsen(cases::report&, const language::understanding&);  // true: it is more urgent now
  void thank(cases::report&, std::string_view kind, const std::string& reminded);
  void enrich(cases::report&, std::string_view kind, std::string_view detail);
  bool take_place(cases::report&);  // what is known of its place goes into the case; true: it moves to another unit
  std::string told_unit(const cases::report&) const;  // name of the unit that has it in truth
  const cases::report* case_of(std::string_view number) const;
  // What this draft became, else the one that is spoken of, else the newest that is not closed; or null.
  const cases::report* open_case() const;
  void keep_added(cases::report&, std::string_view text) const;
  std::string place_words() const;
  std::string when_words() const;
  std::vector<argument> summary(const geography::routing_decision&) const;
  std::string name_of_wordless(said::media::kind) const;
  bool attach(answer_map&, std::int64_t report, const said::media&);  // false: the report has enough of them
  void drop_media();                                                  // of the draft
  void say_with(std::string_view key, std::vector<argument> args, std::vector<choice> choices = {},
                priority p = priority::answer);

  turn& turn_;
  conversation& talk_;
  const inbound& in_;
  const facts& facts_;
  const world& world_;
  bool replaces_ = false;  // what is heard now takes the place of what waited
  std::string files_;      // sent with the words of another event: they go into the report that these begin
  std::string about_;      // number of the case that is spoken of
};

}  // namespace bot
