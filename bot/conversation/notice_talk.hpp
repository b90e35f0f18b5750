// What an organiser tells of an event: from any first message to a filed notice, and what he changes, completes or
// cancels afterwards. Works on a turn that is being built. Nothing here can refuse a notice: what is missing is asked,
// what is late is filed and said to be late.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/form.hpp"
#include "bot/conversation/own_cases.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/plan.hpp"

namespace bot {

class notice_talk {
 public:
  // All references outlive the talk. `t.next` is the conversation, changed in place.
  notice_talk(turn& t, const inbound& in, const facts& f, const world& w);

  bool open() const;        // a notice is being told, or one that is filed is being changed
  bool laid_aside() const;  // one waits until something urgent is over
  bool has_filed() const;   // one that is filed, over or not

  // Words that go on with an open notice; small talk and questions do not.
  bool takes(const perception&) const;
  bool is_burial(const perception&) const;  // a death that is no danger
  // "kami mau aksi": a demonstration that the writer himself holds, not one that he sees.
  bool is_own(const perception&) const;
  // "mau tutup jalan buat tenda nikahan": nobody reports himself.
  bool is_himself(const perception&) const;
  // A question or a change of what is filed, in free words; false: it is something else.
  bool hears_of_filed(const perception&, std::string_view text);
  void begin();                                         // "acara": takes up what was laid aside, else starts
  void hear(const perception&, std::string_view text);  // words: a first message, answers, a correction
  void locate(const said::pin&);
  bool tap(std::string_view data);        // false: the button is not one of a notice
  bool chose(std::string_view said);      // words for a button that stands open; false: they are none
  bool picks() const;                     // a question about what is filed stands open
  void change();                          // "ubah"
  void back();                            // "kembali"
  void drop();                            // "batal"
  void confirm();                         // "kirim"
  void lay_aside();                       // something urgent goes first
  bool is_owed(const perception&) const;  // words of no new event, while an officer waits for what is missing
  bool complete(std::string_view text);   // words for a notice that an officer asked to complete; false: none is
  bool has_paper() const;                 // "surat" means a paper of a notice
  void give_paper();                      // "surat"
  void say_status();                      // a line for each, and the draft with a code for another chat
  void leave();                           // "nanti": the draft waits
  void take_up(const claim&);             // a draft of another chat
  bool by_number(std::string_view text);  // "ubah PK7Q-2M9X"; false: it is nothing like that
  void forget();                          // "hapus": nothing leads back to this chat any more

 private:
  std::string slot(std::string_view name) const;
  void set(std::string_view name, std::string value);
  void start_form();
  const question* find(std::string_view slot) const;
  const form* track_form() const;
  std::vector<const question*> all_questions() const;
  notices::plan plan_of(const answer_map&) const;
  notices::plan plan_now() const;
  // "bukan demo pak, kerja bakti": the words from which on they say what it is instead, and the kind is another now;
  // nothing: they correct no kind.
  std::optional<std::size_t> correct_kind(const perception&, std::string_view text);
  // `text`: in plain times (language/written_times.hpp); `typed`: as it came.
  void fill(const perception&, std::string_view text, std::string_view typed, bool fresh);
  void fill_place(const perception&, bool correcting);
  void fill_venue(const perception&, std::string_view text);  // the words that were perceived
  void answer_place(std::string_view words);
  void doubt(std::string_view slot, std::string_view first, std::string_view second);
  std::string doubt_words(std::string_view slot, const std::string& value) const;
  bool ask_doubt();
  bool choose_of_doubt(std::string_view slot, std::string_view value);
  void doubt_answers(const perception& about, const notices::event&, bool end_told);
  bool names_another_day(const perception&) const;
  void doubt_together(std::span<const language::word>);
  bool doubts_start(const perception&);
  bool doubts_end(std::string_view words);
  bool corrects_start(const perception&, std::string_view text);
  std::pair<std::size_t, std::size_t> end_in(std::string_view words) const;
  void hear_repeats(std::string_view about, std::string_view text, bool replaces);
  bool bound_repeats(std::string_view words);  // until when, or how often; false: they do not say it
  void settle_repeats();
  void repeat_as_long_as_allowed();
  bool repeats_without_end() const;
  std::string date_lines(const notices::plan&) const;
  static bool names_day_of_month(std::span<const language::word>, notices::local_day);
  std::string hour_of_day(const std::string& day, std::string_view words) const;
  void answer_one(const question&, std::string_view words);
  bool answer_choice(const perception&, std::string_view text);
  void set_start(std::string value, bool correcting);
  void keep_end_after_start();
  void read_told_again(const notices::plan&);
  void keep_person(std::string words);
  void go_on();
  std::vector<const question*> missing(const notices::plan&) const;
  void ask(const notices::plan&, const std::vector<const question*>&);
  void ask_which_place(const notices::plan&);
  void offer(const std::vector<choice>&);
  void say_offering(std::string_view key, std::vector<argument> args, std::vector<choice> choices);
  void ask_to_pick(std::string_view key, std::vector<argument> args, std::vector<choice> choices);
  std::string offered(std::string_view said) const;  // the data of the button that is meant; empty: none
  const question* part_named(std::string_view said) const;
  bool names_change(std::string_view said);
  void change_part(const question&);
  bool comfort(const perception&);  // a funeral: no form
  void read_back(const notices::plan&);
  bool asks_hour(const question&) const;  // the day is known already
  argument why(const notices::plan&) const;
  void file(const notices::plan&);
  notices::notice made_from(const answer_map&, const notices::plan&) const;
  void tell_filed(notices::notice&);
  void refile(const notices::notice& was, const notices::plan&);
  void say_changed(const std::vector<const notices::notice*>&, const notices::plan&, const notices::notice* second);
  bool end(const notices::notice& was);  // cancelled; false: that is not possible any more
  void say_ended(const std::vector<const notices::notice*>&);
  void cancel(const std::vector<const notices::notice*>&);

