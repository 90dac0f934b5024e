// What the store promises of a bad day: a power cut, a full disk, a disk that fails.
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log.h"
#include "base/refusal.h"
#include "base/temporary_directory.h"
#include "store/sql/database.h"
#include "tests/support/fault_disk.h"

namespace hoopoe::store {
namespace {

namespace fs = std::filesystem;
using BirdId = Id<struct BirdTag>;
using tests::Fault;
using tests::FaultDisk;

// The index on songs is in random order, so that every write changes pages all over the file.
const std::vector<Migration> birds = {
    {.number = 1,
     .name = "birds",
     .text =
         "create table birds (id {id} primary key, song {text} not null, heard integer not null) {strict};"
         "create index birds_by_song on birds (song)"}};

DatabaseOptions options_for(const fs::path& directory) {
  return {.directory = directory,
          .migrations = birds,
          // So small that much is written before its commit, and read again.
          .writer_cache_bytes = 32 << 10,
          // Passes of the checkpointer and new beginnings of the log all the time.
          .log = {.pages_per_pass = 40, .pages_max = 200, .pages_patience = 400}};
}

BirdId hatch(Database& database, std::mt19937_64& random) {
  const std::string song = std::to_string(random()) + std::string(100 + random() % 400, '~');
  return database.write_blocking([&song](Write& write) {
    const auto id = write.next_id<BirdId>();
    write.execute("insert into birds (id, song, heard) values ($1, $2, 0)", id, song);
    write.execute(
        "update birds set heard = heard + 1 where id in (select id from birds where song > $1 limit 2)",
        song);
    return id;
  });
}

// What the answers promised.
class Acknowledged {
 public:
  void add(BirdId id) {
    const std::scoped_lock lock(mutex_);
    ids_.push_back(id);
  }
  std::vector<BirdId> ids() const {
    const std::scoped_lock lock(mutex_);
    return ids_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<BirdId> ids_;
};

std::size_t missing(Database& database, const std::vector<BirdId>& promised) {
  const std::vector<BirdId> found =
      database.read([](Read& read) { return read.values<BirdId>("select id from birds"); });
  const std::set<BirdId> there(found.begin(), found.end());
  return static_cast<std::size_t>(
      std::ranges::count_if(promised, [&](BirdId id) { return !there.contains(id); }));
}

// How many promised writes are gone from a copy of the files. The copy is sound in any case.
std::size_t lost(const fs::path& copy, const std::vector<BirdId>& promised) {
  Database database(options_for(copy));
  EXPECT_EQ(database.read([](Read& read) { return read.value<std::string>("pragma integrity_check"); }),
            "ok");
  const std::size_t gone = missing(database, promised);
  // And it is a database to go on with.
  std::mt19937_64 random(7);
  hatch(database, random);
  return gone;
}

class Faults : public testing::Test {
 protected:
  void SetUp() override { log::set_level(log::Level::error); }
  void TearDown() override { log::set_level(log::Level::info); }

  fs::path data() const { return directory_.path() / "data"; }
  TemporaryDirectory directory_;
};

// Threads that write until the end, and rest while it is looked at what they did.
class Flock {
 public:
  Flock(Database& database, Acknowledged& acknowledged) {
    for (unsigned seed = 1; seed <= 6; ++seed) {
      threads_.emplace_back([this, &database, &acknowledged, seed] {
        std::mt19937_64 random(seed);
        while (!done_) {
          if (resting_) {
            std::this_thread::sleep_for(milliseconds{1});
          } else {
            acknowledged.add(hatch(database, random));
          }
        }
      });
    }
  }
  ~Flock() {
    done_ = true;
    for (std::thread& thread : threads_) thread.join();
  }

  void rest() { resting_ = true; }
  void go_on() { resting_ = false; }

