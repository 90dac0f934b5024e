#include "app/live.h"

#include <algorithm>
#include <unordered_map>

#include "app/live_routing.h"
#include "app/standing.h"
#include "base/ensure.h"
#include "base/id_source.h"
#include "base/log.h"
#include "store/accounts.h"
#include "store/outbox.h"

namespace hoopoe::app {

namespace {

constexpr std::chrono::seconds outbox_poll_interval{2};  // repairs a lost wake-up
constexpr int events_per_read = 200;
// What a reader who was away is sent; one who missed more loads everything anew. All wait for the one who
// resumes: counts bound it, not a clock, which would turn readers of a busy machine away to load even more.
constexpr int replayed_events_max = 100;
constexpr std::size_t replayed_bytes_max = std::size_t{128} * 1024;  // half of a stream's queue
constexpr std::chrono::milliseconds tasks_between_events{20};
constexpr std::chrono::seconds forget_interval{1};  // looks at every stream: 0.3 ms of ten thousand

// Between the question who it is and the subscription, a token may have been revoked, an account hidden.
bool may_listen(store::Read& read, const Actor& actor) {
  if (!is_signed_in(read, actor)) return false;
  if (!actor.account) return true;
  const auto account = store::accounts::find(read, actor.account);
  return account && account->is_shown();
}

template <class Value>
bool contains(const std::vector<Value>& values, const Value& value) {
  return std::ranges::find(values, value) != values.end();
}

void add_to(Audience& audience, const Channel& channel) {
  if (channel.kind == Channel::Kind::home) audience.homes.push_back(channel.account);
  if (channel.kind == Channel::Kind::occasion) audience.occasions.push_back(channel.occasion);
}

}  // namespace

std::string Channel::key() const {
  switch (kind) {
    case Kind::everyone:
      return "everyone";
    case Kind::home:
      return "home:" + account.str();
    case Kind::notifications:
      return "notifications:" + account.str();
    case Kind::tag:
      return "tag:" + tag;
    case Kind::account:
      return "account:" + account.str();
    case Kind::occasion:
      return "event:" + occasion.str();
  }
  return {};
}

void LiveHub::start() {
  position_ = db_.read([](store::Read& read) { return store::outbox::newest(read); });
  thread_ = std::jthread([this](const std::stop_token& stopping) { run(stopping); });
}

void LiveHub::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void LiveHub::wake() {
  if (!has_readers_) return;
  {
    const std::scoped_lock lock(mutex_);
    work_waits_ = true;
  }
  woken_.notify_one();
}

void LiveHub::add_task(Task task) {
  {
    const std::scoped_lock lock(mutex_);
    tasks_.push_back(std::move(task));
    work_waits_ = true;
  }
  woken_.notify_one();
}

void LiveHub::subscribe(Subscription subscription, EventId after) {
  // Asked here and now: what is committed before the hub's thread comes to it is heard, and nothing older.
  subscription.heard =
      after ? after : db_.read([](store::Read& read) { return store::outbox::newest(read); });
  const Start start = after ? Start::resumed : Start::fresh;
  add_task([this, subscription = std::move(subscription), start](store::Read& read) {
    const auto stream = subscription.stream.lock();
    if (!stream) return;
    try {
      if (!may_listen(read, subscription.actor)) return stream->close();
      // What nobody listened to need not be gone through.
      if (!has_readers_) position_ = store::outbox::newest(read);
      replay(read, subscription, start);
      Subscription added = subscription;
      added.heard = std::min(added.heard, store::outbox::newest(read));
      for (const Channel& channel : added.channels) {
        Listeners& listeners = listeners_[channel.key()];
        listeners.channel = channel;
        listeners.subscriptions.push_back(added);
      }
      has_readers_ = true;
    } catch (const std::exception& error) {
      // The reader comes back, by the last event that it saw.
      log::error("live subscription: {}", error.what());
      stream->close();
    }
  });
}

void LiveHub::unsubscribe(const std::shared_ptr<net::Stream>& stream, const Channel& channel,
                          const LiveEncoder* encoder) {
  add_task([this, stream = std::weak_ptr(stream), key = channel.key(), encoder](store::Read&) {
    std::erase_if(listeners_[key].subscriptions, [&](const Subscription& subscription) {
      return subscription.encoder == encoder && subscription.stream.lock() == stream.lock();
    });
  });
}

void LiveHub::close_streams(std::function<bool(const Actor&)> whose) {
  add_task([this, whose = std::move(whose)](store::Read&) {
    for (const auto& [key, listeners] : listeners_) {
      for (const Subscription& subscription : listeners.subscriptions) {
        const auto stream = subscription.stream.lock();
        if (stream && whose(subscription.actor)) stream->close();
      }
    }
  });
}

void LiveHub::run(const std::stop_token& stopping) {
  while (!stopping.stop_requested()) {
    std::vector<Task> tasks;
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, stopping, outbox_poll_interval, [this] { return work_waits_; });
      tasks.swap(tasks_);
      work_waits_ = false;
    }
    try {
      run_tasks(std::move(tasks));
      while (dispatch_some() && !stopping.stop_requested()) {
      }
      forget_closed();
    } catch (const std::exception& error) {
      // What was not dispatched is read again: the position stands at the last event that was.
      log::error("live delivery: {}", error.what());
    }
  }
}

bool LiveHub::dispatch_some() {
  if (!has_readers_) return false;
  return db_.read([&](store::Read& read) {
    const std::vector<Event> events = store::outbox::after(read, position_, events_per_read);
    for (const Event& event : events) dispatch(read, event);
    return events.size() == events_per_read;
  });
}

