#include "store/sql/database.h"

#include <atomic>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/refusal.h"
#include "base/temporary_directory.h"
#include "tests/support/writer_pause.h"

namespace hoopoe::store {
namespace {

using testing::HasSubstr;
using BirdId = Id<struct BirdTag>;

const std::vector<Migration> birds = {
    {.number = 1,
     .name = "birds",
     .text = "create table birds (id {id} primary key, name {text} not null unique) {strict}"}};

// Says what it is told.
class HandClock : public Clock {
 public:
  Time now() const override { return from_milliseconds(now_); }
  void set(Time time) { now_ = to_milliseconds(time); }

 private:
  std::atomic<std::int64_t> now_ = to_milliseconds(std::chrono::sys_days{std::chrono::year{2013} / 5 / 1});
};

BirdId hatch(Write& write, std::string_view name) {
  const auto id = write.next_id<BirdId>();
  write.execute("insert into birds (id, name) values ($1, $2)", id, name);
  return id;
}

std::int64_t count(Read& read) { return read.value<std::int64_t>("select count(*) from birds"); }

class DatabaseTest : public testing::Test {
 protected:
  DatabaseOptions options() const {
    return {.directory = directory_.path() / "data", .migrations = birds, .clock = &clock_};
  }

  TemporaryDirectory directory_;
  HandClock clock_;
};

TEST_F(DatabaseTest, what_was_written_is_there_after_a_restart) {
  BirdId id;
  {
    Database database(options());
    id = database.write_blocking([](Write& write) { return hatch(write, "hoopoe"); });
    EXPECT_EQ(database.read(count), 1);
  }
  Database database(options());
  EXPECT_EQ(database.read([](Read& read) { return read.maybe<BirdId>("select id from birds"); }), id);
}

TEST_F(DatabaseTest, the_data_are_private) {
  const Database database(options());
  struct stat status{};
  ASSERT_EQ(stat((directory_.path() / "data").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700);
  for (const char* file : {"hoopoe.db", "hoopoe.db-wal", "hoopoe.db-shm", "lock"}) {
    ASSERT_EQ(stat((directory_.path() / "data" / file).c_str(), &status), 0) << file;
    EXPECT_EQ(status.st_mode & 0777, 0600) << file;
  }
}

TEST_F(DatabaseTest, two_servers_never_share_a_directory) {
  const Database database(options());
  try {
    const Database second(options());
    FAIL() << "it opened twice";
  } catch (const OpenError& error) {
    EXPECT_THAT(error.what(), HasSubstr("in use by process " + std::to_string(getpid())));
  }
}

TEST_F(DatabaseTest, a_read_sees_one_moment) {
  Database database(options());
  database.read([&](Read& read) {
    EXPECT_EQ(count(read), 0);
    std::thread([&] { database.write_blocking([](Write& write) { hatch(write, "hoopoe"); }); }).join();
    EXPECT_EQ(count(read), 0);
  });
  EXPECT_EQ(database.read(count), 1);
}

TEST_F(DatabaseTest, a_read_changes_nothing) {
  Database database(options());
  EXPECT_THROW(database.read([](Read& read) { return read.query("delete from birds").first(); }),
               sql::SqlError);
}

TEST_F(DatabaseTest, a_read_past_its_deadline_is_refused_and_the_next_one_works) {
  DatabaseOptions hurried = options();
  hurried.read_deadline = milliseconds{20};
  Database database(std::move(hurried));
  EXPECT_THROW(database.read([](Read& read) {
    return read.value<int>(
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n");
  }),
               Refusal);
  EXPECT_EQ(database.read(count), 0);
}

TEST_F(DatabaseTest, nesting_is_a_bug) {
  Database database(options());
  EXPECT_THROW(database.read([&](Read&) { return database.read(count); }), Bug);
  EXPECT_THROW(database.write_blocking([&](Write&) { return database.read(count); }), Bug);
  EXPECT_THROW(database.write_blocking([&](Write&) { database.write_blocking([](Write&) {}); }), Bug);
}

TEST_F(DatabaseTest, threads_come_and_go_and_databases_too) {
  auto first = std::make_unique<Database>(options());
  for (int i = 0; i < 20; ++i) {
    std::thread([&] { EXPECT_EQ(first->read(count), 0); }).join();
  }
  EXPECT_EQ(first->read(count), 0);
  first.reset();
  Database second(options());
  EXPECT_EQ(second.read(count), 0);
}

// What came of some writes that were all waiting at once.
struct Outcome {
  int written = 0;
  int invalid = 0;
  int duplicate = 0;
  int unavailable = 0;
};

net::Task<void> write_one(Database& database, std::function<void(Write&)> function, Outcome& outcome) {
  try {
    co_await database.write(std::move(function));
    ++outcome.written;
  } catch (const Refusal& refusal) {
    ++(refusal.kind == RefusalKind::invalid ? outcome.invalid : outcome.unavailable);
  } catch (const sql::ConstraintViolation&) {
    ++outcome.duplicate;
  }
}

// Queues the writes and returns; they come back in io.run().
void queue_all(boost::asio::io_context& io, Database& database, int number, Outcome& outcome,
               const std::function<void(Write&, int)>& function) {
  for (int i = 0; i < number; ++i) {
    boost::asio::co_spawn(io,
                          write_one(
                              database, [function, i](Write& write) { function(write, i); }, outcome),
                          boost::asio::detached);
  }
  io.poll();
}

TEST_F(DatabaseTest, a_write_that_throws_takes_back_itself_alone) {
  Database database(options());
  database.write_blocking([](Write& write) { hatch(write, "crow"); });
  boost::asio::io_context io;
  Outcome outcome;
  tests::WriterPause pause(database);
  queue_all(io, database, 30, outcome, [](Write& write, int i) {
    hatch(write, "bird " + std::to_string(i));
    if (i % 3 == 1) throw Refusal(RefusalKind::invalid, "no");
    if (i % 3 == 2) hatch(write, "crow");
  });
  pause.end();
  io.run();
  EXPECT_EQ(outcome.written, 10);
  EXPECT_EQ(outcome.invalid, 10);
  EXPECT_EQ(outcome.duplicate, 10);
  EXPECT_EQ(database.read(count), 11);
  EXPECT_EQ(database.statistics().largest_batch, 30);
}

TEST_F(DatabaseTest, waiting_writes_share_one_commit) {
  Database database(options());
  boost::asio::io_context io;
  Outcome outcome;
  tests::WriterPause pause(database);
  queue_all(io, database, 64, outcome, [](Write& write, int i) { hatch(write, std::to_string(i)); });
  pause.end();
  io.run();
  EXPECT_EQ(outcome.written, 64);
  EXPECT_EQ(database.read(count), 64);
  EXPECT_EQ(database.statistics().commits, 1);
}

TEST_F(DatabaseTest, a_coroutine_goes_on_upon_its_own_thread_after_the_commit) {
  Database database(options());
  boost::asio::io_context io;
  const auto here = std::this_thread::get_id();
  const auto talk = [](Database& db, std::thread::id home) -> net::Task<void> {
    const BirdId id = co_await db.write([](Write& write) { return hatch(write, "hoopoe"); });
    EXPECT_EQ(std::this_thread::get_id(), home);
    const auto found = co_await db.read_slow(
        [](Read& read) { return read.value<BirdId>("select id from birds where name = 'hoopoe'"); });
    EXPECT_EQ(found, id);
    EXPECT_EQ(std::this_thread::get_id(), home);
    bool refused = false;
    try {
      co_await db.write([](Write&) { throw Refusal(RefusalKind::forbidden, "no"); });
    } catch (const Refusal& refusal) {
      refused = refusal.kind == RefusalKind::forbidden;
    }
    EXPECT_TRUE(refused);
    EXPECT_EQ(std::this_thread::get_id(), home);
  };
  boost::asio::co_spawn(io, talk(database, here), boost::asio::detached);
  EXPECT_GT(io.run(), 0U);
  EXPECT_EQ(database.read(count), 1);
}

TEST_F(DatabaseTest, stopping_finishes_what_waits_and_refuses_the_rest) {
  Database database(options());
  boost::asio::io_context io;
  Outcome outcome;
  tests::WriterPause pause(database);
  queue_all(io, database, 10, outcome, [](Write& write, int i) { hatch(write, std::to_string(i)); });
  std::thread stopper([&] { database.stop(); });
  pause.end();
  stopper.join();
  EXPECT_EQ(database.read(count), 10);
  EXPECT_THROW(database.write_blocking([](Write& write) { hatch(write, "late"); }), Refusal);
  io.run();
  EXPECT_EQ(outcome.written, 10);
}

TEST_F(DatabaseTest, a_full_queue_refuses_at_once) {
  Database database(options());
  boost::asio::io_context io;
  Outcome outcome;
  tests::WriterPause pause(database);
  queue_all(io, database, 511, outcome, [](Write&, int) {});
  EXPECT_FALSE(database.is_busy());
  queue_all(io, database, 89, outcome, [](Write&, int) {});
  EXPECT_EQ(outcome.unavailable, 600 - 512);
  EXPECT_TRUE(database.is_busy());
  std::thread of_the_server_itself(
      [&] { database.write_blocking([](Write& write) { hatch(write, "owl"); }); });
  pause.end();
  of_the_server_itself.join();
  io.run();
  EXPECT_EQ(outcome.written, 512);
  EXPECT_EQ(database.read(count), 1);
  EXPECT_FALSE(database.is_busy());
}

TEST_F(DatabaseTest, a_clock_gone_back_never_repeats_an_id_not_even_after_a_restart) {
  BirdId last;
  for (const int hours : {0, -5, 3, -100, -100}) {
    clock_.set(clock_.now() + std::chrono::hours{hours});
    Database database(options());
    for (int i = 0; i < 3; ++i) {
      const BirdId id = database.write_blocking([](Write& write) {
        const auto made = write.next_id<BirdId>();
        return hatch(write, made.str());
      });
      EXPECT_GT(id, last);
      last = id;
    }
  }
}

TEST_F(DatabaseTest, tells_of_each_commit_that_changed_something) {
  std::atomic<int> told = 0;
  DatabaseOptions listening = options();
  listening.on_commit = [&] { ++told; };
  Database database(std::move(listening));
  database.write_blocking([](Write& write) { hatch(write, "hoopoe"); });
  database.write_blocking([](Write& write) { EXPECT_EQ(count(write), 1); });
  EXPECT_THROW(database.write_blocking([](Write& write) {
    hatch(write, "crow");
    throw Refusal(RefusalKind::invalid, "no");
  }),
               Refusal);
  database.stop();
  EXPECT_EQ(told, 1);
  EXPECT_EQ(database.statistics().commits, 1);
}

}  // namespace
}  // namespace hoopoe::store
