#include "api/stream_encoder.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "api/entities.h"
#include "api/status_entity.h"
#include "base/ensure.h"

namespace hoopoe::api {

namespace {

using Kind = app::Channel::Kind;
using Content = StreamName::Content;

constexpr std::array<StreamName, 11> streams{{
    {"public", Kind::everyone, Content::posts, ""},
    {"public:media", Kind::everyone, Content::photos, ""},
    {"public:local", Kind::everyone, Content::posts, ""},
    {"public:local:media", Kind::everyone, Content::photos, ""},
    {"public:remote", Kind::everyone, Content::nothing, ""},
    {"public:remote:media", Kind::everyone, Content::nothing, ""},
    {"hashtag", Kind::tag, Content::posts, ""},
    {"hashtag:local", Kind::tag, Content::posts, ""},
    {"user", Kind::home, Content::all, "read:statuses"},
    {"user:notification", Kind::notifications, Content::all, "read:notifications"},
    {"direct", Kind::home, Content::nothing, "read:statuses"},
}};
constexpr StreamName user_without_notifications{"user", Kind::home, Content::posts, "read:statuses"};

// The name of an event and what it carries; nothing for an event that this channel does not speak of.
struct Payload {
  std::string_view name;
  std::string data;
};

std::optional<Payload> payload_of(const app::App& app, const app::LiveEvent& event,
                                  const StreamName& stream) {
  if (stream.content == Content::photos && event.post && event.post->post->photos.empty())
    return std::nullopt;
  switch (event.kind) {
    case EventKind::published:
      return Payload{"update", status_json(app, *event.post).text};
    case EventKind::edited:
      return Payload{"status.update", status_json(app, *event.post).text};
    case EventKind::notified:
      if (stream.content != Content::all) return std::nullopt;
      return Payload{"notification", notification_json(app, *event.notification).text};
    case EventKind::deleted:
      if (stream.kind == Kind::notifications) return std::nullopt;
      return Payload{"delete", event.post_id.str()};
    case EventKind::replanned:
    case EventKind::account_hidden:
      break;
  }
  return std::nullopt;
}

json::array stream_json(std::string_view stream, const app::Channel& channel) {
  json::array names{json::value(stream)};
  if (channel.kind == Kind::tag) names.push_back(json::value(channel.tag));
  return names;
}

net::Message message(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

}  // namespace

const StreamName* find_stream(std::string_view name) {
  const auto* const found = std::ranges::find(streams, name, &StreamName::name);
  return found == streams.end() ? nullptr : found;
}

net::Message StreamEncoder::encode(const app::LiveEvent& event, const app::Channel& channel) const {
  const auto payload = payload_of(app_, event, stream_);
  if (!payload) return nullptr;
  if (form_ == Form::server_sent_events) {
    return message(
        fmt::format("id: {}\nevent: {}\ndata: {}\n\n", event.id.value, payload->name, payload->data));
  }
  return message(json::serialize(json::object{
      {"stream", stream_json(stream_.name, channel)}, {"event", payload->name}, {"payload", payload->data}}));
}

// Clients that know no such event pass it by; ours load the timeline anew.
net::Message StreamEncoder::reset() const {
  if (form_ == Form::server_sent_events) return message("event: reset\ndata: {}\n\n");
  return message(
      json::serialize(json::object{{"stream", json::array{json::value(stream_.name)}}, {"event", "reset"}}));
}

StreamEncoders::StreamEncoders(const app::App& app) {
  const auto add = [&](const StreamName& stream) {
    for (const auto form : {StreamEncoder::Form::server_sent_events, StreamEncoder::Form::frames}) {
      encoders_.try_emplace({&stream, form}, app, form, stream);
    }
  };
  for (const StreamName& stream : streams) add(stream);
  add(user_without_notifications);
}

const StreamEncoder& StreamEncoders::of(const StreamName& stream, const Scopes& scopes,
                                        StreamEncoder::Form form) const {
  const bool narrow = stream.name == user_without_notifications.name && !scopes.allow("read:notifications");
  const auto found = encoders_.find({narrow ? &user_without_notifications : &stream, form});
  ensure(found != encoders_.end(), "every stream has its encoders");
  return found->second;
}

}  // namespace hoopoe::api
