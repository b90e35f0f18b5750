// `kentongan demo`: the whole service with both platforms played inside the process, and a page to try it on.
#pragma once

#include "config/handbook.hpp"
#include "config/settings.hpp"
#include "storage/media_files.hpp"
#include "storage/store.hpp"

namespace commands {

// A folder of its own that goes when this does.
class temporary_folder {
 public:
  temporary_folder();  // throws std::filesystem::filesystem_error
  ~temporary_folder();
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The channels of the settings are replaced, and so is a port that is taken. Prints the page's address as a line on
// stdout once it can be opened. Returns the exit code: 0 after SIGTERM or SIGINT, 1 when it could not start.
int demo(config::settings, const config::loaded_handbook&, storage::store&, storage::media_files&);

}  // namespace commands
