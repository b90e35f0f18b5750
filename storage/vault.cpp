#include "storage/vault.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace storage {
namespace {

const bool sodium_is_ready = [] {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  return true;
}();

digest keyed_hash(std::uint8_t number, const std::array<std::uint8_t, 32>& key, std::string_view purpose,
                  std::string_view text) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.data(), key.size(), sizeof(digest));
  const auto update = [&](std::string_view part) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  };
  update(purpose);
  update(std::string_view("\0", 1));
  update(text);
  digest out{};
  crypto_generichash_final(&state, out.data(), out.size());
  out[0] = number;
  return out;
}

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::runtime_error("cannot make the key file " + file.string() + ": " + std::strerror(errno));
}

// Whole or not at all, and on disk before anything is encrypted with it: a key that a power cut takes away takes every
// address with it. `fresh`: never over a file that came into being meanwhile.
void write_key_file(const std::filesystem::path& file, const std::string& lines, bool fresh) {
  const std::string part = file.string() + ".part";
  ::unlink(part.c_str());
  const int fd = ::open(part.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) fail(file);
  const bool whole = ::write(fd, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!whole || (fresh ? ::link(part.c_str(), file.c_str()) : ::rename(part.c_str(), file.c_str())) != 0) fail(file);
  if (fresh) ::unlink(part.c_str());
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir < 0 || ::fsync(dir) != 0) fail(file);
  ::close(dir);
}

std::string random_key_line(int number) {
  std::array<unsigned char, 32> master{};
  randombytes_buf(master.data(), master.size());
  std::array<char, 65> hex{};
  sodium_bin2hex(hex.data(), hex.size(), master.data(), master.size());
  return std::to_string(number) + " " + std::string(hex.data()) + "\n";
}

// The lines as they are, comments too, each with its end.
std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> all;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) all.push_back(line + "\n");
  return all;
}

}  // namespace

void vault::add(std::uint8_t id, const std::array<std::uint8_t, 32>& master) {
  key k;
  k.id = id;
  crypto_kdf_derive_from_key(k.for_hash.data(), k.for_hash.size(), 1, "ktghash_", master.data());
  crypto_kdf_derive_from_key(k.for_box.data(), k.for_box.size(), 2, "ktgbox__", master.data());
  keys_.push_back(k);
}

vault vault::open(const std::filesystem::path& key_file) {
  if (!std::filesystem::exists(key_file)) {
    if (key_file.has_parent_path()) std::filesystem::create_directories(key_file.parent_path());
    write_key_file(key_file, random_key_line(1), true);
  }
  struct stat info {};
  if (::stat(key_file.c_str(), &info) != 0) throw std::runtime_error("cannot read the key file " + key_file.string());
  if ((info.st_mode & 077) != 0)
    throw std::runtime_error("the key file " + key_file.string() + " can be read by others: chmod 600 it");

  vault v;
  std::ifstream in(key_file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    int id = 0;
    std::string hex;
    std::array<std::uint8_t, 32> master{};
    std::size_t length = 0;
    fields >> id >> hex;
    if (!fields || id < 1 || id > 255 ||
        sodium_hex2bin(master.data(), master.size(), hex.data(), hex.size(), nullptr, &length, nullptr) != 0 ||
        length != master.size())
      throw std::runtime_error("the key file " + key_file.string() +
                               " has a line that is not \"<number> <64 hex digits>\"");
    const auto same = [&](const key& k) { return k.id == id; };
    if (std::any_of(v.keys_.begin(), v.keys_.end(), same))
      throw std::runtime_error("the key file " + key_file.string() + " has two keys with the number " +
                               std::to_string(id));
    v.add(static_cast<std::uint8_t>(id), master);
  }
  if (v.keys_.empty()) throw std::runtime_error("the key file " + key_file.string() + " is empty");
  return v;
}

int vault::add_key(const std::filesystem::path& key_file) {
  const auto numbers = open(key_file).numbers();
  const int number = *std::max_element(numbers.begin(), numbers.end()) + 1;
  if (number > 255) throw std::runtime_error("the key file " + key_file.string() + " has no number left");
  std::string all;
  for (const auto& line : lines_of(key_file)) all += line;
  write_key_file(key_file, all + random_key_line(number), false);
  return number;
}

void vault::drop_key(const std::filesystem::path& key_file, int number) {
  const vault known = open(key_file);
  const auto numbers = known.numbers();
  if (number == known.newest() || std::find(numbers.begin(), numbers.end(), number) == numbers.end())
    throw std::runtime_error("the key file " + key_file.string() + " has no older key " + std::to_string(number));
  std::string rest;
  for (const auto& line : lines_of(key_file))
    if (int id = 0; line[0] == '#' || !(std::istringstream(line) >> id) || id != number) rest += line;
  write_key_file(key_file, rest, false);
}

std::vector<int> vault::numbers() const {
  std::vector<int> all;
  for (const auto& k : keys_) all.push_back(k.id);
  return all;
}

vault vault::fleeting() {
  std::array<std::uint8_t, 32> master{};
  randombytes_buf(master.data(), master.size());
  vault v;
  v.add(1, master);
  return v;
}

digest vault::hash(std::string_view purpose, std::string_view text) const {
  return keyed_hash(keys_.back().id, keys_.back().for_hash, purpose, text);
}

std::vector<digest> vault::older_hashes(std::string_view purpose, std::string_view text) const {
  std::vector<digest> all;
  for (auto k = keys_.rbegin() + 1; k != keys_.rend(); ++k)
    all.push_back(keyed_hash(k->id, k->for_hash, purpose, text));
  return all;
}

std::vector<digest> vault::all_hashes(std::string_view purpose, std::string_view text) const {
  std::vector<digest> all = older_hashes(purpose, text);
  all.insert(all.begin(), hash(purpose, text));
  return all;
}

std::string vault::seal(std::string_view plain) const {
  const key& k = keys_.back();
  constexpr std::size_t head = 1 + crypto_secretbox_NONCEBYTES;
  std::string out(head + crypto_secretbox_MACBYTES + plain.size(), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  bytes[0] = k.id;
  randombytes_buf(bytes + 1, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes + head, reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), bytes + 1,
                        k.for_box.data());
  return out;
}

std::optional<std::string> vault::unseal(std::string_view sealed) const {
  constexpr std::size_t head = 1 + crypto_secretbox_NONCEBYTES;
  if (sealed.size() < head + crypto_secretbox_MACBYTES) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  const auto k = std::find_if(keys_.begin(), keys_.end(), [&](const key& one) { return one.id == bytes[0]; });
  if (k == keys_.end()) return std::nullopt;
  std::string plain(sealed.size() - head - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()), bytes + head, sealed.size() - head,
                                 bytes + 1, k->for_box.data()) != 0)
    return std::nullopt;
  return plain;
}

std::uint64_t random_bits() {
  std::uint64_t bits = 0;
  randombytes_buf(&bits, sizeof bits);
  return bits;
}

}  // namespace storage
