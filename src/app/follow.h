#pragma once

#include "app/actor.h"
#include "app/app.h"
#include "app/relations.h"
#include "net/task.h"
#include "store/follows.h"

// Who follows whom, and who may. Each deed gives how the actor stands to the other afterwards.
namespace hoopoe::app {

// Follows, or asks to where the account is locked; again, only the choices change. Refusal{not_found} for an
// account that is not shown, {forbidden} for oneself and where one of the two has blocked the other,
// {too_many} where the person follows too many at once: app/bursts.h.
net::Task<Relation> follow(App& app, Actor actor, AccountId target, store::follows::Choices choices);
// Takes back a follow, or the request for one.
net::Task<Relation> unfollow(App& app, Actor actor, AccountId target);
net::Task<Relation> remove_follower(App& app, Actor actor, AccountId follower);

enum class Verdict { accepted, rejected };
// Refusal{not_found} when nobody of that id waits.
net::Task<Relation> answer_follow_request(App& app, Actor actor, AccountId follower, Verdict verdict);
// All who wait for an account that is no longer locked.
void accept_follow_requests(store::Write& write, AccountId account);
// Undoes what either follows of the other, requests among it.
void part(store::Write& write, AccountId one, AccountId other);

AccountPage followers(App& app, Viewer viewer, AccountId of, const Page& page);
AccountPage following(App& app, Viewer viewer, AccountId of, const Page& page);
// Who asks to follow the account.
AccountPage follow_requests(App& app, AccountId of, const Page& page);

}  // namespace hoopoe::app
