#include "handlers/http/router.hpp"

namespace handlers::http {
namespace {

bool covers(std::string_view pattern, std::string_view path) {
  if (pattern.ends_with('*')) return path.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == path;
}

}  // namespace

router::match router::find(verb method, std::string_view path) const {
  const verb wanted = method == verb::head ? verb::get : method;
  match result;
  for (const route& r : routes_) {
    if (!covers(r.path, path)) continue;
    if (r.method == wanted) return {&r, {}};
    if (!result.allowed.empty()) result.allowed += ", ";
    result.allowed += name_of(r.method);
    if (r.method == verb::get) result.allowed += ", HEAD";
  }
  return result;
}

}  // namespace handlers::http
