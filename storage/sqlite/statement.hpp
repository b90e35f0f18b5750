// The driver's own small layer over SQLiteCpp: shared SQL with $N prepared once, bound in order, read by column.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/vault.hpp"

namespace storage::sqlite {

// A statement while it runs. Resets it at its end, however that comes: a statement left open keeps its read lock and
// stops the checkpoints, and after an error it would hand that error to its next user.
class running {
 public:
  explicit running(SQLite::Statement& s) : s_(s) {}
  ~running() { s_.tryReset(); }
  running(const running&) = delete;
  running& operator=(const running&) = delete;

  bool next() { return s_.executeStep(); }
  int finish() { return s_.exec(); }  // the number of rows that changed
  std::string text(int column) const { return s_.getColumn(column).getString(); }
  std::int64_t integer(int column) const { return s_.getColumn(column).getInt64(); }
  bool is_null(int column) const { return s_.getColumn(column).isNull(); }

 private:
  SQLite::Statement& s_;
};

// Statements are kept by the address of their text: the texts are constants.
class statements {
 public:
  struct blob {
    const std::string& bytes;
  };

  explicit statements(SQLite::Database& db) : db_(db) {}

  // Ready to run, with `values` bound to $1, $2, … The texts and blobs must outlive the running statement.
  template <class... Values>
  running operator()(const char* sql, const Values&... values) {
    SQLite::Statement& s = prepared(sql);
    int index = 0;
    (bind(s, ++index, values), ...);
    return running(s);
  }

  // Runs a statement that returns no rows; the number of rows that changed.
  template <class... Values>
  int run(const char* sql, const Values&... values) {
    return (*this)(sql, values...).finish();
  }

 private:
  SQLite::Statement& prepared(const char* sql) {
    auto& slot = kept_[sql];
    if (!slot) {
      // SQLite numbers "$N" by first appearance, "?N" by its number; the shared text means the number.
      std::string text(sql);
      for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (text[i] == '$' && text[i + 1] >= '0' && text[i + 1] <= '9') text[i] = '?';
      slot = std::make_unique<SQLite::Statement>(db_, text);
    }
    return *slot;
  }

  static void bind(SQLite::Statement& s, int i, std::int64_t value) { s.bind(i, value); }
  static void bind(SQLite::Statement& s, int i, int value) { s.bind(i, value); }
  static void bind(SQLite::Statement& s, int i, const std::string& value) { s.bindNoCopy(i, value); }
  static void bind(SQLite::Statement& s, int i, const digest& value) {
    s.bindNoCopy(i, value.data(), static_cast<int>(value.size()));
  }
  static void bind(SQLite::Statement& s, int i, const blob& value) {
    s.bindNoCopy(i, value.bytes.data(), static_cast<int>(value.bytes.size()));
  }
  static void bind(SQLite::Statement& s, int i, std::nullptr_t) { s.bind(i); }

  SQLite::Database& db_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> kept_;
};

}  // namespace storage::sqlite
