#include "main/admin.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "app/accounts.h"
#include "app/live.h"
#include "app/moderate.h"
#include "app/sign_in.h"
#include "app/sign_up.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "main/admin_command.h"
#include "main/moderation_commands.h"
#include "main/rule_commands.h"
#include "store/accounts.h"
#include "store/oauth.h"
#include "store/people.h"
#include "store/sessions.h"

namespace hoopoe {

namespace {

constexpr int accounts_per_read = 500;

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
  app.db.write_blocking([&](store::Write& write) {
    const AccountId account = app::create_account(write, wish, hash, role).account;
    app::record(write, "create", account, {.by = {}, .reason = std::string(name_of(role))});
  });
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
    const AccountId account = require_account(write, command).id;
    const Person owner = require_owner(write, account);
    store::people::set_password(write, owner.id, hash);
    app::record(write, "reset-password", account, {});
    store::sessions::erase_of_person(write, owner.id);
    store::oauth::erase_tokens_of_person(write, owner.id);
    return owner.id;
  });
  app.live.close_streams([person](const app::Actor& reader) { return reader.person == person; });
  return made_up ? fmt::format("The new password is {}\n", password) : "The password is changed.\n";
}

std::string erase(app::App& app, const json::object& command) {
  AccountId id;
  bool more = app.db.write_blocking([&](store::Write& write) {
    id = require_account(write, command).id;
    app::record(write, "delete", id, {.by = {}, .reason = field(command, "reason")});
    return app::erase_account(write, id);
  });
  while (more)
    more = app.db.write_blocking([&](store::Write& write) { return app::erase_account(write, id); });
  return "Deleted, with all its posts.\n";
}

std::string set_role(app::App& app, const json::object& command) {
  if (field(command, "role").empty()) refuse("The role is person, moderator or admin.");
  const Role role = role_of(command);
  app.db.write_blocking([&](store::Write& write) {
    const AccountId account = require_account(write, command).id;
    store::people::set_role(write, require_owner(write, account).id, role);
    app::record(write, "role", account, {.by = {}, .reason = std::string(name_of(role))});
  });
  return fmt::format("The role is {}.\n", name_of(role));
}

std::string create_invite(app::App& app, const json::object& command) {
  const json::value* uses = command.if_contains("uses");
  const std::int64_t count = uses != nullptr && uses->is_int64() ? uses->get_int64() : 1;
  if (count < 1 || count > 10'000) refuse("An invitation is good for 1 to 10000 sign-ups.");
  const std::string code = crypto::random_token(12);
  app.db.write_blocking([&](store::Write& write) {
    store::people::insert_invite(write, crypto::sha256(code), static_cast<int>(count));
    app::record(write, "invite", {}, {.by = {}, .reason = fmt::format("good for {}", count)});
  });
  return code + "\n";
}

constexpr std::array commands{
    AdminCommand{.name = "account create", .run = create},
    AdminCommand{.name = "account list", .run = list},
    AdminCommand{.name = "account reset-password", .run = reset_password},
    AdminCommand{.name = "account delete", .run = erase},
    AdminCommand{.name = "account role", .run = set_role},
    AdminCommand{.name = "invite create", .run = create_invite},
};

}  // namespace

bool starts_a_store(const json::object& command) {
  if (field(command, "command") != "account create") return false;
  wish_of(command);
  role_of(command);
  return true;
}

std::string run_admin_command(app::App& app, const json::object& command) {
  const std::string name = field(command, "command");
  for (const std::span<const AdminCommand> table :
       {std::span<const AdminCommand>(commands), moderation_commands(), rule_commands()}) {
    const auto found = std::ranges::find(table, name, &AdminCommand::name);
    if (found != table.end()) return found->run(app, command);
  }
  refuse(fmt::format("There is no command \"{}\".", name));
}

}  // namespace hoopoe
