// Random calls of every route by random people, made of what apps send and of what none would.

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "api/test_routes.h"
#include "tests/support/derived_counts.h"
#include "tests/support/multipart.h"
#include "tests/support/soak.h"
#include "text/uri.h"

namespace hoopoe::api {
namespace {

using net::Method;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int calls_per_round = 3'000;
constexpr std::size_t ids_kept_max = 100;

class Caller {
 private:
  bool chance(unsigned one_in) { return random_() % one_in == 0; }
  template <class List>
  const auto& some(const List& list) {
    return list[random_() % std::size(list)];
  }

 public:
  explicit Caller(unsigned seed) : random_(seed), seed_(seed) {
    for (const char* handle : {"jack", "farah", "sara", "reza"}) {
      people_.push_back(square_.join(handle));
      ids_.push_back(people_.back().id());
      tokens_.push_back(people_.back().token);
    }
    tokens_.push_back(square_.app_token("read write follow push profile"));
    tokens_.push_back(square_.token(people_.front(), "read:statuses write:favourites"));
    for (const Named& one : people_) posts_.push_back(square_.publish(one, "#spring @jack @farah"));
    const Reply app =
        square_.post("/api/v1/apps", "", "client_name=Tweetie&redirect_uris=urn:ietf:wg:oauth:2.0:oob");
    client_ = {app.at("/client_id"), app.at("/client_secret")};
  }

