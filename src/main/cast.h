#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "app/actor.h"
#include "app/app.h"
#include "domain/ids.h"
#include "domain/photo.h"
#include "net/task.h"

namespace hoopoe {

// Runs a task to its end on this thread: one at a time, so one io_context each is enough.
template <class T>
T run_alone(net::Task<T> task) {
  boost::asio::io_context io;
  auto result = boost::asio::co_spawn(io, std::move(task), boost::asio::use_future);
  io.run();
  return result.get();
}

struct Player {
  std::string_view handle;
  std::string_view name;
  std::string_view bio;
  std::string_view language = "en";  // of what they say
};

// Accounts that a program speaks for. Who is not there yet gets one, with a password that nobody knows; all
// follow each other.
class Cast {
 public:
  Cast(app::App& app, std::span<const Player> players);

  // These take handles of the players; std::out_of_range for any other.
  PostId say(std::string_view handle, std::string_view text, PostId reply_to = {});
  // A post with a photo; `picture` is a file of one.
  Photo show(std::string_view handle, std::string_view text, std::string_view picture,
             std::string_view description);
  void favourite(std::string_view handle, PostId post);
  void repost(std::string_view handle, PostId post);
  void hold_event(std::string_view handle, PostId summary, std::vector<std::string> speakers);
  bool has_spoken(std::string_view handle) const;

 private:
  struct Part {
    app::Actor actor;
    std::string language;
  };

  const Part& part_of(std::string_view handle) const;
  const app::Actor& actor_of(std::string_view handle) const { return part_of(handle).actor; }
  app::Actor enter(const Player& player);
  void follow_all(const app::Actor& actor);

  app::App& app_;
  std::map<std::string, Part, std::less<>> parts_;
};

}  // namespace hoopoe
