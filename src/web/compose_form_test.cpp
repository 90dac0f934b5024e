#include "web/compose_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using WebComposeFormTest = PageTest;

TEST_F(WebComposeFormTest, a_reply_names_whom_it_answers_and_joins_the_thread) {
  const PostId id = site_.say(jack_, "@mina hello");
  EXPECT_THAT(site_.get("/compose?reply_to=" + id.str(), &mina_).body, HasSubstr("\n@jack </textarea>"));
  const net::Response sent = site_.post("/posts", {{"text", "@jack hi"}, {"reply_to", id.str()}}, mina_);
  EXPECT_EQ(sent.status, 303);
  EXPECT_THAT(header(sent, "Location"), StartsWith("/@mina/"));
  EXPECT_THAT(site_.get("/@jack/" + id.str()).body, HasSubstr("hi</p>"));
}

}  // namespace
}  // namespace hoopoe::web