  void call() {
    square_.pass(milliseconds(random_() % 1'000));
    const Route& route = some(routes());
    const std::string target = filled(route.pattern, text::percent_encode(some_id(route.pattern))) + "?" +
                               (chance(3) ? some_form(route) : "");
    // Mostly of people, so that much happens.
    Sent sent{.token = chance(8) ? "" : chance(8) ? some(tokens_) : some(people_).token};
    if (route.method != Method::get && !chance(8)) add_body(route, sent);
    if (chance(10)) sent.headers.emplace_back("Idempotency-Key", "key " + std::to_string(random_() % 5));
    const Reply reply = square_.call(route.method, target, sent);
    check(route, target + "\n" + sent.body.substr(0, 500), reply);
    remember(route, reply);
  }

  // Counts equal a recount, and nothing speaks of what was deleted.
  void check_store() {
    EXPECT_THAT(tests::rows(square_.app().db, tests::wrong_counts), IsEmpty()) << seed_;
    EXPECT_THAT(tests::rows(square_.app().db, tests::leftovers), IsEmpty()) << seed_;
  }

  // How many routes have been answered at least once as asked.
  std::size_t routes_answered() const { return answered_.size(); }

 private:
  // What the address or a parameter of that name is about, mostly; else anything.
  std::string some_id(std::string_view about = "") {
    static const std::vector<std::string> odd{
        "0", "-1", "7", "9223372036854775807", "9223372036854775808", "null", "%", "'", "\u0661", "1e3"};
    if (chance(8)) return some(odd);
    if (about.contains("hashtag")) return "spring";
    if (about.contains("streaming")) return "public";
    if (chance(8)) return some(ids_);
    if (about.contains("account") || about.contains("follow_requests")) return some(people_).id();
    if (about.contains("notification") && !notifications_.empty()) return some(notifications_);
    return some(posts_);
  }

  std::string some_text() {
    static const std::vector<std::string> texts{"hello #spring",
                                                "@jack @farah @nobody",
                                                "سلام #بهار https://square.test/@jack",
                                                "<script>alert(1)</script>",
                                                "' or 1 = 1 --",
                                                "%_\"*",
                                                "\u202e\u200f",
                                                "",
                                                " ",
                                                std::string(600, 'a'),
                                                "\U0001F468\u200D\U0001F469"};
    return chance(30) ? std::string(1, '\0') + "\xff" : some(texts);
  }

  // What an app might send under that name, mostly.
  std::string some_value(std::string_view name) {
    static const std::map<std::string_view, std::vector<std::string>> known{
        {"visibility", {"public", "unlisted", "private", "direct"}},
        {"source[privacy]", {"public", "unlisted", "private", "direct"}},
        {"types[]", {"mention", "favourite", "reblog", "follow"}},
        {"exclude_types[]", {"mention", "favourite", "reblog", "follow", "update"}},
        {"timeline[]", {"home", "notifications"}},
        {"category", {"spam", "other", "legal", "violation"}},
        {"grant_type", {"client_credentials", "authorization_code", "password"}},
        {"scopes", {"read", "read write", "push"}},
        {"scope", {"read", "write:statuses"}},
        {"redirect_uris", {"urn:ietf:wg:oauth:2.0:oob", "https://a.example/b", "javascript:alert(1)"}},
        {"stream", {"user", "public", "hashtag", "direct"}},
        {"limit", {"1", "5", "40", "100000", "-5", "0"}},
        {"duration", {"0", "1", "60", "-1", "9223372036854775807"}},
        {"language", {"fa", "en", "xx-YY"}},
        {"website", {"https://a.example", "javascript:alert(1)"}},
        {"username", {"mina", "jack", "a b"}},
        {"acct", {"jack", "farah@square.test", "@sara"}},
        {"q", {"j", "jack", "fa", "@"}}};
    if (chance(8)) return some_text();
    if (const auto values = known.find(name); values != known.end()) return some(values->second);
    if (name.contains("id")) return some_id(name);
    if (chance(2)) return chance(2) ? "true" : "false";
    return some_text();
  }

  std::vector<std::pair<std::string, std::string>> some_parameters(const Route& route) {
    std::vector<std::pair<std::string, std::string>> sent;
    const auto add = [&](std::string_view name) { sent.emplace_back(name, some_value(name)); };
    for (std::size_t i = random_() % 6; i > 0; --i) add(some(parameter_names));
    // Without these there is little that a call can do.
    if (route.pattern.ends_with("/statuses") || route.method == Method::put) {
      sent.emplace_back("status", some_text());
      if (chance(3)) add("visibility");
      if (chance(3)) add("in_reply_to_id");
    }
    if (route.pattern == "/api/v1/apps") {
      sent.emplace_back("client_name", some_text());
      add("redirect_uris");
    }
    if (route.pattern == "/api/v1/reports") add("account_id");
    if (route.pattern.ends_with("/lookup")) add("acct");
    if (route.pattern == "/api/v1/accounts") add("id[]");
    if (route.pattern.ends_with("/update_credentials"))
      sent.emplace_back("locked", chance(2) ? "true" : "false");
    if (route.pattern == "/oauth/token") {
      sent.emplace_back("client_id", client_.first);
      sent.emplace_back("client_secret", client_.second);
      add("grant_type");
    }
    return sent;
  }

  std::string some_form(const Route& route) {
    std::string form;
    for (const auto& [name, value] : some_parameters(route)) {
      form += text::percent_encode(name) + "=" + text::percent_encode(value) + "&";
    }
    return chance(30) ? form + "%" : form;
  }

  // Of any shape: nested as apps send it, deeper than any would, or far too large.
  json::value some_json(int depth) {
    switch (random_() % (depth > 0 ? 9 : 6)) {
      case 0:
        return nullptr;
      case 1:
        return chance(2);
      case 2:
        return static_cast<std::int64_t>(random_()) - (std::int64_t{1} << 31);
      case 3:
        return 1e300 * (chance(2) ? 1 : -1e-300);
      case 4:
        return json::string(some_id());
      case 5:
        return json::string(some_text().substr(0, 20));
      case 6:
        return json::array(chance(20) ? 2'000 : random_() % 4, some_json(depth - 1));
      default: {
        json::object object;
        for (std::size_t i = random_() % 4; i > 0; --i) object[some(parameter_names)] = some_json(depth - 1);
        return object;
      }
    }
  }

  std::string some_json_body(const Route& route) {
    json::object object;
    for (const auto& [name, value] : some_parameters(route)) {
      const std::string key = name.substr(0, name.find('['));
      if (name.ends_with("[]")) {
        object[key] = json::array(random_() % 4, json::value(value));
      } else {
        object[key] = chance(4) ? some_json(chance(10) ? 10 : 3) : json::value(value);
      }
    }
    const std::string body = json::serialize(object);
    return chance(30) ? body.substr(0, random_() % (body.size() + 1)) : body;
  }

  std::string some_multipart(const Route& route) {
    std::vector<tests::Part> parts;
    for (const auto& [name, value] : some_parameters(route)) {
      parts.push_back({.name = name,
                       .value = value,
                       .filename = chance(10) ? std::optional<std::string>("a.jpg") : std::nullopt});
    }
    return tests::multipart(parts);
  }

  void add_body(const Route& route, Sent& sent) {
    switch (random_() % 4) {
      case 0:
        sent.content_type = tests::multipart_type;
        sent.body = some_multipart(route);
        return;
      case 1:
        sent.body = some_form(route);
        return;
      default:
        sent.content_type = chance(20) ? "text/plain" : "application/json";
        sent.body = some_json_body(route);
    }
  }

  void check(const Route& route, const std::string& asked, const Reply& reply) {
    EXPECT_GE(reply.status, 200) << described(route) << ", seed " << seed_ << "\n" << asked;
    EXPECT_LT(reply.status, 500) << described(route) << ", seed " << seed_ << "\n" << asked;
    if (reply.status < 400) return;
    EXPECT_THAT(reply.header("Content-Type"), HasSubstr("application/json")) << described(route);
    EXPECT_NE(reply.at("/error"), "absent") << described(route) << ", seed " << seed_ << "\n" << asked;
  }

  // What was told is asked for later, when it may be gone.
  void remember(const Route& route, const Reply& reply) {
    static const std::regex id("\"id\":\"([0-9]+)\"");
    if (reply.status >= 400) return;
    answered_.insert(described(route));
    if (route.pattern.ends_with("/notifications")) {
      for (const std::string& notification : ids(reply.json())) keep(notification, notifications_);
    }
    if (route.pattern == "/api/v1/statuses" && route.method == Method::post) keep(reply.at("/id"), posts_);
    const std::string& body = reply.body;
    for (std::sregex_iterator at(body.begin(), body.end(), id), end; at != end; ++at)
      keep((*at)[1].str(), ids_);
  }

  void keep(const std::string& id, std::vector<std::string>& among) {
    if (std::ranges::find(among, id) != among.end()) return;
    if (among.size() < ids_kept_max) {
      among.push_back(id);
    } else {
      among[random_() % among.size()] = id;
    }
  }

  ApiSquare square_;
  std::mt19937 random_;
  unsigned seed_;
  std::vector<Named> people_;
  std::vector<std::string> tokens_;
  std::pair<std::string, std::string> client_;  // its key and its secret
  std::vector<std::string> posts_;
  std::vector<std::string> notifications_;
  std::vector<std::string> ids_;  // of whatever kind
  std::set<std::string> answered_;
};

TEST(RoutesAtRandom, AreNeverAnsweredByAFaultAndLeaveTheStoreInOrder) {
  const auto end = std::chrono::steady_clock::now() + tests::soak();
  unsigned seed = 2013;
  do {
    Caller caller(seed);
    for (int i = 0; i < calls_per_round && !testing::Test::HasFailure(); ++i) caller.call();
    caller.check_store();
    EXPECT_GT(caller.routes_answered(), 60U) << seed;
    ++seed;
  } while (std::chrono::steady_clock::now() < end && !testing::Test::HasFailure());
}

}  // namespace
}  // namespace hoopoe::api
