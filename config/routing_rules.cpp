#include "config/routing_rules.hpp"

#include <algorithm>

#include "bot/cases/least_seals.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace geo = bot::geography;

bool contains(const auto& list, const auto& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

class routing_reader {
 public:
  explicit routing_reader(const kinds& known) : known_(known) {}

  geo::routing_rules read(rule_entry root) {
    geo::routing_rules out;
    out.border_m = root.needed_number("border_m", 1, 5000);
    out.most_inaccuracy_m = root.needed_number("most_inaccuracy_m", 1, 5000);
    for (rule_entry& e : root.tables("owner")) out.owners.push_back(owner(e));
    for (rule_entry& e : root.tables("sealed")) out.sealed.push_back(sealed(e));
    root.finish();
    check_seals(root, out);
    return out;
  }

 private:
  std::string id_of(rule_entry& e) {
    std::string id = e.text("id");
    if (!id.empty() && !ids_.insert(id).second) e.fault("id", fmt::format("the id {} stands twice", id));
    return id;
  }

  geo::owner_rule owner(rule_entry& e) {
    geo::owner_rule out;
    out.id = id_of(e);
    // Without them it would own everything, the urgent too.
    for (const char* key : {"levels", "owner"})
      if (!e.has(key)) e.missing(key);
    out.categories = routed_kinds_in(e, "categories", known_);
    out.levels = levels_in(e, "levels");
    if (const auto span = e.hours("hours", true)) std::tie(out.from, out.until) = *span;
    out.owner = e.word<geo::unit_kind>("owner", geo::unit_kind_named).value_or(geo::unit_kind::polsek);
    out.source = e.text("source");
    out.sure = e.verified() ? geo::confidence::verified : geo::confidence::unverified;
    e.finish();
    return out;
  }

  geo::sealed_class sealed(rule_entry& e) {
    geo::sealed_class out;
    out.id = id_of(e);
    out.categories = routed_kinds_in(e, "categories", known_);
    if (!e.has("never")) e.missing("never");
    out.never = e.words<geo::unit_kind>("never", geo::unit_kind_named);
    if (contains(out.never, geo::unit_kind::polda))
      e.fault("never", "the Polda is where sealed cases end: it cannot be shut out");
    out.groups = e.flag("groups").value_or(false);
    out.source = e.text("source");
    e.finish();
    classes_.push_back(e);
    return out;
  }

  // What the program promises of these kinds must be so by the rules.
  void check_seals(rule_entry& root, const geo::routing_rules& rules) {
    for (const auto& must : bot::cases::least_seals()) {
      const auto holds = [&](const geo::sealed_class& each) { return contains(each.categories, must.kind); };
      const auto at = std::find_if(rules.sealed.begin(), rules.sealed.end(), holds);
      if (at == rules.sealed.end()) {
        root.fault("sealed", fmt::format("no [[sealed]] class holds {}: such cases would reach everybody", must.kind));
        continue;
      }
      rule_entry& e = classes_[static_cast<std::size_t>(at - rules.sealed.begin())];
      for (const auto who : must.never) {
        if (!e.has("never")) break;  // told already
        const bool shut = std::any_of(rules.sealed.begin(), rules.sealed.end(),
                                      [&](const auto& each) { return holds(each) && contains(each.never, who); });
        if (!shut)
          e.fault("never", fmt::format("never lacks \"{}\": {} must not reach it", geo::name_of(who), must.kind));
      }
      const bool no_group = std::any_of(rules.sealed.begin(), rules.sealed.end(),
                                        [&](const auto& each) { return holds(each) && !each.groups; });
      if (!no_group) e.fault("groups", fmt::format("groups must be false: {} goes to no group", must.kind));
    }
  }

  const kinds& known_;
  std::set<std::string> ids_;
  std::vector<rule_entry> classes_;
};

}  // namespace

geo::routing_rules load_routing_rules(const std::filesystem::path& path, const kinds& known,
                                      std::vector<std::string>& faults) {
  rule_file file(path, faults);
  return file.is_read() ? routing_reader(known).read(file.root()) : geo::routing_rules{};
}

}  // namespace config
