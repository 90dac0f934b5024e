#include <algorithm>
#include <memory>

#include <boost/json.hpp>

#include "api/entities.h"
#include "api/errors.h"
#include "api/handlers.h"
#include "api/stream_encoder.h"
#include "app/live.h"
#include "app/oauth.h"
#include "base/refusal.h"
#include "text/fold.h"

namespace hoopoe::api {

namespace {

constexpr std::string_view heartbeat = ":thump\n\n";
constexpr std::size_t subscriptions_per_socket_max = 50;
// What a person does with an app is a handful; each is work for the one thread that serves all streams.
constexpr int messages_per_window_max = 100;
constexpr std::chrono::seconds message_window{10};
constexpr std::size_t tag_bytes_max = 400;

std::shared_ptr<net::Stream> make_stream() {
  static const net::Message thump = std::make_shared<const std::string>(heartbeat);
  return std::make_shared<net::Stream>(net::StreamOptions{.heartbeat = thump});
}

// Refusals in the words of the Mastodon API.
app::Channel channel_of(const StreamName& stream, std::string_view tag,
                        const std::optional<app::Actor>& actor) {
  if (!stream.scope.empty()) {
    if (!actor || !actor->account) throw Refusal(RefusalKind::unauthorized, "Access token not valid");
    if (!actor->scopes.allow(stream.scope)) {
      throw Refusal(RefusalKind::unauthorized, "Access token does not have the required scopes");
    }
    return {.kind = stream.kind, .account = actor->account, .tag = {}};
  }
  if (stream.kind != app::Channel::Kind::tag) return {.kind = stream.kind, .account = {}, .tag = {}};
  const std::string folded = text::fold(tag.substr(0, tag_bytes_max));
  if (folded.empty()) throw Refusal(RefusalKind::bad_request, "Missing tag name parameter");
  return {.kind = stream.kind, .account = {}, .tag = folded};
}

// From now on the stream has the channel's events. A token that ends later finds the subscription to close;
// one that ended before, perhaps while this socket was idle, is found here.
void listen(app::App& app, const std::string& token, app::Subscription subscription, EventId after = {}) {
  const std::shared_ptr<net::Stream> stream = subscription.stream.lock();
  app.live.subscribe(std::move(subscription), after);
  if (!token.empty() && !app::authenticate(app, token)) stream->close();
}

// What one WebSocket listens to, told by its messages. On the connection's own thread.
class Socket {
 public:
  Socket(const Call& call, std::shared_ptr<net::Stream> out)
      : app_(call.app),
        encoders_(call.encoders),
        token_(call.token),
        actor_(call.actor),
        out_(std::move(out)) {}

  void on_message(std::string_view text) {
    if (const Time now = app_.clock.now(); now - window_ > message_window) {
      window_ = now;
      messages_ = 0;
    }
    if (++messages_ > messages_per_window_max) return out_->close();
    boost::system::error_code error;
    const json::value parsed = json::parse(text, error);
    const json::object* message = error ? nullptr : parsed.if_object();
    if (message == nullptr) return send_error("The message is not a JSON object", 400);
    const auto field = [message](std::string_view name) -> std::string_view {
      const json::value* value = message->if_contains(name);
      return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                    : std::string_view();
    };
    if (field("type") == "subscribe") return subscribe(field("stream"), field("tag"));
    if (field("type") == "unsubscribe") return unsubscribe(field("stream"), field("tag"));
    send_error("Unknown message type", 400);
  }

  void subscribe(std::string_view name, std::string_view tag) {
    const StreamName* stream = find_stream(name);
    if (stream == nullptr) return send_error("Unknown stream type", 400);
    try {
      const app::Channel channel = channel_of(*stream, tag, actor_);
      const std::string key = std::string(name) + " " + channel.key();
      if (std::ranges::find(keys_, key) != keys_.end()) return;
      if (keys_.size() >= subscriptions_per_socket_max) return send_error("Too many subscriptions", 429);
      if (stream->content != StreamName::Content::nothing) {
        listen(app_, token_,
               {.channels = {channel},
                .encoder = &encoder(*stream),
                .stream = out_,
                .actor = actor_.value_or(app::Actor{})});
      }
      keys_.push_back(key);
    } catch (const Refusal& refusal) {
      send_error(refusal.what(), refusal.kind == RefusalKind::unauthorized ? 401 : 400);
    }
  }

 private:
  void unsubscribe(std::string_view name, std::string_view tag) {
    const StreamName* stream = find_stream(name);
    if (stream == nullptr) return send_error("Unknown stream type", 400);
    try {
      const app::Channel channel = channel_of(*stream, tag, actor_);
      std::erase(keys_, std::string(name) + " " + channel.key());
      app_.live.unsubscribe(out_, channel, &encoder(*stream));
    } catch (const Refusal& refusal) {
      send_error(refusal.what(), 400);
    }
  }

  const StreamEncoder& encoder(const StreamName& stream) const {
    const Scopes scopes = actor_ ? actor_->scopes : Scopes();
    return encoders_.of(stream, scopes, StreamEncoder::Form::frames);
  }

  void send_error(std::string_view text, int status) {
    out_->send(std::make_shared<const std::string>(
        json::serialize(json::object{{"error", text}, {"status", status}})));
  }

  app::App& app_;
  const StreamEncoders& encoders_;
  std::string token_;
  std::optional<app::Actor> actor_;
  std::shared_ptr<net::Stream> out_;  // shared with the server's side of the connection
  std::vector<std::string> keys_;
  Time window_;
  int messages_ = 0;  // since then
};

net::Response open_socket(Call& call) {
  auto out = make_stream();
  auto socket = std::make_shared<Socket>(call, out);
  if (const std::string_view name = call.parameter("stream"); !name.empty()) {
    socket->subscribe(name, call.parameter("tag"));
  }
  const std::string_view protocol = call.request.header("Sec-WebSocket-Protocol");
  net::Response response;  // the handshake's status is the server's to say
  response.websocket =
      net::WebSocket{.out = out,
                     .on_message = [socket](std::string_view text) { socket->on_message(text); },
                     .subprotocol = std::string(protocol.substr(0, protocol.find(',')))};
  return response;
}

net::Response open_events(Call& call, std::string_view name) {
  const StreamName* stream = find_stream(name);
  if (stream == nullptr) return error_answer(400, "Unknown channel requested");
  const app::Channel channel = channel_of(*stream, call.parameter("tag"), call.actor);
  net::Response response;
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "private, no-store");
  response.headers.add("X-Accel-Buffering", "no");  // nginx would hold events back
  response.body = ":)\n\n";
  response.stream = make_stream();
  if (stream->content != StreamName::Content::nothing) {
    const auto after = EventId::parse(call.request.header("Last-Event-ID"));
    const app::Actor actor = call.actor.value_or(app::Actor{});
    listen(call.app, call.token,
           {.channels = {channel},
            .encoder = &call.encoders.of(*stream, actor.scopes, StreamEncoder::Form::server_sent_events),
            .stream = response.stream,
            .actor = actor},
           after.value_or(EventId{}));
  }
  return response;
}

}  // namespace

Answer streaming_health(Call&) {
  net::Response response;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = "OK";
  co_return response;
}

Answer streaming(Call& call) {
  if (call.request.wants_websocket()) co_return open_socket(call);
  std::string name(call.parameter("stream"));
  for (const auto& [capture, value] : call.request.captures) name += (name.empty() ? "" : ":") + value;
  co_return open_events(call, name);
}

}  // namespace hoopoe::api
