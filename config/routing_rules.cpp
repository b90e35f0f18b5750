#include "config/routing_rules.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <optional>

namespace config {
namespace {

namespace geo = bot::geography;

class reader {
 public:
  reader(std::string file, std::vector<std::string>& faults) : file_(std::move(file)), faults_(faults) {}

  geo::routing_rules run() {
    geo::routing_rules out;
    toml::table whole;
    try {
      whole = toml::parse_file(file_);
    } catch (const toml::parse_error& e) {
      faults_.push_back(fmt::format("{}:{}: {}", file_, e.source().begin.line, e.description()));
      return out;
    }
    out.border_m = metres(whole, "border_m", out.border_m);
    out.most_inaccuracy_m = metres(whole, "most_inaccuracy_m", out.most_inaccuracy_m);
    for_each(whole, "owner", [&](const toml::table& each) { out.owners.push_back(owner(each)); });
    for_each(whole, "sealed", [&](const toml::table& each) { out.sealed.push_back(sealed(each)); });
    if (out.sealed.empty()) fault(whole, "no sealed class: domestic cases would reach everyone");
    return out;
  }

 private:
  void fault(const toml::node& at, std::string_view what) {
    faults_.push_back(fmt::format("{}:{}: {}", file_, at.source().begin.line, what));
  }

  double metres(const toml::table& from, std::string_view key, double otherwise) {
    const double value = from[key].value_or(otherwise);
    if (!(value > 0 && value <= 5000)) fault(from, fmt::format("{} must be between 0 and 5000", key));
    return value;
  }

  template <class F>
  void for_each(const toml::table& whole, std::string_view key, F use) {
    const toml::array* list = whole[key].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      if (const toml::table* each = (*list)[i].as_table()) use(*each);
    }
  }

  std::vector<std::string> strings(const toml::table& from, std::string_view key) {
    std::vector<std::string> out;
    const toml::array* list = from[key].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      if (const auto text = (*list)[i].value<std::string>()) out.push_back(*text);
    }
    return out;
  }

  std::string named(const toml::table& from) {
    std::string id = from["id"].value_or<std::string>("");
    if (id.empty()) fault(from, "no id");
    if (!from["source"].is_string()) fault(from, "no source");
    return id;
  }

  std::optional<geo::unit_kind> kind(const toml::table& from, std::string_view word) {
    const auto known = geo::unit_kind_named(word);
    if (!known) fault(from, fmt::format("{} is no kind of unit", word));
    return known;
  }

  std::optional<std::chrono::minutes> clock(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -100; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int minutes = (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
    if (minutes < 0 || minutes > 24 * 60 || digit(3) > 5) return std::nullopt;
    return std::chrono::minutes(minutes);
  }

  geo::owner_rule owner(const toml::table& from) {
    geo::owner_rule out;
    out.id = named(from);
    out.categories = strings(from, "categories");
    out.levels = strings(from, "levels");
    for (const std::string& each : out.levels) {
      if (each != "low" && each != "middle" && each != "high") fault(from, fmt::format("{} is no level", each));
    }
    const std::string hours = from["hours"].value_or<std::string>("00:00-24:00");
    const auto begin =
        hours.size() == 11 && hours[5] == '-' ? clock(std::string_view(hours).substr(0, 5)) : std::nullopt;
    const auto end = begin ? clock(std::string_view(hours).substr(6)) : std::nullopt;
    if (begin && end && *begin != *end) {
      out.from = *begin;
      out.until = *end;
    } else {
      fault(from, fmt::format("hours {} are not HH:MM-HH:MM", hours));
    }
    out.owner = kind(from, from["owner"].value_or<std::string>("")).value_or(geo::unit_kind::polsek);
    out.source = from["source"].value_or<std::string>("");
    out.sure = from["confidence"].value_or<std::string>("") == "verified" ? geo::confidence::verified
                                                                          : geo::confidence::unverified;
    return out;
  }

  geo::sealed_class sealed(const toml::table& from) {
    geo::sealed_class out;
    out.id = named(from);
    out.categories = strings(from, "categories");
    if (out.categories.empty()) fault(from, "no categories");
    for (const std::string& each : strings(from, "never")) {
      const auto known = kind(from, each);
      if (known == geo::unit_kind::polda) fault(from, "the Polda is where sealed cases end: it cannot be shut out");
      if (known) out.never.push_back(*known);
    }
    out.groups = from["groups"].value_or(false);
    out.source = from["source"].value_or<std::string>("");
    return out;
  }

  std::string file_;
  std::vector<std::string>& faults_;
};

}  // namespace

geo::routing_rules load_routing_rules(const std::filesystem::path& file, std::vector<std::string>& faults) {
  return reader(file.string(), faults).run();
}

}  // namespace config
