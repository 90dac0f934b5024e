#include "app/accounts.h"

#include <fmt/format.h>

#include "app/erase.h"
#include "app/follow.h"
#include "app/moderate.h"
#include "app/refuse.h"
#include "app/relations.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "domain/post.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/bookmarks.h"
#include "store/favourites.h"
#include "store/follows.h"
#include "store/held_posts.h"
#include "store/markers.h"
#include "store/mutes.h"
#include "store/notifications.h"
#include "store/oauth.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/reports.h"
#include "store/sessions.h"
#include "store/strikes.h"
#include "text/bidi.h"

namespace hoopoe::app {

namespace {

// So many posts, follows and the like go in one write: about 20 ms of the writer's time.
constexpr int erase_slice = 100;
constexpr int posts_slice = 20;  // each with some of its reposts and favourites

[[noreturn]] void refuse_not_found() { throw Refusal(RefusalKind::not_found, "Record not found"); }

void check(const ProfileChange& change) {
  if (change.display_name) require_text("Display name", *change.display_name, display_name_characters_max);
  if (change.bio) require_text("Note", *change.bio, bio_characters_max);
  if (change.default_language && change.default_language->size() > language_code_bytes_max) {
    refuse_as_invalid("Language is not a code of a language");
  }
  if (!change.fields) return;
  if (change.fields->size() > profile_fields_max) {
    refuse_as_invalid(fmt::format("there are at most {} profile fields", profile_fields_max));
  }
  for (const ProfileField& field : *change.fields) {
    require_text("Field name", field.name, profile_field_characters_max);
    require_text("Field value", field.value, profile_field_characters_max);
  }
}

template <class Value>
void assign(Value& target, const std::optional<Value>& change) {
  if (change) target = *change;
}

// What was verified stays so as long as it says the same.
void take_fields(Account& account, std::vector<ProfileField> fields) {
  for (ProfileField& field : fields) {
    const auto before = std::ranges::find(account.fields, field.value, &ProfileField::value);
    field.verified = before == account.fields.end() ? std::nullopt : before->verified;
  }
  account.fields = std::move(fields);
}

void apply(Account& account, const ProfileChange& change) {
  if (change.display_name) account.display_name = text::clean_display_name(*change.display_name);
  assign(account.bio, change.bio);
  if (change.fields) take_fields(account, *change.fields);
  assign(account.locked, change.locked);
  assign(account.bot, change.bot);
  assign(account.discoverable, change.discoverable);
  assign(account.default_visibility, change.default_visibility);
  assign(account.default_sensitive, change.default_sensitive);
  assign(account.default_language, change.default_language);
}

// Everyone who acts as the account is signed out of it.
void sign_out_members(store::Write& write, AccountId id) {
  for (const PersonId person : store::people::members(write, id)) {
    store::sessions::erase_of_member(write, person, id);
    store::oauth::erase_tokens_of_member(write, person, id);
  }
}

}  // namespace

Account require_shown(store::Read& read, AccountId id) {
  auto account = store::accounts::find(read, id);
  if (!account || !account->is_shown()) refuse_not_found();
  return *std::move(account);
}

Account account_by_id(App& app, AccountId id) {
  return app.db.read([&](store::Read& read) { return require_shown(read, id); });
}

std::optional<Account> find_account_by_address(App& app, std::string_view address) {
  return app.db.read([&](store::Read& read) { return find_account_by_address(app, read, address); });
}

std::optional<Account> find_account_by_address(const App& app, store::Read& read, std::string_view text) {
  const auto address = parse_address(text);
  if (!address || (!address->domain.empty() && address->domain != app.host)) return std::nullopt;
  auto account = store::accounts::find_by_handle(read, address->handle);
  if (!account || !account->is_shown()) return std::nullopt;
  return account;
}

Account account_by_address(App& app, std::string_view address) {
  auto account = find_account_by_address(app, address);
  if (!account) refuse_not_found();
  return *std::move(account);
}

std::vector<Account> search_accounts(App& app, Viewer viewer, std::string_view text, int limit) {
  const auto address = parse_address(text);
  if (!address || (!address->domain.empty() && address->domain != app.host)) return {};
  return app.db.read([&](store::Read& read) {
    std::vector<Account> found = store::accounts::search(read, address->handle, limit);
    remove_blocked(read, viewer, found);
    return found;
  });
}

net::Task<Account> update_profile(App& app, Actor actor, ProfileChange change) {
  check(change);
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    Account account = require_shown(write, actor.account);
    const bool was_locked = account.locked;
    apply(account, change);
    if (was_locked && !account.locked) accept_follow_requests(write, account.id);
    store::accounts::update_profile(write, account);
    return account;
  });
}

void suspend(store::Write& write, AccountId id) {
  store::accounts::set_suspended(write, id, write.now());
  sign_out_members(write, id);
  store::outbox::append(write, EventKind::account_hidden, id);
}

void unsuspend(store::Write& write, AccountId id) { store::accounts::set_suspended(write, id, std::nullopt); }

bool erase_account(store::Write& write, AccountId id) {
  const auto account = store::accounts::find(write, id);
  if (!account) refuse_not_found();
  if (!account->deleted) {
    sign_out_members(write, id);
    store::people::erase_members(write, id);
    store::blocks::erase_of_account(write, id);
    store::mutes::erase_of_account(write, id);
    store::markers::erase_of_account(write, id);
    store::strikes::erase_of_account(write, id);
    store::reports::erase_words_of(write, id);
    store::held_posts::erase_of_author(write, id);
    store::accounts::erase(write, id);
    store::outbox::append(write, EventKind::account_hidden, id);
  }
  bool more = store::notifications::clear(write, id, erase_slice);
  more = store::follows::erase_of_account(write, id, erase_slice) || more;
  more = store::favourites::erase_of_account(write, id, erase_slice) || more;
  more = store::bookmarks::erase_of_account(write, id, erase_slice) || more;
  const std::vector<PostId> posts = store::posts::of_author(write, id, {}, posts_slice);
  for (const PostId post : posts) erase_post(write, post);
  more = posts.size() == posts_slice || more;
  more = erase_takedowns_of(write, id) || more;
  if (!more) store::accounts::finish_erasure(write, id);
  return more;
}

bool finish_account_erasures(store::Write& write) {
  const std::vector<AccountId> unfinished = store::accounts::unfinished_erasures(write);
  if (unfinished.empty()) return false;
  return erase_account(write, unfinished.front()) || unfinished.size() > 1;
}

}  // namespace hoopoe::app
