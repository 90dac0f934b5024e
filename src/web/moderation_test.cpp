#include "web/moderation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/edit.h"
#include "app/photos.h"
#include "app/report.h"
#include "store/email_blocks.h"
#include "tests/support/pictures.h"
#include "web/routes.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebModerationTest : public PageTest {
 protected:
  WebModerationTest() { set_role(keeper_, Role::moderator); }

  void set_role(const Somebody& who, Role role) {
    site_.app().db.write_blocking(
        [&](store::Write& write) { store::people::set_role(write, who.actor.person, role); });
  }
  PostId say_to_few(const Somebody& who, const std::string& text) {
    return site_
        .run(app::publish(site_.app(), who.actor, {.text = text, .visibility = Visibility::mentioned}))
        .post->id;
  }
  ReportId report(const Somebody& by, const Somebody& whom, std::vector<PostId> posts,
                  const std::string& comment) {
    return site_
        .run(app::report(site_.app(), by.actor,
                         {.target = whom.actor.account, .posts = std::move(posts), .comment = comment}))
        .id;
  }
  net::Response act(const std::string& path, const std::string& what, const Somebody& who) {
    return site_.post(path, {{"act", what}, {"reason", "the reason"}}, who);
  }
  static std::string of(const Somebody& who) { return "/moderation/accounts/" + who.actor.account.str(); }
  static std::string of(PostId post) { return "/moderation/posts/" + post.str(); }

  Somebody keeper_ = site_.join("keeper");
};

TEST_F(WebModerationTest, nobody_else_learns_that_there_is_such_a_page) {
  const PostId post = site_.say(jack_, "words");
  const ReportId id = report(mina_, jack_, {post}, "look");
  for (const RoutePattern& route : route_patterns()) {
    if (!route.pattern.starts_with("/moderation")) continue;
    std::string path(route.pattern);
    if (const std::size_t at = path.find(":id"); at != std::string::npos) {
      const bool is_post = path.contains("/posts/");
      path.replace(at, 3,
                   is_post                      ? post.str()
                   : path.contains("/reports/") ? id.str()
                                                : jack_.actor.account.str());
    }
    const net::Response answer =
        route.method == net::Method::get ? site_.get(path, &mina_) : act(path, "suspend", mina_);
    EXPECT_EQ(answer.status, 404) << path;
  }
  EXPECT_THAT(page("/", &mina_), Not(HasSubstr("/moderation")));
  EXPECT_THAT(page("/", &keeper_), AllOf(HasSubstr("href=\"/moderation\""), HasSubstr(of(post))));
  EXPECT_THAT(page("/moderation/log", &keeper_), HasSubstr("Nothing yet"));
}

TEST_F(WebModerationTest, a_report_leads_to_the_act_and_is_closed) {
  const PostId post = site_.say(jack_, "buy this");
  const ReportId id = report(mina_, jack_, {post}, "spam all day");
  EXPECT_THAT(page("/moderation", &keeper_), AllOf(HasSubstr("spam all day"), HasSubstr("buy this"),
                                                   HasSubstr("@mina"), HasSubstr(of(post))));
  EXPECT_EQ(header(act(of(post), "take-down", keeper_), "Location"), of(post));
  EXPECT_EQ(site_.get("/@jack/" + post.str()).status, 410);
  EXPECT_THAT(page(of(post), &keeper_), AllOf(HasSubstr("buy this"), HasSubstr("Taken down"),
                                              HasSubstr("the reason"), HasSubstr("@keeper")));
  EXPECT_THAT(page("/notifications", &jack_),
              AllOf(HasSubstr("taken down"), HasSubstr("the reason"),
                    HasSubstr("href=\"/@jack/" + post.str() + "\" dir=\"auto\">“buy this”</a>")));
  EXPECT_EQ(act(of(post), "restore", keeper_).status, 303);
  EXPECT_THAT(page("/@jack"), HasSubstr("buy this"));
  EXPECT_EQ(site_.post("/moderation/reports/" + id.str() + "/close", {}, keeper_).status, 303);
  EXPECT_THAT(page("/moderation", &keeper_), HasSubstr("No open reports"));
  EXPECT_EQ(site_.post("/moderation/reports/" + id.str() + "/close", {}, keeper_).status, 404);
  EXPECT_THAT(page("/moderation/log", &keeper_), HasSubstr("close-report"));
}

