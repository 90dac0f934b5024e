#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "app/live.h"
#include "net/stream.h"

namespace hoopoe::tests {

// Writes an event as a word and an id: "published 7", "deleted 7", "mention 7".
class PlainEncoder : public app::LiveEncoder {
 public:
  explicit PlainEncoder(std::size_t padding = 0) : padding_(padding) {}

  net::Message encode(const app::LiveEvent& event, const app::Channel& /*channel*/) const override {
    std::string text;
    if (event.kind == EventKind::published) text = "published " + event.post_id.str();
    if (event.kind == EventKind::edited) text = "edited " + event.post_id.str();
    if (event.kind == EventKind::deleted) text = "deleted " + event.post_id.str();
    if (event.kind == EventKind::replanned) text = "replanned " + event.post_id.str();
    if (event.kind == EventKind::notified) {
      text =
          "notified " + event.notification->from.handle + " " + event.notification->notification.post.str();
    }
    return std::make_shared<const std::string>(text + std::string(padding_, ' '));
  }
  net::Message reset() const override { return std::make_shared<const std::string>("reset"); }

 private:
  std::size_t padding_;
};

inline const PlainEncoder& plain_encoder() {
  static const PlainEncoder encoder;
  return encoder;
}

// One who listens to a channel.
class LiveReader {
 public:
  LiveReader(app::LiveHub& hub, app::Channel channel, const app::Actor& actor = {}, EventId after = {},
             const app::LiveEncoder& encoder = plain_encoder()) {
    hub.subscribe({.channels = {std::move(channel)}, .encoder = &encoder, .stream = stream_, .actor = actor},
                  after);
  }

  // What has come since the last call.
  std::vector<std::string> take() {
    std::vector<net::Message> messages;
    stream_->take(messages);
    std::vector<std::string> texts;
    texts.reserve(messages.size());
    for (const net::Message& message : messages) texts.push_back(*message);
    return texts;
  }
  bool closed() const { return stream_->closed(); }
  const std::shared_ptr<net::Stream>& stream() const { return stream_; }

 private:
  std::shared_ptr<net::Stream> stream_ = std::make_shared<net::Stream>();
};

inline app::Channel everyone_channel() {
  return {.kind = app::Channel::Kind::everyone, .account = {}, .tag = {}};
}
inline app::Channel home_channel(AccountId account) {
  return {.kind = app::Channel::Kind::home, .account = account, .tag = {}};
}

// Waits until the hub has brought out all that was committed before. In one pass it does what it was asked to
// and then reads the outbox: when the second question is answered, the pass of the first is over.
inline void settle(app::LiveHub& hub) {
  const auto held = std::make_shared<net::Stream>();
  hub.subscribe({.channels = {everyone_channel()}, .encoder = &plain_encoder(), .stream = held, .actor = {}});
  for (int pass = 0; pass < 2; ++pass) {
    const auto asked = std::make_shared<std::promise<void>>();
    const auto once = std::make_shared<bool>(false);
    hub.close_streams([asked, once](const app::Actor&) {
      if (!std::exchange(*once, true)) asked->set_value();
      return false;
    });
    asked->get_future().wait();
  }
  held->close();
}

}  // namespace hoopoe::tests
