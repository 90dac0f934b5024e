#pragma once

#include <sqlite3.h>

namespace hoopoe::store::sql {

// Functions of one open file of a connection, some of which are replaced (SQLite's VFS interface,
// sqlite.org/c3ref/io_methods.html).
class FileMethods {
 public:
  // Requires: lives longer than the connection.
  FileMethods() = default;
  FileMethods(const FileMethods&) = delete;
  FileMethods& operator=(const FileMethods&) = delete;

 protected:
  ~FileMethods() = default;

  enum class Which { database, log };  // of its files
  static sqlite3_file* file_of(sqlite3* connection, Which which);
  // From now on the file's functions are `methods()`, which are its own at first. Requires: nothing of the
  // connection runs.
  void take_over(sqlite3* connection, Which which);

  sqlite3_io_methods& methods() { return methods_; }
  const sqlite3_io_methods& own() const { return *own_; }

  // Of a file that an object of this type has taken over.
  template <class Derived>
  static Derived& of(sqlite3_file* file) {
    // The file's methods are ours, and so the first member of what holds them.
    return static_cast<Derived&>(
        *reinterpret_cast<FileMethods*>(const_cast<sqlite3_io_methods*>(file->pMethods)));
  }

 private:
  sqlite3_io_methods methods_{};  // first: found again by its address
  const sqlite3_io_methods* own_ = nullptr;
};

}  // namespace hoopoe::store::sql
