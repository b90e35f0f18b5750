// Telegram as delivery sees it: one kept pool of connections to the Bot API.
#pragma once

#include <string>

#include "handlers/channel.hpp"
#include "handlers/file_access.hpp"
#include "handlers/http/client.hpp"

namespace handlers::telegram {

class channel final : public handlers::channel {
 public:
  // The client outlives the channel; `token` stands in every target and must not reach a log.
  channel(http::client& client, std::string token, pace speed, std::string api_url, file_access files);

  std::vector<call> encode(const storage::destination&, const rendered&, bot::instant now,
                           const send_differently* second_try) const override;
  send_result decide(const platform_answer&) const override;
  void send(call, std::function<void(platform_answer)> done) override;
  void fetch(std::string file_id, std::uint64_t most_bytes, std::function<void(fetched_file)> done) override;
  pace speed() const override { return speed_; }
  bool can_edit() const override { return true; }
  bool has_receipts() const override { return false; }

 private:
  void upload(call, std::function<void(platform_answer)> done);

  http::client& client_;
  std::string prefix_;  // "/bot<token>/"
  pace speed_;
  std::string api_url_;
  file_access files_;
};

}  // namespace handlers::telegram
