#include "handlers/http/tls.hpp"

#include <openssl/ssl.h>

namespace handlers::http {
namespace ssl = boost::asio::ssl;

std::shared_ptr<ssl::context> server_tls(const std::string& certificate, const std::string& key, std::string& fault) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code error;
  context->use_certificate_chain_file(certificate, error);
  if (error) {
    fault = "TLS certificate " + certificate + ": " + error.message();
    return nullptr;
  }
  context->use_private_key_file(key, ssl::context::pem, error);  // checks that it belongs to the certificate
  if (error) {
    fault = "TLS key " + key + ": " + error.message();
    return nullptr;
  }
  return context;
}

std::shared_ptr<ssl::context> client_tls(const std::string& authorities) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->set_default_verify_paths();
  if (!authorities.empty()) context->load_verify_file(authorities);
  context->set_verify_mode(ssl::verify_peer);
  return context;
}

}  // namespace handlers::http
