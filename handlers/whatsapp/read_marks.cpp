#include "handlers/whatsapp/read_marks.hpp"

#include "handlers/whatsapp/api.hpp"

namespace handlers::whatsapp {

void read_marks::mark(const std::string& message_id, bool waits, std::chrono::steady_clock::time_point now) {
  if (off_ || tokens_.next(now) > now) return;
  tokens_.take(now);
  out_.send(mark_read(message_id, waits), [](const platform_answer&) {});
}

}  // namespace handlers::whatsapp
