// A store to be filled, closed and opened again, whichever driver keeps it; and the values that the tests fill it with.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/sqlite/driver.hpp"
#include "storage/store.hpp"

namespace contract {

namespace fs = std::filesystem;

inline constexpr bot::instant now{std::chrono::milliseconds{1795270000000}};  // 2026-11-21

// A folder of its own for every test, gone with it.
class folder {
 public:
  folder() {
    std::string name = (fs::temp_directory_path() / "kentongan-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path = name;
  }
  ~folder() { fs::remove_all(path); }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  fs::path path;
};

// Keys as an operator writes them: number and 64 hex digits, the newest last.
inline std::string key_line(int number) {
  return std::to_string(number) + " " + std::string(64, static_cast<char>('0' + number)) + "\n";
}

inline storage::master_keys masters_of(const fs::path& file, const std::string& lines) {
  std::ofstream(file) << lines;
  ::chmod(file.c_str(), 0600);
  return storage::master_keys::open(file);
}

// Data keys that are known to the test, the newest last.
inline storage::vault data_keys(std::initializer_list<int> numbers) {
  storage::vault all;
  for (const int number : numbers) {
    storage::key_bytes key{};
    key.fill(static_cast<std::uint8_t>(number));
    all.add(number, key);
  }
  return all;
}

// What a test needs of a driver: the same database opened again and again, and all that lies on its disk.
class sqlite_driver {
 public:
  std::unique_ptr<storage::store> open(bool alone = true) {
    return storage::sqlite::open({.file = file(), .full_sync = false, .alone = alone}, masters());
  }
  void use_keys(const std::string& lines) { keys_ = lines; }
  std::string bytes_at_rest() const {
    std::string all;
    for (const auto& entry : fs::directory_iterator(at_.path)) {
      if (entry.path().extension() == ".key") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::stringstream bytes;
      bytes << in.rdbuf();
      all += bytes.str();
    }
    return all;
  }
  fs::path file() const { return at_.path / "kentongan.db"; }
  fs::path path() const { return at_.path; }

 private:
  storage::master_keys masters() const { return masters_of(at_.path / "test.key", keys_); }
  folder at_;
  std::string keys_ = key_line(1);
};

inline bot::inbound text_from(const std::string& address, const std::string& id, const std::string& body = "halo") {
  bot::inbound in;
  in.via = bot::channel::telegram;
  in.account = "777";
  in.provider_id = id;
  in.stamp = 17;
  in.chat = address;
  in.person = address;
  in.sent_at = now;
  in.what = bot::said::text{body};
  return in;
}

inline std::vector<storage::admission> admit(storage::store& s, const std::vector<bot::inbound>& batch) {
  return s.admit(batch, now);
}

// One batch that writes `c`, committed.
inline std::vector<std::int64_t> write(storage::store& s, const storage::changes& c,
                                       const std::vector<bot::inbound>& batch = {}) {
  s.admit(batch, now);
  auto known = s.write(c, batch, now);
  s.commit();
  return known;
}

// The contact behind an address, known or new, committed.
inline storage::destination contact(storage::store& s, const std::string& address) {
  static int serial = 0;
  auto known = admit(s, {text_from(address, "contact-" + std::to_string(++serial))});
  s.commit();
  return known[0].chat;
}

inline storage::outbox_row row_to(storage::store& s, std::int64_t contact, std::string key = "greeting.hello",
                                  std::string dedupe = {}) {
  storage::outbox_row row;
  row.id = s.new_id();
  row.contact = contact;
  row.what.key = std::move(key);
  row.dedupe = std::move(dedupe);
  row.due = now;
  return row;
}

}  // namespace contract
