#include "net/worker_pool.h"

#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "base/refusal.h"

namespace hoopoe::net {
namespace {

struct Seen {
  std::thread::id worker;
  std::thread::id after;
};

Task<Seen> see(WorkerPool& pool) {
  Seen seen;
  seen.worker = co_await pool.run([] { return std::this_thread::get_id(); });
  seen.after = std::this_thread::get_id();
  co_return seen;
}

Task<int> fail(WorkerPool& pool) {
  co_return co_await pool.run([]() -> int { throw Refusal(RefusalKind::invalid, "no"); });
}

TEST(WorkerPool, works_on_a_thread_of_its_own_and_comes_back) {
  boost::asio::io_context io;
  WorkerPool pool(2);
  auto seen = boost::asio::co_spawn(io, see(pool), boost::asio::use_future);
  io.run();
  const Seen result = seen.get();
  EXPECT_NE(result.worker, std::this_thread::get_id());
  EXPECT_EQ(result.after, std::this_thread::get_id());
}

TEST(WorkerPool, hands_back_what_was_thrown) {
  boost::asio::io_context io;
  WorkerPool pool(1);
  auto failed = boost::asio::co_spawn(io, fail(pool), boost::asio::use_future);
  io.run();
  EXPECT_THROW(failed.get(), Refusal);
}

}  // namespace
}  // namespace hoopoe::net
