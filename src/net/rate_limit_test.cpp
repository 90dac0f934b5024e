#include "net/rate_limit.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

struct StoppedClock : Clock {
  Time time = from_milliseconds(1'380'651'600'000);  // a whole multiple of five minutes
  Time now() const override { return time; }
};

constexpr RateRule three_in_five_minutes{.limit = 3, .window = std::chrono::minutes(5)};

TEST(RateLimiter, LetsTheLimitThroughAndNoMore) {
  const StoppedClock clock;
  RateLimiter limiter(clock, three_in_five_minutes);
  EXPECT_EQ(limiter.take("malala").remaining, 2);
  EXPECT_EQ(limiter.take("malala").remaining, 1);
  EXPECT_TRUE(limiter.take("malala").allowed);
  const auto refused = limiter.take("malala");
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.limit, 3);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.reset, clock.time + std::chrono::minutes(5));
  EXPECT_TRUE(limiter.take("barack").allowed);
}

TEST(RateLimiter, StartsAgainWithTheNextWindow) {
  StoppedClock clock;
  clock.time += std::chrono::seconds(299);
  RateLimiter limiter(clock, three_in_five_minutes);
  for (int i = 0; i < 4; ++i) limiter.take("malala");
  EXPECT_FALSE(limiter.take("malala").allowed);
  clock.time += std::chrono::seconds(1);
  EXPECT_EQ(limiter.take("malala").remaining, 2);
}

TEST(RateLimiter, ALookCountsNothing) {
  StoppedClock clock;
  RateLimiter limiter(clock, three_in_five_minutes);
  EXPECT_EQ(limiter.look("malala").remaining, 3);
  limiter.take("malala");
  EXPECT_EQ(limiter.look("malala").remaining, 2);
  EXPECT_EQ(limiter.look("malala").remaining, 2);
  clock.time += std::chrono::minutes(5);
  EXPECT_EQ(limiter.look("malala").remaining, 3);
}

TEST(RateLimiter, TheClosestOfTwoIsTheOneThatRefusesOrHasLessLeft) {
  const RateLimiter::Verdict many{.allowed = true, .limit = 300, .remaining = 10, .reset = {}};
  const RateLimiter::Verdict few{.allowed = true, .limit = 60, .remaining = 5, .reset = {}};
  const RateLimiter::Verdict none{.allowed = false, .limit = 30, .remaining = 7, .reset = {}};
  EXPECT_EQ(closest(many, few).limit, 60);
  EXPECT_EQ(closest(few, many).limit, 60);
  EXPECT_EQ(closest(few, none).limit, 30);
  EXPECT_EQ(closest(none, few).limit, 30);
}

TEST(TooMany, SaysHowLongToWait) {
  const Time now = from_milliseconds(1'380'651'600'000);
  const auto words = [&](milliseconds wait) {
    return std::string(
        TooMany("Slowly.", {.allowed = false, .limit = 3, .remaining = 0, .reset = now + wait}, now).what());
  };
  EXPECT_EQ(words(std::chrono::seconds(20)), "Slowly. Please wait a minute and try again.");
  EXPECT_EQ(words(std::chrono::seconds(61)), "Slowly. Please wait 2 minutes and try again.");
  EXPECT_EQ(words(std::chrono::hours(2)), "Slowly. Please wait 120 minutes and try again.");
  EXPECT_EQ(words(std::chrono::minutes(121)), "Slowly. Please wait 3 hours and try again.");
}

TEST(RateLimiter, AFloodOfKeysDoesNotFreeTheOneThatIsLimited) {
  const StoppedClock clock;
  RateLimiter limiter(clock, three_in_five_minutes);
  for (int i = 0; i < 4; ++i) limiter.take("malala");
  for (int i = 0; i < 300'000; ++i) limiter.take(std::to_string(i));
  EXPECT_FALSE(limiter.take("malala").allowed);
}

TEST(RateLimiter, CountsEachOnceFromManyThreads) {
  const StoppedClock clock;
  RateLimiter limiter(clock, {.limit = 1'000, .window = std::chrono::minutes(5)});
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 100; ++k) limiter.take("malala");
    });
  }
  threads.clear();
  EXPECT_EQ(limiter.take("malala").remaining, 599);
}

}  // namespace
}  // namespace hoopoe::net
