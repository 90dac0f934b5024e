#pragma once

#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "app/actor.h"
#include "app/app.h"
#include "app/bursts.h"
#include "app/home_keeper.h"
#include "app/live.h"
#include "app/post_view.h"
#include "base/refusal.h"
#include "base/temporary_directory.h"
#include "domain/post.h"
#include "net/task.h"
#include "net/worker_pool.h"
#include "store/database.h"
#include "tests/support/test_clock.h"

namespace hoopoe::tests {

// Why a function was refused; none when it was not.
template <class Function>
std::optional<RefusalKind> refusal_of(Function&& function) {
  try {
    function();
    return std::nullopt;
  } catch (const Refusal& refusal) {
    return refusal.kind;
  }
}

struct TestSquareOptions {
  // Empty: a temporary one.
  std::filesystem::path directory;
  Time start = first_of_october_2013;
  store::sql::StatementLog* statements = nullptr;
};

// All of the product below its faces, on a real store: http://square.test, open to sign up. Nothing is a
// stand-in but the clock. The live hub runs once its start() is called.
class TestSquare {
 public:
  static constexpr std::string_view password = "correct horse battery";

  explicit TestSquare(const TestSquareOptions& options = {});
  ~TestSquare();

  app::App& app() { return app_; }
  app::LiveHub& live() { return live_; }
  store::Database& db() { return db_; }
  TestClock& clock() { return clock_; }
  // May be changed as long as nothing runs.
  Settings& settings() { return settings_; }

  // A new account, its owner, and this person at work in a browser, with every scope. The e-mail is
  // HANDLE@example.org, the password the one above.
  app::Actor person(std::string_view handle, Role role = Role::person);

  // Runs a coroutine to its end and gives what it gives, or throws what it throws.
  template <class T>
  T run(net::Task<T> task);
  // Why it was refused; none when it was not.
  template <class T>
  std::optional<RefusalKind> refusal(net::Task<T> task) {
    return refusal_of([&] { run(std::move(task)); });
  }

  // Runs them all at once; how many were not refused.
  template <class T>
  int run_together(std::vector<net::Task<T>> tasks);

  app::PostView publish(const app::Actor& actor, std::string_view text, PostId reply_to = {});
  app::PostView publish(const app::Actor& actor, Draft draft);

 private:
  std::optional<TemporaryDirectory> directory_;
  TestClock clock_;
  Settings settings_;
  store::Database db_;
  net::WorkerPool workers_;
  net::WorkerPool drawing_;
  media::Blobs blobs_;
  app::LiveHub live_;
  app::HomeKeeper homes_;
  app::Bursts bursts_;
  app::App app_;
  boost::asio::io_context io_;
};

// --- Of run().

template <class T>
T TestSquare::run(net::Task<T> task) {
  std::exception_ptr failure;
  io_.restart();
  if constexpr (std::is_void_v<T>) {
    boost::asio::co_spawn(io_, std::move(task),
                          [&failure](const std::exception_ptr& error) { failure = error; });
    io_.run();
    if (failure) std::rethrow_exception(failure);
  } else {
    std::optional<T> kept;
    boost::asio::co_spawn(io_, std::move(task), [&](const std::exception_ptr& error, T value) {
      failure = error;
      kept = std::move(value);
    });
    io_.run();
    if (failure) std::rethrow_exception(failure);
    return *std::move(kept);
  }
}

template <class T>
int TestSquare::run_together(std::vector<net::Task<T>> tasks) {
  int done = 0;
  io_.restart();
  for (net::Task<T>& task : tasks) {
    boost::asio::co_spawn(io_, std::move(task), [&done](const std::exception_ptr& error, const T& /*value*/) {
      done += error ? 0 : 1;
    });
  }
  io_.run();
  return done;
}

}  // namespace hoopoe::tests
