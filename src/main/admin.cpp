#include "main/admin.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/accounts.h"
#include "app/erase.h"
#include "app/live.h"
#include "app/sign_in.h"
#include "app/sign_up.h"
#include "base/refusal.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "store/accounts.h"
#include "store/oauth.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/sessions.h"

namespace hoopoe {

namespace {

namespace json = boost::json;

constexpr int accounts_per_read = 500;

[[noreturn]] void refuse(const std::string& text) { throw Refusal(RefusalKind::bad_request, text); }

std::string field(const json::object& command, std::string_view name) {
  const json::value* value = command.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// By handle, whatever its standing.
Account require_account(store::Read& read, const json::object& command) {
  const std::string handle = field(command, "handle");
  const auto address = parse_address(handle);
  auto account = address ? store::accounts::find_by_handle(read, address->handle) : std::nullopt;
  if (!account || account->deleted) refuse(fmt::format("There is no account @{}.", handle));
  return *std::move(account);
}

Person require_owner(store::Read& read, AccountId account) {
  auto person = store::people::find_owner(read, account);
  if (!person) refuse("Nobody signs in as this account.");
  return *std::move(person);
}

Role role_of(const json::object& command) {
  const std::string name = field(command, "role");
  if (name.empty()) return Role::person;
  const auto role = parse_role(name);
  if (!role) refuse("The role is person, moderator or admin.");
  return *role;
}

app::SignUp wish_of(const json::object& command) {
  app::SignUp wish{.handle = field(command, "handle"),
                   .email = field(command, "email"),
                   .password = field(command, "password"),
                   .reason = {},
                   .invite = {}};
  if (wish.password.empty()) refuse("A new account needs a password: give it with --password-stdin.");
  app::check_sign_up(wish);
  return wish;
}

std::string create(app::App& app, const json::object& command) {
  const app::SignUp wish = wish_of(command);
  const Role role = role_of(command);
  const std::string hash = crypto::hash_password(wish.password);
  app.db.write_blocking([&](store::Write& write) { return app::create_account(write, wish, hash, role); });
  return fmt::format("Created @{}{}.\n", wish.handle,
                     role == Role::person ? "" : fmt::format(", {}", name_of(role)));
}

std::string standing(const Account& account, const std::optional<Person>& person) {
  if (account.deleted) return "deleted";
  if (account.suspended) return "suspended";
  if (person && !person->approved) return "waits for approval";
  return "active";
}

std::string list(app::App& app, const json::object&) {
  std::string lines;
  AccountId after;
  std::size_t found = accounts_per_read;
  while (found == accounts_per_read) {
    app.db.read([&](store::Read& read) {
      const std::vector<Account> accounts = store::accounts::list(read, after, accounts_per_read);
      for (const Account& account : accounts) {
        const auto person = store::people::find_owner(read, account.id);
        lines += fmt::format("{}\t@{}\t{}\t{}\t{}\n", account.id.value, account.handle,
                             person ? person->email : "-", person ? name_of(person->role) : "-",
                             standing(account, person));
        after = account.id;
      }
      found = accounts.size();
    });
  }
  return lines;
}

std::string reset_password(app::App& app, const json::object& command) {
  std::string password = field(command, "password");
  const bool made_up = password.empty();
  if (made_up) password = crypto::random_token(12);
  app::check_password(password);
  const std::string hash = crypto::hash_password(password);
  const PersonId person = app.db.write_blocking([&](store::Write& write) {
    const Person owner = require_owner(write, require_account(write, command).id);
    store::people::set_password(write, owner.id, hash);
    store::sessions::erase_of_person(write, owner.id);
    store::oauth::erase_tokens_of_person(write, owner.id);
    return owner.id;
  });
  app.live.close_streams([person](const app::Actor& reader) { return reader.person == person; });
  return made_up ? fmt::format("The new password is {}\n", password) : "The password is changed.\n";
}

std::string approve(app::App& app, const json::object& command) {
  app.db.write_blocking([&](store::Write& write) {
    store::people::approve(write, require_owner(write, require_account(write, command).id).id);
  });
  return "Approved.\n";
}

std::string suspend(app::App& app, const json::object& command) {
  app.db.write_blocking(
      [&](store::Write& write) { app::suspend(write, require_account(write, command).id); });
  return "Suspended: hidden everywhere, signed out.\n";
}

std::string unsuspend(app::App& app, const json::object& command) {
  app.db.write_blocking(
      [&](store::Write& write) { app::unsuspend(write, require_account(write, command).id); });
  return "The account is back.\n";
}

std::string erase(app::App& app, const json::object& command) {
  const AccountId id = app.db.read([&](store::Read& read) { return require_account(read, command).id; });
  while (app.db.write_blocking([&](store::Write& write) { return app::erase_account(write, id); })) {
  }
  return "Deleted, with all its posts.\n";
}

std::string set_role(app::App& app, const json::object& command) {
  if (field(command, "role").empty()) refuse("The role is person, moderator or admin.");
  const Role role = role_of(command);
  app.db.write_blocking([&](store::Write& write) {
    store::people::set_role(write, require_owner(write, require_account(write, command).id).id, role);
  });
  return fmt::format("The role is {}.\n", name_of(role));
}

std::string delete_post(app::App& app, const json::object& command) {
  const auto id = PostId::parse(field(command, "id"));
  if (!id) refuse("A post is named by the number at the end of its address.");
  app.db.write_blocking([&](store::Write& write) {
    const auto post = store::posts::find(write, *id);
    if (!post || post->deleted) refuse("There is no such post.");
    app::erase_post(write, *id);
  });
  return "Deleted.\n";
}

std::string create_invite(app::App& app, const json::object& command) {
  const json::value* uses = command.if_contains("uses");
  const std::int64_t count = uses != nullptr && uses->is_int64() ? uses->get_int64() : 1;
  if (count < 1 || count > 10'000) refuse("An invitation is good for 1 to 10000 sign-ups.");
  const std::string code = crypto::random_token(12);
  app.db.write_blocking([&](store::Write& write) {
    store::people::insert_invite(write, crypto::sha256(code), static_cast<int>(count));
  });
  return code + "\n";
}

using Command = std::string (*)(app::App&, const json::object&);
constexpr std::array<std::pair<std::string_view, Command>, 10> commands{{
    {"account create", create},
    {"account list", list},
    {"account reset-password", reset_password},
    {"account approve", approve},
    {"account suspend", suspend},
    {"account unsuspend", unsuspend},
    {"account delete", erase},
    {"account role", set_role},
    {"post delete", delete_post},
    {"invite create", create_invite},
}};

}  // namespace

bool starts_a_store(const json::object& command) {
  if (field(command, "command") != "account create") return false;
  wish_of(command);
  role_of(command);
  return true;
}

std::string run_admin_command(app::App& app, const json::object& command) {
  const std::string name = field(command, "command");
  for (const auto& [known, run] : commands) {
    if (name == known) return run(app, command);
  }
  refuse(fmt::format("There is no command \"{}\".", name));
}

}  // namespace hoopoe
