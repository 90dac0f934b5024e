#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "app/actor.h"
#include "app/notifications.h"
#include "app/post_view.h"
#include "domain/event.h"
#include "net/stream.h"
#include "store/database.h"

namespace hoopoe::app {

// What a live reader listens to.
struct Channel {
  enum class Kind {
    everyone,       // posts of the public timeline
    home,           // of an account: what its home timeline gets, and its notifications
    notifications,  // of an account
    tag,            // posts of a tag's page
    account,        // posts of an account's live page
    occasion,       // posts of a live event, and how it goes on
  };
  Kind kind = Kind::everyone;
  AccountId account;
  std::string tag;       // folded
  PostId occasion = {};  // its summary

  std::string key() const;
};

// What happened, as the readers of its channels are shown it: without anybody's own flags.
struct LiveEvent {
  EventId id;
  EventKind kind = EventKind::published;
  PostId post_id;
  std::shared_ptr<const PostView> post;                  // published, edited; shared by the encoders
  std::shared_ptr<const NotificationView> notification;  // notified; likewise
};

// Of those who listen, what an event need be routed to.
struct Audience {
  std::vector<AccountId> homes;
  std::vector<PostId> occasions;
};

// How a face writes an event; asked once for all the readers of one channel. Lives as long as the hub.
class LiveEncoder {
 public:
  virtual ~LiveEncoder() = default;
  // None: this face says nothing of such an event.
  virtual net::Message encode(const LiveEvent& event, const Channel& channel) const = 0;
  // Tells a reader that asked to resume from an event no longer known to load everything anew.
  virtual net::Message reset() const = 0;
};

struct Subscription {
  std::vector<Channel> channels;  // what belongs to several of them comes for each
  const LiveEncoder* encoder = nullptr;
  std::weak_ptr<net::Stream> stream;
  Actor actor;  // all none for an anonymous reader
  // Of the hub: it has nothing to say up to this event, which its thread may not have come to yet.
  EventId heard;
};

// Carries what was committed to those who listen. One thread re-reads the outbox in order, so that a wake-up
// that is lost costs delay and never an event.
class LiveHub {
 public:
  explicit LiveHub(store::Database& db) : db_(db) {}
  ~LiveHub() { stop(); }

  void start();
  void stop();

  // Any thread, after a commit. Costs nothing while nobody listens.
  void wake();
  // From now on, and before that what came after an event, when one is given.
  void subscribe(Subscription subscription, EventId after = {});
  void unsubscribe(const std::shared_ptr<net::Stream>& stream, const Channel& channel,
                   const LiveEncoder* encoder);
  // Ends the streams of those who may no longer listen.
  void close_streams(std::function<bool(const Actor&)> whose);

 private:
  using Task = std::function<void(store::Read&)>;
  void add_task(Task task);
  void run(const std::stop_token& stopping);
  // True when there is more.
  bool dispatch_some();
  void run_tasks(std::vector<Task> tasks);
  void dispatch(store::Read& read, const Event& event);
  void deliver(const LiveEvent& event, const std::string& key, const std::vector<AccountId>& not_for = {});
  // A fresh reader hears what comes from now on; one that resumes may have been away for too long.
  enum class Start { fresh, resumed };
  void replay(store::Read& read, const Subscription& subscription, Start start);
  Audience audience() const;
  std::vector<AccountId> viewers_of(const std::vector<std::string>& keys) const;
  void forget_closed();

  store::Database& db_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::vector<Task> tasks_;  // guarded by mutex_, as is work_waits_
  bool work_waits_ = false;
  std::jthread thread_;
  // Set by the hub's thread before it reads what came after the position: a commit sees it, or is seen.
  std::atomic<bool> has_readers_ = false;

  // Of the hub's thread alone.
  struct Listeners {
    Channel channel;
    std::vector<Subscription> subscriptions;
  };
  std::unordered_map<std::string, Listeners> listeners_;  // by the key of their channel
  EventId position_;
  std::chrono::steady_clock::time_point forgotten_;
};

}  // namespace hoopoe::app