void LiveHub::run_tasks(std::vector<Task> tasks) {
  auto last = std::chrono::steady_clock::now();
  for (Task& task : tasks) {
    // Many who resume at once hold up what is new by no more than this.
    if (std::chrono::steady_clock::now() - last > tasks_between_events) {
      dispatch_some();
      last = std::chrono::steady_clock::now();
    }
    try {
      db_.read(task);
    } catch (const std::exception& error) {
      log::error("live delivery: {}", error.what());
      // A reader who waits, a stream to be closed: none is forgotten.
      const std::scoped_lock lock(mutex_);
      tasks_.push_back(std::move(task));
    }
  }
}

void LiveHub::dispatch(store::Read& read, const Event& row) {
  const std::optional<LiveEvent> event = load_event(read, row);
  std::vector<std::string> keys;
  std::vector<AccountId> not_for;
  if (event) keys = route(read, row, *event, audience());
  if (event && event->post) not_for = not_wanted_by(read, *event->post, viewers_of(keys));
  // What can fail is behind us: what is delivered is never read again.
  position_ = row.id;
  if (!event) return;
  if (row.kind == EventKind::deleted && row.other == 1) {
    // Whoever shows the post must learn that it is gone; that there was one, everybody could see.
    for (const auto& [key, listeners] : listeners_) deliver(*event, key);
    return;
  }
  if (row.kind == EventKind::account_hidden) {
    for (const auto& [key, listeners] : listeners_) {
      for (const Subscription& subscription : listeners.subscriptions) {
        const bool own =
            subscription.actor.account == row.account || listeners.channel.account == row.account;
        if (const auto stream = subscription.stream.lock(); stream && own) stream->close();
      }
    }
    return;
  }
  for (const std::string& key : keys) deliver(*event, key, not_for);
}

void LiveHub::deliver(const LiveEvent& event, const std::string& key, const std::vector<AccountId>& not_for) {
  const auto found = listeners_.find(key);
  if (found == listeners_.end()) return;
  std::unordered_map<const LiveEncoder*, net::Message> encoded;
  for (const Subscription& subscription : found->second.subscriptions) {
    const auto stream = subscription.stream.lock();
    if (!stream || event.id <= subscription.heard || contains(not_for, subscription.actor.account)) continue;
    const auto [message, fresh] = encoded.try_emplace(subscription.encoder);
    if (fresh) message->second = subscription.encoder->encode(event, found->second.channel);
    if (message->second) stream->send(message->second);
  }
}

void LiveHub::replay(store::Read& read, const Subscription& subscription, Start start) {
  const auto stream = subscription.stream.lock();
  if (!stream) return;
  const bool expired = start == Start::resumed && (subscription.heard < store::outbox::oldest(read) ||
                                                   subscription.heard > store::outbox::newest(read));
  const std::vector<Event> rows = store::outbox::after(read, subscription.heard, replayed_events_max);
  if (expired || rows.size() == replayed_events_max) {
    stream->send(subscription.encoder->reset());
    return;
  }
  Audience audience;
  for (const Channel& channel : subscription.channels) add_to(audience, channel);
  std::vector<net::Message> messages;
  std::size_t bytes = 0;
  for (const Event& row : rows) {
    if (row.id > position_) break;  // comes to everyone in a moment
    const bool is_told = std::ranges::find(subscription.channels, row.account, &Channel::account) !=
                         subscription.channels.end();
    if (row.kind == EventKind::notified && !is_told) continue;
    if (bytes > replayed_bytes_max) {
      stream->send(subscription.encoder->reset());
      return;
    }
    const std::optional<LiveEvent> event = load_event(read, row);
    if (!event) continue;
    const std::vector<std::string> keys = route(read, row, *event, audience);
    const bool gone_for_all = row.kind == EventKind::deleted && row.other == 1;
    std::vector<Channel> channels = subscription.channels;
    std::erase_if(channels,
                  [&](const Channel& channel) { return !gone_for_all && !contains(keys, channel.key()); });
    if (channels.empty()) continue;
    if (event->post && subscription.actor.account &&
        !not_wanted_by(read, *event->post, {subscription.actor.account}).empty()) {
      continue;
    }
    for (const Channel& channel : channels) {
      auto message = subscription.encoder->encode(*event, channel);
      if (!message) continue;
      bytes += message->size();
      messages.push_back(std::move(message));
    }
  }
  for (net::Message& message : messages) stream->send(std::move(message));
}

std::vector<AccountId> LiveHub::viewers_of(const std::vector<std::string>& keys) const {
  std::vector<AccountId> viewers;
  for (const std::string& key : keys) {
    const auto found = listeners_.find(key);
    if (found == listeners_.end()) continue;
    for (const Subscription& subscription : found->second.subscriptions) {
      if (subscription.actor.account) viewers.push_back(subscription.actor.account);
    }
  }
  return viewers;
}

Audience LiveHub::audience() const {
  Audience audience;
  for (const auto& [key, listeners] : listeners_) {
    if (!listeners.subscriptions.empty()) add_to(audience, listeners.channel);
  }
  return audience;
}

void LiveHub::forget_closed() {
  const auto now = std::chrono::steady_clock::now();
  if (now - forgotten_ < forget_interval) return;
  forgotten_ = now;
  for (auto& [key, listeners] : listeners_) {
    std::erase_if(listeners.subscriptions, [](const Subscription& subscription) {
      const auto stream = subscription.stream.lock();
      return !stream || stream->closed();
    });
  }
  std::erase_if(listeners_, [](const auto& entry) { return entry.second.subscriptions.empty(); });
  has_readers_ = !listeners_.empty();
}

}  // namespace hoopoe::app
