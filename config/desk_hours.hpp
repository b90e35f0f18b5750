// The opening hours of a desk, as people read them.
#pragma once

#include <string_view>

namespace config {

// "Senin-Kamis 08.00-15.00, Jumat 08.00-11.00", "Setiap hari 24 jam": days and hours that there are, the earlier first.
bool is_desk_hours(std::string_view text);

}  // namespace config
