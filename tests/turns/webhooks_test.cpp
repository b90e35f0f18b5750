// What the webhook does before the store has said anything.
#include "handlers/webhooks.hpp"

#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

class listener final : public handlers::http::answer_target {
 public:
  void answer(std::shared_ptr<answer_target>, std::uint64_t, handlers::http::response r) override {
    ++answers;
    last = r.status;
  }
  int answers = 0, last = 0;
};

TEST(webhook, answers_a_tap_before_the_store_does) {
  store_with_faults store;
  // Never started: as slow as a store can be.
  handlers::turns::service service(
      store, book(), [] { return now; }, [](auto) {}, [](auto) {});
  std::map<std::string, std::string> environment = {{"KENTONGAN_TELEGRAM_TOKEN", "777:abc"},
                                                    {"KENTONGAN_TELEGRAM_SECRET", "s3cret"}};
  std::vector<std::string> faults;
  const auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", environment, faults);
  std::vector<std::string> answered;
  handlers::http::router routes;
  handlers::add_webhooks(routes, settings, service, [&](const std::string& query) { answered.push_back(query); });

  handlers::http::request request;
  request.method = handlers::http::verb::post;
  request.target = "/webhook/telegram";
  request.body = R"({"update_id":5,"callback_query":{"id":"4382","from":{"id":9001,"is_bot":false,"first_name":"Wati"},
      "message":{"message_id":3,"date":1795270000,"chat":{"id":9001,"type":"private"}},"data":"g:report"}})";
  const auto route = routes.find(request.method, request.target).found;
  ASSERT_NE(route, nullptr);
  const auto other_end = std::make_shared<listener>();
  route->handle(std::move(request), handlers::http::responder(other_end, 1));
  EXPECT_EQ(answered, std::vector<std::string>{"4382"});
  EXPECT_EQ(other_end->answers, 0) << "200 only once it is on disk";
}

TEST(webhook, refuses_strangers_before_and_forgers_after_the_body) {
  store_with_faults store;
  handlers::turns::service service(
      store, book(), [] { return now; }, [](auto) {}, [](auto) {});
  std::vector<std::string> faults;
  const auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml",
                                              {{"KENTONGAN_TELEGRAM_TOKEN", "777:abc"},
                                               {"KENTONGAN_TELEGRAM_SECRET", "s3cret"},
                                               {"KENTONGAN_WHATSAPP_TOKEN", "t"},
                                               {"KENTONGAN_WHATSAPP_PHONE_NUMBER_ID", "106540352242922"},
                                               {"KENTONGAN_WHATSAPP_APP_SECRET", "appsecret"},
                                               {"KENTONGAN_WHATSAPP_VERIFY_TOKEN", "v"}},
                                              faults);
  handlers::http::router routes;
  handlers::add_webhooks(routes, settings, service, [](const std::string&) {});
  const auto post = handlers::http::verb::post;
  handlers::http::request bare;
  bare.method = post;
  for (const char* path : {"/webhook/telegram", "/webhook/whatsapp"}) {
    const auto answer = routes.find(post, path).found->authorise(bare);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 401) << path;
  }
  const auto other_end = std::make_shared<listener>();
  bare.body = R"({"object":"whatsapp_business_account","entry":[]})";
  routes.find(post, "/webhook/whatsapp").found->handle(std::move(bare), handlers::http::responder(other_end, 1));
  EXPECT_EQ(other_end->last, 401);
  EXPECT_EQ(service.figures().waiting, 0u);
}

}  // namespace
}  // namespace turns_test
