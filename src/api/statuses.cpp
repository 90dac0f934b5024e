#include <algorithm>

#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "api/status_entity.h"
#include "app/accounts.h"
#include "app/conversation.h"
#include "app/edit.h"
#include "app/keep.h"
#include "app/publish.h"
#include "app/react.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

Visibility visibility_of(const Call& call, Visibility otherwise) {
  const std::string_view name = call.parameter("visibility");
  if (name.empty()) return otherwise;
  const auto visibility = parse_visibility(name);
  if (!visibility)
    throw Refusal(RefusalKind::invalid, "Validation failed: Visibility is not included in the list");
  return *visibility;
}

// What is not offered yet is refused in words, and not silently dropped.
void refuse_what_is_not_offered(const Call& call) {
  if (!call.parameters.all("poll[options]").empty()) {
    throw Refusal(RefusalKind::invalid, "Validation failed: This server takes no polls yet");
  }
  if (!call.parameter("scheduled_at").empty()) {
    throw Refusal(RefusalKind::invalid, "Validation failed: This server does not schedule posts yet");
  }
}

// With other words where some are sent along (Mastodon API, PUT statuses/:id "media_attributes").
std::vector<ChosenPhoto> photos_of(const Call& call) {
  std::vector<ChosenPhoto> photos;
  for (const std::string_view text : call.parameters.all("media_ids")) {
    if (text.empty()) continue;
    const auto id = PhotoId::parse(text);
    if (!id)
      throw Refusal(RefusalKind::invalid, "Validation failed: media_ids holds what is no id of a photo");
    photos.push_back({.id = *id});
  }
  for (const net::Parameters& words : call.parameters.each("media_attributes")) {
    const auto id = PhotoId::parse(words.get("id").value_or(""));
    const auto photo = std::ranges::find(photos, id.value_or(PhotoId{}), &ChosenPhoto::id);
    if (photo != photos.end()) *photo = chosen_photo(*id, words);
  }
  return photos;
}

// Ours: who may answer.
ReplyRule reply_rule_of(const Call& call) {
  const std::string_view name = call.parameter("reply_rule");
  if (name.empty()) return ReplyRule::anyone;
  const auto rule = parse_reply_rule(name);
  if (!rule) {
    throw Refusal(RefusalKind::invalid, "Validation failed: Reply rule is anyone, followed or mentioned");
  }
  return *rule;
}

Draft draft_of(const Call& call) {
  refuse_what_is_not_offered(call);
  const Account author = app::account_by_id(call.app, call.user().account);
  Draft draft{.text = std::string(call.parameter("status")),
              .warning = std::string(call.parameter("spoiler_text")),
              .sensitive = call.parameters.flag("sensitive").value_or(author.default_sensitive),
              .visibility = visibility_of(call, author.default_visibility),
              .reply_rule = reply_rule_of(call),
              .language = std::string(call.parameters.get("language").value_or(author.default_language)),
              .reply_to = {},
              .photos = photos_of(call),
              .client = call.user().client,
              .idempotency_key = std::string(call.request.header("Idempotency-Key"))};
  if (const std::string_view parent = call.parameter("in_reply_to_id"); !parent.empty()) {
    draft.reply_to = PostId{require_id(parent)};
  }
  return draft;
}

using Reaction = net::Task<app::PostView> (*)(app::App&, app::Actor, PostId);

Answer react(Call& call, Reaction reaction) {
  const app::PostView view = co_await reaction(call.app, call.user(), path_id<PostId>(call));
  co_return answer(status_json(call.app, view));
}

}  // namespace

Answer create_status(Call& call) {
  const app::PostView view = co_await app::publish(call.app, call.user(), draft_of(call));
  co_return answer(status_json(call.app, view));
}

Answer status(Call& call) {
  const auto id = path_id<PostId>(call);
  co_return answer(call.app.db.read(
      [&](store::Read& read) { return status_json(call.app, app::view_post(read, call.viewer(), id)); }));
}

