// rules/documents.toml: what an organiser writes or brings.
#include <algorithm>
#include <array>

#include "bot/language/words.hpp"
#include "config/event_rules.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace notices = bot::notices;
using notices::track;

// What the law itself names is a closed list, in its words: no file can ask a notice for more, under any name.
struct named_by_law {
  std::string_view id;
  std::string_view says;
};
constexpr std::array of_expression = {
    named_by_law{"purpose", "Maksud dan tujuan"},
    named_by_law{"place", "Tempat, lokasi, dan rute"},
    named_by_law{"time", "Waktu dan lama"},
    named_by_law{"form", "Bentuk kegiatan"},
    named_by_law{"leader", "Penanggung jawab"},
    named_by_law{"organisation", "Nama dan alamat organisasi, kelompok, atau perorangan"},
    named_by_law{"props", "Alat peraga yang dipakai"},
    named_by_law{"participants", "Jumlah peserta"},
};
constexpr std::array of_political = {
    named_by_law{"form", "Bentuk kegiatan"},
    named_by_law{"purpose", "Maksud dan tujuan"},
    named_by_law{"place_and_time", "Tempat dan waktu"},
    named_by_law{"participants", "Jumlah peserta"},
    named_by_law{"speakers", "Pembicara atau juru kampanye"},
    named_by_law{"leader", "Penanggung jawab"},
};

// P-24: an identity card is shown at a desk, its picture never sent.
bool asks_for_picture_of_identity(std::string_view text) {
  static constexpr std::array cards = {"ktp", "ektp", "kk", "sim", "paspor", "identitas"};
  static constexpr std::array sent = {"foto",   "chat",     "kirim", "kirimkan", "unggah",
                                      "upload", "whatsapp", "wa",    "telegram"};
  const auto words = bot::language::split(text);
  const auto holds = [&](const auto& list) {
    return std::any_of(words.begin(), words.end(), [&](const auto& each) {
      return std::find(list.begin(), list.end(), each.folded) != list.end();
    });
  };
  return holds(cards) && holds(sent);
}

class document_reader {
 public:
  document_reader(rule_entry root, const unit_known& known, notices::event_rules& out)
      : root_(std::move(root)), known_(known), out_(out) {}

  void run() {
    entries_ = root_.tables("checklist");
    if (entries_.empty()) root_.fault("there is no checklist");
    for (rule_entry& e : entries_) {
      checklist(e);
      e.finish();
    }
    root_.finish();
    check_same_day();
    const auto today = day_of_loading();
    for (const track where : {track::expression, track::political, track::permit}) {
      rule_entry* nearest = entries_.empty() ? &root_ : &entries_.back();
      bool listed = false;
      for (std::size_t i = 0; i < entries_.size(); ++i) {
        const notices::checklist& list = out_.checklists[i];
        if (list.track != where) continue;
        nearest = &entries_[i];
        listed = listed || (!list.tier && list.unit.empty() && list.note.from <= today);
      }
      if (!listed)
        nearest->fault(fmt::format("no list in force for every tier and unit of the track {}", name_of(where)));
    }
  }

 private:
  void checklist(rule_entry& e) {
    notices::checklist out;
    out.note = e.note();
    if (!out.note.id.empty() && !ids_.insert(out.note.id).second)
      e.fault("id", fmt::format("the id {} stands twice", out.note.id));
    out.track = e.word<track>("track", notices::track_named);
    out.extra = e.word<notices::extra>("extra", notices::extra_named);
    if (e.has("track") == e.has("extra")) e.fault("a list is of a track or of an extra");
    out.tier = e.word<notices::tier>("tier", notices::tier_named);
    if (out.tier && out.track != track::permit) e.fault("tier", "only the track permit has tiers");
    out.unit = e.text_if("unit").value_or("");
    if (!out.unit.empty() && !known_(out.unit)) e.fault("unit", fmt::format("there is no unit {}", out.unit));
    out.items = items(e, out.track);
    out_.checklists.push_back(std::move(out));
  }

  std::vector<std::string> items(rule_entry& e, std::optional<track> of) {
    std::vector<std::string> told = e.texts("items"), all;
    if (told.empty()) e.fault("items", "the list is empty");
    for (std::size_t i = 0; i < told.size(); ++i) {
      const auto wrong = [&](const std::string& what) { e.fault("items", i, fmt::format("\"{}\" {}", told[i], what)); };
      if (std::find(told.begin(), told.begin() + static_cast<std::ptrdiff_t>(i), told[i]) !=
          told.begin() + static_cast<std::ptrdiff_t>(i))
        wrong("stands twice");
      if (of == track::expression) {
        all.emplace_back(in_law(told[i], of_expression, "UU 9/1998 Pasal 11", wrong));
      } else if (of == track::political) {
        all.emplace_back(in_law(told[i], of_political, "PP 60/2017 Pasal 18", wrong));
      } else {
        if (asks_for_picture_of_identity(told[i])) wrong("asks for a picture of an identity card in the chat");
        all.push_back(told[i]);
      }
    }
    return all;
  }

  template <std::size_t size, class Wrong>
  static std::string_view in_law(const std::string& id, const std::array<named_by_law, size>& law,
                                 std::string_view article, Wrong wrong) {
    for (const named_by_law& each : law)
      if (each.id == id) return each.says;
    std::string names;
    for (const named_by_law& each : law) names += (names.empty() ? "" : ", ") + std::string(each.id);
    wrong(fmt::format("is nothing that {} asks of a notice: {}", article, names));
    return {};
  }

  void check_same_day() {
    for (std::size_t b = 0; b < entries_.size(); ++b) {
      for (std::size_t a = 0; a < b; ++a) {
        const notices::checklist &first = out_.checklists[a], &second = out_.checklists[b];
        if (first.note.from != second.note.from || first.note.id == second.note.id || first.unit != second.unit ||
            first.track != second.track || first.tier != second.tier || first.extra != second.extra)
          continue;
        entries_[b].fault(fmt::format("{} and {} (line {}) hold from the same day", second.note.id, first.note.id,
                                      entries_[a].line()));
      }
    }
  }

  rule_entry root_;
  const unit_known& known_;
  notices::event_rules& out_;
  std::vector<rule_entry> entries_;
  std::set<std::string> ids_;
};

}  // namespace

void load_documents(const std::filesystem::path& path, const unit_known& known, notices::event_rules& into,
                    std::vector<std::string>& faults) {
  // A file that cannot be read says so itself; that it also lacks every list would only hide it.
  rule_file file(path, faults);
  if (file.is_read()) document_reader(file.root(), known, into).run();
}

}  // namespace config
