// What no page of another site can make a browser do here: every form of the table, sent as an attacker
// would.

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/oauth.h"
#include "app/react.h"
#include "app/replies.h"
#include "app/report.h"
#include "app/sign_in.h"
#include "main/test_site.h"
#include "store/held_posts.h"
#include "tests/support/derived_counts.h"
#include "web/csrf.h"
#include "web/routes.h"

namespace hoopoe {
namespace {

using tests::everything;

// A form as it is sent, and with what fields of its head.
struct Forged {
  std::string_view how;
  std::string token;
  std::vector<std::pair<std::string_view, std::string>> headers;
};

// A square where each form has something to change for jack.
class Scene {
 public:
  Scene() {
    app::App& app = square_.app();
    jack_.actor = square_.person("jack", Role::moderator);
    site_.sign_in(jack_);
    ids_["/settings/sessions/:id/end"] = app::sessions(app, jack_.actor).front().id.str();
    ids_["/settings/apps/:id/revoke"] = app::authorized_apps(app, jack_.actor).front().client.id.str();
    site_.sign_in(jack_);
    stand_to_others(app);
    publish(app);
    keep_order(app);
  }

  net::Response send(std::string_view pattern, const Forged& forged) {
    const std::string path =
        std::string(pattern.substr(0, pattern.find(":id"))) + ids_[std::string(pattern)] +
        (pattern.contains(":id") ? std::string(pattern.substr(pattern.find(":id") + 3)) : "");
    net::Request request = TestSite::request(net::Method::post, path, jack_);
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    for (const auto& [name, value] : forged.headers) request.headers.add(name, value);
    request.body = fields + client_fields_ + more_fields_[std::string(pattern)];
    if (!forged.token.empty()) request.body += "&csrf=" + forged.token;
    return site_.answer(request);
  }

  // By somebody who holds all that is not jack's own.
  std::vector<Forged> forgeries() {
    Onlooker farah{.actor = farah_};
    site_.sign_in(farah);
    const std::string own = web::csrf_token(jack_.session);
    return {{.how = "no token", .token = "", .headers = {}},
            {.how = "a made-up token", .token = std::string(128, 'a'), .headers = {}},
            {.how = "another session's", .token = web::csrf_token(farah.session), .headers = {}},
            {.how = "that of a form cookie",
             .token = web::csrf_token("planted"),
             .headers = {{"Cookie", "hoopoe_form=planted"}}},
            {.how = "from elsewhere", .token = own, .headers = {{"Origin", "https://evil.example"}}},
            {.how = "from a name like ours",
             .token = own,
             .headers = {{"Origin", "http://square.test.evil.example"}}},
            {.how = "from a frame in a sandbox", .token = own, .headers = {{"Origin", "null"}}}};
  }
  Forged own_form() {
    return {.how = "as meant",
            .token = web::csrf_token(jack_.session),
            .headers = {{"Origin", "http://square.test"}}};
  }

  tests::TestSquare& square() { return square_; }

 private:
  // What every form needs to do something, each among others that it does not read.
  static inline const std::string fields =
      "text=hello&display_name=Jack&login=jack&password=correct+horse+battery&old_password=correct+horse+"
      "battery"
      "&new_password=another+horse+battery&handle=newcomer&email=newcomer%40example.org&decision=allow"
      "&response_type=code&redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&scope=read";

  void stand_to_others(app::App& app) {
    farah_ = square_.person("farah");
    const app::Actor sara = square_.person("sara");
    const app::Actor reza = square_.person("reza");
    const app::Actor omid = square_.person("omid");
    const app::Actor mina = square_.person("mina");
    square_.run(app::follow(app, jack_.actor, farah_.account, {}));
    square_.run(app::follow(app, reza, jack_.account(), {}));
    square_.run(app::update_profile(app, jack_.actor, {.locked = true}));
    square_.run(app::follow(app, omid, jack_.account(), {}));
    square_.run(app::block(app, jack_.actor, mina.account));
    square_.run(app::mute(app, jack_.actor, farah_.account, {}));
    for (const char* deed : {"follow", "block", "mute"}) of_account(deed, sara);
    of_account("unfollow", farah_);
    of_account("unmute", farah_);
    of_account("remove-follower", reza);
    of_account("unblock", mina);
    for (const char* answer : {"accept", "reject"}) {
      ids_["/follow-requests/:id/" + std::string(answer)] = omid.account.str();
    }
  }

  void publish(app::App& app) {
    const PostId fresh = square_.publish(farah_, "look").post->id;
    const PostId kept = square_.publish(farah_, "keep this").post->id;
    own_ = square_.publish(jack_.actor, "just setting up my twttr").post->id;
    const PostId pinned = square_.publish(jack_.actor, "inviting coworkers").post->id;
    square_.run(app::repost(app, jack_.actor, kept, Visibility::everyone));
    square_.run(app::favourite(app, jack_.actor, kept));
    square_.run(app::bookmark(app, jack_.actor, kept));
    square_.run(app::pin(app, jack_.actor, pinned));
    for (const char* deed : {"repost", "favourite", "bookmark"}) {
      of_post(deed, fresh);
      of_post("undo-" + std::string(deed), kept);
    }
    of_post("mute", fresh);
    of_post("unmute", pinned);
    square_.run(app::mute_conversation(app, jack_.actor, pinned));
    for (const char* deed : {"pin", "edit", "delete"}) of_post(deed, own_);
    of_post("unpin", pinned);
    of_post("event", own_);
    more_fields_["/posts/:id/event"] = "&speakers=farah";
    const app::RegisteredClient client =
        square_.run(app::register_client(app, {.name = "Tweetbot",
                                               .website = "",
                                               .redirect_uris = {std::string(app::out_of_band_uri)},
                                               .scopes = "read"}));
    client_fields_ = "&client_id=" + client.client.key;
  }

