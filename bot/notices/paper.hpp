// The papers of a notice as values: what stands on them, before anyone draws it. Always in Indonesian: they go to an
// office. And what the page behind their QR code says. The person in charge stands on the organiser's own papers alone.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"
#include "bot/notices/paper_words.hpp"
#include "bot/outgoing.hpp"

namespace bot::notices {

// --- content --------------------------------------------------------------------------------------------------------
// All texts are plain: whoever draws them shows every character as it is. They are valid UTF-8 without control and
// direction characters, whatever people wrote.
namespace block {

struct heading {
  std::string text;
};
struct paragraph {
  std::string text;
  enum class style : std::uint8_t { plain, strong, small } how = style::plain;
};
struct row {
  std::string title, text;
  int blank_lines = 0;  // to be written on by hand, where `text` is empty
};
struct table {
  std::vector<row> rows;
  bool numbered = false;
};
struct list {
  std::vector<std::string> items;
};
struct address {  // of a letter: date on the right, lines on the left
  std::string date;
  std::vector<std::string> lines;
};
struct signature {
  std::string over, under;         // "Penanggung jawab", "(nama jelas)"
  std::vector<std::string> lines;  // "Nama:" … each with room to write
};
struct signatures {
  std::vector<signature> side_by_side;  // one or two
};
struct seal {  // who issued it, beside the QR code
  std::vector<std::string> lines;
  std::string url;   // empty: no code
  std::string hint;  // "Pindai …"
};

}  // namespace block

using paper_block = std::variant<block::heading, block::paragraph, block::table, block::list, block::address,
                                 block::signatures, block::seal>;

struct paper {
  paper_kind kind = paper_kind::data;
  std::string file_name;          // "tanda-terima-data-PK7Q-2M9X.pdf"
  std::vector<std::string> head;  // who it comes from, the widest first; a letter has none
  std::string title, subtitle;
  std::string remark;   // what it is and what not, above everything else; a letter has none
  bool issued = false;  // by an officer: the remark is drawn in another colour
  std::vector<paper_block> blocks;
  std::string footer;  // of every page, with {page} and {pages}
};

std::string file_name_of(const paper_order&);

// Why the paper cannot be sent any more, a word for staff: "notice_gone", "organiser_gone", "replaced" by a newer
// version, "not_issued". Empty: it can. `n` null: no such notice.
std::string_view why_not(const paper_order&, const notice* n);

struct paper_facts {
  std::string person;      // in charge, as told; empty: not told
  std::string public_url;  // of the service, without slash at its end; empty: no QR code
};
paper make_paper(const notice&, paper_kind, const paper_facts&, instant now, const handbook&);

// --- the page behind the QR code ------------------------------------------------------------------------------------
enum class standing : std::uint8_t {
  unknown,  // no paper was issued so
  valid,
  changed,    // by the organiser: a newer version counts
  cancelled,  // by the organiser
  withdrawn,  // refused or revoked afterwards: permits alone
  over        // the event is
};
struct page {
  notices::standing standing = standing::unknown;
  std::string number, kind, unit, day;  // of the paper; kind, unit and day in words. Empty when unknown
};
// `version`: of the paper that was scanned.
page page_of(const notice&, int version, const handbook&);

std::string page_path(std::string_view code, int version);  // "/n/<code>-2"
struct page_name {
  std::string code;
  int version = 0;
};
page_name read_page_name(std::string_view name);  // what stands behind "/n/"; an empty code: it is none of ours

// --- sending --------------------------------------------------------------------------------------------------------
// The paper as a message for the organiser.
say paper_message(const notice&, paper_kind, const world&);
// Keeps what an officer just issued, as the notice's state and number say.
void remember_issue(notice&, std::string conditions, std::string_view role, instant now);
bool is_issued(const notice&, int version);            // something was, for that version
bool is_issued(const notice&);                         // for the one that counts now
void send_issued(turn&, const notice&, const world&);  // to the organiser
// What is sent at once when a version is told: the receipt of data, and the letter where the unit wants paper.
std::vector<paper_kind> papers_at_filing(const notice&, const world&);

}  // namespace bot::notices
