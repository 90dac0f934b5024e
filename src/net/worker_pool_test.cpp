#include "net/worker_pool.h"

#include <chrono>
#include <future>
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

Task<int> hold(WorkerPool& pool, std::promise<void>& begun, std::future<void> end) {
  co_return co_await pool.run([&] {
    begun.set_value();
    end.wait();
    return 1;
  });
}

Task<int> set(WorkerPool& pool, bool& is_done) {
  co_return co_await pool.run([&] {
    is_done = true;
    return 2;
  });
}

// Or else another job waits now, or is one too many.
bool says_that_it_stops(boost::asio::io_context& io, WorkerPool& pool, bool& is_done) {
  auto asked = boost::asio::co_spawn(io, set(pool, is_done), boost::asio::use_future);
  io.poll();
  if (asked.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
  try {
    asked.get();
  } catch (const Refusal& refusal) {
    return std::string_view(refusal.what()).contains("stops");
  }
  return false;
}

TEST(WorkerPool, what_waits_when_it_stops_is_not_begun_and_nothing_more_is_taken) {
  boost::asio::io_context io;
  WorkerPool pool(1);
  std::promise<void> begun;
  std::promise<void> end;
  bool is_done = false;
  auto running = boost::asio::co_spawn(io, hold(pool, begun, end.get_future()), boost::asio::use_future);
  auto waiting = boost::asio::co_spawn(io, set(pool, is_done), boost::asio::use_future);
  io.poll();
  begun.get_future().wait();
  const std::jthread stopping([&] { pool.stop(); });
  while (!says_that_it_stops(io, pool, is_done)) {
  }
  end.set_value();
  io.run();
  EXPECT_EQ(running.get(), 1);
  EXPECT_THROW(waiting.get(), Refusal);
  EXPECT_FALSE(is_done);
}

}  // namespace
}  // namespace hoopoe::net
