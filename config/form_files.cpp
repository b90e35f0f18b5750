#include "config/form_files.hpp"

#include <algorithm>
#include <memory>

#include "bot/conversation/needed_questions.hpp"
#include "bot/conversation/perception.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;
using forms = std::map<std::string, bot::form, std::less<>>;

constexpr std::size_t most_choices = 10;                    // rows of a list on WhatsApp
constexpr std::string_view level = "level", kind = "kind";  // what ask_if knows beside slots

bool contains(const auto& list, const auto& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool has_choices(const bot::question& q) {
  return q.kind == bot::question_kind::choice || q.kind == bot::question_kind::checklist;
}

std::optional<bot::question_kind> kind_named(std::string_view name) {
  const auto at = bot::question_kinds().find(name);
  return at == bot::question_kinds().end() ? std::nullopt : std::optional(at->second);
}

std::optional<bot::stage> stage_named(std::string_view name) {
  const auto at = bot::stages().find(name);
  return at == bot::stages().end() ? std::nullopt : std::optional(at->second);
}

std::string_view name_of(bot::question_kind wanted) {
  for (const auto& [name, each] : bot::question_kinds())
    if (each == wanted) return name;
  return "";
}

std::string quoted(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& one : words) all += fmt::format("{}\"{}\"", all.empty() ? "" : ", ", one);
  return all;
}

class form_reader {
 public:
  form_reader(const bot::language::catalogue& texts, const kinds& known) : texts_(texts), known_(known) {}

  // The entries live as long as the file.
  bot::form read(rule_file& file) {
    bot::form f;
    rule_entry root = file.root();
    const std::string name = fs::path(file.name()).stem().string();
    if (auto e = root.table("form")) {
      f.id = e->text("id");
      if (!f.id.empty() && f.id != name) e->fault("id", fmt::format("id must be the file's name, \"{}\"", name));
      f.version = static_cast<int>(e->needed_whole("version", 1, 1000000));
      e->finish();
    }
    f.id = name;
    for (rule_entry& e : root.tables("question")) {
      bot::question q = question_of(e);
      if (!q.slot.empty() && f.find(q.slot) != nullptr)
        e.fault("slot", fmt::format("the slot {} stands twice", q.slot));
      entries_[name].push_back(e);
      f.questions.push_back(std::move(q));
    }
    root.finish();
    for (const auto& needed : bot::needed_questions()) {
      if (needed.form != name) continue;
      const auto* q = f.find(needed.slot);
      if (q == nullptr) {
        root.fault("form", fmt::format("the question {} is missing: the program needs it", needed.slot));
      } else if (q->kind != needed.kind) {
        entry_of(f, *q).fault("kind", fmt::format("{} must be of the kind {}", q->slot, name_of(needed.kind)));
      }
    }
    return f;
  }

  // Once all forms are read: those of an event's track ask by the answers of event.toml too.
  void check(const forms& all) {
    for (const auto& [id, f] : all) {
      for (const auto& q : f.questions)
        for (const auto& [slot, values] : q.ask_if) check_condition(all, f, q, slot, values);
      find_circles(f);
    }
  }

 private:
  rule_entry& entry_of(const bot::form& f, const bot::question& q) {
    return entries_.find(f.id)->second[static_cast<std::size_t>(&q - f.questions.data())];
  }

  bot::question question_of(rule_entry& e) {
    bot::question q;
    q.slot = e.text("slot");
    if (!q.slot.empty() && !is_name(q.slot))
      e.fault("slot", fmt::format("\"{}\": a slot is lower case letters, digits and _", q.slot));
    if (!e.has("kind")) e.missing("kind");
    const auto of = e.word<bot::question_kind>("kind", kind_named);
    if (of) q.kind = *of;
    q.when = e.word<bot::stage>("when", stage_named).value_or(bot::stage::before);
    q.ask = e.text("ask");
    q.required = e.flag("required").value_or(true);
    q.most = static_cast<std::size_t>(e.whole("most", 1, 4000).value_or(1500));
    q.from = bot::folded(e.texts("from"));
    q.after = bot::folded(e.texts("after"));
    for (rule_entry& conditions : e.tables("ask_if"))
      for (const auto& slot : conditions.keys()) q.ask_if[slot] = conditions.needed_texts(slot);
    if (e.has("choices")) q.choices = e.needed_texts("choices");
    q.labels = e.text_if("labels").value_or("");
    e.finish();
    check_text(e, q);
    if (of) check_choices(e, q);
    return q;
  }

  void check_text(rule_entry& e, const bot::question& q) {
    if (q.ask.empty()) return;
    if (!texts_.has(q.ask)) return e.fault("ask", fmt::format("{}: there is no text \"{}\"", q.slot, q.ask));
    for (const auto& name : bot::language::placeholders(texts_.text("id", q.ask)))
      e.fault("ask", fmt::format("{}: nothing fills {{{}}} of the text \"{}\"", q.slot, name, q.ask));
  }

