#include "main/housekeeper.h"

#include <condition_variable>
#include <exception>
#include <mutex>

#include "app/accounts.h"
#include "app/erase.h"
#include "app/expire.h"
#include "app/moderate.h"
#include "base/log.h"

namespace hoopoe {

namespace {

constexpr std::chrono::minutes round{1};

}  // namespace

Housekeeper::Housekeeper(store::Database& db)
    : db_(db), thread_([this](const std::stop_token& stopping) { run(stopping); }) {}

void Housekeeper::run(const std::stop_token& stopping) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  while (!stopping.stop_requested()) {
    try {
      for (const auto work : {app::finish_account_erasures, app::erase_old_takedowns,
                              app::finish_post_erasures, app::erase_expired}) {
        while (!stopping.stop_requested() && db_.write_blocking(work)) {
        }
      }
    } catch (const std::exception& error) {
      log::error("housekeeping: {}", error.what());
    }
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stopping, round, [] { return false; });
  }
}

}  // namespace hoopoe
