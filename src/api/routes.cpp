#include "api/routes.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "api/errors.h"
#include "api/handlers.h"
#include "api/stream_encoder.h"
#include "app/bursts.h"
#include "app/oauth.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

using enum Access;
using net::Method;

constexpr std::array table{
    Route{Method::get, "/.well-known/oauth-authorization-server", anyone, "", oauth_metadata},
    Route{Method::post, "/oauth/token", anyone, "", issue_token},
    Route{Method::post, "/oauth/revoke", anyone, "", revoke_token},
    Route{Method::get, "/oauth/userinfo", user, "profile", user_info},
    Route{Method::post, "/oauth/userinfo", user, "profile", user_info},
    Route{Method::post, "/api/v1/apps", anyone, "", register_app},
    Route{Method::get, "/api/v1/apps/verify_credentials", app, "", verify_app},

    Route{Method::get, "/health", anyone, "", health},
    Route{Method::get, "/api/v1/instance", anyone, "", instance_v1},
    Route{Method::get, "/api/v2/instance", anyone, "", instance_v2},
    Route{Method::get, "/api/v1/instance/rules", anyone, "", instance_rules},
    Route{Method::get, "/api/v1/custom_emojis", anyone, "", custom_emojis},

    Route{Method::post, "/api/v1/accounts", app, "write:accounts", sign_up},
    Route{Method::get, "/api/v1/accounts", anyone, "read:accounts", accounts_by_ids},
    Route{Method::get, "/api/v1/accounts/verify_credentials", user, "read:accounts", verify_credentials},
    Route{Method::patch, "/api/v1/accounts/update_credentials", user, "write:accounts", update_credentials},
    Route{Method::get, "/api/v1/accounts/lookup", anyone, "read:accounts", lookup_account},
    Route{Method::get, "/api/v1/accounts/search", user, "read:accounts", search_accounts},
    Route{Method::get, "/api/v1/accounts/relationships", user, "read:follows", relationships},
    Route{Method::get, "/api/v1/accounts/:id", anyone, "read:accounts", account},
    Route{Method::get, "/api/v1/accounts/:id/statuses", anyone, "read:statuses", account_statuses},
    Route{Method::get, "/api/v1/accounts/:id/followers", anyone, "read:accounts", followers},
    Route{Method::get, "/api/v1/accounts/:id/following", anyone, "read:accounts", following},
    Route{Method::post, "/api/v1/accounts/:id/follow", user, "write:follows", follow},
    Route{Method::post, "/api/v1/accounts/:id/unfollow", user, "write:follows", unfollow},
    Route{Method::post, "/api/v1/accounts/:id/remove_from_followers", user, "write:follows",
          remove_from_followers},
    Route{Method::post, "/api/v1/accounts/:id/block", user, "write:blocks", block},
    Route{Method::post, "/api/v1/accounts/:id/unblock", user, "write:blocks", unblock},
    Route{Method::post, "/api/v1/accounts/:id/mute", user, "write:mutes", mute},
    Route{Method::post, "/api/v1/accounts/:id/unmute", user, "write:mutes", unmute},
    Route{Method::get, "/api/v1/follow_requests", user, "read:follows", follow_requests},
    Route{Method::post, "/api/v1/follow_requests/:id/authorize", user, "write:follows",
          authorize_follow_request},
    Route{Method::post, "/api/v1/follow_requests/:id/reject", user, "write:follows", reject_follow_request},
    Route{Method::post, "/api/v1/reports", user, "write:reports", report},
    Route{Method::get, "/api/v1/blocks", user, "read:blocks", blocks},
    Route{Method::get, "/api/v1/mutes", user, "read:mutes", mutes},
    Route{Method::get, "/api/v1/preferences", user, "read:accounts", preferences},

    Route{Method::post, "/api/v1/statuses", user, "write:statuses", create_status},
    Route{Method::get, "/api/v1/statuses", anyone, "read:statuses", statuses_by_ids},
    Route{Method::get, "/api/v1/statuses/:id", anyone, "read:statuses", status},
    Route{Method::delete_, "/api/v1/statuses/:id", user, "write:statuses", delete_status},
    Route{Method::put, "/api/v1/statuses/:id", user, "write:statuses", edit_status},
    Route{Method::get, "/api/v1/statuses/:id/history", anyone, "read:statuses", status_history},
    Route{Method::get, "/api/v1/statuses/:id/source", user, "read:statuses", status_source},
    Route{Method::post, "/api/v1/statuses/:id/bookmark", user, "write:bookmarks", bookmark},
    Route{Method::post, "/api/v1/statuses/:id/unbookmark", user, "write:bookmarks", unbookmark},
    Route{Method::post, "/api/v1/statuses/:id/mute", user, "write:mutes", mute_status},
    Route{Method::post, "/api/v1/statuses/:id/unmute", user, "write:mutes", unmute_status},
    Route{Method::post, "/api/v1/statuses/:id/pin", user, "write:accounts", pin},
    Route{Method::post, "/api/v1/statuses/:id/unpin", user, "write:accounts", unpin},
    Route{Method::get, "/api/v1/statuses/:id/context", anyone, "read:statuses", status_context},
    Route{Method::post, "/api/v1/statuses/:id/favourite", user, "write:favourites", favourite},
    Route{Method::post, "/api/v1/statuses/:id/unfavourite", user, "write:favourites", unfavourite},
    Route{Method::post, "/api/v1/statuses/:id/reblog", user, "write:statuses", reblog},
    Route{Method::post, "/api/v1/statuses/:id/unreblog", user, "write:statuses", unreblog},
    Route{Method::get, "/api/v1/statuses/:id/reblogged_by", anyone, "read:accounts", reblogged_by},
    Route{Method::get, "/api/v1/statuses/:id/favourited_by", anyone, "read:accounts", favourited_by},

    Route{Method::post, "/api/v2/media", user, "write:media", create_media},
    Route{Method::post, "/api/v1/media", user, "write:media", create_media},
    Route{Method::get, "/api/v1/media/:id", user, "write:media", media},
    Route{Method::put, "/api/v1/media/:id", user, "write:media", update_media},
    Route{Method::delete_, "/api/v1/media/:id", user, "write:media", delete_media},

    Route{Method::get, "/api/v1/timelines/home", user, "read:statuses", home_timeline},
    Route{Method::get, "/api/v1/timelines/public", anyone, "read:statuses", public_timeline},
    Route{Method::get, "/api/v1/timelines/tag/:hashtag", anyone, "read:statuses", tag_timeline},

    Route{Method::get, "/api/v1/bookmarks", user, "read:bookmarks", bookmarks},
    Route{Method::get, "/api/v1/favourites", user, "read:favourites", favourites},
    Route{Method::get, "/api/v1/markers", user, "read:statuses", markers},
    Route{Method::post, "/api/v1/markers", user, "write:statuses", set_markers},

    Route{Method::get, "/api/v1/notifications/unread_count", user, "read:notifications", unread_count},
    Route{Method::get, "/api/v1/notifications", user, "read:notifications", notifications},
    Route{Method::get, "/api/v1/notifications/:id", user, "read:notifications", notification},
    Route{Method::post, "/api/v1/notifications/:id/dismiss", user, "write:notifications",
          dismiss_notification},
    Route{Method::post, "/api/v1/notifications/clear", user, "write:notifications", clear_notifications},

    Route{Method::get, "/api/v1/streaming/health", anyone, "", streaming_health},
    Route{Method::get, "/api/v1/streaming", anyone, "", streaming},
    Route{Method::get, "/api/v1/streaming/:channel", anyone, "", streaming},
    Route{Method::get, "/api/v1/streaming/:channel/:part", anyone, "", streaming},
    Route{Method::get, "/api/v1/streaming/:channel/:part/:rest", anyone, "", streaming},
};

