#include "app/home_keeper.h"

#include <chrono>

#include "base/log.h"
#include "base/refusal.h"
#include "domain/page.h"
#include "store/follows.h"
#include "store/outbox.h"
#include "store/subjects.h"
#include "store/timelines.h"

namespace hoopoe::app {

namespace {

constexpr int arrivals_per_read = 500;  // some 2 ms
// As many of each author as a page has that is not asked for more, so that one is whole whoever is on it.
constexpr int past_of_each = page_limit_default;
// Somebody else puts what was said on the homes: some 2 ms, for one post that goes to 50,000.
constexpr std::chrono::seconds catch_up_wait{1};

}  // namespace

HomeKeeper::HomeKeeper(store::Database& db, timelines::HomesOptions options)
    : db_(db),
      homes_(options),
      position_(db.read([](store::Read& read) { return store::outbox::newest(read); })) {}

void HomeKeeper::start() {
  thread_ = std::jthread([this](const std::stop_token& stopping) { run(stopping); });
}

void HomeKeeper::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void HomeKeeper::wake() {
  if (homes_.readers() == 0) return;
  {
    const std::scoped_lock lock(mutex_);
    work_waits_ = true;
  }
  woken_.notify_one();
}

void HomeKeeper::run(const std::stop_token& stopping) {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, stopping, [this] { return work_waits_; });
      work_waits_ = false;
    }
    if (stopping.stop_requested()) return;
    try {
      catch_up();
    } catch (const std::exception& error) {
      // Whoever reads does it again, and is refused if it fails again.
      log::error("homes: {}", error.what());
    }
  }
}

void HomeKeeper::catch_up() {
  if (caught_up_to_ >= db_.changes().newest()) return;
  const std::unique_lock lock(catching_up_, catch_up_wait);
  if (!lock) {
    throw Refusal(RefusalKind::unavailable, "Too much is being said right now. Try again in a moment.");
  }
  for (bool more = true; more;) {
    const store::sql::CommitNumber as_of = db_.changes().newest();
    if (caught_up_to_ >= as_of) return;
    if (homes_.readers() == 0 && skip_to_newest()) {
      caught_up_to_ = as_of;
      return;
    }
    const auto arrivals = db_.read(
        [&](store::Read& read) { return store::timelines::arrivals(read, position_, arrivals_per_read); });
    for (const Arrival& arrival : arrivals.posts) homes_.add(arrival);
    position_ = arrivals.until;
    more = arrivals.more;
    if (!more) caught_up_to_ = as_of;
  }
}

// False where somebody has begun to read meanwhile: from then on what comes is theirs, and what was there
// before they find in the tables.
bool HomeKeeper::skip_to_newest() {
  const EventId newest = db_.read([](store::Read& read) { return store::outbox::newest(read); });
  if (homes_.readers() > 0) return false;
  position_ = newest;
  return true;
}

HomeIds HomeKeeper::newest(AccountId reader, PostId before, std::size_t limit) {
  catch_up();
  auto kept = homes_.read(reader, db_.changes().of(store::subjects::follows(reader)), before, limit);
  return kept ? *std::move(kept) : begin(reader);
}

HomeIds HomeKeeper::begin(AccountId reader) {
  const store::sql::CommitNumber as_of = db_.changes().newest();
  const auto followed = db_.read([&](store::Read& read) { return store::follows::all_of(read, reader); });
  const auto begun = homes_.begin(reader, followed, as_of);
  // Read after that: what is committed later is put there as it comes.
  HomeIds past =
      db_.read([&](store::Read& read) { return store::timelines::home_past(read, reader, past_of_each); });
  homes_.finish(begun, past);
  return past;
}

}  // namespace hoopoe::app
