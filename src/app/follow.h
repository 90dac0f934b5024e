#pragma once

#include <string>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "domain/account.h"
#include "domain/page.h"
#include "net/task.h"
#include "store/follows.h"

namespace hoopoe::app {

// Follows, or asks to where the account is locked; again, only the choices change. Gives the relation
// afterwards. Refusal{not_found} for an account that is not shown, {forbidden} for oneself.
net::Task<Relation> follow(App& app, Actor actor, AccountId target, store::follows::Choices choices);
net::Task<Relation> unfollow(App& app, Actor actor, AccountId target);

// Shown accounts, newest first; `covered` are the ids that the next and previous page start from.
struct AccountPage {
  std::vector<Account> accounts;
  std::vector<std::int64_t> covered;
};
AccountPage followers(App& app, AccountId of, const Page& page);
AccountPage following(App& app, AccountId of, const Page& page);
// Who favourited, who reposted. Refusal{not_found} when the viewer may not read the post.
AccountPage favourited_by(App& app, AccountId viewer, PostId post, const Page& page);
AccountPage reposted_by(App& app, AccountId viewer, PostId post, const Page& page);

}  // namespace hoopoe::app
