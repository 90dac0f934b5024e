#include "net/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ensure.h"

namespace hoopoe::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class RouterTest : public testing::Test {
 protected:
  // The route that a path finds, or "404", "405 allowed", "options allowed".
  std::string routed(std::string_view path, Method method = Method::get) {
    auto match = router.find(method, path);
    captures = std::move(match.captures);
    switch (match.routing) {
      case Routing::found:
        return *match.route;
      case Routing::not_found:
        return "404";
      case Routing::method_not_allowed:
        return "405 " + match.allow;
      case Routing::options:
        return "options " + match.allow;
    }
    return "";
  }

  Router<std::string> router;
  Captures captures;
};

TEST_F(RouterTest, CapturesAWholeSegment) {
  router.add(Method::get, "/api/v1/accounts/:id", "account");
  EXPECT_EQ(routed("/api/v1/accounts/42"), "account");
  EXPECT_THAT(captures, ElementsAre(Pair("id", "42")));
}

TEST_F(RouterTest, CapturesAfterALiteralPrefix) {
  router.add(Method::get, "/@:handle", "profile");
  router.add(Method::get, "/@:handle.rss", "feed");
  router.add(Method::get, "/@:handle/:id", "post");
  router.add(Method::get, "/@:handle/with/@:other", "both");
  EXPECT_EQ(routed("/@barack"), "profile");
  EXPECT_EQ(routed("/@barack.rss"), "feed");
  EXPECT_THAT(captures, ElementsAre(Pair("handle", "barack")));
  EXPECT_EQ(routed("/@barack/7"), "post");
  EXPECT_EQ(routed("/@barack/with/@malala"), "both");
  EXPECT_THAT(captures, ElementsAre(Pair("handle", "barack"), Pair("other", "malala")));
  EXPECT_EQ(routed("/@"), "404");
  EXPECT_EQ(routed("/barack"), "404");
}

TEST_F(RouterTest, AStaticSegmentWinsWhateverTheOrder) {
  router.add(Method::get, "/accounts/:id", "account");
  router.add(Method::get, "/accounts/search", "search");
  router.add(Method::get, "/accounts/:id/lists", "lists");
  EXPECT_EQ(routed("/accounts/search"), "search");
  EXPECT_EQ(routed("/accounts/1"), "account");
  EXPECT_EQ(routed("/accounts/search/lists"), "lists");
  EXPECT_THAT(captures, ElementsAre(Pair("id", "search")));
}

TEST_F(RouterTest, NamesOfCapturesBelongToTheirPattern) {
  router.add(Method::get, "/lists/:id", "list");
  router.add(Method::get, "/lists/:list_id/accounts", "members");
  EXPECT_EQ(routed("/lists/5/accounts"), "members");
  EXPECT_THAT(captures, ElementsAre(Pair("list_id", "5")));
}

TEST_F(RouterTest, AKnownPathWithAnotherMethodSaysWhichAreAllowed) {
  router.add(Method::get, "/lists/:id", "show");
  router.add(Method::put, "/lists/:id", "update");
  EXPECT_EQ(routed("/lists/1", Method::post), "405 GET, HEAD, PUT, OPTIONS");
  EXPECT_EQ(routed("/lists/1", Method::options), "options GET, HEAD, PUT, OPTIONS");
  EXPECT_EQ(routed("/lists", Method::options), "404");
}

TEST_F(RouterTest, HeadFallsToGetUnlessItHasItsOwn) {
  router.add(Method::get, "/a", "get a");
  router.add(Method::get, "/b", "get b");
  router.add(Method::head, "/b", "head b");
  EXPECT_EQ(routed("/a", Method::head), "get a");
  EXPECT_EQ(routed("/b", Method::head), "head b");
}

TEST_F(RouterTest, EmptySegmentsAndATrailingSlashAreOtherPaths) {
  router.add(Method::get, "/", "front");
  router.add(Method::get, "/about", "about");
  router.add(Method::get, "/:page/x", "x");
  EXPECT_EQ(routed("/"), "front");
  EXPECT_EQ(routed("/about/"), "404");
  EXPECT_EQ(routed("//x"), "404");
  EXPECT_EQ(routed("*", Method::options), "404");
  EXPECT_EQ(routed(""), "404");
  EXPECT_THAT(captures, IsEmpty());
}

TEST_F(RouterTest, TheSamePatternTwiceIsABug) {
  router.add(Method::get, "/a/:id", "one");
  EXPECT_THROW(router.add(Method::get, "/a/:other", "two"), Bug);
  EXPECT_THROW(router.add(Method::get, "a", "three"), Bug);
  EXPECT_THROW(router.add(Method::get, "/:a:b", "four"), Bug);
}

}  // namespace
}  // namespace hoopoe::net
