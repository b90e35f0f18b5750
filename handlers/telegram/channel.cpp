#include "handlers/telegram/channel.hpp"

#include "handlers/telegram/api.hpp"
#include "handlers/transport.hpp"

namespace handlers::telegram {

channel::channel(http::client& client, std::string token, pace speed, std::string api_url, file_access files)
    : client_(client),
      prefix_("/bot" + std::move(token) + "/"),
      speed_(speed),
      api_url_(std::move(api_url)),
      files_(std::move(files)) {}

std::vector<call> channel::encode(const storage::destination& to, const rendered& message, bot::instant,
                                  const send_differently* second_try) const {
  style how;
  if (second_try == nullptr) return telegram::encode(to.address, message, how);
  how.plain = second_try->how == send_differently::how::plain;
  how.outside_topic = second_try->how == send_differently::how::outside_topic;
  if (second_try->how != send_differently::how::as_new_message) return telegram::encode(to.address, message, how);
  rendered fresh = message;
  fresh.edit_message_id.clear();
  return telegram::encode(to.address, fresh, how);
}

send_result channel::decide(const platform_answer& answer) const {
  if (const auto early = fate_without_answer(answer)) return *early;
  return telegram::decide(answer.status, answer.body);
}

void channel::send(call what, std::function<void(platform_answer)> done) {
  if (what.file.given()) return upload(std::move(what), std::move(done));
  client_.send({.target = prefix_ + what.method, .body = std::move(what.body), .content_type = "application/json"},
               told_plainly(std::move(done)));
}

}  // namespace handlers::telegram
