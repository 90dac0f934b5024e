#include "app/moderate.h"

#include <algorithm>

#include "app/accounts.h"
#include "app/erase.h"
#include "app/refuse.h"
#include "base/refusal.h"
#include "domain/post.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/email_blocks.h"
#include "store/notifications.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/reports.h"
#include "store/strikes.h"
#include "store/takedowns.h"
#include "text/bidi.h"

namespace hoopoe::app {

namespace {

constexpr int erased_per_write = 10;    // each with some of its reposts and favourites
constexpr int reposts_told_max = 1000;  // a bound on the rows of one take-down
constexpr std::size_t reason_bytes_max = 2000;
constexpr std::size_t email_pattern_bytes_max = 254;  // RFC 5321, 4.5.3.1.3

void record(store::Write& write, std::string_view what, AccountId account, PostId post,
            const Moderation& act) {
  if (act.reason.size() > reason_bytes_max) refuse_as_invalid("The reason is too long");
  store::audit::insert(write, {.id = {},
                               .person = act.by,
                               .act = std::string(what),
                               .account = account,
                               .post = post,
                               .words = act.reason,
                               .created = {}});
}

Post require_post(store::Read& read, PostId id) {
  auto post = store::posts::find(read, id);
  if (!post || post->deleted) throw Refusal(RefusalKind::not_found, "There is no such post.");
  return *std::move(post);
}

Account require_account(store::Read& read, AccountId id) {
  auto account = store::accounts::find(read, id);
  if (!account || account->deleted) throw Refusal(RefusalKind::not_found, "There is no such account.");
  return *std::move(account);
}

PersonId require_waiting(store::Read& read, AccountId id) {
  require_account(read, id);
  const auto owner = store::people::find_owner(read, id);
  if (!owner || owner->approved) refuse_as_invalid("This account does not wait for approval");
  return owner->id;
}

// The notice goes with what it was about.
void take_back(store::Write& write, AccountId account, StrikeKind kind, PostId post) {
  for (const NotificationId id : store::strikes::erase(write, account, kind, post)) {
    store::notifications::dismiss(write, account, id);
  }
}

void count_post(store::Write& write, const Post& post, int change) {
  if (is_for_all(post.visibility)) {
    store::accounts::add_to_count(write, post.author, store::accounts::Count::posts, change);
  }
}

// Back among the posts, as it was before it was taken down.
void show(store::Write& write, const Post& post) {
  store::posts::show(write, post);
  count_post(write, post, 1);
  store::takedowns::erase(write, post.id);
}

bool erase_all(store::Write& write, const std::vector<PostId>& taken_down) {
  for (const PostId id : taken_down) {
    if (const auto post = store::posts::find(write, id)) show(write, *post);
    erase_post(write, id);
  }
  return taken_down.size() == erased_per_write;
}

void check_email_pattern(std::string_view pattern) {
  const std::size_t at = pattern.rfind('@');
  const std::string_view domain = pattern.substr(at == std::string_view::npos ? 0 : at + 1);
  const bool is_plain =
      std::ranges::none_of(pattern, [](unsigned char c) { return c <= ' ' || c == 0x7f; }) &&
      text::strip_bidi_controls(pattern) == pattern;
  const bool is_domain = !domain.empty() && !domain.starts_with('.') && !domain.ends_with('.') &&
                         !domain.contains("..") && domain.find_first_of("*/:,;\"") == std::string_view::npos;
  if (at == 0 || !is_plain || !is_domain || pattern.size() > email_pattern_bytes_max) {
    refuse_as_invalid("That is neither an e-mail address nor a domain");
  }
}

}  // namespace

Role require_role(store::Read& read, PersonId person, Role role) {
  const auto found = store::people::find(read, person);
  if (!found || found->role < role) throw Refusal(RefusalKind::not_found, "Record not found");
  return found->role;
}

void require_moderator_of(store::Read& read, PersonId person, AccountId account) {
  const Role role = require_role(read, person, Role::moderator);
  const auto owner = store::people::find_owner(read, account);
  if (owner && owner->role >= role) {
    throw Refusal(RefusalKind::forbidden, "This account belongs to one of those who keep order here.");
  }
}

void take_down_post(store::Write& write, PostId id, const Moderation& act) {
  const Post post = require_post(write, id);
  if (post.repost_of) refuse_as_invalid("A repost has no words: take down the post that it repeats");
  store::posts::hide(write, post);
  count_post(write, post, -1);
  store::takedowns::insert(write, id, post.author, act.reason);
  for (const PostId repost : store::posts::reposts_of(write, id, reposts_told_max)) {
    if (const auto of = store::posts::find(write, repost)) {
      store::outbox::append(write, EventKind::deleted, of->author, repost,
                            is_for_all(of->visibility) ? 1 : 0);
    }
  }
  store::outbox::append(write, EventKind::deleted, post.author, id, is_for_all(post.visibility) ? 1 : 0);
  tell_of_act(write, post.author, StrikeKind::post_taken_down, id, act);
  record(write, "take-down", post.author, id, act);
}

void restore_post(store::Write& write, PostId id, const Moderation& act) {
  const auto post = store::posts::find(write, id);
  if (!post || !store::takedowns::find(write, id)) refuse_as_invalid("This post is not taken down");
  show(write, *post);
  // Who follows by a stream hears of it again, after having heard that it is gone.
  store::outbox::append(write, EventKind::edited, post->author, id);
  take_back(write, post->author, StrikeKind::post_taken_down, id);
  record(write, "restore", post->author, id, act);
}

void delete_post(store::Write& write, PostId id, const Moderation& act) {
  const auto taken_down = store::takedowns::find(write, id);
  const AccountId author = taken_down ? taken_down->author : require_post(write, id).author;
  if (taken_down) {
    erase_all(write, {id});
  } else {
    erase_post(write, id);
    tell_of_act(write, author, StrikeKind::post_taken_down, id, act);
  }
  record(write, "delete-post", author, id, act);
}

bool erase_old_takedowns(store::Write& write) {
  return erase_all(write, store::takedowns::before(write, write.now() - takedown_undoable, erased_per_write));
}

bool erase_takedowns_of(store::Write& write, AccountId author) {
  return erase_all(write, store::takedowns::of_author(write, author, erased_per_write));
}

void warn_account(store::Write& write, AccountId id, const Moderation& act) {
  require_account(write, id);
  if (act.reason.find_first_not_of(" \t\r\n") == std::string::npos)
    refuse_as_invalid("A warning needs words");
  tell_of_act(write, id, StrikeKind::warning, {}, act);
  record(write, "warn", id, {}, act);
}

void approve_account(store::Write& write, AccountId id, const Moderation& act) {
  store::people::approve(write, require_waiting(write, id));
  record(write, "approve", id, {}, act);
}

void turn_away_account(store::Write& write, AccountId id, const Moderation& act) {
  require_waiting(write, id);
  erase_account(write, id);
  record(write, "turn-away", id, {}, act);
}

void limit_account(store::Write& write, AccountId id, const Moderation& act) {
  if (require_account(write, id).limited) refuse_as_invalid("This account is limited already");
  store::accounts::set_limited(write, id, write.now());
  tell_of_act(write, id, StrikeKind::limited, {}, act);
  record(write, "limit", id, {}, act);
}

void unlimit_account(store::Write& write, AccountId id, const Moderation& act) {
  if (!require_account(write, id).limited) refuse_as_invalid("This account is not limited");
  store::accounts::set_limited(write, id, std::nullopt);
  take_back(write, id, StrikeKind::limited, {});
  record(write, "unlimit", id, {}, act);
}

void suspend_account(store::Write& write, AccountId id, const Moderation& act) {
  if (require_account(write, id).suspended) refuse_as_invalid("This account is suspended already");
  suspend(write, id);
  record(write, "suspend", id, {}, act);
}

void unsuspend_account(store::Write& write, AccountId id, const Moderation& act) {
  if (!require_account(write, id).suspended) refuse_as_invalid("This account is not suspended");
  unsuspend(write, id);
  record(write, "unsuspend", id, {}, act);
}

void block_email(store::Write& write, std::string_view pattern, const Moderation& act) {
  check_email_pattern(pattern);
  if (!store::email_blocks::insert(write, pattern)) refuse_as_invalid("That is blocked already");
  record(write, "block-email", {}, {}, {.by = act.by, .reason = std::string(pattern)});
}

void unblock_email(store::Write& write, std::string_view pattern, const Moderation& act) {
  if (!store::email_blocks::erase(write, pattern)) refuse_as_invalid("That is not blocked");
  record(write, "unblock-email", {}, {}, {.by = act.by, .reason = std::string(pattern)});
}

void close_report(store::Write& write, ReportId id, const Moderation& act) {
  const auto report = store::reports::find(write, id);
  if (!report || !store::reports::close(write, id)) {
    throw Refusal(RefusalKind::not_found, "There is no such open report.");
  }
  record(write, "close-report", report->target, {}, {.by = act.by, .reason = id.str()});
}

void tell_of_act(store::Write& write, AccountId account, StrikeKind kind, PostId post,
                 const Moderation& act) {
  const NotificationId id =
      store::notifications::insert(write, account, NotificationKind::strike, account, {});
  store::strikes::insert(write,
                         {.id = id, .account = account, .kind = kind, .post = post, .words = act.reason});
}

void record(store::Write& write, std::string_view what, AccountId account, const Moderation& act) {
  record(write, what, account, {}, act);
}

}  // namespace hoopoe::app
