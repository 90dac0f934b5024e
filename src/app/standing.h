#pragma once

#include "app/actor.h"
#include "store/database.h"

namespace hoopoe::app {

// Neither its token nor its session has ended; an actor that has none is somebody's word for another.
bool is_signed_in(store::Read& read, const Actor& actor);

// May this actor change anything, as of this very write? Refusal{unauthorized} when
// its token or session has ended meanwhile; Refusal{forbidden} when the account is suspended or gone, when
// the person no longer acts for it, or when an operator has yet to approve them.
void require_may_publish(store::Read& read, const Actor& actor);

}  // namespace hoopoe::app
