#pragma once

#include <sodium.h>

#include <stdexcept>

namespace storage {

// Before any other call of libsodium that draws random bits; any thread, any number of times.
inline void start_sodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium does not start");
}

}  // namespace storage