  // A mixed event is told in one talk and filed as two notices (bot/notices/parts.hpp).
  struct told_part {
    answer_map answers;
    notices::plan plan;
  };
  std::vector<told_part> parts_told(const notices::notice* first = nullptr,
                                    const notices::notice* second = nullptr) const;
  const notices::notice* part_beside(const notices::notice&) const;
  const notices::notice& first_part(const notices::notice&) const;
  std::vector<const notices::notice*> with_parts(const notices::notice&) const;
  std::vector<const notices::notice*> events() const;  // of `alive`, of two parts the first alone
  std::string second_part_words(const told_part&, const notices::notice* filed_as) const;
  std::optional<notices::notice> renewed(const notices::notice& was, const told_part&) const;
  void tell_renewed(const notices::notice& was, notices::notice&);
  notices::notice fresh_part(const told_part&);
  std::string person_told() const;  // empty: not known in this turn
  static std::string numbers_of(const std::vector<const notices::notice*>&);
  void edit(const notices::notice&);
  void begin_edit(const notices::notice&);
  bool is_unchanged(const notices::notice& was, const notices::notice& now) const;
  void ask_cancel(const notices::notice&);
  bool is_series(const notices::notice&) const;         // with dates to come
  instant next_start(const notices::notice&) const;     // of those of its dates that are to come
  notices::notice ahead(const notices::notice&) const;  // without its dates that are over
  bool tells_date_off(const perception&);
  void ask_which_date(const notices::notice&, std::string_view key, const std::string& day = {});
  void tell_date_off(const notices::notice& was, std::string_view date);
  const phrase_set& filed_phrases(const char* name) const;  // event-words.toml, section "filed"
  void say_standing(const notices::notice&);
  void say_papers(const notices::notice&);
  void hand_over(const notices::notice&);
  std::optional<std::chrono::minutes> shift_in(const perception&) const;
  bool change_filed(const perception&, std::string_view text);
  void remember_miss(std::string_view text);
  void call_operators(const notices::plan&, const question&);
  void ask_which(std::string_view action, const std::string& key);
  argument news_of(const notices::notice&, std::string_view key) const;
  std::vector<const notices::notice*> alive() const;  // filed from this chat and not over, the newest first
  void send_first_papers(const notices::notice&);
  void give_paper(const notices::notice&);
  const notices::notice* filed(std::string_view number = {}) const;  // empty: the newest that is not over
  void close();
  std::vector<argument> told(const notices::plan&, const notices::notice* second = nullptr) const;
  std::string receipt_by(const notices::notice&) const;
  bool receipt_at_once(notices::notice&) const;
  void say_draft(const answer_map&, instant until);
  void say_nothing_open();                 // of the newest that is over, if there is one
  std::string clock_words(instant) const;  // with day and hour, never "now"
  std::string when_day(const std::string& answer) const;
  void say_with(std::string_view key, std::vector<argument> args = {}, std::vector<choice> choices = {});
  std::string_view text(std::string_view key) const;
  std::string when_words(instant) const;

  turn& turn_;
  conversation& talk_;
  const inbound& in_;
  const facts& facts_;
  const world& world_;
};

}  // namespace bot
