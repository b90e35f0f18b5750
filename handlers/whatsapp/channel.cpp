#include "handlers/whatsapp/channel.hpp"

#include "handlers/transport.hpp"
#include "handlers/whatsapp/api.hpp"

namespace handlers::whatsapp {

channel::channel(http::client& client, const std::string& version, const std::string& phone_number_id,
                 const std::string& token, pace speed, std::string api_url, file_access files)
    : client_(client),
      version_path_("/" + version + "/"),
      prefix_("/" + version + "/" + phone_number_id + "/"),
      authorization_("Bearer " + token),
      speed_(speed),
      api_url_(std::move(api_url)),
      files_(std::move(files)) {}

std::vector<call> channel::encode(const storage::destination& to, const rendered& message, bot::instant now,
                                  const send_differently* second_try) const {
  const bool closed =
      now >= to.window_until || (second_try != nullptr && second_try->how == send_differently::how::as_template);
  return whatsapp::encode(to.address, message, closed ? window::closed : window::open);
}

send_result channel::decide(const platform_answer& answer) const {
  if (const auto early = fate_without_answer(answer)) return *early;
  return whatsapp::decide(answer.status, answer.body);
}

void channel::send(call what, std::function<void(platform_answer)> done) {
  if (what.file.given()) return upload(std::move(what), std::move(done));
  client_.send({.target = prefix_ + what.method,
                .body = std::move(what.body),
                .content_type = "application/json",
                .headers = {{"Authorization", authorization_}}},
               told_plainly(std::move(done)));
}

}  // namespace handlers::whatsapp
