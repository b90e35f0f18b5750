#include "storage/media_files.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "storage/hex.hpp"
#include "storage/store.hpp"

namespace storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_length = 2 * sizeof(digest);
constexpr std::string_view part_mark = "part-";

[[noreturn]] void fail(const char* what) {
  throw unavailable(std::string("media: ") + what + ": " + std::strerror(errno));
}

bool is_name(std::string_view text) {
  return text.size() == name_length &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool no_room() { return errno == ENOSPC || errno == EDQUOT; }

// False: the disk is full. What was written is left to the caller.
bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && no_room()) return false;
    if (n <= 0) fail("cannot write a file");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(fd) == 0) return true;
  if (no_room()) return false;
  fail("cannot sync a file");
}

void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail("cannot open the folder");
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) fail("cannot sync the folder");
}

}  // namespace

media_files::media_files(fs::path folder, vault v, std::uint64_t most_bytes)
    : folder_(std::move(folder)), vault_(std::move(v)), most_bytes_(most_bytes) {
  std::error_code error;
  fs::create_directories(folder_, error);
  fs::permissions(folder_, fs::perms::owner_all, error);
  if (!fs::is_directory(folder_) || ::access(folder_.c_str(), W_OK) != 0)
    throw unavailable("cannot write into the media folder " + folder_.string());
}

std::string media_files::sha256(std::string_view content) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size());
  return hash;
}

std::optional<media_files::receipt> media_files::put(std::string_view content) {
  receipt r;
  r.sha256 = sha256(content);
  r.file = in_hex(vault_.hash("media", r.sha256));
  if (has(r.file)) return r;
  if (used_ + content.size() > most_bytes_) return std::nullopt;
  const std::string sealed = vault_.seal(content);
  if (!write_whole(r.file, sealed)) return std::nullopt;
  used_ += sealed.size();
  return r;
}

bool media_files::write_whole(const std::string& file, const std::string& sealed) {
  const fs::path part = folder_ / (std::string(part_mark) + file);
  ::unlink(part.c_str());
  const int fd = ::open(part.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0 && no_room()) return false;
  if (fd < 0) fail("cannot make a file");
  struct closer {
    int fd;
    ~closer() { ::close(fd); }
  } const open{fd};
  if (!write_all(fd, sealed)) {
    ::unlink(part.c_str());
    return false;
  }
  if (::rename(part.c_str(), path_of(file).c_str()) != 0) fail("cannot name a file");
  sync_folder(folder_);
  return true;
}

std::optional<std::string> media_files::sealed(const std::string& file) const {
  if (!is_name(file)) return std::nullopt;
  std::ifstream in(path_of(file), std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

std::optional<std::string> media_files::get(const std::string& file) const {
  const auto bytes = sealed(file);
  return bytes ? vault_.unseal(*bytes) : std::nullopt;
}

bool media_files::has(const std::string& file) const {
  struct stat info {};
  return is_name(file) && ::stat(path_of(file).c_str(), &info) == 0;
}

void media_files::remove(const std::string& file) {
  struct stat info {};
  if (!is_name(file) || ::stat(path_of(file).c_str(), &info) != 0) return;
  if (::unlink(path_of(file).c_str()) == 0)
    used_ -= std::min<std::uint64_t>(used_, static_cast<std::uint64_t>(info.st_size));
}

std::set<std::string> media_files::names() const {
  std::set<std::string> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error))
    if (auto name = entry.path().filename().string(); is_name(name)) all.insert(std::move(name));
  return all;
}

std::map<int, std::int64_t> media_files::uses_of_keys() const {
  std::map<int, std::int64_t> all;
  for (const auto& name : names())
    if (const int first = std::ifstream(path_of(name), std::ios::binary).get(); first >= 0) ++all[first];
  return all;
}

std::int64_t media_files::rewrap() {
  std::int64_t changed = 0;
  for (const auto& name : names()) {
    if (std::ifstream(path_of(name), std::ios::binary).get() == vault_.newest()) continue;
    const auto content = get(name);
    if (!content) continue;
    if (!write_whole(name, vault_.seal(*content))) throw unavailable("media: no room to seal a file again");
    ++changed;
  }
  return changed;
}

std::size_t media_files::sweep(const std::set<std::string>& known) {
  std::size_t gone = 0;
  std::uint64_t used = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    const bool part = name.starts_with(part_mark) && is_name(std::string_view(name).substr(part_mark.size()));
    if (!part && !is_name(name)) continue;
    std::error_code ignored;
    if (!part && known.contains(name))
      used += entry.file_size(ignored);
    else
      gone += fs::remove(entry.path(), ignored) ? 1 : 0;
  }
  used_ = used;
  return gone;
}

}  // namespace storage
