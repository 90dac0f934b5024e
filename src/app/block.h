#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/app.h"
#include "app/relations.h"
#include "net/task.h"

// Whom an account does not want to meet. Each deed gives how the actor stands to the other afterwards;
// Refusal{not_found} for an account that is not shown, {forbidden} for oneself.
namespace hoopoe::app {

// Neither follows, reads or is told of the other from now on.
net::Task<Relation> block(App& app, Actor actor, AccountId target);
net::Task<Relation> unblock(App& app, Actor actor, AccountId target);
AccountPage blocked_accounts(App& app, AccountId of, const Page& page);

// Mute::expires so many seconds from now; 0: until it is undone. Refusal{invalid} for less, and for more than
// a century.
std::optional<Time> end_of_mute(const App& app, std::int64_t seconds);
// Left out of what comes by itself: timelines, streams, replies to others, and notifications where that is
// asked for. What one goes to look at is there, and the other never learns of it.
net::Task<Relation> mute(App& app, Actor actor, AccountId target, Mute mute);
net::Task<Relation> unmute(App& app, Actor actor, AccountId target);
AccountPage muted_accounts(App& app, AccountId of, const Page& page);

}  // namespace hoopoe::app
