#include "web/hub_pings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "app/photos.h"
#include "app/publish.h"
#include "app/react.h"
#include "tests/support/pictures.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAre;

class HubPingsTest : public PageTest {
 protected:
  // Of the format RSS, without what all have: the same feeds come in each format.
  std::vector<std::string> changed(const Event& event) {
    const std::set<std::string> all = changed_feeds(site_.app(), event);
    std::vector<std::string> stems;
    for (const std::string& url : all) {
      EXPECT_THAT(url, StartsWith("https://square.example/"));
      if (!url.ends_with(".rss")) continue;
      stems.push_back(url.substr(22, url.size() - 26));
      for (const char* suffix : {".atom", ".json"}) {
        EXPECT_THAT(all, Contains(url.substr(0, url.size() - 4) + suffix));
      }
    }
    EXPECT_EQ(all.size(), 3 * stems.size());
    return stems;
  }
  Event published(PostId post, const Somebody& by) {
    return {.kind = EventKind::published, .account = by.actor.account, .post = post};
  }
  PostId say(const Somebody& who, Draft draft) {
    return site_.run(app::publish(site_.app(), who.actor, std::move(draft))).post->id;
  }
};

TEST_F(HubPingsTest, name_every_feed_that_a_post_is_in) {
  const PostId first = site_.say(jack_, "hello #Square #بهار");
  EXPECT_THAT(changed(published(first, jack_)),
              UnorderedElementsAre("/feed", "/@jack", "/@jack/with-replies", "/tags/square",
                                   "/tags/%D8%A8%D9%87%D8%A7%D8%B1"));
  const PostId answer = site_.say(rouhani_, "@jack good evening", first);
  EXPECT_THAT(changed(published(answer, rouhani_)),
              UnorderedElementsAre("/feed", "/@HassanRouhani/with-replies", "/@jack/with/@HassanRouhani",
                                   "/@HassanRouhani/with/@jack"));
  const PostId repost =
      site_.run(app::repost(site_.app(), mina_.actor, first, Visibility::everyone)).post->id;
  EXPECT_THAT(changed(published(repost, mina_)), UnorderedElementsAre("/@mina", "/@mina/with-replies"));
  EXPECT_THAT(
      changed({.kind = EventKind::deleted, .account = jack_.actor.account, .post = first, .other = 1}),
      UnorderedElementsAre("/feed", "/@jack", "/@jack/with-replies", "/@jack/photos"));
}

TEST_F(HubPingsTest, name_what_an_edit_took_a_post_out_of) {
  const Photo photo = site_.run(app::upload_photo(site_.app(), jack_.actor, tests::one_colour(40, 40),
                                                  {.description = "a bird", .focus = {}}));
  const PostId post = say(jack_, {.text = "hello #Square", .photos = as_chosen({photo})});
  site_.run(app::edit_post(site_.app(), jack_.actor, post,
                           {.text = "hello #birds", .visibility = {}, .photos = std::vector<ChosenPhoto>{}}));
  EXPECT_THAT(changed({.kind = EventKind::edited, .account = jack_.actor.account, .post = post}),
              UnorderedElementsAre("/feed", "/@jack", "/@jack/with-replies", "/@jack/photos", "/tags/square",
                                   "/tags/birds"));
  const PostId aside = say(jack_, {.text = "#aside", .visibility = Visibility::followers});
  site_.run(app::edit_post(site_.app(), jack_.actor, aside,
                           {.text = "for all #now", .visibility = Visibility::everyone}));
  EXPECT_THAT(changed({.kind = EventKind::edited, .account = jack_.actor.account, .post = aside}),
              UnorderedElementsAre("/feed", "/@jack", "/@jack/with-replies", "/tags/now"));
}

TEST_F(HubPingsTest, say_nothing_of_what_is_not_for_everyone) {
  for (const Visibility visibility : {Visibility::followers, Visibility::mentioned}) {
    const PostId post = say(jack_, {.text = "@mina psst #secret", .visibility = visibility});
    EXPECT_THAT(changed(published(post, jack_)), IsEmpty());
  }
  EXPECT_THAT(changed({.kind = EventKind::deleted, .account = jack_.actor.account, .post = PostId{7}}),
              IsEmpty());
  EXPECT_THAT(changed({.kind = EventKind::notified, .account = jack_.actor.account, .post = PostId{7}}),
              IsEmpty());
  const PostId unlisted = say(jack_, {.text = "on my page #alone", .visibility = Visibility::unlisted});
  EXPECT_THAT(changed(published(unlisted, jack_)), UnorderedElementsAre("/@jack", "/@jack/with-replies"));
}

TEST_F(HubPingsTest, feeds_name_the_hub_and_themselves_under_the_first_name) {
  site_.say(jack_, "hello #Square");
  EXPECT_THAT(site_.get("/@jack.rss").body, Not(HasSubstr("hub")));
  site_.settings().websub_hub = "https://hub.example/?a=1&b=2";
  const net::Response rss = site_.get("/tags/SQUARE.rss");
  EXPECT_EQ(
      header(rss, "Link"),
      "<https://hub.example/?a=1&b=2>; rel=\"hub\", <https://square.example/tags/square.rss>; rel=\"self\"");
  EXPECT_THAT(rss.body, HasSubstr("<atom:link rel=\"hub\" href=\"https://hub.example/?a=1&amp;b=2\"/>"));
  EXPECT_THAT(site_.get("/@jack.atom").body,
              HasSubstr("<link rel=\"hub\" href=\"https://hub.example/?a=1&amp;b=2\"/>"));
  EXPECT_THAT(site_.get("/@jack.json").body,
              HasSubstr(R"("hubs":[{"type":"WebSub","url":"https://hub.example/?a=1&b=2"}])"));
}

}  // namespace
}  // namespace hoopoe::web
