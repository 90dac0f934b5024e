#include "store/sql/database.h"

#include <future>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/ensure.h"

namespace hoopoe::store {

namespace {

namespace asio = boost::asio;
using Awaiting = asio::use_awaitable_t<net::Executor>;

sql::ConnectionOptions connection_options(const DatabaseOptions& options) {
  return {.file = options.directory / "hoopoe.db",
          .vfs = options.vfs,
          .durability = options.durability,
          .writer_cache_bytes = options.writer_cache_bytes,
          .statements = options.statements};
}

// Suspends the coroutine and calls start(handler, job); handler(job) makes it go on.
template <class Access, class Start>
net::Task<sql::JobPointer<Access>> suspend(const Start& start, sql::JobPointer<Access> job) {
  return asio::async_initiate<const Awaiting, void(sql::JobPointer<Access>)>(start, Awaiting{},
                                                                             std::move(job));
}

// Gives the job to its thread; the coroutine goes on, on its own executor, when the job has come back.
template <class Access, class Place>
net::Task<sql::JobPointer<Access>> wait_for(Place& place, sql::JobPointer<Access> waiting) {
  const auto start = [&place](auto handler, sql::JobPointer<Access> job) {
    // The io_context does not run out of work while a job is away.
    auto work = asio::make_work_guard(asio::get_associated_executor(handler));
    job->complete = [handler = std::move(handler), work](sql::JobPointer<Access> done) mutable {
      asio::post(work.get_executor(), [handler = std::move(handler), done = std::move(done)]() mutable {
        handler(std::move(done));
      });
    };
    place.add(std::move(job));
  };
  return suspend(start, std::move(waiting));
}

}  // namespace

Database::Database(DatabaseOptions options) : options_(std::move(options)), lock_(options_.directory) {
  const sql::ConnectionOptions connection = connection_options(options_);
  sql::make_private_file(connection.file);
  {
    sql::Connection opened(connection, sql::Role::writer);
    sql::migrate(opened, options_.migrations, options_.clock->now());
    sql::Writer::prepare_tables(opened);
  }
  checkpointer_ = std::make_unique<sql::Checkpointer>(connection, options_.log);
  readers_ = std::make_unique<sql::Readers>(connection, *options_.clock, changes_, options_.known.get());
  read_pool_ =
      std::make_unique<sql::ReadPool>(*readers_, options_.slow_read_threads, options_.slow_read_deadline);
  sql::WriterOptions writer{.connection = connection,
                            .clock = options_.clock,
                            .node = options_.node,
                            .deadline = options_.write_deadline,
                            .changes = &changes_,
                            .on_commit = options_.on_commit};
  writer_ = std::make_unique<sql::Writer>(std::move(writer), *checkpointer_);
}

Database::~Database() { stop(); }

void Database::stop() {
  writer_->stop();
  read_pool_->stop();
  checkpointer_->stop();
}

bool Database::is_busy() { return writer_->is_busy(); }

sql::Connection::Deadline Database::read_deadline() const {
  ensure(!writer_->on_this_thread(), "a write reads through the Write it has");
  return std::chrono::steady_clock::now() + options_.read_deadline;
}

net::Task<sql::JobPointer<Read>> Database::wait_for_read(sql::JobPointer<Read> job) {
  return wait_for(*read_pool_, std::move(job));
}

net::Task<sql::JobPointer<Write>> Database::wait_for_write(sql::JobPointer<Write> job) {
  return wait_for(*writer_, std::move(job));
}

sql::JobPointer<Write> Database::block_on_write(sql::JobPointer<Write> job) {
  ensure(!writer_->on_this_thread(), "a write does not wait for another");
  std::promise<sql::JobPointer<Write>> promise;
  std::future<sql::JobPointer<Write>> future = promise.get_future();
  job->complete = [&promise](sql::JobPointer<Write> done) { promise.set_value(std::move(done)); };
  writer_->add(std::move(job), sql::Join::always);
  return future.get();
}

}  // namespace hoopoe::store
