// Nobody's words become markup: what runs scripts elsewhere is put into every field that people fill in, and
// every page, form and entity is read as a browser reads it.

#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/edit.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/oauth.h"
#include "app/react.h"
#include "app/report.h"
#include "app/sign_up.h"
#include "main/test_site.h"
#include "tests/support/html_tags.h"
#include "text/uri.h"
#include "web/csrf.h"
#include "web/routes.h"

namespace hoopoe {
namespace {

namespace json = boost::json;

const std::vector<std::string>& payloads() {
  static const std::vector<std::string> all{
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "javascript:alert(1)",
      "'\"><svg/onload=alert(1)>",
      "{{TEXT}}",
      "</textarea></title><script>alert(1)</script>",
      "http://a.example/\"onmouseover=alert(1)//",
      "#\"onclick=alert(1) @\"onclick=alert(1)",
      "a\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>",
  };
  return all;
}

// Every name that a page or a form reads, except the token of forms.
constexpr std::string_view field_names[] = {"return_to",
                                            "text",
                                            "warning",
                                            "language",
                                            "reply_to",
                                            "visibility",
                                            "handle",
                                            "email",
                                            "login",
                                            "password",
                                            "old_password",
                                            "new_password",
                                            "reason",
                                            "invite",
                                            "display_name",
                                            "bio",
                                            "saved",
                                            "after",
                                            "max_id",
                                            "min_id",
                                            "decision",
                                            "state",
                                            "scope",
                                            "code_challenge",
                                            "code_challenge_method",
                                            "key",
                                            "fields[0][name]",
                                            "fields[0][value]",
                                            "q",
                                            "v"};

class MarkupTest : public testing::Test {
 protected:
  MarkupTest() {
    app::App& app = square_.app();
    jack_.actor = square_.person("jack");
    square_.run(app::update_profile(app, jack_.actor, {.locked = true}));
    site_.sign_in(jack_);
    jacks_ = square_.publish(jack_.actor, "just setting up my twttr").post->id;
    for (const std::string& payload : payloads()) join(payload);
    square_.run(app::block(app, jack_.actor, mallories_.front().account));
    square_.run(app::mute(app, jack_.actor, mallories_.back().account, {}));
  }

  // Somebody all of whose words are those.
  void join(const std::string& payload) {
    app::App& app = square_.app();
    const std::string handle = "mallory" + std::to_string(mallories_.size());
    const app::NewAccount made =
        square_.run(app::sign_up(app, {.handle = handle,
                                       .email = handle + "@example.org",
                                       .password = std::string(tests::TestSquare::password),
                                       .reason = payload,
                                       .invite = payload}));
    const app::Actor mallory{.person = made.person,
                             .account = made.account,
                             .client = {},
                             .token = {},
                             .session = {},
                             .scopes = *Scopes::parse("read write follow push")};
    mallories_.push_back(mallory);
    square_.run(app::update_profile(app, mallory,
                                    {.display_name = payload.substr(0, display_name_characters_max),
                                     .bio = payload,
                                     .fields = {{{.name = payload, .value = payload}}}}));
    const ClientId client = register_client(payload);
    const auto publish = [&](PostId reply_to, Visibility to) {
      square_.clock().advance(std::chrono::seconds(1));
      return square_
          .publish(mallory, Draft{.text = payload + " @jack #spring",
                                  .warning = payload,
                                  .visibility = to,
                                  .language = payload.substr(0, language_code_bytes_max),
                                  .reply_to = reply_to,
                                  .client = client})
          .post->id;
    };
    const PostId post = publish({}, Visibility::everyone);
    posts_.push_back(post);
    publish(jacks_, Visibility::everyone);
    publish({}, Visibility::mentioned);
    square_.run(app::edit_post(
        app, mallory, post, {.text = payload, .warning = payload + ".", .language = "", .visibility = {}}));
    meet(mallory, post, payload);
  }

  ClientId register_client(const std::string& payload) {
    const app::RegisteredClient registered = square_.run(app::register_client(
        square_.app(), {.name = payload,
                        .website = "https://a.example/" + payload,
                        .redirect_uris = {std::string(app::out_of_band_uri), "https://a.example/back"},
                        .scopes = "read"}));
    client_keys_.push_back(registered.client.key);
    square_.db().write_blocking([&](store::Write& write) {
      store::oauth::insert_token(write,
                                 {.client = registered.client.id,
                                  .person = jack_.actor.person,
                                  .account = jack_.account(),
                                  .scopes = *Scopes::parse("read")},
                                 crypto::sha256(registered.client.key));
    });
    return registered.client.id;
  }

