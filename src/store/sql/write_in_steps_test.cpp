#include "store/sql/write_in_steps.h"

#include <gtest/gtest.h>

#include "base/temporary_directory.h"
#include "store/sql/connection.h"
#include "tests/support/counted_file.h"

namespace hoopoe::store::sql {
namespace {

class WriteInStepsTest : public testing::Test {
 protected:
  WriteInStepsTest() {
    file_.apply_to(connection_.handle(), tests::CountedFile::Which::database);
    steps_.apply_to(connection_.handle());
    connection_.run_script(
        "create table words (id integer primary key, word blob not null);"
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
        "insert into words select i, randomblob(1000) from n");
  }
  int checkpoint() {
    return sqlite3_wal_checkpoint_v2(connection_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                     nullptr);
  }

  TemporaryDirectory directory_;
  tests::CountedFile file_;
  WriteInSteps steps_;
  Connection connection_{{.file = directory_.path() / "words.db"}, Role::writer};
};

TEST_F(WriteInStepsTest, ACheckpointIsSyncedAsItGoesAndWhole) {
  EXPECT_EQ(checkpoint(), SQLITE_OK);
  EXPECT_GE(file_.syncs, 6);  // 3 MB in steps of 512 KiB
  EXPECT_LE(file_.longest, (512 << 10) + (64 << 10));
  Connection again({.file = directory_.path() / "words.db"}, Role::reader);
  const auto check = again.prepare("pragma integrity_check");
  ASSERT_TRUE(check->step());
  EXPECT_EQ(check->row().get<std::string>(0), "ok");
}

TEST_F(WriteInStepsTest, ASyncThatFailsFailsTheCheckpoint) {
  file_.syncs_fail = true;
  EXPECT_EQ(checkpoint(), SQLITE_IOERR_FSYNC);
  EXPECT_EQ(file_.syncs, 1) << "nothing is written on top of what may be lost";
  file_.syncs_fail = false;
  EXPECT_EQ(checkpoint(), SQLITE_OK);
}

}  // namespace
}  // namespace hoopoe::store::sql