// Mastodon's own numbers: 300 in 5 minutes; deletions 30 in 30 minutes. Apps are registered by each user of a
// web client, from behind shared addresses: more of those than the sign-ups of app/bursts.h.
constexpr net::RateRule calls_rule{.limit = 300, .window = std::chrono::minutes(5)};
constexpr net::RateRule deletions_rule{.limit = 30, .window = std::chrono::minutes(30)};
constexpr net::RateRule registrations_rule{.limit = 25, .window = std::chrono::minutes(30)};
// Ours: an app's own token may sit in the browsers of many.
constexpr net::RateRule app_calls_rule{.limit = 3000, .window = std::chrono::minutes(5)};

bool is_streaming(const Route& route) { return route.pattern.starts_with("/api/v1/streaming"); }

// A stream may carry its token where a browser can put it: in the query, or as the WebSocket's protocol.
std::string token_of(const Route& route, const net::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view header = request.header("Authorization");
  if (net::equal_ignoring_case(header.substr(0, scheme.size()), scheme)) {
    return std::string(header.substr(scheme.size()));
  }
  if (!is_streaming(route)) return {};
  if (const std::string_view protocol = request.header("Sec-WebSocket-Protocol"); !protocol.empty()) {
    return std::string(protocol.substr(0, protocol.find(',')));
  }
  net::Parameters query;
  net::read_urlencoded(request.query, "query", query);
  return std::string(query.get("access_token").value_or(""));
}

