// What the channel tests share: recorded-looking payloads (invented people) and short ways to look at values.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/parsed.hpp"
#include "handlers/rendered.hpp"
#include "handlers/telegram/payload.hpp"
#include "handlers/whatsapp/payload.hpp"

inline std::filesystem::path payload_folder() { return std::filesystem::path(PROJECT_DIR) / "tests/channels/payloads"; }

inline std::string read_whole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string payload(const std::string& name) { return read_whole(payload_folder() / (name + ".json")); }

inline const handlers::telegram::account telegram_us{"777000111", "kentongan_bot"};
inline const handlers::whatsapp::account whatsapp_us{"106540352242922"};

// The only item of a body that must be fine.
inline bot::inbound only(const handlers::parsed& p) {
  EXPECT_EQ(p.what, handlers::parsed::status::ok);
  EXPECT_TRUE(p.dead.empty());
  EXPECT_EQ(p.items.size(), 1U);
  return p.items.size() == 1 ? p.items.front() : bot::inbound{};
}
inline bot::inbound telegram_item(const std::string& name) {
  return only(handlers::telegram::parse(payload("telegram_" + name), telegram_us));
}
inline bot::inbound whatsapp_item(const std::string& name) {
  return only(handlers::whatsapp::parse(payload("whatsapp_" + name), whatsapp_us));
}

// The payload of the wanted kind; a default one, with a failure, when it is another.
template <typename Said>
Said as(const bot::inbound& in) {
  const Said* value = std::get_if<Said>(&in.what);
  EXPECT_NE(value, nullptr) << "kind " << in.what.index();
  return value == nullptr ? Said{} : *value;
}

inline nlohmann::json body_of(const handlers::call& c) { return nlohmann::json::parse(c.body); }

inline std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}
