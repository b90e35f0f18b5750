// What a channel needs for files; both are given and outlive it.
#pragma once

#include "handlers/channel.hpp"
#include "handlers/http/downloads.hpp"

namespace handlers {

struct file_access {
  http::downloads* from = nullptr;
  file_opener open;
};

}  // namespace handlers
