#include <fmt/format.h>

#include "app/conversation.h"
#include "app/post_view.h"
#include "app/replies.h"
#include "base/refusal.h"
#include "domain/handle.h"
#include "store/occasions.h"
#include "web/compose_form.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/preview.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

// None: a tombstone.
std::optional<app::PostView> find_view(const Context& context, PostId id) {
  try {
    return context.app.db.read([&](store::Read& read) { return app::view_post(read, context.viewer(), id); });
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::gone) throw;
    return std::nullopt;
  }
}

void add_event_link(Values& values, const Context& context, const app::PostView& view) {
  const auto event =
      context.app.db.read([&](store::Read& read) { return store::occasions::find(read, view.post->id); });
  if (!event) return;
  values.section("EVENT")
      .set("URL", occasion_path(*view.author, view.post->id))
      .section(event->ended ? "OVER" : "ON");
}

void add_exchange_links(Values& values, const app::PostView& view) {
  for (const Mention& mention : view.post->mentions) {
    if (mention.account == view.post->author || !mention.domain.empty()) continue;
    values.section("EXCHANGE")
        .set("ONE", view.author->handle)
        .set("OTHER", mention.handle)
        .set("URL", path_of(*view.author) + "/with/@" + mention.handle);
  }
}

app::ConversationPart conversation_of(const Context& context, PostId id) {
  const PostId after = PostId::parse(context.value("after")).value_or(PostId{});
  return app::conversation_part(context.app, context.viewer(), id, after);
}

PostFrame frame_of(const Context& context, const app::ConversationPart& part, PostId id) {
  PostFrame frame = frame_for(context);
  frame.dated = true;
  frame.beside = {id};
  for (const app::ConversationEntry& entry : part.ancestors) frame.beside.push_back(entry.id);
  for (const app::ConversationEntry& entry : part.descendants) frame.beside.push_back(entry.id);
  return frame;
}

// What stands above and below, and how much of it.
void add_conversation(Values& values, const app::ConversationPart& part, const PostFrame& frame,
                      const std::string& path) {
  if (!part.ancestors.empty() && part.ancestors.front().reply_to) {
    values.section("EARLIER").set("URL", "/posts/" + part.ancestors.front().reply_to.str());
  }
  add_entries(values, "ABOVE", part.ancestors, frame);
  if (part.descendants.empty() && part.replies == 0) return;
  Values& replies = values.section("REPLIES");
  replies.set("COUNT", describe_replies(part));
  add_entries(replies, "BELOW", part.descendants, frame);
  if (part.before == 0 && !part.next) return;
  Values& pages = replies.section("PAGES");
  if (part.before > 0) pages.section("FIRST").set("URL", path + "#replies");
  if (part.next)
    pages.section("MORE").set("URL", with_query(path, {{"after", part.next->str()}}) + "#replies");
}

net::Response show_tombstone(Context& context, PostId id) {
  HtmlPage page{.status = 410, .title = "A deleted post", .body = "permalink.html"};
  page.values.section("TOMBSTONE").set("ID", id.str());
  const app::ConversationPart part = conversation_of(context, id);
  add_conversation(page.values, part, frame_of(context, part, id), "/posts/" + id.str());
  return render(context, std::move(page));
}

std::string who_answers(ReplyRule rule, const std::string& handle) {
  switch (rule) {
    case ReplyRule::anyone:
      break;
    case ReplyRule::followed:
      return fmt::format("Only those whom @{} follows, and those named, may answer.", handle);
    case ReplyRule::mentioned:
      return "Only those named may answer.";
  }
  return "Who began this conversation lets only some people answer.";
}

net::Response show_post(Context& context, const app::PostView& view) {
  HtmlPage page{.title = fmt::format("{}: {}", view.author->shown_name(), headline_of(*view.post)),
                .description = headline_of(*view.post),
                .body = "permalink.html"};
  if (is_for_all(view.post->visibility)) {
    page.preview = {.path = path_of(*view.author, view.post->id),
                    .type = "article",
                    .published = view.post->created,
                    .author_path = path_of(*view.author),
                    .images = preview_images(view)};
  }
  page.values.section("PRINTED").set("ADDRESS", url_of(context.app, *view.author, view.post->id));
  const app::ConversationPart part = conversation_of(context, view.post->id);
  PostFrame frame = frame_of(context, part, view.post->id);
  add_conversation(page.values, part, frame, path_of(*view.author, view.post->id));
  frame.look = PostLook::whole;
  fill_post(page.values.include("POST", post_template), view, frame);
  if (is_for_all(view.post->visibility)) add_event_link(page.values, context, view);
  add_exchange_links(page.values, view);
  const bool may_answer = context.signed_in && context.app.db.read([&](store::Read& read) {
    return app::may_reply(read, context.viewer(), view.shown().post->id);
  });
  const ReplyRule rule = view.shown().post->reply_rule;
  if (rule != ReplyRule::anyone || (context.signed_in && !may_answer)) {
    page.values.section("CLOSED").set("WORDS", who_answers(rule, view.shown().author->handle));
  }
  if (may_answer) {
    add_compose_form(page.values.section("ANSWER"), context, draft_of_reply(context, view));
  } else if (!context.signed_in) {
    page.values.section("VISITOR").set("SIGN_IN",
                                       with_return("/sign-in", local_path(context.request.target, "/")));
  }
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> permalink(Context& context) {
  const PostId id = captured_id<PostId>(context);
  const auto view = find_view(context, id);
  if (!view) co_return show_tombstone(context, id);
  const app::PostView& shown = view->shown();
  // A repost is found at what it repeats, and a post under its author's name as they write it.
  if (shown.post->id != id) co_return redirect(302, path_of(*shown.author, shown.post->id));
  if (context.request.capture("handle") != path_of(*shown.author).substr(2)) {
    co_return redirect(301, path_of(*shown.author, id));
  }
  co_return show_post(context, *view);
}

// Where a post is that only its number is known of. A tombstone tells nobody whose it was.
net::Task<net::Response> find_post(Context& context) {
  const PostId id = captured_id<PostId>(context);
  const auto view = find_view(context, id);
  if (!view) co_return show_tombstone(context, id);
  co_return redirect(302, path_of(*view->shown().author, view->shown().post->id));
}

}  // namespace hoopoe::web
