// TLS contexts. Not part of the seam: only handlers/http includes it.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace handlers::http {

// For a server: TLS 1.2 and later, certificate chain and key from PEM files. Null when something is wrong; `fault` then
// says what.
std::shared_ptr<boost::asio::ssl::context> server_tls(const std::string& certificate, const std::string& key,
                                                      std::string& fault);

// For a client: the system's authorities, and those of a PEM file when it is named. Throws when the file cannot be
// read.
std::shared_ptr<boost::asio::ssl::context> client_tls(const std::string& authorities);

}  // namespace handlers::http
