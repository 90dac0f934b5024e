#include "store/sql/kept_mapping.h"

namespace hoopoe::store::sql {

namespace {

// What the file has grown by since then is read the ordinary way.
constexpr std::chrono::seconds kept{1};

}  // namespace

void KeptMapping::apply_to(sqlite3* connection) {
  take_over(connection, Which::database);
  methods().xUnfetch = &unfetch;
}

int KeptMapping::unfetch(sqlite3_file* file, sqlite3_int64 at, void* page) {
  auto& self = of<KeptMapping>(file);
  // No page: the whole file.
  if (page == nullptr) {
    const auto now = std::chrono::steady_clock::now();
    if (now - self.mapped_ < kept) return SQLITE_OK;
    self.mapped_ = now;
  }
  return self.own().xUnfetch(file, at, page);
}

}  // namespace hoopoe::store::sql
