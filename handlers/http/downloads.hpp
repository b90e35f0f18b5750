// Connections for files, apart from those that carry messages: a slow picture must not hold up an answer. Lives on the
// IO thread.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "handlers/http/client.hpp"

namespace handlers::http {

class downloads {
 public:
  explicit downloads(boost::asio::io_context& io) : io_(io) {}

  // A GET of origin + call.target; as client::send(), and as not_sent for an origin that is none.
  void get(const std::string& origin, call what, completion done);

 private:
  struct place {
    std::string origin;
    std::unique_ptr<client> through;
  };
  boost::asio::io_context& io_;
  std::list<place> places_;  // the most recently used first
};

}  // namespace handlers::http
