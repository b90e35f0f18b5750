// The page's files (web/demo), built into the program.
#pragma once

#include <string_view>
#include <vector>

namespace handlers::demo {

struct asset {
  std::string_view name;  // "app.js"
  std::string_view content;
};

const std::vector<asset>& assets();

}  // namespace handlers::demo
