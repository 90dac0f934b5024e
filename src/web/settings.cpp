#include <fmt/format.h>

#include "app/accounts.h"
#include "app/export.h"
#include "app/oauth.h"
#include "app/sign_in.h"
#include "base/refusal.h"
#include "text/html.h"
#include "web/form_errors.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/times.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

// Which form of the page was refused, and what the person had written into it.
struct Refused {
  enum class Form { profile, password, deletion };
  Form form;
  Refusal refusal;
  app::ProfileChange profile;
};

app::ProfileChange sent_profile(const Context& context) {
  app::ProfileChange change{.display_name = std::string(context.value("display_name")),
                            .bio = std::string(context.value("bio")),
                            .fields = std::vector<ProfileField>{},
                            .locked = context.value("locked") == "1",
                            .bot = context.value("bot") == "1",
                            .discoverable = context.value("discoverable") == "1"};
  for (int i = 0; i < profile_fields_max; ++i) {
    ProfileField field{.name = std::string(context.value(fmt::format("field_name_{}", i))),
                       .value = std::string(context.value(fmt::format("field_value_{}", i)))};
    if (!field.name.empty() || !field.value.empty()) change.fields->push_back(std::move(field));
  }
  return change;
}

app::ProfileChange present_profile(const Account& account) {
  return {.display_name = account.display_name,
          .bio = account.bio,
          .fields = account.fields,
          .locked = account.locked,
          .bot = account.bot,
          .discoverable = account.discoverable};
}

void fill_profile(Values& values, const app::ProfileChange& profile) {
  values.set("DISPLAY_NAME", *profile.display_name).set_html("BIO_HTML", text::escape(*profile.bio));
  if (*profile.locked) values.section("LOCKED");
  if (*profile.bot) values.section("BOT");
  if (*profile.discoverable) values.section("DISCOVERABLE");
  for (int i = 0; i < profile_fields_max; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const ProfileField field = at < profile.fields->size() ? profile.fields->at(at) : ProfileField{};
    values.section("FIELD")
        .set("INDEX", i)
        .set("NUMBER", i + 1)
        .set("NAME", field.name)
        .set("VALUE", field.value);
  }
}

void add_sessions(Values& values, const Context& context) {
  const app::Actor& actor = context.me().actor;
  for (const auto& session : app::sessions(context.app, actor)) {
    Values& row = values.section("SESSION");
    row.set("ID", session.id.str()).set("BROWSER", describe_browser(session.user_agent));
    row.set("ADDRESS", session.address).set("ISO", iso8601(session.created));
    row.set("SINCE", full_time(session.created));
    row.section(session.id == actor.session ? "THIS" : "OTHER");
  }
}

void add_apps(Values& values, const Context& context) {
  const auto apps = app::authorized_apps(context.app, context.me().actor);
  if (apps.empty()) values.section("NO_APPS");
  for (const app::AuthorizedApp& authorized : apps) {
    Values& row = values.section("APP").set("ID", authorized.client.id.str());
    row.set("NAME", authorized.client.name);
    row.set("ISO", iso8601(authorized.since)).set("SINCE", full_time(authorized.since));
  }
}

void add_error(Values& values, const Refused& refused) {
  switch (refused.form) {
    case Refused::Form::profile:
      values.section("PROFILE_ERROR").set("WORDS", without_prefix(refused.refusal.what()));
      break;
    case Refused::Form::password:
      if (refused.refusal.kind == RefusalKind::invalid) {
        values.section("NEW_PASSWORD_ERROR").set("WORDS", without_prefix(refused.refusal.what()));
      } else {
        values.section("OLD_PASSWORD_ERROR").set("WORDS", refused.refusal.what());
      }
      break;
    case Refused::Form::deletion:
      values.section("DELETE_ERROR").set("WORDS", refused.refusal.what());
      break;
  }
}

net::Response show(Context& context, const Refused* refused) {
  HtmlPage page{.status = refused ? 422 : 200, .title = "Settings", .body = "settings.html"};
  Values& values = page.values;
  values.set("CSRF", form_token(context)).set("HANDLE", context.me().account.handle);
  const bool is_profile_refused = refused != nullptr && refused->form == Refused::Form::profile;
  fill_profile(values, is_profile_refused ? refused->profile : present_profile(context.me().account));
  values.set("NAME_MAX", display_name_characters_max).set("BIO_MAX", bio_characters_max);
  const std::string_view saved = context.value("saved");
  if (refused == nullptr && saved == "profile") values.section("PROFILE_SAVED");
  if (refused == nullptr && saved == "password") values.section("PASSWORD_SAVED");
  add_sessions(values, context);
  add_apps(values, context);
  if (app::may_export(context.app, context.me().actor)) values.section("DATA");
  if (refused) add_error(values, *refused);
  return render(context, std::move(page));
}

bool is_told_beside_the_form(const Refusal& refusal) {
  return refusal.kind == RefusalKind::invalid || refusal.kind == RefusalKind::unauthorized ||
         refusal.kind == RefusalKind::too_many;
}

}  // namespace

net::Task<net::Response> settings(Context& context) { co_return show(context, nullptr); }

net::Task<net::Response> save_profile(Context& context) {
  app::ProfileChange change = sent_profile(context);
  std::optional<Refused> refused;
  try {
    co_await app::update_profile(context.app, context.me().actor, change);
  } catch (const Refusal& refusal) {
    if (!is_told_beside_the_form(refusal)) throw;
    refused = Refused{.form = Refused::Form::profile, .refusal = refusal, .profile = std::move(change)};
  }
  if (refused) co_return show(context, &*refused);
  co_return see_other("/settings?saved=profile#profile");
}

net::Task<net::Response> change_password(Context& context) {
  std::optional<Refused> refused;
  try {
    context.limits->count_password(context.me().account.id);
    co_await app::change_password(context.app, context.me().actor, std::string(context.value("old_password")),
                                  std::string(context.value("new_password")));
  } catch (const Refusal& refusal) {
    if (!is_told_beside_the_form(refusal)) throw;
    refused = Refused{.form = Refused::Form::password, .refusal = refusal, .profile = {}};
  }
  if (refused) co_return show(context, &*refused);
  co_return see_other("/settings?saved=password#password");
}

net::Task<net::Response> end_session(Context& context) {
  const auto id = captured_id<SessionId>(context);
  co_await app::end_session(context.app, context.me().actor, id);
  if (id != context.me().actor.session) co_return see_other("/settings#sessions");
  net::Response response = see_other("/");
  clear_session_cookie(context, response);
  co_return response;
}

net::Task<net::Response> revoke_app(Context& context) {
  co_await app::revoke_app(context.app, context.me().actor, captured_id<ClientId>(context));
  co_return see_other("/settings#apps");
}

net::Task<net::Response> delete_account(Context& context) {
  std::optional<Refused> refused;
  try {
    context.limits->count_password(context.me().account.id);
    co_await app::delete_account(context.app, context.me().actor, std::string(context.value("password")));
  } catch (const Refusal& refusal) {
    if (!is_told_beside_the_form(refusal)) throw;
    refused = Refused{.form = Refused::Form::deletion, .refusal = refusal, .profile = {}};
  }
  if (refused) co_return show(context, &*refused);
  net::Response response = see_other("/");
  clear_session_cookie(context, response);
  co_return response;
}

}  // namespace hoopoe::web
