#include "app/live.h"

#include <algorithm>

#include "app/timelines.h"
#include "store/outbox.h"
#include "web/assets.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/security_headers.h"

namespace hoopoe::web {

namespace {

net::Message message(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

// One server-sent event: its lines each behind "data: ".
std::string event_text(std::string_view kind, EventId id, std::string_view data) {
  std::string out = "id: " + id.str() + "\nevent: " + std::string(kind) + "\n";
  while (!data.empty()) {
    const std::size_t end = std::min(data.find('\n'), data.size());
    out.append("data: ").append(data.substr(0, end)).append("\n");
    data.remove_prefix(std::min(end + 1, data.size()));
  }
  return out + "\n";
}

// Posts as the live page shows them: written once for all who are signed in and once for all others.
class PostEncoder : public app::LiveEncoder {
 public:
  explicit PostEncoder(bool for_anyone_signed_in) : for_anyone_signed_in_(for_anyone_signed_in) {}

  net::Message encode(const app::LiveEvent& event, const app::Channel&) const override {
    if (event.kind == EventKind::deleted) return message(event_text("delete", event.id, event.post_id.str()));
    if (!event.post) return nullptr;
    Values values;
    fill_post(values, *event.post,
              {.for_anyone_signed_in = for_anyone_signed_in_, .now = system_clock().now()});
    return message(event_text("post", event.id, templates().render(post_template, values)));
  }

  net::Message reset() const override { return message("event: reset\ndata: reload\n\n"); }

 private:
  const bool for_anyone_signed_in_;
};

const PostEncoder& encoder_for(const Context& context) {
  static const PostEncoder for_visitors(false);
  static const PostEncoder for_signed_in(true);
  return context.signed_in ? for_signed_in : for_visitors;
}

// Where the reader stopped: what the browser says when it comes back, or what the page said at first.
EventId resume_point(const Context& context) {
  const std::string_view last = context.request.header("Last-Event-ID");
  return EventId::parse(last.empty() ? context.value("after") : last).value_or(EventId{});
}

}  // namespace

net::Task<net::Response> live(Context& context) {
  // The address that people share is also where a program listens.
  if (context.request.header("Accept").starts_with("text/event-stream"))
    co_return co_await live_events(context);
  const Account account = captured_account(context);
  // Asked before the posts are read: what is published in between comes twice and never not at all.
  const EventId position = context.app.db.read([](store::Read& read) { return store::outbox::newest(read); });
  const Page wanted = read_page(context);
  const auto posts = app::live_timeline(context.app, context.viewer(), account.id, wanted);

  HtmlPage page{.title = "@" + account.handle + " live", .body = "live.html", .refreshes = true};
  page.values.set("NAME", account.shown_name()).set("URL", path_of(account));
  page.values.set("EVENTS", path_of(account) + "/live/events?after=" + position.str());
  add_posts(page.values, context, posts, wanted, path_of(account) + "/live");
  net::Response response = render(context, std::move(page));
  // A program that listens gets the stream from this very address.
  response.headers.add("Vary", "Accept");
  co_return response;
}

net::Task<net::Response> live_events(Context& context) {
  const Account account = captured_account(context);
  static const net::Message heartbeat = message(":thump\n\n");
  const auto stream = std::make_shared<net::Stream>(net::StreamOptions{.heartbeat = heartbeat});
  context.app.live.subscribe({.channel = {.kind = app::Channel::Kind::account, .account = account.id},
                              .encoder = &encoder_for(context),
                              .stream = stream,
                              .actor = context.signed_in ? context.signed_in->actor : app::Actor{}},
                             resume_point(context));

  net::Response response{.body = "retry: 2000\n\n"};
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Accel-Buffering", "no");  // nginx would hold events back
  add_security_headers(response, {});
  response.stream = stream;
  co_return response;
}

}  // namespace hoopoe::web
