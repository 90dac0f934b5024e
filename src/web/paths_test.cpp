#include "web/paths.h"

#include <gtest/gtest.h>

namespace hoopoe::web {
namespace {

TEST(PathsTest, a_query_is_added_and_what_was_there_stays) {
  EXPECT_EQ(with_query("/a", {{"x", "1 &"}}), "/a?x=1%20%26");
  EXPECT_EQ(with_query("https://app.example/?a=b", {{"code", "c"}, {"state", "="}}),
            "https://app.example/?a=b&code=c&state=%3D");
  EXPECT_EQ(with_query("/a?", {{"x", "1"}}), "/a?x=1");
  EXPECT_EQ(with_query("/a#part", {{"x", "1"}}), "/a?x=1#part");
  EXPECT_EQ(with_query("icecubesapp://", {{"code", "c"}}), "icecubesapp://?code=c");
}

TEST(PathsTest, only_a_path_of_this_site_is_local) {
  for (const char* good : {"/", "/home", "/tags/%D8%A2?max_id=3", "/@mina/1#p1", "/a//b"}) {
    EXPECT_EQ(local_path(good, "/x"), good);
  }
  for (const char* evil : {"", "home", "//evil", "///evil", "/\\evil", "\\/evil", "https://evil", "/\tx",
                           "/ x", "javascript:x", "/a\n"}) {
    EXPECT_EQ(local_path(evil, "/x"), "/x") << evil;
  }
  EXPECT_EQ(local_path("/" + std::string(3000, 'a'), "/x"), "/x");
}

TEST(PathsTest, a_policy_names_an_origin_or_a_scheme_and_nothing_that_could_end_it) {
  EXPECT_EQ(policy_source("https://App.example:8443/back?x"), "https://app.example:8443");
  EXPECT_EQ(policy_source("http://127.0.0.1/x"), "http://127.0.0.1");
  EXPECT_EQ(policy_source("http://[::1]:80/x"), "http:");
  EXPECT_EQ(policy_source("com.tapbots.Ivory.10217:/request_token"), "com.tapbots.Ivory.10217:");
  EXPECT_EQ(policy_source("icecubesapp://"), "icecubesapp:");
  EXPECT_EQ(policy_source("a; script-src *:x"), "");
  EXPECT_EQ(policy_source(""), "");
}

TEST(PathsTest, a_tag_is_one_segment) { EXPECT_EQ(tag_path("a/b آ"), "/tags/a%2Fb%20%D8%A2"); }

}  // namespace
}  // namespace hoopoe::web
