#include "app/accounts.h"

#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "app/bursts.h"
#include "app/oauth.h"
#include "app/sign_up.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/follows.h"
#include "store/people.h"

namespace hoopoe::api {

namespace {

std::optional<std::string> text(const Call& call, std::string_view name) {
  const auto value = call.parameters.get(name);
  return value ? std::optional(std::string(*value)) : std::nullopt;
}

std::optional<Visibility> default_visibility(const Call& call) {
  const auto name = call.parameters.get("source[privacy]");
  if (!name) return std::nullopt;
  const auto visibility = parse_visibility(*name);
  if (!visibility)
    throw Refusal(RefusalKind::invalid, "Validation failed: source[privacy] is not a visibility");
  return visibility;
}

std::optional<std::vector<ProfileField>> fields(const Call& call) {
  const std::vector<net::Parameters> sent = call.parameters.each("fields_attributes");
  if (sent.empty()) return std::nullopt;
  std::vector<ProfileField> fields;
  for (const net::Parameters& field : sent) {
    const std::string_view name = field.get("name").value_or("");
    const std::string_view value = field.get("value").value_or("");
    if (!name.empty() || !value.empty()) fields.push_back({std::string(name), std::string(value)});
  }
  return fields;
}

json::object own_account(const Call& call) {
  return call.app.db.read([&](store::Read& read) {
    const Account account = app::require_shown(read, call.user().account);
    const auto person = store::people::find(read, call.user().person);
    return credential_account_json(call.app, account, person ? person->role : Role::person,
                                   store::follows::request_count(read, account.id));
  });
}

// With all else that is wrong, so that a form shows everything at once.
[[noreturn]] void refuse_without_agreement(const app::SignUp& wish) {
  std::vector<Refusal::Detail> details{{"agreement", "ERR_ACCEPTED", "must be accepted"}};
  try {
    app::check_sign_up(wish);
  } catch (const Refusal& refusal) {
    details.insert(details.end(), refusal.details.begin(), refusal.details.end());
  }
  throw Refusal(RefusalKind::invalid, "Validation failed: Service agreement must be accepted",
                std::move(details));
}

}  // namespace

Answer sign_up(Call& call) {
  if (call.actor->account)
    throw Refusal(RefusalKind::forbidden, "This method requires an application's own token");
  const app::SignUp wish{.handle = std::string(call.parameter("username")),
                         .email = std::string(call.parameter("email")),
                         .password = std::string(call.parameter("password")),
                         .reason = std::string(call.parameter("reason")),
                         .invite = std::string(call.parameter("invite_code"))};
  if (!call.parameters.flag("agreement").value_or(false)) refuse_without_agreement(wish);
  app::check_sign_up(wish);  // what is mistyped is not counted
  call.app.bursts.count_sign_up(call.request.remote);
  app::IssuedToken token;
  co_await app::sign_up(call.app, wish, [&](store::Write& write, const app::NewAccount& made) {
    token = app::issue_token_for_new_account(write, *call.actor, made.person, made.account);
  });
  co_return answer(json::object{{"access_token", token.secret},
                                {"token_type", "Bearer"},
                                {"scope", token.scopes.str()},
                                {"created_at", to_milliseconds(token.created) / 1000}});
}

Answer verify_credentials(Call& call) { co_return answer(own_account(call)); }

Answer update_credentials(Call& call) {
  co_await app::update_profile(call.app, call.user(),
                               {.display_name = text(call, "display_name"),
                                .bio = text(call, "note"),
                                .fields = fields(call),
                                .locked = call.parameters.flag("locked"),
                                .bot = call.parameters.flag("bot"),
                                .discoverable = call.parameters.flag("discoverable"),
                                .default_visibility = default_visibility(call),
                                .default_sensitive = call.parameters.flag("source[sensitive]"),
                                .default_language = text(call, "source[language]")});
  co_return answer(own_account(call));
}

Answer preferences(Call& call) {
  const Account account = app::account_by_id(call.app, call.user().account);
  const json::value language =
      account.default_language.empty() ? json::value(nullptr) : json::value(account.default_language);
  co_return answer(json::object{{"posting:default:visibility", name_of(account.default_visibility)},
                                {"posting:default:sensitive", account.default_sensitive},
                                {"posting:default:language", language},
                                {"posting:default:quote_policy", "nobody"},
                                {"reading:expand:media", "default"},
                                {"reading:expand:spoilers", false},
                                {"reading:autoplay:gifs", false}});
}

Answer account(Call& call) {
  co_return answer(account_json(call.app, app::account_by_id(call.app, path_id<AccountId>(call))));
}

Answer accounts_by_ids(Call& call) {
  auto ids = parameter_ids<AccountId>(call, "id");
  if (ids.size() > static_cast<std::size_t>(account_limits.normal)) ids.resize(account_limits.normal);
  std::vector<Account> found =
      call.app.db.read([&](store::Read& read) { return store::accounts::find_many(read, ids); });
  std::erase_if(found, [](const Account& candidate) { return !candidate.is_shown(); });
  co_return answer(accounts_json(call.app, found));
}

Answer lookup_account(Call& call) {
  co_return answer(account_json(call.app, app::account_by_address(call.app, call.parameter("acct"))));
}

Answer search_accounts(Call& call) {
  const Page page = page_of(call, account_limits);
  co_return answer(accounts_json(
      call.app, app::search_accounts(call.app, call.viewer(), call.parameter("q"), page.limit)));
}

}  // namespace hoopoe::api
