#include "handlers/media/films.hpp"

#include <algorithm>
#include <array>

#include "handlers/media/bytes.hpp"

namespace handlers::media {
namespace {

using namespace std::string_view_literals;

constexpr std::array containers = {"moov"sv, "trak"sv, "moof"sv, "traf"sv};
constexpr std::array telling = {"udta"sv, "meta"sv, "uuid"sv, "free"sv, "skip"sv};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& all, std::string_view name) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

class film {
 public:
  explicit film(std::string_view in) : bytes_(in) {}

  std::optional<std::string> cleaned() {
    if (bytes_.size() < 12 || std::string_view(bytes_).substr(4, 4) != "ftyp"sv) return std::nullopt;
    if (!walk(0, bytes_.size(), 0) || !index_) return std::nullopt;
    return std::move(bytes_);
  }

 private:
  bool walk(std::size_t at, std::size_t end, int depth) {
    while (end - at >= 8) {
      const std::string_view all = bytes_;
      std::size_t head = 8;
      std::uint64_t length = big32(all, at);
      const std::string name(all.substr(at + 4, 4));
      if (length == 1) {
        head = 16;
        if (end - at < head) return false;
        length = big64(all, at + 8);
      } else if (length == 0 && depth == 0) {
        length = end - at;
      }
      // A film whose transfer was cut off ends within its pictures.
      if (length > end - at && depth == 0 && name == "mdat") length = end - at;
      if (length < head || length > end - at || ++boxes_ > most_boxes) return false;
      const std::size_t next = at + static_cast<std::size_t>(length);
      index_ = index_ || name == "moov";
      if (one_of(containers, name)) {
        if (depth == most_depth || !walk(at + head, next, depth + 1)) return false;
      } else if (one_of(telling, name)) {
        bytes_.replace(at + 4, 4, "free");
        std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(at + head),
                  bytes_.begin() + static_cast<std::ptrdiff_t>(next), '\0');
      }
      at = next;
    }
    return true;
  }

  static constexpr int most_depth = 4;
  static constexpr int most_boxes = 100000;
  std::string bytes_;
  int boxes_ = 0;
  bool index_ = false;
};

}  // namespace

std::optional<std::string> clean_film(std::string_view in) { return film(in).cleaned(); }

}  // namespace handlers::media