void require_access(const Route& route, const std::optional<app::Actor>& actor) {
  if (route.access == anyone && !actor) return;
  if (!actor || (route.access == user && !actor->account)) {
    throw Refusal(RefusalKind::unauthorized,
                  actor ? "This method requires an authenticated user" : "The access token is invalid");
  }
  const bool signed_in_by_profile = route.scope == "read:accounts" && actor->scopes.allow("profile") &&
                                    route.pattern.ends_with("/verify_credentials");
  if (!route.scope.empty() && !actor->scopes.allow(route.scope) && !signed_in_by_profile) {
    throw Refusal(RefusalKind::forbidden, "This action is outside the authorized scopes");
  }
}

net::RateLimiter& limiter_for(const Route& route, Limits& limits) {
  if (route.pattern.ends_with("/unreblog") || route.method == Method::delete_) return limits.deletions;
  if (route.method == Method::post &&
      (route.pattern == "/api/v1/accounts" || route.pattern == "/api/v1/apps")) {
    return limits.registrations;
  }
  return limits.calls;
}

void add_rate_headers(net::Response& response, const net::RateLimiter::Verdict& verdict, Time now) {
  response.headers.add("X-RateLimit-Limit", std::to_string(verdict.limit));
  response.headers.add("X-RateLimit-Remaining", std::to_string(verdict.remaining));
  response.headers.add("X-RateLimit-Reset", iso8601(verdict.reset));
  if (verdict.allowed) return;
  const auto wait = std::chrono::ceil<std::chrono::seconds>(verdict.reset - now);
  response.headers.add("Retry-After", std::to_string(wait.count()));
}

// What is read without a token is the same for all who read it so, and says nothing of the one who asked.
bool is_for_everyone(const Route& route, const net::Request& request, const net::Response& response) {
  return route.method == Method::get && route.access == anyone && route.scope.starts_with("read:") &&
         response.status == 200 && !request.headers.find("Authorization");
}

// A route at work: what every call has in common.
class Endpoint {
 public:
  struct Shared {
    app::App& app;
    Limits& limits;
    StreamEncoders encoders;
  };

  Endpoint(const Route& route, std::shared_ptr<Shared> shared) : route_(&route), shared_(std::move(shared)) {}

  net::Task<net::Response> operator()(net::Request& request) const {
    return serve(*route_, *shared_, request);
  }

