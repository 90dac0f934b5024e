#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "app/bursts.h"
#include "app/home_keeper.h"
#include "app/live.h"
#include "app/publish.h"
#include "base/temporary_directory.h"
#include "net/router.h"
#include "net/server.h"
#include "store/known.h"
#include "store/schema.h"
#include "text/uri.h"
#include "web/csrf.h"
#include "web/errors.h"
#include "web/routes.h"
#include "web/test_people.h"

// For tests: a whole site on a store of its own, asked as a browser asks it, without a socket.
namespace hoopoe::web {

class TestSite {
 public:
  using Form = std::vector<std::pair<std::string, std::string>>;

  explicit TestSite(SignUpMode mode = SignUpMode::open)
      : app_{.settings = settings_,
             .clock = clock_,
             .db = db_,
             .workers = workers_,
             .drawing = drawing_,
             .blobs = blobs_,
             .live = live_,
             .homes = homes_,
             .bursts = bursts_,
             .public_url = "https://square.example",
             .host = "square.example",
             .sign_up_mode = mode} {
    add_routes(router_, app_);
  }

  app::App& app() { return app_; }
  Settings& settings() { return settings_; }
  StillClock& clock() { return clock_; }
  app::LiveHub& live() { return live_; }

  Somebody join(const std::string& handle) { return web::join(db_, handle); }

  PostId say(const Somebody& who, const std::string& text, PostId reply_to = {}) {
    clock_.now_ += std::chrono::seconds(30);
    return run(app::publish(app_, who.actor, {.text = text, .reply_to = reply_to})).post->id;
  }

  net::Response get(const std::string& target, const Somebody* who = nullptr, const net::Headers& more = {}) {
    net::Request request = request_for(net::Method::get, target, who);
    for (const std::string_view name : {"Last-Event-ID", "Cookie"}) {
      if (const auto value = more.find(name)) request.headers.add(name, *value);
    }
    return answer(std::move(request));
  }

  // As a browser posts a form that it was given: with its token.
  net::Response post(const std::string& target, Form form, const Somebody& who) {
    form.emplace_back("csrf", csrf_token(who.secret));
    return answer(form_request(target, form, &who));
  }

  net::Request form_request(const std::string& target, const Form& form, const Somebody* who) {
    net::Request request = request_for(net::Method::post, target, who);
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    for (const auto& [name, value] : form) {
      if (!request.body.empty()) request.body += '&';
      request.body += text::percent_encode(name) + "=" + text::percent_encode(value);
    }
    return request;
  }

  net::Request request_for(net::Method method, const std::string& target, const Somebody* who) {
    const std::size_t query = std::min(target.find('?'), target.size());
    net::Request request{.method = method, .target = target, .host = "square.example"};
    request.path = text::percent_decode(target.substr(0, query)).value();
    request.query = target.substr(std::min(query + 1, target.size()));
    request.headers.add("Host", request.host);
    if (who != nullptr) request.headers.add("Cookie", "__Host-hoopoe_session=" + who->secret);
    return request;
  }

  // As the server does: a route's handler, else the page for what is not there; what is thrown is rendered.
  net::Response answer(net::Request request) {
    auto match = router_.find(request.method, request.path);
    if (match.routing == net::Routing::not_found) return not_found_page(app_, request);
    if (match.routing != net::Routing::found) return method_not_allowed_page(app_, request, match.allow);
    request.captures = std::move(match.captures);
    try {
      return run((*match.route)(request));
    } catch (...) {
      return render_error(app_, request, std::current_exception());
    }
  }

  // To the end of what is made while it is sent, in the parts that it comes in.
  std::vector<std::string> parts_of(const net::Response& response) {
    std::vector<std::string> parts;
    while (auto part = run(response.source())) parts.push_back(*std::move(part));
    return parts;
  }

  template <class T>
  T run(net::Task<T> task) {
    boost::asio::io_context io;
    std::optional<T> result;
    std::exception_ptr failure;
    boost::asio::co_spawn(io.get_executor(), std::move(task), [&](const std::exception_ptr& error, T value) {
      failure = error;
      if (!error) result = std::move(value);
    });
    io.run();
    if (failure) std::rethrow_exception(failure);
    return *std::move(result);
  }

 private:
  TemporaryDirectory directory_;
  StillClock clock_;
  Settings settings_;
  store::Database db_{{.directory = directory_.path(),
                       .migrations = store::schema(),
                       .clock = &clock_,
                       .known = std::make_shared<store::Known>()}};
  net::WorkerPool workers_{1};
  net::WorkerPool drawing_{1};
  media::Blobs blobs_{directory_.path() / "photos"};
  app::LiveHub live_{db_};
  app::HomeKeeper homes_{db_};
  app::Bursts bursts_{clock_, settings_};
  app::App app_;
  net::Router<net::Handler> router_;
};

}  // namespace hoopoe::web
