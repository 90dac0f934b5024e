#include "domain/person.h"

#include <algorithm>
#include <array>

namespace hoopoe {

namespace {

constexpr std::array<std::string_view, 3> role_names{"person", "moderator", "admin"};
constexpr std::array<std::string_view, 4> mode_names{"open", "approval", "invite", "closed"};

template <class Value, std::size_t Count>
std::optional<Value> find_name(const std::array<std::string_view, Count>& names, std::string_view name) {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::optional<Role> parse_role(std::string_view name) { return find_name<Role>(role_names, name); }
std::string_view name_of(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

std::optional<SignUpMode> parse_sign_up_mode(std::string_view name) {
  return find_name<SignUpMode>(mode_names, name);
}
std::string_view name_of(SignUpMode mode) { return mode_names.at(static_cast<std::size_t>(mode)); }

}  // namespace hoopoe
