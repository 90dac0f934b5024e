#include "app/expire.h"

#include "app/oauth.h"
#include "app/sign_in.h"
#include "app/strangers.h"
#include "store/approaches.h"
#include "store/mutes.h"
#include "store/oauth.h"
#include "store/outbox.h"
#include "store/photos.h"
#include "store/posts.h"
#include "store/sessions.h"

namespace hoopoe::app {

namespace {

constexpr int rows_per_write = 100;  // of each kind: a few milliseconds of the writer's time
constexpr std::chrono::hours outbox_kept{24};
constexpr int events_per_write = 1000;  // small ones: some 5 ms

}  // namespace

bool erase_expired(store::Write& write) {
  bool more = store::sessions::erase_before(write, write.now() - session_lifetime, rows_per_write);
  more |= store::oauth::erase_codes_before(write, write.now() - code_kept, rows_per_write);
  more |= store::mutes::erase_expired(write, rows_per_write);
  more |= store::posts::erase_old_idempotency_keys(write, rows_per_write);
  more |= store::outbox::erase_before(write, write.now() - outbox_kept, events_per_write);
  more |= store::approaches::erase_before(write, write.now() - approach_kept, rows_per_write);
  more |=
      store::photos::erase_unpublished_before(write, write.now() - unpublished_photo_kept, rows_per_write);
  // A client outlives its tokens, whatever a slice holds.
  const bool more_tokens = store::oauth::erase_expired_tokens(write, rows_per_write);
  if (!more_tokens) more |= store::oauth::erase_expired_clients(write, rows_per_write);
  return more || more_tokens;
}

}  // namespace hoopoe::app
