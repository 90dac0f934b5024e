#include "app/timelines.h"

#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "api/status_entity.h"
#include "app/keep.h"

namespace hoopoe::api {

namespace {

net::Response answer_posts(const Call& call, const app::PostPage& page) {
  return answer_page(call, statuses_json(call.app, page.posts), numbers(page.covered));
}

// What holds other servers' posts alone: there are none yet.
bool asks_for_nothing(const Call& call) { return call.parameters.flag("remote").value_or(false); }

Showing showing_of(const Call& call) {
  return call.parameters.flag("only_media").value_or(false) ? Showing::photos : Showing::anything;
}

}  // namespace

Answer home_timeline(Call& call) {
  co_return answer_posts(call, app::home(call.app, call.viewer(), page_of(call)));
}

Answer public_timeline(Call& call) {
  if (asks_for_nothing(call)) co_return answer(json::array{});
  co_return answer_posts(call,
                         app::public_timeline(call.app, call.viewer(), page_of(call), showing_of(call)));
}

Answer tag_timeline(Call& call) {
  if (asks_for_nothing(call)) co_return answer(json::array{});
  co_return answer_posts(call, app::tag_timeline(call.app, call.viewer(), call.request.capture("hashtag"),
                                                 page_of(call), showing_of(call)));
}

Answer account_statuses(Call& call) {
  const auto flag = [&call](std::string_view name) { return call.parameters.flag(name).value_or(false); };
  if (flag("pinned")) {
    co_return answer(statuses_json(call.app, app::pinned(call.app, call.viewer(), path_id<AccountId>(call))));
  }
  if (flag("only_media")) {
    co_return answer_posts(
        call, app::photo_timeline(call.app, call.viewer(), path_id<AccountId>(call), page_of(call)));
  }
  co_return answer_posts(call, app::author_timeline(call.app, call.viewer(), path_id<AccountId>(call),
                                                    {.with_replies = !flag("exclude_replies"),
                                                     .with_reposts = !flag("exclude_reblogs")},
                                                    page_of(call)));
}

Answer bookmarks(Call& call) {
  const app::KeptPage page = app::bookmarks(call.app, call.viewer(), page_of(call));
  co_return answer_page(call, statuses_json(call.app, page.posts), page.covered);
}

Answer favourites(Call& call) {
  const app::KeptPage page = app::favourites(call.app, call.viewer(), page_of(call));
  co_return answer_page(call, statuses_json(call.app, page.posts), page.covered);
}

}  // namespace hoopoe::api
