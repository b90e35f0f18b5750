// What SQLite throws leaves the driver in two kinds; a bug of ours passes through.
#pragma once

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>

#include "storage/store.hpp"

namespace storage::sqlite {

template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& e) {
    const std::string what = std::string("sqlite: ") + e.what();
    switch (e.getErrorCode()) {
      case SQLITE_CONSTRAINT:
      case SQLITE_MISMATCH:
      case SQLITE_TOOBIG: throw refused(what);
      default: throw unavailable(what);
    }
  } catch (const std::filesystem::filesystem_error& e) {
    throw unavailable(e.what());
  }
}

}  // namespace storage::sqlite
