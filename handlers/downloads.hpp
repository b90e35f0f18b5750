// Connections for files, apart from those that carry messages: a slow picture must not hold up an answer. Lives on the
// IO thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>

#include "handlers/channel.hpp"
#include "handlers/http/client.hpp"

namespace handlers {

class downloads {
 public:
  explicit downloads(boost::asio::io_context& io) : io_(io) {}

  // A GET of origin + call.target; as http::client::send(), and as not_sent for an origin that is none.
  void get(const std::string& origin, http::call what, http::completion done);

 private:
  struct place {
    std::string origin;
    std::unique_ptr<http::client> client;
  };
  boost::asio::io_context& io_;
  std::list<place> places_;  // the most recently used first
};

// What a channel needs for files; both are given and outlive it.
struct file_access {
  downloads* from = nullptr;
  file_opener open;
};

}  // namespace handlers
