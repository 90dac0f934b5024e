#pragma once

#include <span>

#include "main/admin_command.h"

namespace hoopoe {

// The operators' rules on new posts, and the posts that wait because of one; see main/admin.h.
std::span<const AdminCommand> rule_commands();

}  // namespace hoopoe