  // Jack is one of those who do.
  void keep_order(app::App& app) {
    const app::Actor spammer = square_.person("spammer");
    const PostId answer = square_.publish(farah_, "rude words", own_).post->id;
    const PostId spam = square_.publish(spammer, "buy this").post->id;
    const Report report = square_.run(app::report(app, farah_, {.target = spammer.account}));
    of_post("unhide", answer);
    square_.run(app::set_reply(app, jack_.actor, answer, app::Reply::hidden));
    of_post("hide", square_.publish(farah_, "ruder words", own_).post->id);
    ids_["/moderation/accounts/:id"] = spammer.account.str();
    ids_["/moderation/posts/:id"] = spam.str();
    ids_["/moderation/reports/:id/close"] = report.id.str();
    more_fields_["/moderation/accounts/:id"] = "&act=suspend&reason=spam";
    more_fields_["/moderation/posts/:id"] = "&act=take-down&reason=spam";
    hold_posts(spammer);
    more_fields_["/moderation/emails"] = "&act=block&pattern=spam.example";
    more_fields_["/report"] = "&category=spam&account=" + spammer.account.str();
  }

  void hold_posts(const app::Actor& spammer) {
    square_.db().write_blocking([&](store::Write& write) {
      const auto hold = [&](const app::Actor& author) {
        return store::held_posts::insert(
            write, {.author = author.account, .person = author.person, .draft = {.text = "it waits"}});
      };
      ids_["/moderation/held/:id"] = hold(spammer).str();
      ids_["/held/:id/withdraw"] = hold(jack_.actor).str();
    });
    more_fields_["/moderation/held/:id"] = "&act=release";
    more_fields_["/moderation/rules"] = "&act=add&do=hold&words=casino";
  }

  void of_account(const std::string& deed, const app::Actor& other) {
    ids_["/accounts/:id/" + deed] = other.account.str();
  }
  void of_post(const std::string& deed, PostId post) { ids_["/posts/:id/" + deed] = post.str(); }

  tests::TestSquare square_;
  TestSite site_{square_};
  Onlooker jack_;
  app::Actor farah_;
  PostId own_;
  std::map<std::string, std::string> ids_;          // by pattern
  std::map<std::string, std::string> more_fields_;  // likewise
  std::string client_fields_;
};

TEST(FormsTest, OfAnotherOriginAreRefusedAndWriteNothing) {
  std::size_t tried = 0;
  for (const web::RoutePattern& route : web::route_patterns()) {
    if (route.method != net::Method::post) continue;
    Scene scene;
    const std::vector<Forged> forgeries = scene.forgeries();
    const auto before = everything(scene.square().db());
    for (const Forged& forged : forgeries) {
      const net::Response response = scene.send(route.pattern, forged);
      EXPECT_EQ(response.status, 403) << route.pattern << ", " << forged.how;
      EXPECT_EQ(response.headers.find("Set-Cookie"), std::nullopt) << route.pattern << ", " << forged.how;
      EXPECT_EQ(everything(scene.square().db()), before) << route.pattern << ", " << forged.how;
    }
    const net::Response response = scene.send(route.pattern, scene.own_form());
    EXPECT_LT(response.status, 400) << route.pattern << "\n" << response.body;
    EXPECT_NE(everything(scene.square().db()), before) << route.pattern << " has nothing to change";
    ++tried;
  }
  EXPECT_GT(tried, 25U);
}

// A stranger has no cookie but the one that a form is bound to.
TEST(FormsTest, AStrangerIsGivenACookieOnlyWithAForm) {
  tests::TestSquare square;
  TestSite site(square);
  const app::Actor jack = square.person("jack");
  const std::string post = square.publish(jack, "just setting up my twttr #spring").post->id.str();
  std::size_t with_cookie = 0;
  std::vector<std::string> patterns;
  for (const web::RoutePattern& route : web::route_patterns()) {
    if (route.method == net::Method::get) patterns.emplace_back(route.pattern);
  }
  for (const api::Route& route : api::routes()) {
    if (route.method == net::Method::get) patterns.emplace_back(route.pattern);
  }
  for (const std::string& pattern : patterns) {
    const std::map<std::string, std::string> captures{
        {":handle", "jack"},    {":other", "jack"},     {":id", post},          {":tag", "spring"},
        {":name", "style.css"}, {":hashtag", "spring"}, {":channel", "public"}, {":part", "local"}};
    const std::string path = filled(pattern, captures);
    const net::Response response = site.get(path, {});
    EXPECT_LT(response.status, 500) << path;
    const bool has_form = pattern == "/sign-in" || pattern == "/sign-up";
    EXPECT_EQ(response.headers.find("Set-Cookie").has_value(), has_form) << path;
    with_cookie += has_form ? 1 : 0;
  }
  EXPECT_EQ(with_cookie, 2U);
  EXPECT_EQ(site.get("/nowhere", {}).headers.find("Set-Cookie"), std::nullopt);
}

}  // namespace
}  // namespace hoopoe