Answer statuses_by_ids(Call& call) {
  auto ids = parameter_ids<PostId>(call, "id");
  if (ids.size() > static_cast<std::size_t>(post_limits.normal)) ids.resize(post_limits.normal);
  co_return answer(call.app.db.read([&](store::Read& read) {
    return statuses_json(call.app, app::view_posts(read, call.viewer(), ids, app::Muted::shown));
  }));
}

Answer delete_status(Call& call) {
  const bool without_photos = call.parameters.flag("delete_media").value_or(false);
  const app::PostView view =
      co_await app::delete_post(call.app, call.user(), path_id<PostId>(call),
                                without_photos ? app::PhotosThen::erased : app::PhotosThen::withdrawn);
  // The source, to write it anew (Mastodon API, DELETE statuses/:id).
  co_return answer(with_member(status_json(call.app, view), "text", to_text(json::value(view.post->text))));
}

Answer edit_status(Call& call) {
  refuse_what_is_not_offered(call);
  const auto id = path_id<PostId>(call);
  const auto before =
      call.app.db.read([&](store::Read& read) { return app::view_post(read, call.viewer(), id).post; });
  app::Edit edit{
      .text = std::string(call.parameter("status")),
      .warning = std::string(call.parameter("spoiler_text")),
      // What follows of a warning goes with it.
      .sensitive = call.parameters.flag("sensitive").value_or(before->sensitive && before->warning.empty()),
      .language = std::string(call.parameters.get("language").value_or(before->language)),
      .visibility = std::nullopt,
      .photos = std::nullopt};
  if (call.parameters.has("media_ids")) edit.photos = photos_of(call);
  if (!call.parameter("visibility").empty()) edit.visibility = visibility_of(call, before->visibility);
  const app::PostView view = co_await app::edit_post(call.app, call.user(), id, std::move(edit));
  co_return answer(status_json(call.app, view));
}

Answer status_history(Call& call) {
  co_return answer(history_json(call.app, app::history(call.app, call.viewer(), path_id<PostId>(call))));
}

// One's own, to write it anew.
Answer status_source(Call& call) {
  const auto id = path_id<PostId>(call);
  const auto post =
      call.app.db.read([&](store::Read& read) { return app::view_post(read, call.viewer(), id).post; });
  if (post->author != call.viewer()) throw Refusal(RefusalKind::not_found, "Record not found");
  co_return answer(
      json::object{{"id", post->id.str()}, {"text", post->text}, {"spoiler_text", post->warning}});
}

Answer bookmark(Call& call) { return react(call, app::bookmark); }
Answer unbookmark(Call& call) { return react(call, app::undo_bookmark); }
Answer mute_status(Call& call) { return react(call, app::mute_conversation); }
Answer unmute_status(Call& call) { return react(call, app::unmute_conversation); }
Answer pin(Call& call) { return react(call, app::pin); }
Answer unpin(Call& call) { return react(call, app::unpin); }

Answer status_context(Call& call) {
  co_return answer(context_json(call.app, app::conversation(call.app, call.viewer(), path_id<PostId>(call))));
}

Answer favourite(Call& call) { return react(call, app::favourite); }
Answer unfavourite(Call& call) { return react(call, app::undo_favourite); }
Answer unreblog(Call& call) { return react(call, app::undo_repost); }

Answer reblog(Call& call) {
  const Visibility visibility = visibility_of(call, Visibility::everyone);
  const app::PostView view = co_await app::repost(call.app, call.user(), path_id<PostId>(call), visibility);
  co_return answer(status_json(call.app, view));
}

Answer reblogged_by(Call& call) {
  const app::AccountPage page =
      app::reposted_by(call.app, call.viewer(), path_id<PostId>(call), page_of(call, account_limits));
  co_return answer_page(call, to_text(accounts_json(call.app, page.accounts)), page.covered);
}

Answer favourited_by(Call& call) {
  const app::AccountPage page =
      app::favourited_by(call.app, call.viewer(), path_id<PostId>(call), page_of(call, account_limits));
  co_return answer_page(call, to_text(accounts_json(call.app, page.accounts)), page.covered);
}

}  // namespace hoopoe::api
