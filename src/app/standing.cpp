#include "app/standing.h"

#include "base/refusal.h"
#include "store/accounts.h"
#include "store/people.h"

namespace hoopoe::app {

void require_may_publish(store::Read& read, const Actor& actor) {
  const auto account = store::accounts::find(read, actor.account);
  if (!account || !account->is_shown() || !store::people::may_act_as(read, actor.person, actor.account)) {
    throw Refusal(RefusalKind::forbidden, "Your login is currently disabled");
  }
  const auto person = store::people::find(read, actor.person);
  if (!person || !person->approved) {
    throw Refusal(RefusalKind::forbidden, "Your login is currently pending approval");
  }
}

}  // namespace hoopoe::app
