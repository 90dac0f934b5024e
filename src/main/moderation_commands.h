#pragma once

#include <span>

#include "main/admin_command.h"

namespace hoopoe {

// What operators do about what people write, each act in the audit log; see main/admin.h.
std::span<const AdminCommand> moderation_commands();

}  // namespace hoopoe
