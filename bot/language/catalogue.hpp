// The texts of the service, by key and language: what handlers turn a `say` into. Immutable after loading.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bot::language {

class catalogue {
 public:
  struct entry {
    std::string text;         // "*bold*" marks and {placeholders}
    bool signed_off = false;  // a native speaker has read it; a draft of a danger text is never sent
  };
  using texts = std::map<std::string, entry, std::less<>>;

  catalogue() = default;
  // Indonesian ("id") must be there and complete: every other language may lack keys of its own drafts only where
  // config::load_texts allows it.
  explicit catalogue(std::map<std::string, texts, std::less<>> languages);

  bool has(std::string_view key) const;
  // The text in that language. Indonesian where the language has none, or where it is a danger text that nobody has
  // signed off. Throws std::out_of_range for a key that does not exist: loaders check every key that data and code
  // name.
  std::string_view text(std::string_view language, std::string_view key) const;

  std::vector<std::string> languages() const;  // in the order in which they are offered
  std::vector<std::string> keys() const;       // of Indonesian, sorted

 private:
  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  using table = std::unordered_map<std::string, std::string, text_hash, std::equal_to<>>;
  std::map<std::string, table, std::less<>> tables_;
};

// Names in braces, in order of appearance, without repeats.
std::vector<std::string> placeholders(std::string_view text);

inline bool is_danger_key(std::string_view key) { return key.starts_with("danger."); }
// What stands on papers for offices and on the page behind their QR code: Indonesian in every language.
inline bool is_paper_key(std::string_view key) { return key.starts_with("paper.") || key.starts_with("permit_paper."); }

}  // namespace bot::language