 private:
  static net::Task<net::Response> serve(const Route& route, Shared& shared, net::Request& request) {
    net::Response response;
    std::optional<net::RateLimiter::Verdict> verdict;
    try {
      Call call{.app = shared.app,
                .encoders = shared.encoders,
                .request = request,
                .parameters = {},
                .token = token_of(route, request),
                .actor = std::nullopt};
      if (!call.token.empty()) call.actor = app::authenticate(call.app, call.token);
      // Before anything else is looked at, so that what is refused costs little and counts too.
      verdict = count(route, shared, call);
      if (verdict && !verdict->allowed) {
        response = error_answer(429, "Too many requests");
      } else {
        if (!call.token.empty() && !call.actor) {
          throw Refusal(RefusalKind::unauthorized, "The access token is invalid");
        }
        require_access(route, call.actor);
        if (call.actor && !call.actor->account) co_await app::keep_app_token(call.app, *call.actor);
        call.parameters = net::Parameters::of(request);
        response = co_await route.answer(call);
        // Told is the limit that the caller is closest to (Mastodon API, rate limits).
        if (verdict && route.answer == &follow) {
          verdict = net::closest(*verdict, *shared.app.bursts.follows_left(call.user().person));
        }
      }
    } catch (const net::TooMany& refusal) {
      verdict = refusal.verdict;
      response = render_error(request, std::current_exception());
    } catch (...) {
      response = render_error(request, std::current_exception());
    }
    if (is_for_everyone(route, request, response)) {
      response.headers.add("Cache-Control", "public, max-age=0, must-revalidate");
      response.headers.add("Vary", "Authorization");
    } else {
      if (verdict) add_rate_headers(response, *verdict, shared.app.clock.now());
      if (!response.headers.find("Cache-Control")) response.headers.add("Cache-Control", "private, no-store");
    }
    add_cors(response);
    co_return response;
  }

  static std::optional<net::RateLimiter::Verdict> count(const Route& route, Shared& shared,
                                                        const Call& call) {
    if (!shared.app.settings.rate_limits_enabled) return std::nullopt;
    net::RateLimiter& limiter = limiter_for(route, shared.limits);
    // New accounts and apps are counted by address, whoever asks: else each new account could open the next.
    const bool by_account = call.actor && call.actor->account && &limiter != &shared.limits.registrations;
    const auto verdict =
        limiter.take(by_account ? call.actor->account.str() : call.request.remote.network_key());
    // What one address has too much of is not taken from all who use the app.
    if (!verdict.allowed || !call.actor || call.actor->account) return verdict;
    return net::closest(verdict, shared.limits.app_calls.take(call.actor->client.str()));
  }

  const Route* route_;
  std::shared_ptr<Shared> shared_;  // with the other endpoints
};

}  // namespace

Limits::Limits(const Clock& clock)
    : calls(clock, calls_rule),
      app_calls(clock, app_calls_rule),
      deletions(clock, deletions_rule),
      registrations(clock, registrations_rule) {}

std::span<const Route> routes() { return table; }

void add_routes(net::Router<net::Handler>& router, app::App& app, Limits& limits) {
  auto shared = std::make_shared<Endpoint::Shared>(app, limits, StreamEncoders(app));
  for (const Route& route : table) router.add(route.method, route.pattern, Endpoint(route, shared));
}

PersonId uploader(app::App& app, const net::Request& request) {
  const auto route = std::ranges::find_if(table, [&](const Route& candidate) {
    return candidate.answer == &create_media && candidate.pattern == request.path &&
           candidate.method == request.method;
  });
  if (route == table.end()) return {};
  const auto actor = app::authenticate(app, token_of(*route, request));
  require_access(*route, actor);
  return actor->person;
}

bool is_api_path(std::string_view path) {
  return path.starts_with("/api/") || path == "/oauth/token" || path == "/oauth/revoke" ||
         path == "/oauth/userinfo" || path.starts_with("/.well-known/") || path == "/health";
}

void add_cors(net::Response& response) {
  response.headers.add("Access-Control-Allow-Origin", "*");
  response.headers.add("Access-Control-Expose-Headers",
                       "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id");
}

net::Response preflight(const std::string& allow) {
  net::Response response{.status = 204};
  response.headers.add("Allow", allow);
  response.headers.add("Access-Control-Allow-Methods", allow);
  response.headers.add("Access-Control-Allow-Headers",
                       "Authorization, Content-Type, Idempotency-Key, Last-Event-ID");
  response.headers.add("Access-Control-Max-Age", "86400");  // the longest that browsers keep it
  add_cors(response);
  return response;
}

}  // namespace hoopoe::api
