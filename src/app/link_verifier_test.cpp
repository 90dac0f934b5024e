#include "app/link_verifier.h"

#include <map>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "net/server.h"
#include "store/accounts.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

class LinkVerifierTest : public testing::Test {
 protected:
  LinkVerifierTest() {
    elsewhere_.start();
    square_.settings().outgoing_allow_private_addresses = true;
  }
  ~LinkVerifierTest() override { elsewhere_.stop(std::chrono::seconds(1)); }

  std::string at(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(elsewhere_.ports().front()) + std::string(path);
  }
  void put(const std::string& path, const std::string& page) {
    const std::scoped_lock lock(pages_mutex_);
    pages_[path] = page;
  }
  void save(std::vector<ProfileField> fields) {
    square_.run(update_profile(app_, jack_, {.fields = std::move(fields)}));
  }
  // Runs it until all is looked at.
  void verify() {
    const LinkVerifier verifier(app_);
    const auto waits = [&] {
      return app_.db.read(
          [](store::Read& read) { return store::accounts::field_to_check(read).has_value(); });
    };
    while (waits()) std::this_thread::yield();
  }
  std::vector<bool> verified() {
    std::vector<bool> found;
    for (const ProfileField& field : account_by_id(app_, jack_.account).fields) {
      found.push_back(field.verified.has_value());
    }
    return found;
  }

  std::mutex pages_mutex_;  // read by the thread of the server
  std::map<std::string, std::string> pages_{
      {"/home", R"(<p>I am <a rel="me" href="http://square.test/@jack">here</a> as well)"},
      {"/other",
       R"(<a rel="me" href="http://square.test/@jackdaw">not me</a><a href="http://square.test/@jack">a friend</a>)"},
      {"/gone", ""}};
  net::Server elsewhere_{{.listen = {"127.0.0.1:0"}, .threads = 1},
                         [this](net::Request& request) -> net::Task<net::Response> {
                           const std::scoped_lock lock(pages_mutex_);
                           const auto page = pages_.find(request.path);
                           if (page != pages_.end() && page->second.starts_with("http")) {
                             net::Response away{.status = 302};
                             away.headers.add("Location", page->second);
                             co_return away;
                           }
                           co_return page == pages_.end() || page->second.empty()
                               ? net::Response{.status = 404, .body = pages_["/home"]}
                               : net::Response{.body = page->second};
                         }};
  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
};

TEST_F(LinkVerifierTest, a_field_is_verified_by_a_page_that_links_back) {
  save({{"home", at("/home")},
        {"other", at("/other")},
        {"gone", at("/gone")},
        {"words", "see " + at("/home")}});
  EXPECT_THAT(verified(), testing::ElementsAre(false, false, false, false));
  verify();
  EXPECT_THAT(verified(), testing::ElementsAre(true, false, false, false));
  const auto when = account_by_id(app_, jack_.account).fields.front().verified;
  EXPECT_EQ(when, square_.clock().now());
}

TEST_F(LinkVerifierTest, it_stays_so_until_it_says_something_else) {
  save({{"home", at("/home")}});
  verify();
  square_.clock().advance(std::chrono::hours(1));
  const auto when = account_by_id(app_, jack_.account).fields.front().verified;
  save({{"my home", at("/home")}, {"other", at("/other")}});
  EXPECT_EQ(account_by_id(app_, jack_.account).fields.front().verified, when);
  save({{"home", at("/home") + "?x"}});
  EXPECT_THAT(verified(), testing::ElementsAre(false));
  // Saved again, it is looked at again.
  save({{"other", at("/other")}});
  verify();
  EXPECT_THAT(verified(), testing::ElementsAre(false));
  put("/other", R"(<link rel="me" href="http://square.test/@jack">)");
  save({{"other", at("/other")}});
  verify();
  EXPECT_THAT(verified(), testing::ElementsAre(true));
}

TEST_F(LinkVerifierTest, nobody_makes_the_server_look_inside) {
  square_.settings().outgoing_allow_private_addresses = false;
  save({{"inside", at("/home")}});
  verify();
  EXPECT_THAT(verified(), testing::ElementsAre(false));
}

TEST_F(LinkVerifierTest, who_is_only_led_on_to_is_not_who_was_named) {
  // The same server under another name.
  std::string elsewhere = at("/home");
  elsewhere.replace(elsewhere.find("127.0.0.1"), 9, "localhost");
  put("/leads", elsewhere);
  put("/stays", at("/home"));
  save({{"leads", at("/leads")}, {"stays", at("/stays")}});
  verify();
  EXPECT_THAT(verified(), testing::ElementsAre(false, true));
}

TEST(LinkOfField, is_the_whole_value_or_none) {
  EXPECT_EQ(link_of_field("https://example.org/a?b"), "https://example.org/a?b");
  EXPECT_EQ(link_of_field("example.org"), "https://example.org");
  for (const char* value : {"", "see example.org", "example.org and more", "@jack", "javascript:alert(1)",
                            "https://example.org@elsewhere.example", "file:///etc"}) {
    EXPECT_EQ(link_of_field(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace hoopoe::app