  void check_choices(rule_entry& e, const bot::question& q) {
    if (!has_choices(q)) {
      for (const char* key : {"choices", "labels"})
        if (e.has(key))
          e.fault(key, fmt::format("{}: a question of the kind {} has no {}", q.slot, name_of(q.kind), key));
      if (q.when == bot::stage::after) e.fault("when", q.slot + ": only a choice can be asked after, as buttons");
      return;
    }
    for (const char* key : {"choices", "labels"})
      if (!e.has(key)) e.fault(fmt::format("{}: {} is missing", q.slot, key));
    if (q.choices.size() > most_choices)
      e.fault("choices", fmt::format("{}: more than {} choices do not fit a list of WhatsApp", q.slot, most_choices));
    std::vector<std::string> seen, textless;
    for (const auto& one : q.choices) {
      if (contains(seen, one)) e.fault("choices", fmt::format("{}: \"{}\" stands twice", q.slot, one));
      seen.push_back(one);
      if (q.slot == "category" && !known_.categories.contains(one))
        e.fault("choices", fmt::format("{}: there is no category \"{}\"", q.slot, one));
      if (!q.labels.empty() && !texts_.has(q.labels + "." + one) && !contains(textless, one)) textless.push_back(one);
    }
    if (!textless.empty())
      e.fault("labels", fmt::format("{}: labels \"{}\" has no text for {}", q.slot, q.labels, quoted(textless)));
  }

  void check_condition(const forms& all, const bot::form& f, const bot::question& q, const std::string& slot,
                       const std::vector<std::string>& values) {
    rule_entry& e = entry_of(f, q);
    const auto judge = [&](std::string_view what, const auto& is_known) {
      for (const auto& one : values)
        if (!is_known(one)) e.fault("ask_if", fmt::format("{}: there is no {} \"{}\"", q.slot, what, one));
    };
    if (slot == level) return judge(level, [](const auto& v) { return v == "low" || v == "middle" || v == "high"; });
    if (slot == kind) return judge("kind of case", [&](const auto& v) { return known_.is_routed(v); });
    const bot::question* other = f.find(slot);
    const auto event = all.find("event");
    if (other == nullptr && f.id != "report" && event != all.end()) other = event->second.find(slot);
    if (other == nullptr) return e.fault("ask_if", fmt::format("{}: there is no question {}", q.slot, slot));
    if (other == &q) return e.fault("ask_if", q.slot + " waits for its own answer: it is never asked");
    if (!has_choices(*other))
      return e.fault("ask_if", fmt::format("{}: {} is no choice: its answers cannot be named", q.slot, slot));
    if (q.when == bot::stage::before && other->when == bot::stage::after)
      e.fault("ask_if", fmt::format("{}: {} is asked later", q.slot, slot));
    judge(fmt::format("answer of {}", slot), [&](const auto& v) {
      // A message tells kinds that stand on no button, and of a road only that it is used.
      return contains(other->choices, v) || (slot == "category" && known_.categories.contains(v)) ||
             (slot == "public_road" && v == "yes");
    });
  }

  // Questions that wait for each other are never asked. The fault stands at the first of them.
  void find_circles(const bot::form& f) {
    for (const auto& start : f.questions) {
      std::vector<const bot::question*> way{&start};
      if (circle_from(f, start, start, way)) return;
    }
  }

  bool circle_from(const bot::form& f, const bot::question& start, const bot::question& at,
                   std::vector<const bot::question*>& way) {
    for (const auto& [slot, values] : at.ask_if) {
      const auto* next = f.find(slot);
      if (next == nullptr || next == &at) continue;
      if (next == &start) {
        std::string names;
        for (const auto* each : way) names += (names.empty() ? "" : ", ") + each->slot;
        entry_of(f, start).fault("ask_if", names + " wait for each other: they are never asked");
        return true;
      }
      if (contains(way, next)) continue;
      way.push_back(next);
      if (circle_from(f, start, *next, way)) return true;
      way.pop_back();
    }
    return false;
  }

  const bot::language::catalogue& texts_;
  const kinds& known_;
  std::map<std::string, std::vector<rule_entry>, std::less<>> entries_;  // by form, in the order of its questions
};

}  // namespace

forms load_forms(const fs::path& dir, const bot::language::catalogue& texts, const kinds& known,
                 std::vector<std::string>& faults) {
  forms all;
  std::vector<std::unique_ptr<rule_file>> files;
  form_reader read(texts, known);
  std::error_code ec;
  bool whole = true;
  for (const auto& entry : fs::directory_iterator(dir, ec)) {
    if (entry.path().extension() != ".toml") continue;
    files.push_back(std::make_unique<rule_file>(entry.path(), faults));
    if (!files.back()->is_read()) {
      whole = false;
      continue;
    }
    bot::form f = read.read(*files.back());
    all.emplace(f.id, std::move(f));
  }
  if (ec) faults.push_back(dir.string() + ": " + ec.message());
  for (const char* id : {"report", "event", "expression", "political", "permit", "information"})
    if (!fs::exists(dir / (std::string(id) + ".toml")))
      faults.push_back(fmt::format("{}/{}.toml: is missing", dir.string(), id));
  if (whole) read.check(all);
  return all;
}

}  // namespace config