  // What brings them onto jack's pages.
  void meet(const app::Actor& mallory, PostId post, const std::string& payload) {
    app::App& app = square_.app();
    square_.run(app::repost(app, mallory, jacks_, Visibility::everyone));
    square_.run(app::favourite(app, mallory, jacks_));
    square_.run(app::follow(app, mallory, jack_.account(), {}));
    square_.run(app::follow(app, jack_.actor, mallory.account, {.notifying = true}));
    square_.run(app::bookmark(app, jack_.actor, post));
    square_.run(app::favourite(app, jack_.actor, post));
    square_.run(app::pin(app, mallory, post));
    square_.run(
        app::report(app, mallory, {.target = jack_.account(), .posts = {jacks_}, .comment = payload}));
  }

  // --- Where they are looked for.

  static std::string query_of(const std::string& payload) {
    std::string query;
    for (const std::string_view name : field_names) {
      query += text::percent_encode(name) + "=" + text::percent_encode(payload) + "&";
    }
    return query;
  }

  // Every way to fill in what the pattern leaves open.
  std::vector<std::string> targets(const std::string& pattern) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < mallories_.size(); ++i) {
      const std::string handle = "mallory" + std::to_string(i);
      const std::string encoded = text::percent_encode(payloads()[i]);
      const bool of_account = pattern.contains("/accounts/");
      const std::map<std::string, std::string> meant{
          {":handle", handle},
          {":other", "jack"},
          {":id", of_account ? mallories_[i].account.str() : posts_[i].str()},
          {":tag", "spring"},
          {":hashtag", "spring"},
          {":name", "style.css"}};
      const std::map<std::string, std::string> odd{{":handle", encoded},  {":other", encoded},
                                                   {":id", encoded},      {":tag", encoded},
                                                   {":hashtag", encoded}, {":name", encoded}};
      found.push_back(filled(pattern, odd) + "?" + query_of(payloads()[i]));
      const std::string path = filled(pattern, meant);
      found.push_back(path);
      found.push_back(fmt::format("{}?{}", path, query_of(payloads()[i])));
      for (const std::string_view name : {"return_to", "text", "q", "acct"}) {
        found.push_back(fmt::format("{}?{}={}", path, name, encoded));
      }
      found.push_back(fmt::format(
          "{}?response_type=code&redirect_uri=https%3A%2F%2Fa.example%2Fback&client_id={}&q=mallory&acct={}"
          "&id[]={}&state={}",
          path, client_keys_[i], handle, meant.at(":id"), encoded));
    }
    std::erase_if(found, [](const std::string& target) { return !net::parse_target(target); });
    return found;
  }

  // --- What may not be found.

  void check(const net::Response& response, const std::string& target) {
    EXPECT_LT(response.status, 500) << target;
    EXPECT_EQ(response.headers.find("X-Evil"), std::nullopt) << target;
    const std::string_view location = response.headers.find("Location").value_or("/");
    EXPECT_TRUE((location.starts_with('/') && !location.starts_with("//")) ||
                location.starts_with("http://square.test/") ||
                location.starts_with("https://a.example/back?"))
        << location << " from " << target;
    const std::string_view type = response.headers.find("Content-Type").value_or("");
    if (type.starts_with("text/html")) check_html(response.content(), target);
    if (type.starts_with("application/json") && !response.content().empty()) {
      check_json(json::parse(response.content()), target);
    }
  }

  void check_html(std::string_view html, const std::string& target) {
    EXPECT_EQ(tests::danger_in(html), "") << target;
    for (const char* words : {"<script>alert", "<img src=x", "<svg/onload", "href=\"javascript:"}) {
      EXPECT_FALSE(html.contains(words)) << words << " in " << target;
    }
    seen_ += html.contains("alert(1)") || html.contains("{{TEXT}}") ? 1 : 0;
  }

