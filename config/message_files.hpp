// messages/<language>.toml: everything that the service says.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/catalogue.hpp"

namespace config {

// Where the texts stand, for faults.
class text_places {
 public:
  // "config/messages/jv.toml:118"; empty where that language does not say it itself.
  std::string of(std::string_view language, std::string_view key) const;
  std::string file_of(std::string_view language) const;

 private:
  friend class message_reader;
  std::string folder_ = "messages";
  std::map<std::string, std::map<std::string, int, std::less<>>, std::less<>> lines_;  // language -> key -> line
};

struct loaded_texts {
  bot::language::catalogue texts;
  text_places places;
};

// Every mistake is appended to `faults`, with file and line: what one language says and another that must be complete
// does not, other placeholders than Indonesian has. A language whose file cannot be read is not compared with the
// others; without Indonesian the catalogue is empty.
loaded_texts load_texts(const std::filesystem::path& dir, std::vector<std::string>& faults);

}  // namespace config
