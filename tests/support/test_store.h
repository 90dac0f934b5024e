#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/temporary_directory.h"
#include "domain/post.h"
#include "store/accounts.h"
#include "store/database.h"
#include "store/known.h"
#include "store/posts.h"
#include "store/schema.h"
#include "tests/support/test_clock.h"

namespace hoopoe::tests {

// The product's tables in a temporary folder, with nothing above them.
class TestStore {
 public:
  TestStore() { open(); }

  TestClock& clock() { return clock_; }
  store::Database& db() { return *db_; }
  std::filesystem::path file() const { return directory_.path() / "data" / "hoopoe.db"; }
  void close() { db_.reset(); }
  void open() {
    db_.emplace(store::DatabaseOptions{.directory = directory_.path() / "data",
                                       .migrations = store::schema(),
                                       .clock = &clock_,
                                       .known = std::make_shared<store::Known>(),
                                       .durability = store::sql::Durability::normal});
  }

  template <class Function>
  auto read(Function&& function) {
    return db_->read(std::forward<Function>(function));
  }
  template <class Function>
  auto write(Function function) {
    return db_->write_blocking(std::move(function));
  }

  AccountId account(std::string_view handle) {
    return write([&](store::Write& write) { return store::accounts::insert(write, handle, ""); });
  }
  PostId publish(Post post, std::vector<AccountId> mentions = {}, std::vector<std::string> tags = {}) {
    return write([&](store::Write& write) {
      return store::posts::insert(write, {.post = post, .person = {}, .mentions = mentions, .tags = tags}).id;
    });
  }
  std::int64_t number(std::string_view sql) {
    return read([&](store::Read& read) { return read.value<std::int64_t>(store::Sql::built(sql)); });
  }

 private:
  TemporaryDirectory directory_;
  TestClock clock_{first_of_october_2013};
  std::optional<store::Database> db_;
};

}  // namespace hoopoe::tests
