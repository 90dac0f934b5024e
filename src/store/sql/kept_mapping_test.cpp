#include "store/sql/kept_mapping.h"

#include <optional>

#include <gtest/gtest.h>

#include "base/temporary_directory.h"
#include "store/sql/connection.h"
#include "tests/support/counted_file.h"

namespace hoopoe::store::sql {
namespace {

class KeptMappingTest : public testing::Test {
 protected:
  KeptMappingTest() {
    writer_.run_script("create table words (id integer primary key, word blob not null)");
    reader_.emplace(options_, Role::reader);
    file_.apply_to(reader_->handle(), tests::CountedFile::Which::database);
    mapping_.apply_to(reader_->handle());
  }
  // In the database file itself, which grows.
  void add(int count) {
    writer_.run_script("with recursive n(i) as (select 1 union all select i + 1 from n where i < " +
                       std::to_string(count) + ") insert into words (word) select randomblob(1500) from n");
    ASSERT_EQ(
        sqlite3_wal_checkpoint_v2(writer_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr),
        SQLITE_OK);
  }
  std::int64_t words() {
    const auto count = reader_->prepare("select count(*) from words where length(word) = 1500");
    return count->step() ? count->row().get<std::int64_t>(0) : -1;
  }

  TemporaryDirectory directory_;
  ConnectionOptions options_{.file = directory_.path() / "words.db", .writer_cache_bytes = 1 << 20};
  Connection writer_{options_, Role::writer};
  tests::CountedFile file_;
  KeptMapping mapping_;
  std::optional<Connection> reader_;
};

TEST_F(KeptMappingTest, many_commits_are_read_through_one_mapping) {
  for (int i = 1; i <= 50; ++i) {
    add(20);
    ASSERT_EQ(words(), 20 * i);
  }
  EXPECT_LT(file_.unmapped, 25) << "it was taken down after each commit";
}

TEST_F(KeptMappingTest, what_was_changed_in_place_is_seen) {
  add(100);
  ASSERT_EQ(words(), 100);
  for (int i = 1; i <= 50; ++i) {
    writer_.run_script("update words set word = zeroblob(1400) where id = " + std::to_string(i));
    ASSERT_EQ(
        sqlite3_wal_checkpoint_v2(writer_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr),
        SQLITE_OK);
    ASSERT_EQ(words(), 100 - i);
  }
}

// Nothing of ours cuts the file; the sqlite3 shell may.
TEST_F(KeptMappingTest, a_file_that_was_cut_and_grew_again_is_read_as_it_is) {
  add(500);
  ASSERT_EQ(words(), 500);
  writer_.run_script("delete from words where id > 10; vacuum");
  ASSERT_EQ(sqlite3_wal_checkpoint_v2(writer_.handle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_EQ(words(), 10);
  add(500);
  EXPECT_EQ(words(), 510);
}

}  // namespace
}  // namespace hoopoe::store::sql
