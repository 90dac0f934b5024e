// An id tells nothing: whatever is asked with the id of something hidden is answered as for one that nobody
// has.

#include <map>
#include <regex>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/test_routes.h"
#include "app/accounts.h"
#include "app/block.h"
#include "app/notifications.h"
#include "app/react.h"
#include "main/test_site.h"
#include "store/held_posts.h"
#include "tests/support/derived_counts.h"
#include "web/csrf.h"
#include "web/routes.h"

namespace hoopoe {
namespace {

using tests::everything;

class HiddenIdsTest : public testing::Test {
 protected:
  HiddenIdsTest() {
    app::App& app = square_.app();
    farah_.actor = square_.person("farah");
    const app::Actor jack = square_.person("jack");
    const app::Actor reza = square_.person("reza");
    const app::Actor mina = square_.person("mina");
    const app::Actor omid = square_.person("omid");
    site_.sign_in(farah_);
    const auto publish = [this](const app::Actor& by, const char* text, Visibility to) {
      return square_.publish(by, Draft{.text = text, .visibility = to}).post->id;
    };
    const PostId open = publish(reza, "for all", Visibility::everyone);
    publish(farah_.actor, "mine", Visibility::everyone);
    square_.run(app::favourite(app, jack, open));
    const NotificationId notice =
        app::notifications(app, reza.account, {}, {}).notifications.front().notification.id;
    const HeldPostId held = square_.db().write_blocking([&](store::Write& write) {
      return store::held_posts::insert(
          write, {.author = jack.account, .person = jack.person, .draft = {.text = "it waits"}});
    });
    hidden_ = {
        {"a post that waits for a moderator", held.str()},
        {"a post for followers", publish(jack, "for followers", Visibility::followers).str()},
        {"a post for the mentioned", publish(jack, "@reza for you", Visibility::mentioned).str()},
        {"a notification of another", notice.str()},
        {"a post of the suspended", publish(mina, "hello", Visibility::everyone).str()},
        {"the suspended", mina.account.str()},
        {"a post of who blocks the caller", publish(omid, "not for farah", Visibility::everyone).str()}};
    square_.db().write_blocking([&](store::Write& write) { app::suspend(write, mina.account); });
    square_.run(app::block(app, omid, farah_.account()));
  }

  // The answer without what any two answers differ in: the id itself, times left, tokens of forms.
  std::string told(const net::Response& response, const std::string& id) {
    static const std::regex token("name=\"(csrf|key)\" value=\"[^\"]*\"");
    std::string text = std::to_string(response.status) + "\n" + response.headers.lines() + response.content();
    for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id)) {
      text.replace(at, id.size(), "ID");
    }
    return std::regex_replace(text, token, "");
  }

  // Asks with each hidden id and with nobody's, and compares.
  template <class Ask>
  void expect_alike(const std::string& what, bool by_stranger, const Ask& ask) {
    const std::string nobodys = told(ask(nobody), nobody);
    const auto before = everything(square_.db());
    for (const auto& [name, id] : hidden_) {
      // A stranger has nobody who blocks them.
      if (by_stranger && name.contains("blocks")) continue;
      EXPECT_EQ(told(ask(id), id), nobodys) << what << " with " << name;
      EXPECT_EQ(everything(square_.db()), before) << what << " with " << name;
      ++compared_;
    }
  }

  // As many digits as the others have, and a time when nobody was there.
  static inline const std::string nobody = "1029384756102938475";

  tests::TestSquare square_;
  TestSite site_{square_};
  Onlooker farah_;
  std::map<std::string, std::string> hidden_;
  std::size_t compared_ = 0;
};

TEST_F(HiddenIdsTest, OnEveryRouteOfTheApiAreAnsweredAsNobodys) {
  for (const api::Route& route : api::routes()) {
    if (!route.pattern.contains(":id")) continue;
    for (const Onlooker& caller : {farah_, Onlooker{}}) {
      expect_alike(api::described(route) + " by " + caller.name, !caller.account(),
                   [&](const std::string& id) {
                     const std::string path = api::filled(route.pattern, id);
                     if (route.method == net::Method::get) return site_.get(path, caller);
                     return site_.send(route.method, path, caller, "status=hello");
                   });
    }
  }
  EXPECT_GT(compared_, 300U);
}

TEST_F(HiddenIdsTest, InParametersOfTheApiAreAnsweredAsNobodys) {
  for (const char* target : {"/api/v1/statuses?id[]=", "/api/v1/accounts?id[]=",
                             "/api/v1/accounts/relationships?id[]=", "/api/v1/notifications?account_id="}) {
    expect_alike(target, false, [&](const std::string& id) { return site_.get(target + id, farah_); });
  }
  expect_alike("a reply", false, [&](const std::string& id) {
    return site_.send(net::Method::post, "/api/v1/statuses", farah_, "status=hello&in_reply_to_id=" + id);
  });
  expect_alike("a report", false, [&](const std::string& id) {
    return site_.send(net::Method::post, "/api/v1/reports", farah_, "account_id=" + id);
  });
}

TEST_F(HiddenIdsTest, OnEveryPageAndFormAreAnsweredAsNobodys) {
  for (const web::RoutePattern& route : web::route_patterns()) {
    const std::size_t at = route.pattern.find(":id");
    if (at == std::string_view::npos) continue;
    std::string before(route.pattern.substr(0, at));
    if (const std::size_t handle = before.find(":handle"); handle != std::string::npos) {
      before.replace(handle, 7, "jack");
    }
    const std::string after(route.pattern.substr(at + 3));
    expect_alike(std::string(route.pattern), false, [&](const std::string& id) {
      const std::string path = fmt::format("{}{}{}", before, id, after);
      if (route.method == net::Method::get) return site_.get(path, farah_);
      return site_.send(route.method, path, farah_, "text=hello&csrf=" + web::csrf_token(farah_.session));
    });
  }
  EXPECT_GT(compared_, 100U);
}

// Else all of the above would hold of ids that are nobody's.
TEST_F(HiddenIdsTest, AreThoseOfWhatIsThere) {
  for (const auto& [name, id] : hidden_) {
    const bool is_there = square_.db().read([number = std::stoll(id)](store::Read& read) {
      return read.exists("select 1 from posts where id = $1", number) ||
             read.exists("select 1 from accounts where id = $1", number) ||
             read.exists("select 1 from held_posts where id = $1", number) ||
             read.exists("select 1 from notifications where id = $1", number);
    });
    EXPECT_TRUE(is_there) << name;
  }
}

}  // namespace
}  // namespace hoopoe
