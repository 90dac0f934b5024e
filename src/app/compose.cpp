#include "app/compose.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/notify.h"
#include "app/photos.h"
#include "app/post_view.h"
#include "app/refuse.h"
#include "base/refusal.h"
#include "domain/handle.h"
#include "store/accounts.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/length.h"
#include "text/tags.h"
#include "text/validate.h"

namespace hoopoe::app {

namespace {

constexpr std::size_t idempotency_key_bytes_max = 256;
// A character is a letter with all its marks, and a link counts as 23 however long it is: these bound the
// bytes. The longest emoji of Unicode 15 has 35 bytes, and nobody writes 140 of them.
constexpr std::size_t character_bytes_max = 24;
constexpr std::size_t link_bytes = 4096;
// More names than this in 140 characters is no conversation; a bound on the rows of one post.
constexpr std::size_t mentions_max = 50;

// By the kinder of the two counts. Requires: `text` does not fit.
[[noreturn]] void refuse_as_too_long(const Draft& draft, std::size_t limit) {
  const std::size_t length =
      std::min(text::tweet_length(draft.warning).value() + text::tweet_length(draft.text).value(),
               text::app_length(draft.warning, draft.text).value());
  refuse_as_invalid(fmt::format("Text character limit of {} exceeded by {}", limit, length - limit));
}

// Nothing to see: spaces, and what is ignored by default.
bool is_blank(std::string_view text) {
  return text::fold(text).find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

Composed compose(const App& app, Draft draft) {
  const int limit = app.settings.posts_characters_max;
  check_choice(draft.photos);
  if (is_blank(draft.text) && draft.photos.empty()) refuse_as_invalid("Text can't be blank");
  if (draft.text.size() + draft.warning.size() >
      link_bytes + static_cast<std::size_t>(limit) * character_bytes_max) {
    refuse_as_invalid("Text has too many bytes");
  }
  if (text::holds_controls(draft.text) || text::holds_controls(draft.warning))
    refuse_as_invalid("Text holds control characters");
  if (const auto fit = text::fits(draft.text, draft.warning, static_cast<std::size_t>(limit)); !fit) {
    if (fit.error() == text::TextError::too_long) refuse_as_too_long(draft, static_cast<std::size_t>(limit));
    refuse_as_invalid("Text holds bytes or characters that are not text");
  }
  if (draft.language.size() > language_code_bytes_max)
    refuse_as_invalid("Language is not a code of a language");
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

std::vector<Mention> mentions_of(store::Read& read, const Composed& composed) {
  if (composed.handles.empty()) return {};
  return store::accounts::named(read, composed.handles);
}

std::vector<AccountId> accounts_of(const std::vector<Mention>& mentions) {
  std::vector<AccountId> accounts;
  accounts.reserve(mentions.size());
  for (const Mention& mention : mentions) accounts.push_back(mention.account);
  return accounts;
}

void notify_named(store::Write& write, const Post& post, const std::vector<AccountId>& named) {
  for (const AccountId account : named) {
    notify(write, account, NotificationKind::mention, post.author, post);
  }
}

void notify_answered(store::Write& write, const Post& post) {
  if (!post.reply_to_author) return;
  if (!is_for_all(post.visibility) && !find_post(write, post.reply_to_author, post.id)) return;
  notify(write, post.reply_to_author, NotificationKind::mention, post.author, post);
}

}  // namespace hoopoe::app
