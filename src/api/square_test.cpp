#include "api/square_test.h"

#include <algorithm>
#include <optional>
#include <regex>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "api/routes.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "net/request_parser.h"
#include "net/target.h"
#include "store/oauth.h"
#include "tests/support/test_square.h"

namespace hoopoe::api {

json::value Reply::json() const {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  EXPECT_FALSE(error) << body;
  return value;
}

std::string Reply::at(std::string_view pointer) const {
  const json::value root = json();
  boost::system::error_code error;
  const json::value* value = root.find_pointer(pointer, error);
  if (value == nullptr) return "absent";
  return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

std::string Reply::link(std::string_view relation) const {
  const std::string links = header("Link");
  const std::regex pattern("<http://square\\.test([^>]*)>; rel=\"" + std::string(relation) + "\"");
  std::smatch found;
  return std::regex_search(links, found, pattern) ? found[1].str() : "";
}

struct ApiSquare::Parts {
  explicit Parts(RateLimits rate_limits, SignUpMode mode) : limits(square.clock()) {
    square.settings().rate_limits_enabled = rate_limits == RateLimits::on;
    square.app().sign_up_mode = mode;
    add_routes(router, square.app(), limits);
    square.live().start();
  }

  tests::TestSquare square;
  Limits limits;
  net::Router<net::Handler> router;
};

ApiSquare::ApiSquare(RateLimits rate_limits, SignUpMode mode)
    : parts_(std::make_unique<Parts>(rate_limits, mode)) {}
ApiSquare::~ApiSquare() = default;

app::App& ApiSquare::app() { return parts_->square.app(); }
Settings& ApiSquare::settings() { return parts_->square.settings(); }
void ApiSquare::pass(milliseconds time) { parts_->square.clock().advance(time); }

Named ApiSquare::join(const std::string& handle, Role role) {
  const app::Actor actor = parts_->square.person(handle, role);
  Named named{.person = actor.person, .account = actor.account, .token = {}};
  named.token = token(named, "read write follow push profile");
  return named;
}

std::string ApiSquare::token(const Named& named, std::string_view scopes) {
  const std::string secret = crypto::random_token(32);
  app().db.write_blocking([&](store::Write& write) {
    const store::oauth::Client client{.name = "Tweetie",
                                      .redirect_uris = {"urn:ietf:wg:oauth:2.0:oob"},
                                      .scopes = *Scopes::parse("read write follow push profile"),
                                      .key = crypto::random_token(32),
                                      .secret_hash = crypto::sha256("secret of Tweetie")};
    store::oauth::insert_token(write,
                               {.client = store::oauth::insert_client(write, client),
                                .person = named.person,
                                .account = named.account,
                                .scopes = *Scopes::parse(scopes)},
                               crypto::sha256(secret));
  });
  return secret;
}

std::string ApiSquare::app_token(std::string_view scopes) { return token({}, scopes); }

std::string ApiSquare::publish(const Named& author, const std::string& text, const std::string& more) {
  json::object wish{{"status", text}};
  if (!more.empty()) {
    for (const auto& [key, value] : json::parse(more).as_object()) wish[key] = value;
  }
  const Reply reply =
      call(net::Method::post, "/api/v1/statuses",
           {.token = author.token, .body = json::serialize(wish), .content_type = "application/json"});
  EXPECT_EQ(reply.status, 200) << reply.body;
  return reply.at("/id");
}

net::Task<net::Response> ApiSquare::answer(net::Request& request) {
  auto match = parts_->router.find(request.method, request.path);
  request.captures = std::move(match.captures);
  if (match.route == nullptr) co_return net::Response{.status = 421};
  co_return co_await (*match.route)(request);
}

Reply ApiSquare::call(net::Method method, std::string_view target, const Sent& sent) {
  net::Request request{
      .method = method, .target = std::string(target), .body = sent.body, .host = "square.test"};
  const auto parsed = net::parse_target(target);
  if (!parsed) return {.status = parsed.error().status};
  request.path = parsed->path;
  request.query = parsed->query;
  request.remote = *net::IpAddress::parse(sent.address);
  if (!sent.token.empty()) request.headers.add("Authorization", "Bearer " + sent.token);
  if (!sent.body.empty()) request.headers.add("Content-Type", sent.content_type);
  for (const auto& [name, value] : sent.headers) request.headers.add(name, value);

  auto match = parts_->router.find(method, request.path);
  if (match.route == nullptr) return {};
  request.captures = std::move(match.captures);
  boost::asio::io_context io;
  std::optional<net::Response> response;
  boost::asio::co_spawn(io, (*match.route)(request),
                        [&response](const std::exception_ptr& failure, net::Response answered) {
                          EXPECT_EQ(failure, nullptr) << "an endpoint answers whatever its handler throws";
                          response = std::move(answered);
                        });
  io.run();
  if (!response) ADD_FAILURE() << "no answer to " << target;
  if (!response) return {};
  return {.status = response->status,
          .headers = std::move(response->headers),
          .body = std::move(response->body),
          .stream = std::move(response->stream)};
}

std::vector<std::string> differing_keys(const json::value& object, std::string_view keys) {
  std::vector<std::string> differing;
  const json::object* found = object.if_object();
  if (found == nullptr) return {"no object: " + json::serialize(object)};
  std::vector<std::string> wanted;
  while (!keys.empty()) {
    const std::size_t end = std::min(keys.find(' '), keys.size());
    if (end > 0) wanted.emplace_back(keys.substr(0, end));
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  for (const std::string& key : wanted) {
    if (!found->contains(key)) differing.push_back("lacks " + key);
  }
  for (const auto& member : *found) {
    if (std::ranges::find(wanted, std::string(member.key())) == wanted.end()) {
      differing.push_back("has " + std::string(member.key()));
    }
  }
  return differing;
}

std::vector<std::string> ids(const json::value& list) {
  std::vector<std::string> found;
  for (const json::value& entry : list.as_array()) found.emplace_back(entry.at("id").as_string());
  return found;
}

TEST(ApiSquare, AnswersAsAServerWould) {
  ApiSquare square;
  EXPECT_EQ(square.get("/api/v1/streaming/health").body, "OK");
  EXPECT_EQ(square.get("/nowhere").status, 0);
}

}  // namespace hoopoe::api
