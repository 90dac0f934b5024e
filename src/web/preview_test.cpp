#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WebPreviewTest : public PageTest {
 protected:
  const PostId post_ = site_.say(jack_, "just setting up my square");
  const std::string path_ = "/@jack/" + post_.str();
};

TEST_F(WebPreviewTest, a_link_to_a_post_shows_a_picture_of_it) {
  EXPECT_THAT(page(path_), HasSubstr("property=\"og:image\" content=\"https://square.example" + path_ +
                                     "/image.png?v=0\""));
  const net::Response picture = site_.get(path_ + "/image.png?v=0");
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(header(picture, "Content-Type"), "image/png");
  EXPECT_THAT(picture.content(), StartsWith("\x89PNG"));
  EXPECT_EQ(site_.get(path_ + "/image.png?v=0").shared_body, picture.shared_body) << "drawn once";
  EXPECT_EQ(site_.get(path_ + "/image.png?v=0", &mina_).shared_body, picture.shared_body) << "whoever asks";
  net::Request elsewhere = site_.request_for(net::Method::get, path_ + "/image.png?v=0", nullptr);
  elsewhere.host = "square.example:81";
  EXPECT_EQ(site_.answer(std::move(elsewhere)).shared_body, picture.shared_body) << "by whatever name";
  net::Request again = site_.request_for(net::Method::get, path_ + "/image.png?v=0", nullptr);
  again.headers.add("If-None-Match", header(picture, "ETag"));
  EXPECT_EQ(site_.answer(std::move(again)).status, 304);
}

TEST_F(WebPreviewTest, it_has_one_address_so_that_nobody_has_it_drawn_again_and_again) {
  for (const std::string other : {"/image.png", "/image.png?v=1", "/image.png?v=0&x=1"}) {
    const net::Response response = site_.get(path_ + other);
    EXPECT_EQ(response.status, 302) << other;
    EXPECT_EQ(header(response, "Location"), path_ + "/image.png?v=0");
  }
  EXPECT_EQ(site_.get("/@mina/" + post_.str() + "/image.png?v=0").status, 404);
}

TEST_F(WebPreviewTest, what_was_edited_or_deleted_is_in_no_picture) {
  const std::string before = site_.get(path_ + "/image.png?v=0").content();
  site_.post("/posts/" + post_.str() + "/edit", {{"text", "something else"}}, jack_);
  EXPECT_EQ(site_.get(path_ + "/image.png?v=0").status, 302);
  EXPECT_NE(site_.get(path_ + "/image.png?v=1").content(), before);
  site_.post("/posts/" + post_.str() + "/delete", {}, jack_);
  EXPECT_EQ(site_.get(path_ + "/image.png?v=1").status, 410);
}

TEST_F(WebPreviewTest, what_is_not_for_everyone_has_no_picture) {
  const PostId secret = site_
                            .run(app::publish(site_.app(), jack_.actor,
                                              {.text = "quietly", .visibility = Visibility::followers}))
                            .post->id;
  const std::string path = "/@jack/" + secret.str();
  EXPECT_EQ(site_.get(path + "/image.png?v=0", &jack_).status, 404);
  EXPECT_THAT(page(path, &jack_), Not(HasSubstr("og:image")));
}

}  // namespace
}  // namespace hoopoe::web
