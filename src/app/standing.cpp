#include "app/standing.h"

#include "base/refusal.h"
#include "store/oauth.h"
#include "store/people.h"
#include "store/sessions.h"

namespace hoopoe::app {

bool is_signed_in(store::Read& read, const Actor& actor) {
  return (!actor.token || store::oauth::token_exists(read, actor.token)) &&
         (!actor.session || store::sessions::exists(read, actor.session));
}

void require_may_publish(store::Read& read, const Actor& actor) {
  if (!is_signed_in(read, actor)) throw Refusal(RefusalKind::unauthorized, "You are no longer signed in.");
  const auto standing = store::people::standing(read, actor.person, actor.account);
  if (!standing || !standing->account_is_shown || !standing->is_member) {
    throw Refusal(RefusalKind::forbidden, "Your login is currently disabled");
  }
  if (!standing->approved) {
    throw Refusal(RefusalKind::forbidden, "Your login is currently pending approval");
  }
}

}  // namespace hoopoe::app
