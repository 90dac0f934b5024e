#include "net/worker_pool.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/refusal.h"

namespace hoopoe::net {

namespace {

namespace asio = boost::asio;
using Awaiting = asio::use_awaitable_t<Executor>;

// At 13 ms a password hash and two threads, the last of these waits two thirds of a second.
constexpr int waiting_max = 100;

}  // namespace

class WorkerPool::Threads : public asio::thread_pool {
 public:
  using asio::thread_pool::thread_pool;
};

WorkerPool::WorkerPool(int threads) : threads_(std::make_unique<Threads>(threads)) {}
WorkerPool::~WorkerPool() { stop(); }

void WorkerPool::stop() {
  stopping_ = true;
  threads_->join();
}

void WorkerPool::refuse_as_stopping() {
  throw Refusal(RefusalKind::unavailable, "The server stops; try again in a moment.");
}

Task<void> WorkerPool::run_job(std::function<void()> job) {
  if (stopping_) co_return;  // run() says so
  if (waiting_.fetch_add(1) >= waiting_max) {
    --waiting_;
    throw Refusal(RefusalKind::unavailable, "The server is busy; try again in a moment.");
  }
  const auto start = [this](auto handler, std::function<void()> function) {
    auto work = asio::make_work_guard(asio::get_associated_executor(handler));
    asio::post(*threads_,
               [this, handler = std::move(handler), work, function = std::move(function)]() mutable {
                 if (!stopping_) function();
                 --waiting_;
                 asio::post(work.get_executor(), [handler = std::move(handler)]() mutable { handler(); });
               });
  };
  co_await asio::async_initiate<const Awaiting, void()>(start, Awaiting{}, std::move(job));
}

}  // namespace hoopoe::net
