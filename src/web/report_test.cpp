#include "app/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/reports.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class WebReportTest : public PageTest {
 protected:
  std::vector<Report> reports() {
    return site_.app().db.read([](store::Read& read) { return store::reports::open(read, {}, 10); });
  }
  std::string form_of(PostId post) {
    return "/report?account=" + jack_.actor.account.str() + "&post=" + post.str();
  }
};

TEST_F(WebReportTest, a_post_is_reported_with_its_words) {
  const PostId post = site_.say(jack_, "buy this");
  EXPECT_THAT(page("/@jack", &mina_),
              HasSubstr("/report?account=" + jack_.actor.account.str() + "&amp;post="));
  EXPECT_THAT(page(form_of(post), &mina_), AllOf(HasSubstr("buy this"), HasSubstr("It is spam")));
  const net::Response done = site_.post("/report",
                                        {{"account", jack_.actor.account.str()},
                                         {"post", post.str()},
                                         {"category", "spam"},
                                         {"comment", "again and again"}},
                                        mina_);
  EXPECT_THAT(done.body, HasSubstr("Thank you"));
  ASSERT_THAT(reports(), SizeIs(1));
  const Report report = reports().front();
  EXPECT_EQ(report.account, mina_.actor.account);
  EXPECT_EQ(report.target, jack_.actor.account);
  EXPECT_EQ(report.category, ReportCategory::spam);
  EXPECT_EQ(report.comment, "again and again");
  EXPECT_THAT(report.posts, ElementsAre(post));
}

TEST_F(WebReportTest, the_form_shows_no_words_that_are_not_for_who_reports) {
  const PostId post =
      site_
          .run(app::publish(site_.app(), jack_.actor,
                            {.text = "for my followers", .visibility = Visibility::followers}))
          .post->id;
  EXPECT_THAT(page(form_of(post), &mina_), Not(HasSubstr("for my followers")));
  site_.post("/report", {{"account", jack_.actor.account.str()}, {"post", post.str()}}, mina_);
  ASSERT_THAT(reports(), SizeIs(1));
  EXPECT_THAT(reports().front().posts, testing::IsEmpty());
}

TEST_F(WebReportTest, what_is_refused_keeps_what_was_written) {
  const std::string endless(1001, 'x');
  const net::Response refused = site_.post(
      "/report", {{"account", jack_.actor.account.str()}, {"category", "legal"}, {"comment", endless}},
      mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr("too long"), HasSubstr(endless), HasSubstr("value=\"legal\" selected")));
  EXPECT_EQ(site_.post("/report", {{"account", mina_.actor.account.str()}}, mina_).status, 422) << "oneself";
  EXPECT_EQ(site_.post("/report", {{"account", "12"}}, mina_).status, 404);
  EXPECT_THAT(reports(), testing::IsEmpty());
}

}  // namespace
}  // namespace hoopoe::web
