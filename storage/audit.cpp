#include "storage/audit.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace storage {

std::string audit_link(const std::string& previous, const audit_entry& entry) {
  // Lengths before the words, so that no two entries read the same.
  const std::string text = fmt::format("{}|{}|{}|{}:{}|{}:{}|", entry.id, bot::to_millis(entry.at), entry.actor,
                                       entry.action.size(), entry.action, entry.subject.size(), entry.subject) +
                           previous;
  std::string link(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(link.data()), link.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return link;
}

}  // namespace storage
