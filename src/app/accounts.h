#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "domain/account.h"
#include "domain/handle.h"
#include "net/task.h"

// Public identities: looked up, changed, ended.
namespace hoopoe::app {

// Refusal{not_found} unless the account exists and is shown.
Account require_shown(store::Read& read, AccountId id);
Account account_by_id(App& app, AccountId id);
// "jack", "@jack", "jack@our.host". Refusal{not_found} when nobody shown has that handle here.
Account account_by_address(App& app, std::string_view address);
std::optional<Account> find_account_by_address(App& app, std::string_view address);
std::optional<Account> find_account_by_address(const App& app, store::Read& read, std::string_view address);
// Those whose handle starts so, without those whom a block keeps apart from the viewer.
std::vector<Account> search_accounts(App& app, Viewer viewer, std::string_view text, int limit);

// What a person changes of a profile; what is not given stays.
struct ProfileChange {
  std::optional<std::string> display_name;
  std::optional<std::string> bio;
  std::optional<std::vector<ProfileField>> fields;
  std::optional<bool> locked;
  std::optional<bool> bot;
  std::optional<bool> discoverable;
  std::optional<Visibility> default_visibility;
  std::optional<bool> default_sensitive;
  std::optional<std::string> default_language;
};
// Refusal{invalid} when a part is too long or not UTF-8. Names lose what could reorder a line or pass for a
// check mark.
net::Task<Account> update_profile(App& app, Actor actor, ProfileChange change);

// Hidden from every answer and stream, signed out everywhere, and able to come back.
void suspend(store::Write& write, AccountId id);
void unsuspend(store::Write& write, AccountId id);
// For good: posts become tombstones, follows and favourites are undone, the handle is never given out again.
// One slice per call, so that the writer is never held long; true when there is more to do.
bool erase_account(store::Write& write, AccountId id);
// One slice of what was begun and not ended; true when there is more to do.
bool finish_account_erasures(store::Write& write);

}  // namespace hoopoe::app
