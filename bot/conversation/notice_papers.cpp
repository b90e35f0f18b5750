// The papers that an organiser gets: at once what was recorded, the letter where the unit wants paper, and on asking.
#include "bot/conversation/notice_talk.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/road_use.hpp"

namespace bot {

bool notice_talk::has_paper() const { return open() || has_filed(); }

void notice_talk::send_first_papers(const notices::notice& n) {
  for (const auto kind : notices::papers_at_filing(n, world_))
    turn_.replies.push_back(notices::paper_message(n, kind, world_));
}

void notice_talk::give_paper() {
  const notices::notice* n = filed();
  if (n == nullptr) return say_with("notice_paper.after_filing");
  for (const auto* one : with_parts(*n)) give_paper(*one);
}

// What an officer has issued is what is shown; before that, the letter that is handed over.
void notice_talk::give_paper(const notices::notice& n) {
  turn_.replies.push_back(
      notices::paper_message(n, notices::is_issued(n) ? paper_kind::receipt : paper_kind::letter, world_));
  if (notices::road_use_of(n, world_)) turn_.replies.push_back(notices::paper_message(n, paper_kind::road, world_));
}

}  // namespace bot
