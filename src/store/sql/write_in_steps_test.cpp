#include "store/sql/write_in_steps.h"

#include <algorithm>
#include <optional>

#include <gtest/gtest.h>

#include "store/sql/connection.h"
#include "tests/support/temporary_directory.h"

namespace hoopoe::store::sql {
namespace {

// Stands between the steps and the file, and counts what reaches the file.
struct Counting {
  sqlite3_file* file = nullptr;
  sqlite3_io_methods methods{};
  const sqlite3_io_methods* own = nullptr;
  int bytes_since_sync = 0;
  int longest = 0;
  int syncs = 0;
  bool fails = false;

  explicit Counting(sqlite3* connection) {
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
    own = file->pMethods;
    methods = *own;
    methods.xWrite = [](sqlite3_file*, const void* bytes, int size, sqlite3_int64 at) {
      current->bytes_since_sync += size;
      current->longest = std::max(current->longest, current->bytes_since_sync);
      return current->own->xWrite(current->file, bytes, size, at);
    };
    methods.xSync = [](sqlite3_file*, int flags) {
      current->bytes_since_sync = 0;
      ++current->syncs;
      return current->fails ? SQLITE_IOERR_FSYNC : current->own->xSync(current->file, flags);
    };
    file->pMethods = &methods;
    current = this;
  }

  static inline Counting* current = nullptr;
};

class WriteInStepsTest : public testing::Test {
 protected:
  WriteInStepsTest() {
    counting_.emplace(connection_.handle());
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

  tests::TemporaryDirectory directory_;
  std::optional<Counting> counting_;
  WriteInSteps steps_;
  Connection connection_{{.file = directory_.path() / "words.db"}, Role::writer};
};

TEST_F(WriteInStepsTest, ACheckpointIsSyncedAsItGoesAndWhole) {
  EXPECT_EQ(checkpoint(), SQLITE_OK);
  EXPECT_GE(counting_->syncs, 6);  // 3 MB in steps of 512 KiB
  EXPECT_LE(counting_->longest, (512 << 10) + (64 << 10));
  Connection again({.file = directory_.path() / "words.db"}, Role::reader);
  const auto check = again.prepare("pragma integrity_check");
  ASSERT_TRUE(check->step());
  EXPECT_EQ(check->row().get<std::string>(0), "ok");
}

TEST_F(WriteInStepsTest, ASyncThatFailsFailsTheCheckpoint) {
  counting_->fails = true;
  EXPECT_EQ(checkpoint(), SQLITE_IOERR_FSYNC);
  EXPECT_EQ(counting_->syncs, 1) << "nothing is written on top of what may be lost";
  counting_->fails = false;
  EXPECT_EQ(checkpoint(), SQLITE_OK);
}

}  // namespace
}  // namespace hoopoe::store::sql
