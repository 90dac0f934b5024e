#include "net/stream.h"

#include <thread>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

Message message(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

struct CountingWaker final : Waker {
  int woken = 0;
  void wake(std::weak_ptr<StreamReader>) override { ++woken; }
};

std::string taken_from(Stream& stream) {
  std::vector<Message> messages;
  stream.take(messages);
  std::string all;
  for (const auto& one : messages) all += *one;
  return all;
}

TEST(Stream, KeepsMessagesInOrderUntilTheyAreTaken) {
  Stream stream;
  EXPECT_TRUE(stream.send(message("a")));
  EXPECT_TRUE(stream.send(message("b")));
  EXPECT_EQ(taken_from(stream), "ab");
  EXPECT_EQ(taken_from(stream), "");
}

TEST(Stream, WakesOnceUntilItIsTakenFrom) {
  Stream stream;
  CountingWaker waker;
  stream.attach(waker, {});
  EXPECT_EQ(waker.woken, 0);
  stream.send(message("a"));
  stream.send(message("b"));
  EXPECT_EQ(waker.woken, 1);
  taken_from(stream);
  stream.send(message("c"));
  EXPECT_EQ(waker.woken, 2);
}

TEST(Stream, TellsAReaderThatComesAfterTheFirstMessage) {
  Stream stream;
  stream.send(message("a"));
  CountingWaker waker;
  stream.attach(waker, {});
  EXPECT_EQ(waker.woken, 1);
}

TEST(Stream, WhatWasQueuedBeforeCloseStillGoesOut) {
  Stream stream;
  stream.send(message("last"));
  stream.close();
  EXPECT_FALSE(stream.send(message("late")));
  std::vector<Message> messages;
  EXPECT_TRUE(stream.take(messages));
  EXPECT_EQ(messages.size(), 1U);
  EXPECT_FALSE(stream.take(messages));
}

TEST(Stream, AReaderThatIsTooSlowIsDropped) {
  Stream stream;
  CountingWaker waker;
  stream.attach(waker, {});
  const auto large = message(std::string(100'000, 'x'));
  EXPECT_TRUE(stream.send(large));
  EXPECT_TRUE(stream.send(large));
  EXPECT_FALSE(stream.send(large));
  EXPECT_TRUE(stream.closed());
  std::vector<Message> messages;
  EXPECT_FALSE(stream.take(messages));
  EXPECT_EQ(large.use_count(), 1);
}

TEST(Stream, WhenTheReaderLeftNoOneIsWoken) {
  Stream stream;
  CountingWaker waker;
  stream.attach(waker, {});
  stream.leave();
  EXPECT_FALSE(stream.send(message("a")));
  EXPECT_TRUE(stream.closed());
  EXPECT_EQ(waker.woken, 0);
}

TEST(Stream, IsSafeFromManyThreads) {
  Stream stream;
  {
    std::vector<std::jthread> publishers;
    publishers.reserve(4);
    for (int i = 0; i < 4; ++i) {
      publishers.emplace_back([&] {
        for (int k = 0; k < 100; ++k) stream.send(message("x"));
      });
    }
  }
  EXPECT_EQ(taken_from(stream), std::string(400, 'x'));
}

TEST(Stream, APollTakesOneMessageAndNoMore) {
  Stream stream({.ends = StreamEnds::after_first_message});
  EXPECT_TRUE(stream.send(message("first")));
  EXPECT_FALSE(stream.send(message("second")));
  EXPECT_EQ(taken_from(stream), "first");
  EXPECT_TRUE(stream.closed());
}

}  // namespace
}  // namespace hoopoe::net
