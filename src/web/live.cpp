#include "app/live.h"

#include <algorithm>

#include "app/occasions.h"
#include "app/timelines.h"
#include "base/refusal.h"
#include "store/occasions.h"
#include "store/outbox.h"
#include "text/fold.h"
#include "web/assets.h"
#include "web/live_list.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/preview.h"
#include "web/security_headers.h"
#include "web/times.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

using Kind = app::Channel::Kind;

constexpr std::size_t channels_max = 8;        // of one connection, which the tabs of a browser share
constexpr std::chrono::seconds poll_wait{25};  // proxies give up on a quiet answer after 30 or 60 s

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

// Posts as the lists show them, behind a line that says of which list: written once for all who are signed in
// and once for all others.
class PostEncoder : public app::LiveEncoder {
 public:
  explicit PostEncoder(bool for_anyone_signed_in) : for_anyone_signed_in_(for_anyone_signed_in) {}

  net::Message encode(const app::LiveEvent& event, const app::Channel& channel) const override {
    const std::string list = channel.key() + "\n";
    if (event.kind == EventKind::deleted) {
      return message(event_text("delete", event.id, list + event.post_id.str()));
    }
    // Who speaks and until when: of the whole page.
    if (event.kind == EventKind::replanned) return message(event_text("reload", event.id, list));
    if (!event.post) return nullptr;
    Values values;
    fill_post(values, *event.post,
              {.for_anyone_signed_in = for_anyone_signed_in_, .now = system_clock().now()});
    return message(event_text("post", event.id, list + templates().render(post_template, values)));
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

// Of Channel::key(): those of the lists that everyone may look at.
std::optional<app::Channel> parse_channel(std::string_view key) {
  constexpr std::string_view account = "account:";
  constexpr std::string_view occasion = "event:";
  constexpr std::string_view tag = "tag:";
  if (key == "everyone") return app::Channel{.kind = Kind::everyone};
  if (key.starts_with(tag)) return tag_channel(key.substr(tag.size()));
  if (key.starts_with(occasion)) {
    const auto id = PostId::parse(key.substr(occasion.size()));
    return id ? std::optional(occasion_channel(*id)) : std::nullopt;
  }
  if (!key.starts_with(account)) return std::nullopt;
  const auto id = AccountId::parse(key.substr(account.size()));
  return id ? std::optional(app::Channel{.kind = Kind::account, .account = *id}) : std::nullopt;
}

std::vector<app::Channel> asked_channels(const Context& context) {
  std::vector<app::Channel> channels;
  for (const std::string_view key : context.parameters.all("on")) {
    const auto channel = parse_channel(key);
    if (!channel || channels.size() == channels_max) {
      throw Refusal(RefusalKind::bad_request, "The lists to listen to are named by on=, eight at most.");
    }
    channels.push_back(*channel);
  }
  if (channels.empty()) throw Refusal(RefusalKind::bad_request, "The lists to listen to are named by on=.");
  // Each event that is listened to is looked up for every post. One that is not there is no error: the others
  // on this connection are other tabs'.
  context.app.db.read([&](store::Read& read) {
    std::erase_if(channels, [&](const app::Channel& channel) {
      return channel.kind == Kind::occasion && !store::occasions::find(read, channel.occasion);
    });
  });
  return channels;
}

net::Response listen(const Context& context, std::vector<app::Channel> channels,
                     const net::StreamOptions& options, std::string first) {
  const auto stream = std::make_shared<net::Stream>(options);
  context.app.live.subscribe({.channels = std::move(channels),
                              .encoder = &encoder_for(context),
                              .stream = stream,
                              .actor = context.signed_in ? context.signed_in->actor : app::Actor{}},
                             resume_point(context));
  net::Response response{.body = std::move(first)};
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Accel-Buffering", "no");  // nginx would hold events back
  add_security_headers(response, {});
  response.stream = stream;
  return response;
}

// The first event says that nothing on the way holds them back.
net::Response listen(const Context& context, std::vector<app::Channel> channels) {
  static const net::Message heartbeat = message(":thump\n\n");
  return listen(context, std::move(channels), {.heartbeat = heartbeat},
                "retry: 2000\n\nevent: hello\ndata: hello\n\n");
}

bool wants_events(const Context& context) {
  return context.request.header("Accept").starts_with("text/event-stream");
}

void fill_speakers(Values& values, const std::vector<Account>& speakers) {
  for (const Account& speaker : speakers) {
    Values& shown = values.section("SPEAKER");
    if (&speaker != &speakers.front()) shown.section("NEXT");
    shown.set("URL", path_of(speaker)).set("NAME", speaker.shown_name());
  }
}

// While it lasts, and what is left of it afterwards.
void fill_occasion(Values& values, const Context& context, const app::OccasionView& event) {
  fill_post(values.include("SUMMARY", post_template), event.summary, frame_for(context));
  fill_speakers(values, event.speakers);
  const Post& post = *event.summary.post;
  values.set("ISO", iso8601(post.created)).set("SINCE", full_time(post.created));
  if (const auto ended = event.occasion.ended) {
    values.section("OVER").set("ISO", iso8601(*ended)).set("UNTIL", full_time(*ended));
  } else {
    values.section("ON");
  }
  if (post.author == context.viewer()) values.section("OWN").set("ID", post.id.str());
}

net::Response show_live(Context& context, HtmlPage page, const app::PostPage& posts, const Page& wanted,
                        const std::string& path) {
  add_posts(page.values, context, posts, wanted, path);
  net::Response response = render(context, std::move(page));
  // A program that listens gets the stream from this very address.
  response.headers.add("Vary", "Accept");
  return response;
}

}  // namespace

app::Channel occasion_channel(PostId summary) {
  return {.kind = Kind::occasion, .account = {}, .tag = {}, .occasion = summary};
}

app::Channel tag_channel(std::string_view name) {
  return {.kind = Kind::tag, .account = {}, .tag = text::fold(name)};
}

void make_live(HtmlPage& page, const Context& context, const app::Channel& channel) {
  const EventId newest = context.app.db.read([](store::Read& read) { return store::outbox::newest(read); });
  page.is_live = true;
  page.values.include("LIVE_BAR", "live_bar.html");
  page.values.section("LIVE").set("KEY", channel.key()).set("AFTER", newest.str());
}

net::Task<net::Response> live(Context& context) {
  const Account account = captured_account(context);
  const app::Channel channel{.kind = Kind::account, .account = account.id};
  if (wants_events(context)) co_return listen(context, {channel});
  const Page wanted = read_page(context);
  HtmlPage page{.title = "@" + account.handle + " live", .body = "live.html", .refreshes = is_first(wanted)};
  page.values.set("NAME", account.shown_name()).set("URL", path_of(account));
  page.values.set("WHAT", "Both sides of the conversation, newest first.");
  if (is_first(wanted)) make_live(page, context, channel);
  co_return show_live(context, std::move(page),
                      app::live_timeline(context.app, context.viewer(), account.id, wanted), wanted,
                      path_of(account) + "/live");
}

net::Task<net::Response> live_tag(Context& context) {
  const std::string name = captured_tag(context);
  if (wants_events(context)) co_return listen(context, {tag_channel(name)});
  const Page wanted = read_page(context);
  HtmlPage page{.title = "#" + name + " live", .body = "live.html", .refreshes = is_first(wanted)};
  page.values.set("NAME", "#" + name).set("URL", tag_path(name));
  page.values.set("WHAT", "What is said under this tag, newest first.");
  if (is_first(wanted)) make_live(page, context, tag_channel(name));
  co_return show_live(context, std::move(page),
                      app::tag_timeline(context.app, context.viewer(), name, wanted), wanted,
                      tag_path(name) + "/live");
}

net::Task<net::Response> live_occasion(Context& context) {
  const PostId id = captured_id<PostId>(context);
  const Page wanted = read_page(context);
  HtmlPage page{.body = "event.html"};
  if (is_first(wanted)) make_live(page, context, occasion_channel(id));
  const auto event = app::find_occasion(context.app, context.viewer(), id);
  if (!event) co_return redirect(302, "/posts/" + id.str());
  const std::string path = occasion_path(*event->summary.author, id);
  if (context.request.path != path) co_return redirect(301, path);
  if (wants_events(context)) co_return listen(context, {occasion_channel(id)});
  page.description = headline_of(*event->summary.post);
  page.title = page.description + (event->occasion.ended ? "" : ", live");
  page.preview = {.path = path, .images = preview_images(event->summary)};
  page.refreshes = is_first(wanted) && !event->occasion.ended;
  fill_occasion(page.values, context, *event);
  co_return show_live(context, std::move(page),
                      app::occasion_timeline(context.app, context.viewer(), event->occasion, wanted), wanted,
                      path);
}

net::Task<net::Response> live_events(Context& context) { co_return listen(context, asked_channels(context)); }

net::Task<net::Response> live_poll(Context& context) {
  co_return listen(context, asked_channels(context),
                   {.heartbeat_interval = poll_wait, .ends = net::StreamEnds::after_first_message}, "");
}

}  // namespace hoopoe::web
