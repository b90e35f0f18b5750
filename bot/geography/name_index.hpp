// Names by their letters: exact lookup by one hash a step, spelling slips by deletion neighbourhoods. Its cost does not
// depend on how many names there are.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bot::geography {

// What a name can stand for; `target` and `tag` belong to the caller.
struct name_sense {
  std::uint32_t target = 0;
  std::uint8_t tag = 0;
  bool operator==(const name_sense&) const = default;
};

struct known_name {
  std::string key;          // letters and digits only: no space, hyphen or apostrophe
  std::uint64_t seams = 0;  // bit i: the written name has a seam (space, hyphen, apostrophe) before key[i]
  std::uint32_t first = 0;  // its senses
  std::uint32_t count = 0;
};

class name_index {
 public:
  // `name` is folded text; words may be separated by anything that is no letter or digit.
  void add(std::string_view name, name_sense sense);
  // Call once, after the last add() and before the first lookup.
  void freeze();

  const known_name* find(std::string_view key) const;
  std::span<const name_sense> senses(const known_name& name) const { return {senses_.data() + name.first, name.count}; }
  // Names one slip away (a letter more, less, other, or two swapped) or equal but for doubled letters. At most 16,
  // none for keys shorter than five letters. `out` is cleared.
  void near(std::string_view key, std::vector<const known_name*>& out) const;

  std::size_t size() const { return names_.size(); }

 private:
  struct slot {
    std::uint32_t hash = 0;
    std::uint32_t name = 0;  // index + 1, 0 = free
  };
  struct pending {
    std::string key;
    std::uint64_t seams;
    name_sense sense;
  };

  static void put(std::vector<slot>& table, std::uint32_t hash, std::uint32_t name);

  std::vector<pending> pending_;
  std::vector<known_name> names_;
  std::vector<name_sense> senses_;
  std::vector<slot> exact_;
  std::vector<slot> near_;
};

// Whether two keys are the same but for letters written twice: "sumberejo", "sumberrejo".
bool differ_by_doubling(std::string_view a, std::string_view b);

}  // namespace bot::geography
