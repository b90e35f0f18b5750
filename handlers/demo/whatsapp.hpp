// WhatsApp, played: the Cloud API's answers, deliveries and receipts as the real ones look (v25).
#pragma once

#include <memory>
#include <string>

#include "handlers/demo/platform.hpp"

namespace handlers::demo {

struct whatsapp_account {
  std::string token;
  std::string phone_number_id;
  std::string app_secret;
};

// Answers "/<version>/<phone_number_id>/messages"; its webhook calls are signed with the account's secret. Like the
// real one it refuses free text to somebody who has not written for 24 hours.
std::unique_ptr<platform> make_whatsapp(scenery, whatsapp_account);

}  // namespace handlers::demo
