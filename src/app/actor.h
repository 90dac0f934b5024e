#pragma once

#include "domain/ids.h"
#include "domain/scopes.h"

namespace hoopoe::app {

// On whose behalf something is done: a person, acting as an account, by a token or a session. What may be
// done is decided in this tier; scopes are checked by the API's route table before.
struct Actor {
  PersonId person;
  AccountId account;
  ClientId client;    // the app whose token it is; none in a browser
  TokenId token;      // none in a browser
  SessionId session;  // none with a token
  Scopes scopes;
};

// Who looks at something: an account, or nobody in particular.
using Viewer = AccountId;
inline constexpr Viewer anonymous{};

}  // namespace hoopoe::app