  // The fields that are HTML by the contract; `source` has the same as typed.
  void check_json(const json::value& value, const std::string& target) {
    if (const json::array* list = value.if_array()) {
      for (const json::value& member : *list) check_json(member, target);
    }
    const json::object* object = value.if_object();
    if (object == nullptr) return;
    for (const auto& [name, member] : *object) {
      const bool is_html =
          name == "content" || name == "note" || (name == "value" && object->contains("verified_at"));
      const bool is_api = target.starts_with("/api/");  // an export has all as typed
      if (is_api && is_html && member.is_string()) check_html(member.as_string(), target);
      if (name != "source") check_json(member, target);
    }
  }

  tests::TestSquare square_;
  TestSite site_{square_};
  Onlooker jack_;
  PostId jacks_;
  std::vector<app::Actor> mallories_;
  std::vector<PostId> posts_;
  std::vector<std::string> client_keys_;
  std::size_t seen_ = 0;  // texts in which such words were shown as words
};

TEST_F(MarkupTest, IsNowhereMadeOfWordsOnAPage) {
  for (const web::RoutePattern& route : web::route_patterns()) {
    if (route.method != net::Method::get || route.pattern.ends_with("/events")) continue;
    for (const std::string& target : targets(std::string(route.pattern))) {
      for (const Onlooker& onlooker : {jack_, Onlooker{}}) check(site_.get(target, onlooker), target);
    }
  }
  EXPECT_GT(seen_, 500U);
}

TEST_F(MarkupTest, IsNowhereMadeOfWordsInAnAnswerOfTheApi) {
  for (const api::Route& route : api::routes()) {
    if (route.method != net::Method::get || route.pattern.starts_with("/api/v1/streaming")) continue;
    for (const std::string& target : targets(std::string(route.pattern))) {
      for (const Onlooker& onlooker : {jack_, Onlooker{}}) check(site_.get(target, onlooker), target);
    }
  }
  EXPECT_GT(seen_, 500U);
}

TEST_F(MarkupTest, IsNowhereMadeOfWordsThatTheirAuthorTakesAway) {
  for (const app::Actor& actor : mallories_) {
    Onlooker mallory{.actor = actor};
    site_.sign_in(mallory);
    for (const char* target : {"/settings/data.html", "/settings/data.json"}) {
      check(site_.get(target, mallory), target);
    }
  }
  EXPECT_EQ(seen_, payloads().size());
}

// What is refused is shown again, beside what was wrong with it.
TEST_F(MarkupTest, IsNowhereMadeOfWordsInAFormThatComesBack) {
  for (const web::RoutePattern& route : web::route_patterns()) {
    if (route.method != net::Method::post) continue;
    for (std::size_t i = 0; i < payloads().size(); ++i) {
      site_.sign_in(jack_);
      const std::string path = filled(std::string(route.pattern), {{":id", posts_[i].str()}});
      // Longer than a post may be, too, so that it is refused.
      for (const std::string& words :
           {payloads()[i], payloads()[i] + std::string(1000, ' ') + payloads()[i]}) {
        check(site_.send(net::Method::post, path, jack_,
                         query_of(words) + "csrf=" + web::csrf_token(jack_.session)),
              path);
        if (!route.pattern.starts_with("/sign-")) continue;
        net::Request request = TestSite::request(net::Method::post, path, {});
        request.headers.add("Cookie", "hoopoe_form=secret");
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = query_of(words) + "csrf=" + web::csrf_token("secret");
        check(site_.answer(request), path);
      }
    }
  }
  EXPECT_GT(seen_, 50U);
}

TEST(HtmlTags, AreWhatABrowserFinds) {
  for (const char* html :
       {"<p>a<script>alert(1)</script>", "<SCRIPT src=//evil.example/a.js>", "<a href='javascript:alert(1)'>",
        "<a href=\" javascript:alert(1)\">", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
        "<textarea></textarea><b onclick=a>", "<a title=\"\"onmouseover=a>", "<!-- --><iframe>",
        "<title></title><a href=\"JAVASCRIPT&#39;\" href=data:text/html,a>"}) {
    EXPECT_NE(tests::danger_in(html), "") << html;
  }
  for (const char* html :
       {"a < b &lt;script>", "<a href=\"/@jack?x=javascript:\">a</a>", "<!-- <script> -->",
        "<textarea><script></textarea>", "<a title='<script>'>", "<script src=\"/static/a.js\">",
        "<a href=\"https://a.example/\">", "<title><b onclick=a></title>"}) {
    EXPECT_EQ(tests::danger_in(html), "") << html;
  }
}

}  // namespace
}  // namespace hoopoe
