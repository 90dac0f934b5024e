#include "web/hub_pings.h"

#include <fmt/format.h>

#include "app/outgoing.h"
#include "app/post_view.h"
#include "base/log.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "store/posts.h"
#include "text/tags.h"
#include "text/uri.h"
#include "web/feed_format.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

constexpr std::chrono::seconds interval{3};
constexpr int events_per_look = 500;
constexpr std::size_t feeds_per_ping = 100;        // some 10 KB
constexpr std::size_t feeds_waiting_max = 20'000;  // of more, what is left is told with its next change
constexpr int failures_max = 6;                    // the last after 3 * 2^6 s, some three minutes

struct Stems {
  const app::App& app;
  std::set<std::string> urls;

  void add(const std::string& stem) {
    for (const FeedFormat format : {FeedFormat::rss, FeedFormat::atom, FeedFormat::json}) {
      urls.insert(app.public_url + stem + std::string(suffix_of(format)));
    }
  }
};

void add_exchanges(store::Read& read, const app::PostView& view, Stems& stems) {
  std::vector<AccountId> others;
  for (const Mention& mention : view.post->mentions) others.push_back(mention.account);
  if (view.post->reply_to_author) others.push_back(view.post->reply_to_author);
  for (const auto& [id, other] : store::accounts::find_map(read, others)) {
    if (id == view.post->author || !other.is_shown()) continue;
    stems.add(exchange_path(*view.author, other));
    stems.add(exchange_path(other, *view.author));
  }
}

void add_feeds_of(store::Read& read, const app::PostView& view, Stems& stems) {
  const Post& post = *view.post;
  if (!is_for_all(post.visibility)) return;
  const std::string author = path_of(*view.author);
  stems.add(author + "/with-replies");
  if (!post.reply_to || post.reply_to_author == post.author) stems.add(author);
  if (post.repost_of) return;
  add_exchanges(read, view, stems);
  // What an edit took it out of has changed as well.
  for (const Revision& revision : store::posts::revisions(read, post.id)) {
    if (!is_for_all(revision.visibility)) continue;
    if (!revision.photos.empty()) stems.add(author + "/photos");
    if (revision.visibility != Visibility::everyone || view.author->limited) continue;
    stems.add("/feed");
    for (const std::string& tag : text::folded_tags(revision.text)) stems.add(tag_path(tag));
  }
}

}  // namespace

std::set<std::string> changed_feeds(app::App& app, const Event& event) {
  Stems stems{.app = app};
  app.db.read([&](store::Read& read) {
    if (event.kind == EventKind::published || event.kind == EventKind::edited) {
      if (const auto view = app::find_post(read, app::anonymous, event.post))
        add_feeds_of(read, *view, stems);
    }
    // What it said is not known any more, only that everyone might have read it.
    if (event.kind == EventKind::deleted && event.other == 1) {
      const auto author = store::accounts::find(read, event.account);
      if (!author || !author->is_shown()) return;
      stems.add("/feed");
      for (const char* tab : {"", "/with-replies", "/photos"}) stems.add(path_of(*author) + tab);
    }
  });
  return std::move(stems.urls);
}

HubPings::HubPings(app::App& app)
    : app_(app),
      client_(app::outgoing_options(app)),
      position_(app.db.read([](store::Read& read) { return store::outbox::newest(read); })),
      thread_(
          "hub",
          [this](const std::stop_token& stopping) {
            while (look() && !stopping.stop_requested()) {
            }
            while (!changed_.empty() && tell(stopping)) {
            }
          },
          [this] { return interval * (1 << failures_); }) {}

bool HubPings::look() {
  const auto events =
      app_.db.read([&](store::Read& read) { return store::outbox::after(read, position_, events_per_look); });
  for (const Event& event : events) {
    if (changed_.size() < feeds_waiting_max) changed_.merge(changed_feeds(app_, event));
    position_ = event.id;
  }
  return events.size() == events_per_look;
}

// PubSubHubbub 0.4, section 7.1, as hubs have it: WebSub leaves to them how they are told.
bool HubPings::tell(const std::stop_token& stopping) {
  std::string form = "hub.mode=publish";
  auto end = changed_.begin();
  for (std::size_t i = 0; i < feeds_per_ping && end != changed_.end(); ++i, ++end) {
    form += "&hub.url=" + text::percent_encode(*end);
  }
  const auto answer = client_.post_form(app_.settings.websub_hub, form, stopping);
  if (answer && answer->status >= 200 && answer->status < 300) {
    changed_.erase(changed_.begin(), end);
    failures_ = 0;
    return !stopping.stop_requested();
  }
  if (stopping.stop_requested()) return false;
  // What it does not want it will not want again either (RFC 9110, section 15.5; 429 is of the moment).
  const bool is_refused = answer && answer->status >= 400 && answer->status < 500 && answer->status != 429;
  if (is_refused) changed_.erase(changed_.begin(), end);
  log::warning(
      "hub: {} {}", app_.settings.websub_hub,
      answer ? fmt::format("answers {}", answer->status) : std::string(net::describe(answer.error())));
  if (++failures_ > failures_max) {
    failures_ = 0;
    changed_.clear();
  }
  return false;
}

}  // namespace hoopoe::web
