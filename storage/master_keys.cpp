#include "storage/master_keys.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "storage/sodium.hpp"

namespace storage {
namespace {

constexpr std::size_t nonce_at = 1, box_at = nonce_at + crypto_secretbox_NONCEBYTES;
constexpr std::size_t plain_size = 1 + std::tuple_size_v<key_bytes>;  // the number of the data key, and the key
constexpr std::size_t wrapped_size = box_at + crypto_secretbox_MACBYTES + plain_size;

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
  const key_bytes master = random_key();
  std::array<char, 2 * std::tuple_size_v<key_bytes> + 1> hex{};
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

// A key for wrapping alone: the master itself meets no cipher.
key_bytes wrapping_key(const key_bytes& master) {
  key_bytes key{};
  crypto_kdf_derive_from_key(key.data(), key.size(), 3, "ktgwrap_", master.data());
  return key;
}

}  // namespace

key_bytes random_key() {
  start_sodium();
  key_bytes key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

master_keys master_keys::open(const std::filesystem::path& key_file) {
  if (!std::filesystem::exists(key_file)) {
    if (key_file.has_parent_path()) std::filesystem::create_directories(key_file.parent_path());
    write_key_file(key_file, random_key_line(1), true);
  }
  struct stat info {};
  if (::stat(key_file.c_str(), &info) != 0) throw std::runtime_error("cannot read the key file " + key_file.string());
  if ((info.st_mode & 077) != 0)
    throw std::runtime_error("the key file " + key_file.string() + " can be read by others: chmod 600 it");

  master_keys keys;
  std::ifstream in(key_file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    numbered key{};
    std::string hex;
    std::size_t length = 0;
    fields >> key.number >> hex;
    if (!fields || key.number < 1 || key.number > 255 ||
        sodium_hex2bin(key.bytes.data(), key.bytes.size(), hex.data(), hex.size(), nullptr, &length, nullptr) != 0 ||
        length != key.bytes.size())
      throw std::runtime_error("the key file " + key_file.string() +
                               " has a line that is not \"<number> <64 hex digits>\"");
    if (keys.has(key.number))
      throw std::runtime_error("the key file " + key_file.string() + " has two keys with the number " +
                               std::to_string(key.number));
    keys.keys_.push_back(key);
  }
  if (keys.keys_.empty()) throw std::runtime_error("the key file " + key_file.string() + " is empty");
  return keys;
}

int master_keys::add_to(const std::filesystem::path& key_file) {
  const auto known = open(key_file).keys_;
  const auto by_number = [](const numbered& a, const numbered& b) { return a.number < b.number; };
  const int number = std::max_element(known.begin(), known.end(), by_number)->number + 1;
  if (number > 255) throw std::runtime_error("the key file " + key_file.string() + " has no number left");
  std::string all;
  for (const auto& line : lines_of(key_file)) all += line;
  write_key_file(key_file, all + random_key_line(number), false);
  return number;
}

void master_keys::drop_from(const std::filesystem::path& key_file, int number) {
  const auto known = open(key_file);
  if (number == known.newest() || !known.has(number))
    throw std::runtime_error("the key file " + key_file.string() + " has no older key " + std::to_string(number));
  std::string rest;
  for (const auto& line : lines_of(key_file))
    if (int id = 0; line[0] == '#' || !(std::istringstream(line) >> id) || id != number) rest += line;
  write_key_file(key_file, rest, false);
}

master_keys master_keys::fleeting() {
  master_keys keys;
  keys.keys_.push_back({1, random_key()});
  return keys;
}

bool master_keys::has(int number) const {
  return std::any_of(keys_.begin(), keys_.end(), [&](const numbered& k) { return k.number == number; });
}

std::string master_keys::wrap(int number, const key_bytes& data_key) const {
  start_sodium();
  std::array<unsigned char, plain_size> plain{static_cast<unsigned char>(number)};
  std::copy(data_key.begin(), data_key.end(), plain.begin() + 1);
  std::string out(wrapped_size, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  bytes[0] = static_cast<unsigned char>(newest());
  randombytes_buf(bytes + nonce_at, crypto_secretbox_NONCEBYTES);
  const key_bytes key = wrapping_key(keys_.back().bytes);
  crypto_secretbox_easy(bytes + box_at, plain.data(), plain.size(), bytes + nonce_at, key.data());
  return out;
}

std::optional<key_bytes> master_keys::unwrap(int number, std::string_view wrapped) const {
  const auto master =
      std::find_if(keys_.begin(), keys_.end(), [&](const numbered& k) { return k.number == wrapped_by(wrapped); });
  if (wrapped.size() != wrapped_size || master == keys_.end()) return std::nullopt;
  start_sodium();
  const auto* bytes = reinterpret_cast<const unsigned char*>(wrapped.data());
  const key_bytes key = wrapping_key(master->bytes);
  std::array<unsigned char, plain_size> plain{};
  if (crypto_secretbox_open_easy(plain.data(), bytes + box_at, wrapped.size() - box_at, bytes + nonce_at, key.data()) !=
          0 ||
      plain[0] != number)
    return std::nullopt;
  key_bytes data_key{};
  std::copy(plain.begin() + 1, plain.end(), data_key.begin());
  return data_key;
}

int master_keys::wrapped_by(std::string_view wrapped) {
  return wrapped.empty() ? 0 : static_cast<unsigned char>(wrapped[0]);
}

}  // namespace storage
