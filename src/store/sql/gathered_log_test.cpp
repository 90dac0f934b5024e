#include "store/sql/gathered_log.h"

#include <gtest/gtest.h>

#include "base/temporary_directory.h"
#include "store/sql/connection.h"
#include "store/sql/error.h"
#include "tests/support/counted_file.h"

namespace hoopoe::store::sql {
namespace {

class GatheredLogTest : public testing::Test {
 protected:
  GatheredLogTest() {
    connection_.run_script("create table words (id integer primary key, word blob not null)");
    file_.apply_to(connection_.handle(), tests::CountedFile::Which::log);
    log_.apply_to(connection_.handle());
  }
  void add(int count) {
    connection_.run_script("with recursive n(i) as (select 1 union all select i + 1 from n where i < " +
                           std::to_string(count) +
                           ") insert into words (word) select randomblob(1500) from n");
  }
  std::string check(Connection& connection) {
    const auto check = connection.prepare("pragma integrity_check");
    return check->step() ? check->row().get<std::string>(0) : "none";
  }
  std::int64_t words(Connection& connection) {
    const auto count = connection.prepare("select count(*) from words");
    return count->step() ? count->row().get<std::int64_t>(0) : -1;
  }

  TemporaryDirectory directory_;
  tests::CountedFile file_;
  GatheredLog log_;
  // A cache of few pages: what a transaction changes is written before its end, and read again.
  ConnectionOptions options_{.file = directory_.path() / "words.db", .writer_cache_bytes = 64 << 10};
  Connection connection_{options_, Role::writer};
};

TEST_F(GatheredLogTest, a_commit_is_written_in_few_pieces_and_read_by_others) {
  add(20);  // some 40 KB
  EXPECT_LE(file_.writes, 2);
  Connection reader(options_, Role::reader);
  EXPECT_EQ(words(reader), 20);
  add(400);
  EXPECT_EQ(words(reader), 420);
  EXPECT_EQ(check(reader), "ok");
}

TEST_F(GatheredLogTest, what_is_read_again_before_the_commit_is_as_it_was_written) {
  connection_.begin("begin immediate");
  add(400);
  connection_.run("savepoint half");
  connection_.run_script("update words set word = randomblob(1400)");
  connection_.run("rollback to half");
  add(100);
  EXPECT_EQ(words(connection_), 500);
  EXPECT_EQ(check(connection_), "ok");
  connection_.end("commit");
  Connection reader(options_, Role::reader);
  EXPECT_EQ(check(reader), "ok");
  EXPECT_EQ(words(reader), 500);
}

TEST_F(GatheredLogTest, a_log_that_begins_anew_is_whole) {
  for (int i = 0; i < 20; ++i) {
    add(30);
    sqlite3_wal_checkpoint_v2(connection_.handle(), "main",
                              i % 2 == 0 ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                              nullptr);
  }
  add(1);
  Connection reader(options_, Role::reader);
  EXPECT_EQ(check(reader), "ok");
  EXPECT_EQ(words(reader), 601);
}

TEST_F(GatheredLogTest, what_was_taken_back_does_not_fall_on_what_a_foreign_program_commits) {
  connection_.begin("begin immediate");
  add(400);
  connection_.end("rollback");
  log_.forget();
  {
    Connection foreign(options_, Role::writer);
    foreign.run_script("insert into words (word) values (zeroblob(900000))");
  }
  add(3);
  Connection reader(options_, Role::reader);
  EXPECT_EQ(check(reader), "ok");
  EXPECT_EQ(words(reader), 4);
}

TEST_F(GatheredLogTest, a_write_that_fails_fails_the_commit) {
  add(1);
  file_.fails = true;
  EXPECT_THROW(add(5), SqlError);
  Connection reader(options_, Role::reader);
  EXPECT_EQ(words(reader), 1);
}

}  // namespace
}  // namespace hoopoe::store::sql
