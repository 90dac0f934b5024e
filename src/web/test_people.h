#pragma once

#include <string>

#include "app/actor.h"
#include "base/clock.h"
#include "crypto/hash.h"
#include "store/accounts.h"
#include "store/database.h"
#include "store/people.h"
#include "store/sessions.h"

// For tests: people, and the clock they live by.
namespace hoopoe::web {

class StillClock : public Clock {
 public:
  Time now() const override { return now_; }
  Time now_ = from_milliseconds(1'380'652'800'000);  // 2013-10-01T18:40Z
};

// Somebody with an account and a browser that is signed in.
struct Somebody {
  app::Actor actor;
  std::string handle;
  std::string secret;  // of the session
};

inline Somebody join(store::Database& db, const std::string& handle) {
  const std::string secret = "secret-of-" + handle;
  return db.write_blocking([&](store::Write& write) {
    const AccountId account = store::accounts::insert(write, handle, "");
    const PersonId person =
        store::people::insert(write, {.email = handle + "@square.example", .approved = write.now()});
    store::people::add_member(write, person, account, "owner");
    const SessionId session = store::sessions::insert(
        write, {.person = person, .account = account, .address = "192.0.2.1", .user_agent = "Firefox Linux"},
        crypto::sha256(secret));
    return Somebody{.actor = {.person = person, .account = account, .session = session},
                    .handle = handle,
                    .secret = secret};
  });
}

}  // namespace hoopoe::web
