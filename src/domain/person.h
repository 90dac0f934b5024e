#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "domain/ids.h"

namespace hoopoe {

enum class Role { person = 0, moderator = 1, admin = 2 };
std::optional<Role> parse_role(std::string_view name);
std::string_view name_of(Role role);

// Who may open an account here.
enum class SignUpMode { open, approval, invite, closed };
std::optional<SignUpMode> parse_sign_up_mode(std::string_view name);
std::string_view name_of(SignUpMode mode);

// Who signs in. Private: no other person ever sees one.
struct Person {
  PersonId id;
  std::string email;  // as typed; unique without case
  std::string password_hash;
  Role role = Role::person;
  Time created;
  std::optional<Time> approved;  // none while an operator has yet to say yes
  std::string reason;            // what they wrote when they asked to join
};

}  // namespace hoopoe
