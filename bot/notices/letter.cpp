#include "bot/notices/letter.hpp"

#include "bot/notices/desk.hpp"
#include "bot/written_moment.hpp"

namespace bot::notices {

bool awaits_letter(const notice& n, const world& w) {
  const auto practice = practice_of(n, w);
  return awaits_receipt(n.filed) && !practice.electronic_accepted.value_or(false) && !n.answers.contains("letter_in");
}

void take_letter(turn& t, const notice& was, const facts& f, const world& w) {
  if (!awaits_letter(was, w)) {
    t.notes.push_back({f.actor, {.key = "notice_desk.too_late", .args = {{"number", was.number}}}, ""});
    return;
  }
  notice n = touched(was, w);
  n.answers["letter_in"] = written_day(w.now, w.book.utc_offset);
  n.answers["handed"] = n.answers["letter_in"];
  t.notice_events.push_back({n.id, "letter_received", f.actor, "", w.now});
  tell_organiser(t, n, "notice.letter_in", {}, {}, w);
  const bool told = n.organiser != 0;
  t.notes.push_back(
      {f.actor,
       {.key = "notice_desk.letter_in", .args = {{"number", n.number}, {"told", told ? "notice_desk.told" : "", told}}},
       ""});
  t.notices.push_back(std::move(n));
}

}  // namespace bot::notices
