// References below HTTP, each for so many seconds; prints one JSON line.
//   store_tool publish DATA SECONDS COUNT           what a post is without HTTP, so many at once, on a filled
//                                                   store
//   store_tool store DATA SECONDS BATCH             its rows alone
//   store_tool naive FILE DATA SECONDS BATCH COUNT  the naive store, new with COUNT posts in it, people of
//                                                   DATA
//   store_tool disk FILE SECONDS                    16 KiB pwrite and fdatasync in a preallocated file
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string_view>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "app/oauth.h"
#include "app/publish.h"
#include "crowd.h"
#include "http_client.h"
#include "main/square.h"
#include "naive_store.h"
#include "run_tool.h"
#include "store/accounts.h"
#include "store/schema.h"

namespace hoopoe::bench {

namespace {

constexpr int prepared_posts = 16'384;  // made beforehand, so that the store alone is timed

std::vector<Prepared> prepare_many(const std::vector<Member>& people) {
  Dice dice(2);
  std::vector<Prepared> posts;
  posts.reserve(prepared_posts);
  for (int i = 0; i < prepared_posts; ++i) posts.push_back(prepare(dice, people, published_mix));
  return posts;
}

struct Rate {
  std::int64_t rounds = 0;
  double seconds = 0;
};

template <class Round>
Rate repeat(double seconds, const Round& round) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  Rate rate;
  while (rate.seconds < seconds) {
    round(rate.rounds++);
    rate.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  }
  return rate;
}

std::span<const Prepared> batch_of(const std::vector<Prepared>& posts, std::int64_t round, int size) {
  const auto batch = static_cast<std::size_t>(size);
  return std::span(posts).subspan(static_cast<std::size_t>(round) * batch % (posts.size() - batch), batch);
}

void print(const Rate& rate, std::int64_t count, std::int64_t commits) {
  std::cout << fmt::format(R"({{"count":{},"seconds":{:.4f},"commits":{}}})", count, rate.seconds, commits)
            << "\n";
}

int measure_store(const char* data, double seconds, int batch) {
  store::Database db(
      {.directory = data, .migrations = store::schema(), .read_deadline = std::chrono::seconds(60)});
  const std::vector<Prepared> posts = prepare_many(members(db));
  const std::int64_t commits_before = db.statistics().commits;
  const Rate rate = repeat(seconds, [&](std::int64_t round) {
    db.write_blocking([&](store::Write& write) {
      for (const Prepared& post : batch_of(posts, round, batch)) write_post(write, post);
    });
  });
  print(rate, rate.rounds * batch, db.statistics().commits - commits_before);
  return 0;
}

struct Wish {
  app::Actor actor;
  std::string text;
};

std::vector<Wish> wish_many(app::App& app) {
  const auto people =
      static_cast<int>(app.db.read([](store::Read& read) { return store::accounts::totals(read).accounts; }));
  Dice dice(2);
  std::vector<Wish> wishes;
  wishes.reserve(prepared_posts);
  for (int i = 0; i < prepared_posts; ++i) {
    const auto actor = app::authenticate(app, token_of(dice.leaning(people)));
    wishes.push_back({.actor = actor.value(), .text = say(dice, people, published_mix)});
  }
  return wishes;
}

// Posts one after the other until the end.
net::Task<void> publish_until(Moment end, app::App& app, const std::vector<Wish>& wishes,
                              std::int64_t& count) {
  while (std::chrono::steady_clock::now() < end) {
    const Wish& wish = wishes[static_cast<std::size_t>(count++) % wishes.size()];
    co_await app::publish(app, wish.actor, {.text = wish.text});
  }
}

int measure_publish(const char* data, double seconds, int at_once) {
  Settings settings;
  settings.rate_limits_enabled = false;
  Core core(data, settings);
  const std::vector<Wish> wishes = wish_many(core.app());
  const std::int64_t commits_before = core.app().db.statistics().commits;
  boost::asio::io_context io(1);
  std::exception_ptr failure;
  std::int64_t count = 0;
  const Moment start = std::chrono::steady_clock::now();
  const auto end =
      start + std::chrono::duration_cast<Moment::duration>(std::chrono::duration<double>(seconds));
  for (int i = 0; i < at_once; ++i) {
    boost::asio::co_spawn(io, publish_until(end, core.app(), wishes, count),
                          [&](const std::exception_ptr& error) {
                            if (error) failure = error;
                          });
  }
  io.run();
  if (failure) std::rethrow_exception(failure);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  print({.rounds = count, .seconds = passed.count()}, count,
        core.app().db.statistics().commits - commits_before);
  return 0;
}

int measure_naive(const char* file, const char* data, double seconds, int batch, int preloaded) {
  std::vector<Prepared> posts;
  {
    store::Database db(
        {.directory = data, .migrations = store::schema(), .read_deadline = std::chrono::seconds(60)});
    posts = prepare_many(members(db));
  }
  NaiveStore naive(file, posts, preloaded);
  const Rate rate = repeat(seconds, [&](std::int64_t round) { naive.add(batch_of(posts, round, batch)); });
  print(rate, rate.rounds * batch, rate.rounds);
  return 0;
}

int measure_disk(const char* file, double seconds) {
  constexpr std::size_t block = std::size_t{16} << 10;
  constexpr std::int64_t blocks = 2048;  // 32 MiB
  const std::string bytes(block, 'x');
  const int descriptor = ::open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  for (std::int64_t i = 0; i < blocks; ++i) {
    if (::pwrite(descriptor, bytes.data(), block, i * static_cast<std::int64_t>(block)) < 0) return 1;
  }
  ::fsync(descriptor);
  const Rate rate = repeat(seconds, [&](std::int64_t round) {
    const std::int64_t at = round % blocks * static_cast<std::int64_t>(block);
    if (::pwrite(descriptor, bytes.data(), block, at) < 0 || ::fdatasync(descriptor) != 0) std::abort();
  });
  ::close(descriptor);
  print(rate, rate.rounds, rate.rounds);
  return 0;
}

int run(std::span<char*> words) {
  const std::string_view what = words.size() > 1 ? words[1] : "";
  if (what == "publish" && words.size() == 5) {
    return measure_publish(words[2], std::atof(words[3]), std::atoi(words[4]));
  }
  if (what == "store" && words.size() == 5) {
    return measure_store(words[2], std::atof(words[3]), std::atoi(words[4]));
  }
  if (what == "naive" && words.size() == 7) {
    return measure_naive(words[2], words[3], std::atof(words[4]), std::atoi(words[5]), std::atoi(words[6]));
  }
  if (what == "disk" && words.size() == 4) return measure_disk(words[2], std::atof(words[3]));
  std::cerr << "store_tool: see the top of bench/store_tool.cpp\n";
  return 2;
}

}  // namespace

}  // namespace hoopoe::bench

int main(int argc, char** argv) {
  return hoopoe::bench::run_tool("store_tool", argc, argv, hoopoe::bench::run);
}