 private:
  std::atomic<bool> done_ = false;
  std::atomic<bool> resting_ = false;
  std::vector<std::thread> threads_;
};

class PowerCut : public Faults {
 protected:
  std::size_t lost_in_cuts(int cuts, std::int64_t sector_bytes, sql::Durability durability) {
    FaultDisk disk(sector_bytes);
    DatabaseOptions options = options_for(data());
    options.vfs = disk.vfs();
    options.durability = durability;
    Database database(std::move(options));
    Acknowledged acknowledged;
    Flock flock(database, acknowledged);
    std::mt19937_64 random(static_cast<std::uint64_t>(sector_bytes));
    std::size_t gone = 0;
    for (int i = 0; i < cuts; ++i) {
      flock.go_on();
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 4000));
      const std::vector<BirdId> promised = acknowledged.ids();
      const fs::path copy = directory_.path() / "copy";
      disk.power_cut(data(), copy);
      flock.rest();
      gone += lost(copy, promised);
      fs::remove_all(copy);
    }
    EXPECT_GT(acknowledged.ids().size(), static_cast<std::size_t>(cuts));
    EXPECT_GT(database.checkpoints(), 2);
    return gone;
  }
};

TEST_F(PowerCut, loses_nothing_that_was_acknowledged_sectors_of_512) {
  EXPECT_EQ(lost_in_cuts(100, 512, sql::Durability::full), 0U);
}

TEST_F(PowerCut, loses_nothing_that_was_acknowledged_sectors_of_4096) {
  EXPECT_EQ(lost_in_cuts(100, 4096, sql::Durability::full), 0U);
}

// Shows that the two above are able to fail.
TEST_F(PowerCut, without_full_sync_acknowledged_writes_are_lost) {
  EXPECT_GT(lost_in_cuts(20, 512, sql::Durability::normal), 0U);
}

struct Tally {
  Acknowledged acknowledged;
  std::atomic<int> refused = 0;
};

void hatch_many(Database& database, int count, Tally& tally) {
  std::vector<std::thread> writers;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    writers.emplace_back([&database, &tally, count, seed] {
      std::mt19937_64 random(seed);
      for (int i = 0; i < count; ++i) {
        try {
          tally.acknowledged.add(hatch(database, random));
        } catch (const Refusal& refusal) {
          EXPECT_EQ(refusal.kind, RefusalKind::unavailable);
          ++tally.refused;
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
}

class FailingDisk : public Faults {
 protected:
  // The disk fails from its n-th change on; `count` times.
  void survive(Fault fault, std::int64_t n, std::int64_t count) {
    SCOPED_TRACE("call " + std::to_string(n) + ", " + std::to_string(count) + " times");
    FaultDisk disk(512, static_cast<std::uint64_t>(n));
    DatabaseOptions options = options_for(data());
    options.vfs = disk.vfs();
    Tally tally;
    {
      Database database(std::move(options));
      hatch_many(database, 2, tally);
      EXPECT_EQ(missing(database, tally.acknowledged.ids()), 0U);
      disk.fail(fault, n, count);
      hatch_many(database, 8, tally);
      // Reads go on while the disk takes nothing.
      EXPECT_EQ(missing(database, tally.acknowledged.ids()), 0U);
      failures_ += disk.failed();
      // A failure may also meet the checkpointer alone, which tries again by itself.
      refused_ += tally.refused;
      disk.repair();
      const int refused_before = tally.refused;
      hatch_many(database, 2, tally);
      EXPECT_EQ(tally.refused, refused_before) << "writes do not work again";
      EXPECT_EQ(missing(database, tally.acknowledged.ids()), 0U);
      disk.power_cut(data(), directory_.path() / "copy");
    }
    EXPECT_EQ(lost(directory_.path() / "copy", tally.acknowledged.ids()), 0U);
    EXPECT_EQ(lost(data(), tally.acknowledged.ids()), 0U);
    fs::remove_all(directory_.path() / "copy");
    fs::remove_all(data());
  }

  std::int64_t failures_ = 0;
  std::int64_t refused_ = 0;
};

TEST_F(FailingDisk, full_for_a_while_refuses_writes_and_forgets_none) {
  for (std::int64_t n = 1; n <= 120; n += 3) survive(Fault::disk_full, n, INT64_MAX);
  EXPECT_GT(failures_, 40);
  EXPECT_GT(refused_, 40);
}

TEST_F(FailingDisk, full_for_one_call) {
  for (std::int64_t n = 1; n <= 120; n += 2) survive(Fault::disk_full, n, 1);
  EXPECT_GT(failures_, 20);
}

TEST_F(FailingDisk, not_answering_for_a_while_refuses_writes_and_forgets_none) {
  for (std::int64_t n = 1; n <= 120; n += 3) survive(Fault::io_error, n, INT64_MAX);
  EXPECT_GT(failures_, 40);
  EXPECT_GT(refused_, 40);
}

TEST_F(FailingDisk, not_answering_for_one_call) {
  for (std::int64_t n = 1; n <= 120; n += 2) survive(Fault::io_error, n, 1);
  EXPECT_GT(failures_, 20);
}

TEST_F(FailingDisk, at_the_start_is_an_error_and_a_later_start_works) {
  for (std::int64_t n = 1; n <= 40; ++n) {
    FaultDisk disk(512, static_cast<std::uint64_t>(n));
    disk.fail(Fault::io_error, n, INT64_MAX);
    DatabaseOptions options = options_for(data());
    options.vfs = disk.vfs();
    try {
      const Database database(options);
    } catch (const sql::SqlError& error) {
      EXPECT_TRUE(error.from_disk()) << error.what();
    }
    disk.repair();
    EXPECT_EQ(lost(data(), {}), 0U);
    fs::remove_all(data());
  }
}

TEST_F(Faults, the_log_stays_short_under_steady_load) {
  Database database(options_for(data()));
  Tally tally;
  hatch_many(database, 1500, tally);
  // Four times the length at which the writer even waits.
  EXPECT_LT(fs::file_size(data() / "hoopoe.db-wal"), 4 * 400 * 4096U);
  EXPECT_GT(database.checkpoints(), 10);
}

}  // namespace
}  // namespace hoopoe::store
