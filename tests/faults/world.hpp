// What surrounds the program in these tests: a folder for its data, and both platforms.
#pragma once

#include "tests/faults/platform.hpp"
#include "tests/faults/program.hpp"
#include "tests/storage_contract/support.hpp"

namespace faults {

// Who they are on Telegram.
inline constexpr std::int64_t resident = 5233000000111, officer = 5233000000999;

class world_test : public testing::Test {
 protected:
  // A free port, no metrics, data in the folder, Telegram played by the world; `more` comes behind.
  variables settings_with(const variables& more) const {
    variables all = {{"KENTONGAN_HTTP_PORT", "0"},
                     {"KENTONGAN_HTTP_METRICS_PORT", "0"},
                     {"KENTONGAN_STORAGE_URL", "sqlite:" + (at.path / "k.db").string()},
                     {"KENTONGAN_SECRETS_KEY_FILE", (at.path / "k.key").string()},
                     {"KENTONGAN_TELEGRAM_API_URL", world.url()}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  contract::folder at;
  platform world;
};

}  // namespace faults
