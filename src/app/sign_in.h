#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "net/task.h"
#include "store/sessions.h"

// Browsers that are signed in, and the password that lets them.
namespace hoopoe::app {

constexpr std::size_t password_bytes_min = 8;    // NIST SP 800-63B, 5.1.1.2
constexpr std::size_t password_bytes_max = 256;  // a bound on what is hashed

constexpr std::chrono::days session_lifetime{90};

// For the list of sessions.
struct Browser {
  std::string address;
  std::string user_agent;
};

struct SignIn {
  std::string login;  // handle or e-mail
  std::string password;
  Browser browser = {};
  std::optional<Actor> instead_of = std::nullopt;  // whose session ends in the same write
};

// The secret of a new session, for a cookie. Requires: the person may sign in.
std::string start_session(store::Write& write, PersonId person, AccountId account, const Browser& browser);
// The same for who knows the password. Refusal{unauthorized} for a name or a password that is wrong, in
// the same words and the same time; {forbidden} while an operator has yet to approve, or after a suspension.
net::Task<std::string> sign_in(App& app, SignIn attempt);
// Who the cookie's secret stands for; nobody when it is no longer good.
std::optional<Actor> find_session(App& app, std::string_view secret);

// Those of the person that have not expired.
std::vector<store::sessions::Session> sessions(App& app, const Actor& actor);
// Ends one of the actor's own sessions, and its streams.
net::Task<void> end_session(App& app, Actor actor, SessionId id);

// Refusal{unauthorized} when the old one is wrong, {invalid} when the new one is too short or too long. All
// other sessions and all tokens of the person end, with their streams.
net::Task<void> change_password(App& app, Actor actor, std::string old_password, std::string new_password);
// The account, for good, and those who act as no other. Refusal{unauthorized} when the password is wrong,
// {forbidden} for staff who do not own it.
net::Task<void> delete_account(App& app, Actor actor, std::string password);

// Refusal{invalid} with the detail ERR_TOO_SHORT or ERR_TOO_LONG.
void check_password(std::string_view password);

}  // namespace hoopoe::app
