#pragma once

#include "app/actor.h"
#include "app/app.h"
#include "net/task.h"

// Who may answer, and what an author hides among the answers.
namespace hoopoe::app {

// Whether the rules of the post and of all that it answers let the account answer it.
bool may_reply(store::Read& read, AccountId account, PostId answered);
// Refusal{forbidden} when they do not.
void require_may_reply(store::Read& read, AccountId account, PostId answered);

// Under the post it answers, a hidden reply is a stub that leads to it; at its own address it is as before.
// Only for the author of that post; anything else is refused as not found.
enum class Reply { hidden, shown };
net::Task<void> set_reply(App& app, Actor actor, PostId reply, Reply as);

}  // namespace hoopoe::app
