#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/app.h"

namespace hoopoe {

// Plays the square: first the exchange of 1 October 2013 between @jack and @HassanRouhani, then a few more
// people who go on posting, reposting and favouriting. Every account's bio says that it is played by a
// program, and so does the notice on every page.
class Demo {
 public:
  // Starts at once, on a thread of its own. On a store that was played on before, it goes on.
  explicit Demo(app::App& app);
  // Ends between two posts.
  ~Demo();

 private:
  void play(const std::stop_token& stopping);
  bool pause(const std::stop_token& stopping);

  app::App& app_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::jthread thread_;
};

// What a demonstration says of itself on every page.
inline constexpr std::string_view demo_notice =
    "This is a demonstration: the people here are played by a program, with words from public record and "
    "made-up ones.";

}  // namespace hoopoe
