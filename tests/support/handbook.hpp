// The handbook that ships, loaded once a program; any fault fails the test that asks first.
#pragma once

#include <gtest/gtest.h>

#include "config/handbook.hpp"

namespace support {

inline const bot::handbook& shipped_handbook() {
  static const auto loaded = [] {
    std::vector<std::string> faults;
    auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
    settings.http.public_url = "https://kentongan.example";
    auto all = config::load_handbook(settings, faults);
    for (const auto& fault : faults) ADD_FAILURE() << fault;
    return all;
  }();
  return *loaded.book;
}

}  // namespace support
