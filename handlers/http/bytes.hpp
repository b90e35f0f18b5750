// The bytes of what we send. Not part of the seam: only handlers/http includes it.
#pragma once

#include <string>
#include <string_view>

#include "handlers/http/client.hpp"
#include "handlers/http/message.hpp"

namespace handlers::http {

// `connection` is a whole header line or empty. The answer to a HEAD request keeps its length, not its body.
void append_answer(std::string& out, const response& answer, bool to_head, std::string_view connection);

// `fields` are header lines that every call to this origin has.
void append_call(std::string& out, const call& what, std::string_view prefix, std::string_view fields);

}  // namespace handlers::http