TEST_F(WebModerationTest, photos_are_looked_at_where_they_are_judged) {
  const auto upload = [&] {
    return site_.run(app::upload_photo(site_.app(), jack_.actor, tests::one_colour(40, 40),
                                       {.description = "a <wren>", .focus = {}}));
  };
  const auto publish = [&](Draft draft, const std::vector<Photo>& photos) {
    draft.photos = as_chosen(photos);
    return site_.run(app::publish(site_.app(), jack_.actor, std::move(draft))).post->id;
  };
  const Photo photo = upload();
  const PostId post = publish({.text = "look"}, {photo});
  report(mina_, jack_, {post}, "see the photo");
  EXPECT_THAT(page("/moderation", &keeper_),
              AllOf(HasSubstr(photo.name), HasSubstr("<summary>Photo: <bdi>a &lt;wren&gt;</bdi></summary>")));
  act(of(post), "take-down", keeper_);
  EXPECT_THAT(page(of(post), &keeper_), HasSubstr(photo.name));
  const std::string file = app::path_of(photo, app::PhotoSize::small);
  EXPECT_EQ(header(site_.get(file, &keeper_), "Cache-Control"), "private, no-store");
  EXPECT_EQ(site_.get(file, &mina_).status, 404);
  EXPECT_EQ(site_.get(file, &jack_).status, 404);
  // Of what is private, those that were reported.
  const Photo reported = upload();
  const Photo added = upload();
  const PostId secret = publish({.text = "@mina look", .visibility = Visibility::mentioned}, {reported});
  report(mina_, jack_, {secret}, "threats");
  site_.run(app::edit_post(site_.app(), jack_.actor, secret,
                           {.text = "@mina look", .photos = {{{.id = added.id}}}}));
  EXPECT_THAT(page(of(secret), &keeper_), AllOf(HasSubstr(reported.name), Not(HasSubstr(added.name))));
}

TEST_F(WebModerationTest, what_is_private_is_read_and_judged_only_once_a_reader_has_shown_it) {
  const PostId post = say_to_few(jack_, "@mina secret words");
  EXPECT_EQ(site_.get(of(post), &keeper_).status, 404);
  EXPECT_EQ(act(of(post), "take-down", keeper_).status, 404);
  report(mina_, jack_, {post}, "threats");
  EXPECT_THAT(page(of(post), &keeper_), HasSubstr("secret words"));
  EXPECT_EQ(act(of(post), "take-down", keeper_).status, 303);
}

TEST_F(WebModerationTest, accounts_are_warned_limited_and_suspended_and_it_shows) {
  for (const char* what : {"warn", "limit", "suspend"}) {
    EXPECT_EQ(header(act(of(jack_), what, keeper_), "Location"), of(jack_)) << what;
    EXPECT_THAT(page(of(jack_), &keeper_), HasSubstr(std::string("<strong>") + what + "</strong>"));
  }
  EXPECT_THAT(page(of(jack_), &keeper_), AllOf(HasSubstr("suspended</span>"), HasSubstr("limited</span>")));
  EXPECT_EQ(site_.get("/@jack").status, 404);
  EXPECT_EQ(act(of(jack_), "suspend", keeper_).status, 422) << "it is so already";
  EXPECT_EQ(act(of(jack_), "unsuspend", keeper_).status, 303);
  EXPECT_EQ(site_.get("/@jack").status, 200);
  EXPECT_EQ(act(of(jack_), "fly", keeper_).status, 422);
  const net::Response without = site_.post(of(mina_), {{"act", "warn"}}, keeper_);
  EXPECT_EQ(without.status, 422);
  EXPECT_THAT(without.body, HasSubstr("A warning needs words"));
}

