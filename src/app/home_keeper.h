#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "domain/home.h"
#include "store/database.h"
#include "timelines/homes.h"

namespace hoopoe::app {

// Keeps the homes of active readers in memory, and up to date from the outbox: a thread puts there what was
// committed, and so does whoever reads before it came to that. What was acknowledged is on every home that is
// read from then on.
class HomeKeeper {
 public:
  explicit HomeKeeper(store::Database& db, timelines::HomesOptions options = {});
  ~HomeKeeper() { stop(); }

  // The thread; without it, readers do all of its work.
  void start();
  void stop();
  // Any thread, after a commit. Nothing is done where no home is kept.
  void wake();

  // Those before an id, of all that is committed; at most so many, or more at the first read. Any thread; not
  // inside of a read.
  HomeIds newest(AccountId reader, PostId before, std::size_t limit);
  // The last commit whose posts are on the homes.
  store::sql::CommitNumber caught_up_to() const { return caught_up_to_; }

 private:
  void run(const std::stop_token& stopping);
  void catch_up();
  bool skip_to_newest();
  HomeIds begin(AccountId reader);

  store::Database& db_;
  timelines::Homes homes_;
  std::atomic<store::sql::CommitNumber> caught_up_to_ = 0;
  std::timed_mutex catching_up_;
  EventId position_;  // guarded by catching_up_

  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool work_waits_ = false;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace hoopoe::app
