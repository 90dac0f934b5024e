#include "app/sign_in.h"

#include "app/accounts.h"
#include "app/live.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "store/accounts.h"
#include "store/oauth.h"
#include "store/people.h"

namespace hoopoe::app {

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t user_agent_bytes_max = 300;

void close_streams_of(App& app, SessionId session) {
  app.live.close_streams([session](const Actor& reader) { return reader.session == session; });
}

struct Known {
  Person person;
  std::optional<Account> account;
};

[[noreturn]] void refuse_login() {
  throw Refusal(RefusalKind::unauthorized, "The name or the password is wrong.");
}

std::optional<Known> find_login(store::Read& read, std::string_view login) {
  std::optional<Person> person;
  std::optional<AccountId> known;
  if (login.find('@', 1) != std::string_view::npos) {
    person = store::people::find_by_email(read, login);
  } else if (const auto account =
                 store::accounts::find_by_handle(read, login.substr(login.starts_with('@') ? 1 : 0))) {
    person = store::people::find_owner(read, account->id);
    known = account->id;
  }
  if (!person) return std::nullopt;
  if (!known) known = store::people::first_account(read, person->id);
  return Known{.person = *person, .account = known ? store::accounts::find(read, *known) : std::nullopt};
}

// Without a hash it takes as long and never matches.
net::Task<bool> password_matches(App& app, std::optional<std::string> hash, std::string password) {
  co_return co_await app.workers.run([&] {
    return crypto::verify_password(hash ? *hash : crypto::dummy_password_hash(), password) && hash;
  });
}

[[noreturn]] void refuse_password() { throw Refusal(RefusalKind::unauthorized, "The password is wrong."); }

net::Task<Person> require_password(App& app, Actor actor, std::string password) {
  const auto person = app.db.read([&](store::Read& read) { return store::people::find(read, actor.person); });
  if (!person || !co_await password_matches(app, person->password_hash, std::move(password))) {
    refuse_password();
  }
  co_return *person;
}

// The hash took its time: what was true of the actor and of the password still has to be.
void require_unchanged(store::Read& read, const Actor& actor, const Person& person) {
  require_may_publish(read, actor);
  const auto now = store::people::find(read, person.id);
  if (!now || now->password_hash != person.password_hash) refuse_password();
}

void require_may_sign_in(const Known& known) {
  if (!known.account || !known.account->is_shown()) {
    throw Refusal(RefusalKind::forbidden, "This account is suspended.");
  }
  if (!known.person.approved) {
    throw Refusal(RefusalKind::forbidden, "An operator has yet to approve this account.");
  }
}

// The hash took its time: a password that was changed meanwhile lets nobody in, nor does a suspension.
void require_unchanged(store::Read& read, const Known& known) {
  const auto person = store::people::find(read, known.person.id);
  if (!person || person->password_hash != known.person.password_hash) refuse_login();
  require_may_sign_in({.person = *person, .account = store::accounts::find(read, known.account->id)});
}

}  // namespace

void check_password(std::string_view password) {
  if (password.size() < password_bytes_min) {
    throw Refusal(RefusalKind::invalid, "Validation failed: Password is too short (minimum is 8 characters)",
                  {{"password", "ERR_TOO_SHORT", "is too short (minimum is 8 characters)"}});
  }
  if (password.size() > password_bytes_max) {
    throw Refusal(RefusalKind::invalid, "Validation failed: Password is too long (maximum is 256 bytes)",
                  {{"password", "ERR_TOO_LONG", "is too long (maximum is 256 bytes)"}});
  }
}

std::string start_session(store::Write& write, PersonId person, AccountId account, const Browser& browser) {
  std::string secret = crypto::random_token(secret_bytes);
  const store::sessions::Session session{.person = person,
                                         .account = account,
                                         .address = browser.address,
                                         .user_agent = browser.user_agent.substr(0, user_agent_bytes_max)};
  store::sessions::insert(write, session, crypto::sha256(secret));
  return secret;
}

net::Task<std::string> sign_in(App& app, SignIn attempt) {
  const auto known = app.db.read([&](store::Read& read) { return find_login(read, attempt.login); });
  std::optional<std::string> hash;
  if (known) hash = known->person.password_hash;
  if (!co_await password_matches(app, std::move(hash), std::move(attempt.password))) refuse_login();
  require_may_sign_in(*known);
  const std::optional<Actor>& old = attempt.instead_of;
  std::string secret = co_await app.db.write([&](store::Write& write) {
    require_unchanged(write, *known);
    if (old) store::sessions::erase(write, old->person, old->session);
    return start_session(write, known->person.id, known->account->id, attempt.browser);
  });
  if (old) close_streams_of(app, old->session);
  co_return secret;
}

std::optional<Actor> find_session(App& app, std::string_view secret) {
  return app.db.read([&](store::Read& read) -> std::optional<Actor> {
    const auto session = store::sessions::find_by_token(read, crypto::sha256(secret));
    if (!session || read.now() - session->created > session_lifetime) return std::nullopt;
    const auto account = store::accounts::find(read, session->account);
    if (!account || !account->is_shown()) return std::nullopt;
    return Actor{.person = session->person,
                 .account = session->account,
                 .client = {},
                 .token = {},
                 .session = session->id,
                 .scopes = {}};
  });
}

std::vector<store::sessions::Session> sessions(App& app, const Actor& actor) {
  return app.db.read([&](store::Read& read) {
    return store::sessions::of_person(read, actor.person, read.now() - session_lifetime);
  });
}

net::Task<void> end_session(App& app, Actor actor, SessionId id) {
  co_await app.db.write([&](store::Write& write) {
    if (!store::sessions::erase(write, actor.person, id)) {
      throw Refusal(RefusalKind::not_found, "Record not found");
    }
  });
  close_streams_of(app, id);
}

net::Task<void> change_password(App& app, Actor actor, std::string old_password, std::string new_password) {
  check_password(new_password);
  const Person person = co_await require_password(app, actor, std::move(old_password));
  const std::string hash = co_await app.workers.run([&] { return crypto::hash_password(new_password); });
  co_await app.db.write([&](store::Write& write) {
    require_unchanged(write, actor, person);
    store::people::set_password(write, person.id, hash);
    store::sessions::erase_of_person_but(write, person.id, actor.session);
    store::oauth::erase_tokens_of_person(write, person.id);
  });
  app.live.close_streams([person = person.id, session = actor.session](const Actor& reader) {
    return reader.person == person && (!session || reader.session != session);
  });
}

net::Task<void> delete_account(App& app, Actor actor, std::string password) {
  const Person person = co_await require_password(app, actor, std::move(password));
  bool more = co_await app.db.write([&](store::Write& write) {
    require_unchanged(write, actor, person);
    if (!store::people::is_owner(write, actor.person, actor.account)) {
      throw Refusal(RefusalKind::forbidden, "Only who owns the account can delete it.");
    }
    return erase_account(write, actor.account);
  });
  try {
    while (more) {
      more = co_await app.db.write([&](store::Write& write) { return erase_account(write, actor.account); });
    }
  } catch (const Refusal& refusal) {
    // It is deleted; finish_account_erasures() does the rest.
    if (refusal.kind != RefusalKind::unavailable) throw;
  }
}

}  // namespace hoopoe::app