TEST_F(WebModerationTest, moderators_have_no_say_over_each_other_and_none_once_they_are_not) {
  set_role(rouhani_, Role::admin);
  EXPECT_EQ(act(of(rouhani_), "suspend", keeper_).status, 403);
  EXPECT_EQ(act(of(keeper_), "limit", rouhani_).status, 303);
  set_role(keeper_, Role::person);
  EXPECT_EQ(act(of(jack_), "suspend", keeper_).status, 404);
  EXPECT_EQ(site_.get("/@jack").status, 200);
}

TEST_F(WebModerationTest, addresses_are_blocked_and_taken_again) {
  EXPECT_EQ(site_.post("/moderation/emails", {{"act", "block"}, {"pattern", "spam.example"}}, keeper_).status,
            303);
  EXPECT_THAT(page("/moderation/emails", &keeper_), HasSubstr("spam.example"));
  EXPECT_EQ(site_.post("/moderation/emails", {{"act", "block"}, {"pattern", "spam.example"}}, keeper_).status,
            422);
  EXPECT_EQ(
      site_.post("/moderation/emails", {{"act", "unblock"}, {"pattern", "spam.example"}}, keeper_).status,
      303);
  EXPECT_THAT(page("/moderation/emails", &keeper_), Not(HasSubstr("spam.example")));
}

TEST_F(WebModerationTest, a_report_shows_the_words_it_was_about_and_no_later_ones) {
  const PostId post = say_to_few(jack_, "@mina threats");
  const ReportId id = report(mina_, jack_, {post}, "look");
  site_.run(app::edit_post(site_.app(), jack_.actor, post, {.text = "@HassanRouhani for you alone"}));
  for (const std::string& path : {std::string("/moderation"), of(post)}) {
    EXPECT_THAT(page(path, &keeper_), AllOf(HasSubstr("threats"), Not(HasSubstr("for you alone")))) << path;
  }
  site_.post("/moderation/reports/" + id.str() + "/close", {}, keeper_);
  EXPECT_THAT(page(of(post), &keeper_), Not(HasSubstr("for you alone")));
}

TEST_F(WebModerationTest, nobody_judges_a_report_about_themselves) {
  const ReportId id = report(mina_, keeper_, {}, "unfair");
  EXPECT_THAT(page("/moderation", &keeper_), AllOf(Not(HasSubstr("unfair")), HasSubstr("No open reports.")));
  EXPECT_EQ(site_.post("/moderation/reports/" + id.str() + "/close", {}, keeper_).status, 403);
  set_role(rouhani_, Role::admin);
  EXPECT_THAT(page("/moderation", &rouhani_), HasSubstr("unfair"));
}

TEST_F(WebModerationTest, the_log_tells_a_command_from_somebody_who_has_left) {
  site_.app().db.write_blocking(
      [&](store::Write& write) { app::limit_account(write, jack_.actor.account, {}); });
  EXPECT_THAT(page("/moderation/log", &keeper_), HasSubstr("by a command"));
  const Somebody former = site_.join("former");
  set_role(former, Role::moderator);
  act(of(mina_), "limit", former);
  site_.app().db.write_blocking(
      [&](store::Write& write) { return app::erase_account(write, former.actor.account); });
  EXPECT_THAT(page("/moderation/log", &keeper_), HasSubstr("by somebody who has left"));
}

TEST_F(WebModerationTest, a_warning_before_the_text_is_judged_with_it) {
  const PostId post =
      site_.run(app::publish(site_.app(), jack_.actor, {.text = "words", .warning = "an insult"})).post->id;
  EXPECT_THAT(page(of(post), &keeper_), AllOf(HasSubstr("an insult"), HasSubstr("words")));
}

}  // namespace
}  // namespace hoopoe::web
