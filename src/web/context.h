#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/actor.h"
#include "app/app.h"
#include "app/sign_in.h"
#include "base/refusal.h"
#include "domain/account.h"
#include "domain/person.h"
#include "net/answer_cache.h"
#include "net/http.h"
#include "net/parameters.h"
#include "web/limits.h"

namespace hoopoe::web {

// The browser that is signed in.
struct SignedIn {
  app::Actor actor;
  Account account;
  Role role = Role::person;
  std::string secret;  // of the session
};

// One request, and who makes it.
struct Context {
  app::App& app;
  const net::Request& request;
  net::Parameters parameters;
  std::optional<SignedIn> signed_in;
  std::string form_secret;               // of the forms of somebody who is not signed in: their cookie's
  bool form_secret_is_new = false;       // the answer has to set the cookie
  Limits* limits = nullptr;              // null for an error page
  net::AnswerCache* pictures = nullptr;  // likewise; what was drawn, by what it was drawn of

  app::Viewer viewer() const { return signed_in ? signed_in->account.id : app::anonymous; }
  // Requires: a route that is for those who are signed in.
  const SignedIn& me() const;
  app::Browser browser() const;
  Role role() const { return signed_in ? signed_in->role : Role::person; }
  bool is_moderator() const { return role() >= Role::moderator; }
  // A parameter's value, "" when it was not sent.
  std::string_view value(std::string_view name) const { return parameters.get(name).value_or(""); }
};

// The ":id" of the route. Refusal{not_found} when it is none.
template <class IdType>
IdType captured_id(const Context& context) {
  const auto id = IdType::parse(context.request.capture("id"));
  if (!id) throw Refusal(RefusalKind::not_found, "Record not found");
  return *id;
}

// The account that a part of the route names; in any case, handles are the same without it.
// Refusal{not_found} when it is nobody's.
Account captured_account(const Context& context, std::string_view name = "handle");

// The ":tag" of the route, without "#". Refusal{not_found} for what can be none.
std::string captured_tag(const Context& context);

// Finds out who it is; the parameters are not read yet.
Context make_context(app::App& app, const net::Request& request);

// For the hidden field `csrf` of this answer's forms. Without a session it is bound to a cookie that the
// answer sets.
std::string form_token(Context& context);
// Refusal{forbidden} unless the form is one that this site gave to this browser.
void require_own_form(const Context& context);

void set_session_cookie(const Context& context, net::Response& response, std::string_view secret);
void clear_session_cookie(const Context& context, net::Response& response);
void set_form_cookie(const Context& context, net::Response& response);

}  // namespace hoopoe::web
