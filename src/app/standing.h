#pragma once

#include "app/actor.h"
#include "store/database.h"

namespace hoopoe::app {

// May this actor change anything, as of this very write? Refusal{forbidden} when the account is suspended or
// gone, when the person no longer acts for it, or when an operator has yet to approve them.
void require_may_publish(store::Read& read, const Actor& actor);

}  // namespace hoopoe::app
