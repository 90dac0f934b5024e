#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebEditTest : public PageTest {
 protected:
  net::Response edit(PostId id, TestSite::Form form, const Somebody& who) {
    site_.clock().now_ += std::chrono::minutes(1);
    return site_.post("/posts/" + id.str() + "/edit", std::move(form), who);
  }
};

TEST_F(WebEditTest, the_form_holds_the_words_and_what_it_saves_is_shown_as_edited) {
  const PostId id = site_.say(mina_, "first <words>");
  EXPECT_THAT(page("/posts/" + id.str() + "/edit", &mina_),
              AllOf(HasSubstr("first &lt;words&gt;</textarea>"),
                    HasSubstr("action=\"/posts/" + id.str() + "/edit\"")));
  site_.post("/posts/" + id.str() + "/favourite", {}, jack_);
  const net::Response saved = edit(id, {{"text", "second\r\nwords"}, {"visibility", "public"}}, mina_);
  EXPECT_EQ(saved.status, 303);
  EXPECT_EQ(header(saved, "Location"), "/@mina/" + id.str());
  EXPECT_THAT(page("/@mina/" + id.str()), AllOf(HasSubstr("second<br"), HasSubstr("/history\"")));
  EXPECT_TRUE(
      in_order(page("/@mina/" + id.str() + "/history"),
               {"as it is now", "second<br", "Nobody favourited", "first &lt;words&gt;", "favourites 1"}));
}

TEST_F(WebEditTest, what_is_refused_keeps_its_words) {
  const PostId id = site_.say(mina_, "short");
  const net::Response refused = edit(id, {{"text", std::string(141, 'x')}, {"visibility", "public"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr(std::string(141, 'x') + "</textarea>"), HasSubstr("exceeded")));
  EXPECT_THAT(page("/@mina/" + id.str()), AllOf(HasSubstr("short"), Not(HasSubstr("/history\""))));
}

TEST_F(WebEditTest, nobody_changes_what_another_said_or_reads_its_history_when_it_is_hidden) {
  const PostId id = site_.say(mina_, "mine alone");
  EXPECT_EQ(site_.get("/posts/" + id.str() + "/edit", &jack_).status, 404);
  EXPECT_EQ(edit(id, {{"text", "taken over"}}, jack_).status, 404);
  EXPECT_EQ(site_.get("/posts/" + id.str() + "/redraft", &jack_).status, 404);
  EXPECT_THAT(page("/@mina/" + id.str()), HasSubstr("mine alone"));

  edit(id, {{"text", "for friends"}, {"visibility", "private"}}, mina_);
  EXPECT_EQ(site_.get("/@mina/" + id.str() + "/history").status, 404);
  EXPECT_EQ(site_.get("/@mina/" + id.str() + "/history", &jack_).status, 404);
  EXPECT_THAT(page("/@mina/" + id.str() + "/history", &mina_), HasSubstr("mine alone"));
}

}  // namespace
}  // namespace hoopoe::web
