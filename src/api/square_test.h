#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "app/app.h"
#include "net/http.h"
#include "net/stream.h"

namespace hoopoe::api {

namespace json = boost::json;

// What a call was answered.
struct Reply {
  int status = 0;  // 0: no route has that address
  net::Headers headers;
  std::string body;
  std::shared_ptr<net::Stream> stream = nullptr;

  json::value json() const;
  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
  // The value at a JSON pointer, as text: "/account/id". "absent" when there is none.
  std::string at(std::string_view pointer) const;
  // The address that a Link header gives for "next" or "prev", without its host; "" for none.
  std::string link(std::string_view relation) const;
};

// What a call sends besides its method and target.
struct Sent {
  std::string token;
  std::string body;
  std::string content_type = "application/x-www-form-urlencoded";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string address = "203.0.113.9";  // of the client
};

// Somebody with an account, and a token for all that an app asks for.
struct Named {
  PersonId person;
  AccountId account;
  std::string token;
  std::string id() const { return account.str(); }
};

enum class RateLimits { off, on };

// The API of http://square.test, called as a server calls it, without sockets.
class ApiSquare {
 public:
  explicit ApiSquare(RateLimits rate_limits = RateLimits::off, SignUpMode mode = SignUpMode::open);
  ~ApiSquare();

  app::App& app();
  Settings& settings();
  void pass(milliseconds time);
  // As a server's handler: for those that need sockets.
  net::Task<net::Response> answer(net::Request& request);

  Named join(const std::string& handle, Role role = Role::person);
  std::string token(const Named& named, std::string_view scopes);
  std::string app_token(std::string_view scopes);
  // Who published it gets its id.
  std::string publish(const Named& author, const std::string& text, const std::string& more = "");

  Reply call(net::Method method, std::string_view target, const Sent& sent = {});
  Reply get(std::string_view target, const std::string& token = "") {
    return call(net::Method::get, target, {.token = token});
  }
  Reply post(std::string_view target, const std::string& token = "", const std::string& form = "") {
    return call(net::Method::post, target, {.token = token, .body = form});
  }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Each key of the list that the object lacks, and each it has that is not in the list.
std::vector<std::string> differing_keys(const json::value& object, std::string_view keys);

// The ids of a list, in its order.
std::vector<std::string> ids(const json::value& list);

}  // namespace hoopoe::api
