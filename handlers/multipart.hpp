// multipart/form-data, written for uploads and read by the played platforms. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace handlers {

struct form_part {
  std::string name;
  std::string content;
  std::string file;  // file name; empty: a plain field
  std::string type;  // of a file
};

struct form_data {
  std::string content_type;  // with its boundary
  std::string body;
};

// Names, file names and types are ours: without quotes and line breaks. The boundary occurs in no part.
form_data write_form(const std::vector<form_part>& parts);

// Nothing when the body is not what the content type says.
std::optional<std::vector<form_part>> read_form(std::string_view content_type, std::string_view body);

}  // namespace handlers
