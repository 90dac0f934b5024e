#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/app.h"
#include "app/live.h"

namespace hoopoe::api {

// The streams of the Mastodon API, by the names that a WebSocket uses; a path has '/' where these have ':'.
struct StreamName {
  std::string_view name;
  app::Channel::Kind kind;
  // Of other servers, there is nothing yet.
  enum class Content { all, posts, photos, nothing } content;
  std::string_view scope;  // "" for the public ones
};
const StreamName* find_stream(std::string_view name);

// How an event is written: as server-sent events, or in the frames of one WebSocket that carries many
// streams.
class StreamEncoder : public app::LiveEncoder {
 public:
  enum class Form { server_sent_events, frames };
  StreamEncoder(const app::App& app, Form form, const StreamName& stream)
      : app_(app), form_(form), stream_(stream) {}

  net::Message encode(const app::LiveEvent& event, const app::Channel& channel) const override;
  net::Message reset() const override;

 private:
  const app::App& app_;
  Form form_;
  const StreamName& stream_;
};

// One of each form for every stream: the hub encodes an event once for all the readers of one.
class StreamEncoders {
 public:
  explicit StreamEncoders(const app::App& app);
  // With no more in it than the scopes allow: "user" has notifications for read:notifications alone.
  const StreamEncoder& of(const StreamName& stream, const Scopes& scopes, StreamEncoder::Form form) const;

 private:
  std::map<std::pair<const StreamName*, StreamEncoder::Form>, StreamEncoder> encoders_;
};

}  // namespace hoopoe::api
