#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "app/app.h"
#include "app/moderate.h"
#include "base/refusal.h"
#include "domain/handle.h"
#include "store/accounts.h"

// What the files of the operator's commands share.
namespace hoopoe {

namespace json = boost::json;

struct AdminCommand {
  std::string_view name;
  std::string (*run)(app::App&, const json::object&);
};

[[noreturn]] inline void refuse(const std::string& text) { throw Refusal(RefusalKind::bad_request, text); }

inline std::string field(const json::object& command, std::string_view name) {
  const json::value* value = command.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// By handle, whatever its standing.
inline Account require_account(store::Read& read, const json::object& command) {
  const std::string handle = field(command, "handle");
  const auto address = parse_address(handle);
  auto account = address ? store::accounts::find_by_handle(read, address->handle) : std::nullopt;
  if (!account || account->deleted) refuse(fmt::format("There is no account @{}.", handle));
  return *std::move(account);
}

constexpr int listed_max = 200;  // by one command

inline app::Moderation act_of(const json::object& command) {
  return {.by = {}, .reason = field(command, "reason")};
}

// One line, whatever somebody wrote into it.
std::string on_one_line(std::string_view text);
// "@jack", or "-" for nobody.
std::string handle_of(store::Read& read, AccountId id);

}  // namespace hoopoe
