#include "app/publish.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/accounts.h"
#include "app/erase.h"
#include "app/notify.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "store/posts.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/length.h"
#include "text/tags.h"

namespace hoopoe::app {

namespace {

constexpr std::size_t idempotency_key_bytes_max = 256;
// A character is a letter with all its marks, and a link counts as 23 however long it is: these bound the
// bytes. The longest emoji of Unicode 15 has 35 bytes, and nobody writes 140 of them.
constexpr std::size_t character_bytes_max = 24;
constexpr std::size_t link_bytes = 4096;
// More names than this in 140 characters is no conversation; a bound on the rows of one post.
constexpr std::size_t mentions_max = 50;

// All of a post that follows from its draft alone.
struct Composed {
  Draft draft;
  std::vector<std::string> handles;  // of this server, named in the text
  std::vector<std::string> tags;     // folded
};

[[noreturn]] void refuse(const std::string& what) {
  throw Refusal(RefusalKind::invalid, "Validation failed: " + what);
}

// Nothing to see: spaces, and what is ignored by default.
bool is_blank(std::string_view text) {
  return text::fold(text).find_first_not_of(" \t\r\n") == std::string::npos;
}

Composed compose(const App& app, Draft draft) {
  const int limit = app.settings.posts_characters_max;
  if (is_blank(draft.text)) refuse("Text can't be blank");
  if (draft.text.size() + draft.warning.size() >
      link_bytes + static_cast<std::size_t>(limit) * character_bytes_max) {
    refuse("Text has too many bytes");
  }
  if (const auto fit = text::fits(draft.text, draft.warning, static_cast<std::size_t>(limit)); !fit) {
    refuse(fit.error() == text::TextError::too_long
               ? fmt::format("Text character limit of {} exceeded", limit)
               : "Text holds bytes or characters that are not text");
  }
  if (draft.language.size() > language_code_bytes_max) refuse("Language is not a code of a language");
  if (draft.idempotency_key.size() > idempotency_key_bytes_max) {
    throw Refusal(RefusalKind::bad_request, "The Idempotency-Key is longer than 256 bytes.");
  }
  Composed composed{.draft = std::move(draft), .handles = {}, .tags = {}};
  for (const text::Entity& entity : text::find_entities(composed.draft.text)) {
    const bool local = entity.domain.empty() || handle_key(entity.domain) == app.host;
    if (entity.kind == text::EntityKind::mention && local && composed.handles.size() < mentions_max) {
      composed.handles.push_back(entity.name);
    }
  }
  composed.tags = text::folded_tags(composed.draft.text);
  return composed;
}

std::vector<AccountId> mentioned_accounts(store::Read& read, const Composed& composed) {
  std::vector<AccountId> accounts;
  for (const Account& account : store::accounts::find_by_handles(read, composed.handles)) {
    if (account.is_shown()) accounts.push_back(account.id);
  }
  return accounts;
}

void notify_named(store::Write& write, const Post& post, const std::vector<AccountId>& mentioned) {
  std::vector<AccountId> told = mentioned;
  // Whoever is answered hears of it, named or not, if it is theirs to read.
  if (post.reply_to_author && post.visibility != Visibility::mentioned &&
      std::ranges::find(told, post.reply_to_author) == told.end()) {
    told.push_back(post.reply_to_author);
  }
  for (const AccountId account : told) {
    notify(write, account, NotificationKind::mention, post.author, post.id);
  }
}

PostId insert_post(store::Write& write, const Actor& actor, const Composed& composed) {
  const Draft& draft = composed.draft;
  require_may_publish(write, actor);
  if (!draft.idempotency_key.empty()) {
    if (const auto made =
            store::posts::find_by_idempotency_key(write, actor.account, draft.idempotency_key, write.now())) {
      return *made;
    }
  }
  store::posts::NewPost fresh{
      .post = {.author = actor.account,
               .reply_to = draft.reply_to,
               .visibility = draft.visibility,
               .sensitive = draft.sensitive || !draft.warning.empty(),
               .warning = draft.warning,
               .language = draft.language,
               .text = draft.text,
               .client = actor.client},
      .person = actor.person,
      .mentions = mentioned_accounts(write, composed),
      .tags = composed.tags,
  };
  if (draft.reply_to) {
    // Who answers a repost answers what it shows.
    const PostView answered = view_post(write, actor.account, draft.reply_to);
    fresh.post.reply_to = answered.shown().post.id;
    fresh.post.reply_to_author = answered.shown().post.author;
  }
  const std::vector<AccountId> mentioned = fresh.mentions;
  const Post post = store::posts::insert(write, std::move(fresh));
  if (is_for_all(post.visibility)) {
    store::accounts::add_to_count(write, post.author, store::accounts::Count::posts, 1);
    store::accounts::set_last_post(write, post.author, post.created);
  }
  store::outbox::append(write, EventKind::published, post.author, post.id);
  notify_named(write, post, mentioned);
  if (!draft.idempotency_key.empty()) {
    store::posts::insert_idempotency_key(write, actor.account, draft.idempotency_key, post.id);
  }
  return post.id;
}

}  // namespace

net::Task<PostView> publish(App& app, Actor actor, Draft draft) {
  const Composed composed = compose(app, std::move(draft));
  const PostId id =
      co_await app.db.write([&](store::Write& write) { return insert_post(write, actor, composed); });
  co_return app.db.read([&](store::Read& read) { return view_post(read, actor.account, id); });
}

net::Task<PostView> delete_post(App& app, Actor actor, PostId id) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    PostView view = view_post(write, actor.account, id);
    if (view.post.author != actor.account) throw Refusal(RefusalKind::not_found, "Record not found");
    erase_post(write, id);
    return view;
  });
}

}  // namespace hoopoe::app
