#include "app/photos.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "crypto/hash.h"
#include "tests/support/multipart.h"
#include "tests/support/pictures.h"
#include "web/card.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WebPhotosTest : public PageTest {
 protected:
  Photo upload(const Somebody& who, std::string description = "a bird") {
    return site_.run(app::upload_photo(site_.app(), who.actor, tests::one_colour(1280, 640),
                                       {.description = std::move(description), .focus = {}}));
  }
  PostId show(const Somebody& who, Draft draft, const std::vector<Photo>& photos) {
    draft.photos = as_chosen(photos);
    return site_.run(app::publish(site_.app(), who.actor, std::move(draft))).post->id;
  }
  static std::string small(const Photo& photo) { return app::path_of(photo, app::PhotoSize::small); }
  static std::string large(const Photo& photo) { return app::path_of(photo, app::PhotoSize::large); }
  // As a browser sends a form with files.
  net::Response send(const std::string& target, const TestSite::Form& fields,
                     const std::vector<std::string>& files, const Somebody& who) {
    std::vector<tests::Part> parts;
    for (const auto& [name, value] : fields) parts.push_back({.name = name, .value = value});
    parts.push_back({.name = "csrf", .value = csrf_token(who.secret)});
    for (const std::string& file : files) {
      parts.push_back({.name = "photo", .value = file, .filename = "bird.jpg"});
    }
    if (files.empty()) parts.push_back({.name = "photo", .value = "", .filename = ""});
    net::Request request = site_.request_for(net::Method::post, target, &who);
    request.headers.add("Content-Type", tests::multipart_type);
    request.body = tests::multipart(parts);
    return site_.answer(std::move(request));
  }
  // Of the hidden fields of a form.
  static std::vector<std::string> attached(const std::string& page) {
    constexpr std::string_view field = "name=\"photo_id\" value=\"";
    std::vector<std::string> ids;
    for (std::size_t at = 0; (at = page.find(field, at)) != std::string::npos;) {
      at += field.size();
      ids.push_back(page.substr(at, page.find('"', at) - at));
    }
    return ids;
  }
};

TEST_F(WebPhotosTest, a_photo_has_its_size_its_words_and_a_colour_until_it_is_there) {
  const Photo photo = upload(jack_, "a \"bird\" on a wall");
  show(jack_, {.text = "look"}, {photo});
  const std::string shown = page("/@jack");
  EXPECT_THAT(shown, AllOf(HasSubstr("<a href=\"" + large(photo) + "\""),
                           HasSubstr("<img src=\"" + small(photo) +
                                     "\" width=\"640\" height=\"320\" "
                                     "alt=\"a &quot;bird&quot; on a wall\" loading=\"lazy\""),
                           HasSubstr("fill=\"#2")));
}

TEST_F(WebPhotosTest, who_saves_data_gets_none_until_asked) {
  const Photo photo = upload(jack_);
  show(jack_, {.text = "look"}, {photo});
  EXPECT_THAT(page("/@jack"), Not(HasSubstr("Photo, ")));
  EXPECT_THAT(page_that_saves_data("/@jack"),
              AllOf(HasSubstr("href=\"" + small(photo) + "\">Photo, 1 KB: <bdi>a bird</bdi></a>"),
                    Not(HasSubstr("<img src=\"/photos"))));
}

TEST_F(WebPhotosTest, nor_does_the_form_of_a_reply_bring_any) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look"}, {photo});
  net::Request request = site_.request_for(net::Method::get, "/compose?reply_to=" + id.str(), &mina_);
  EXPECT_THAT(site_.answer(request).body, HasSubstr("<img src=\"" + small(photo)));
  request.headers.add("Save-Data", "on");
  EXPECT_THAT(site_.answer(request).body, Not(HasSubstr("<img src=\"" + small(photo))));
}

TEST_F(WebPhotosTest, what_may_upset_waits_behind_a_word_and_is_a_link_elsewhere) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look", .sensitive = true}, {photo});
  EXPECT_THAT(page("/@jack"), HasSubstr("<details><summary>Sensitive photo"));
  EXPECT_THAT(page("/@jack/" + id.str()),
              Not(HasSubstr("og:image\" content=\"https://square.example/photos")));
  for (const std::string& target :
       {std::string("/@jack.rss"), std::string("/@jack.atom"), std::string("/@jack.json"),
        "/api/oembed?url=https://square.example/@jack/" + id.str(), "/@jack/" + id.str() + "/cite.html"}) {
    EXPECT_THAT(page(target), AllOf(HasSubstr("Sensitive photo: a bird"), Not(HasSubstr(small(photo))),
                                    Not(HasSubstr("enclosure")), Not(HasSubstr("attachments"))))
        << target;
  }
}

TEST_F(WebPhotosTest, what_a_photo_shows_is_said_in_the_language_of_its_post) {
  show(jack_, {.text = "بنگر", .language = "fa"}, {upload(jack_, "پرنده")});
  show(jack_, {.text = "بنگر", .warning = "هشدار", .language = "fa"}, {upload(jack_, "")});
  EXPECT_THAT(page("/@jack"), AllOf(HasSubstr("alt=\"پرنده\" lang=\"fa\""),
                                    HasSubstr("<summary dir=\"auto\" lang=\"fa\">هشدار"),
                                    HasSubstr("alt=\"A photo without a description\" loading")));
  EXPECT_THAT(page_that_saves_data("/@jack"), HasSubstr("<bdi lang=\"fa\">پرنده</bdi>"));
}

TEST_F(WebPhotosTest, who_reports_a_post_sees_what_it_shows) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look"}, {photo});
  EXPECT_THAT(page("/report?account=" + jack_.actor.account.str() + "&post=" + id.str(), &mina_),
              HasSubstr("<img src=\"" + small(photo)));
}

TEST_F(WebPhotosTest, a_snapshot_carries_its_photos) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look"}, {photo});
  const std::string file = site_.get(small(photo)).content();
  EXPECT_THAT(
      page("/@jack/" + id.str() + "/cite.html"),
      AllOf(HasSubstr("<img src=\"data:image/webp;base64," + crypto::base64(file) + "\""),
            HasSubstr("alt=\"a bird\""), HasSubstr("img-src data:"), Not(HasSubstr("<img src=\"http"))));
}

TEST_F(WebPhotosTest, what_may_upset_says_so_to_who_saves_data_and_is_in_a_snapshot_behind_a_word) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look", .sensitive = true}, {photo});
  EXPECT_THAT(page_that_saves_data("/@jack"), HasSubstr(">Sensitive photo, 1 KB: <bdi>a bird</bdi></a>"));
  EXPECT_THAT(page("/@jack/" + id.str() + "/cite.html"),
              HasSubstr("<details><summary>Show it</summary><img src=\"data:image/webp;base64,"));
}

TEST_F(WebPhotosTest, a_link_to_a_post_shows_its_photo_elsewhere) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = ""}, {photo});
  EXPECT_THAT(page("/@jack/" + id.str()),
              AllOf(HasSubstr("og:image\" content=\"https://square.example" + large(photo)),
                    HasSubstr("og:image:alt\" content=\"a bird\""), HasSubstr("<title>jack: Photo: a bird")));
}

TEST_F(WebPhotosTest, the_photos_of_an_account_have_a_page) {
  site_.say(jack_, "words alone");
  show(jack_, {.text = "look"}, {upload(jack_)});
  EXPECT_THAT(page("/@jack/photos"), AllOf(HasSubstr("look"), Not(HasSubstr("words alone"))));
  EXPECT_THAT(page("/@mina/photos"), HasSubstr("Nothing here yet"));
  EXPECT_THAT(page("/@jack/photos"), HasSubstr("href=\"/@jack/photos.atom\""));
  for (const char* suffix : {".rss", ".atom", ".json"}) {
    EXPECT_THAT(page(std::string("/@jack/photos") + suffix),
                AllOf(HasSubstr("look"), Not(HasSubstr("words alone"))));
  }
}

TEST_F(WebPhotosTest, feeds_have_them_in_their_words_and_as_enclosures) {
  const Photo photo = upload(jack_, "a bird & a wall");
  show(jack_, {.text = "look"}, {photo, upload(jack_, "")});
  const std::string address = "https://square.example" + large(photo);
  EXPECT_THAT(page("/@jack.rss"),
              AllOf(HasSubstr("<enclosure url=\"" + address + "\" length=\"" +
                              std::to_string(photo.large_bytes) + "\" type=\"image/jpeg\"/>"),
                    HasSubstr("<media:content url=\"" + address),
                    HasSubstr("a bird &amp; a wall</media:description>"),
                    HasSubstr("&lt;img src=&quot;https://square.example" + small(photo))));
  EXPECT_THAT(page("/@jack.atom"),
              HasSubstr("<link rel=\"enclosure\" type=\"image/jpeg\" href=\"" + address));
  EXPECT_THAT(page("/@jack.json"), AllOf(HasSubstr("\"image\":\"" + address + "\""),
                                         HasSubstr("\"attachments\":[{\"url\":\"" + address + "\"")));
}

TEST_F(WebPhotosTest, a_card_has_them_and_stays_small) {
  std::vector<Photo> photos;
  for (int i = 0; i < 4; ++i) photos.push_back(upload(jack_, std::string(1500, 'w')));
  const PostId id = show(jack_, {.text = "look"}, photos);
  const app::PostView view =
      site_.app().db.read([&](store::Read& read) { return app::view_post(read, app::anonymous, id); });
  const std::string card = write_card(site_.app(), view, CardScript::none);
  EXPECT_THAT(card, HasSubstr("https://square.example" + small(photos[3])));
  EXPECT_LE(card.size(), card_bytes_max);
}

TEST_F(WebPhotosTest, a_file_is_served_for_as_long_as_its_post_is_there) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look"}, {photo});
  const net::Response file = site_.get(small(photo));
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(header(file, "Content-Type"), "image/webp");
  EXPECT_THAT(file.body, StartsWith("RIFF"));
  EXPECT_THAT(header(file, "Cache-Control"), HasSubstr("s-maxage=5"));
  EXPECT_EQ(header(site_.get(large(photo)), "Content-Type"), "image/jpeg");
  net::Request again = site_.request_for(net::Method::get, small(photo), nullptr);
  again.headers.add("If-None-Match", header(file, "ETag"));
  EXPECT_EQ(site_.answer(again).status, 304);
  site_.run(app::delete_post(site_.app(), jack_.actor, id));
  EXPECT_EQ(site_.get(small(photo)).status, 404);
  EXPECT_EQ(site_.answer(again).status, 404);
  EXPECT_EQ(site_.get("/photos/" + std::string(32, 'a') + ".jpg").status, 404);
}

TEST_F(WebPhotosTest, a_large_file_is_held_in_parts_and_comes_whole) {
  const Photo photo = site_.run(app::upload_photo(site_.app(), jack_.actor, tests::gradient(1600, 1200),
                                                  {.description = "", .focus = {}}));
  ASSERT_GT(photo.large_bytes, 64 * 1024);
  const net::Response file = site_.get(large(photo));
  ASSERT_TRUE(file.source);
  EXPECT_EQ(static_cast<std::int64_t>(file.source_bytes.value_or(0)), photo.large_bytes);
  std::string bytes;
  while (const auto part = site_.run(file.source())) {
    EXPECT_LE(part->size(), 64U * 1024);
    bytes += *part;
  }
  EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), photo.large_bytes);
}

TEST_F(WebPhotosTest, a_file_that_is_erased_on_its_way_ends_in_no_ordinary_end) {
  const Photo photo = site_.run(app::upload_photo(site_.app(), jack_.actor, tests::gradient(1600, 1200),
                                                  {.description = "", .focus = {}}));
  ASSERT_GT(photo.large_bytes, 64 * 1024);
  const net::Response file = site_.get(large(photo));
  EXPECT_TRUE(site_.run(file.source()).has_value());
  site_.run(app::delete_post(site_.app(), jack_.actor, show(jack_, {.text = "look"}, {photo})));
  app::erase_photo_files(site_.app());
  EXPECT_THROW(site_.run(file.source()), std::runtime_error);
}

TEST_F(WebPhotosTest, a_post_that_is_written_anew_brings_its_photos_along_under_other_names) {
  const Photo photo = upload(jack_, "a wren");
  const PostId id = show(jack_, {.text = "luk"}, {photo});
  const std::string form = page("/posts/" + id.str() + "/redraft", &jack_);
  EXPECT_EQ(attached(form), std::vector{photo.id.str()});
  EXPECT_THAT(form, HasSubstr("\na wren</textarea>"));
  EXPECT_EQ(site_.get(small(photo)).status, 200);
  const TestSite::Form anew{{"text", "look"}, {"photo_id", photo.id.str()}, {"replaced", id.str()}};
  EXPECT_EQ(send("/posts", anew, {}, jack_).status, 303);
  EXPECT_THAT(page("/@jack"), AllOf(HasSubstr("<img src=\"/photos/"), Not(HasSubstr(photo.name))));
  EXPECT_EQ(site_.get(small(photo), &jack_).status, 404);
}

TEST_F(WebPhotosTest, a_list_shows_the_beginning_of_a_long_description_and_the_post_all_of_it) {
  const std::string words(1000, 'w');
  const PostId id = show(jack_, {.text = "look"}, {upload(jack_, words)});
  EXPECT_THAT(page("/@jack"), AllOf(HasSubstr(words.substr(0, 280) + "…\""), Not(HasSubstr(words))));
  EXPECT_THAT(page("/@jack/" + id.str()), HasSubstr(words));
}

TEST_F(WebPhotosTest, a_form_publishes_a_photo_with_its_description) {
  const net::Response sent =
      send("/posts", {{"text", ""}, {"description", "a bird"}}, {tests::one_colour(300, 300)}, jack_);
  EXPECT_EQ(sent.status, 303) << sent.body;
  EXPECT_THAT(page("/@jack"), HasSubstr("alt=\"a bird\""));
  EXPECT_EQ(send("/posts", {{"text", "no file chosen"}}, {}, jack_).status, 303);
}

TEST_F(WebPhotosTest, a_form_that_is_refused_keeps_what_was_uploaded) {
  const net::Response refused = send("/posts", {{"text", std::string(141, 'x')}, {"description", "a bird"}},
                                     {tests::one_colour(300, 300)}, jack_);
  EXPECT_EQ(refused.status, 422);
  const auto ids = attached(refused.body);
  ASSERT_EQ(ids.size(), 1U);
  EXPECT_THAT(refused.body, HasSubstr("\na bird</textarea>"));
  const net::Response sent =
      send("/posts", {{"text", "short"}, {"photo_id", ids[0]}, {"description_" + ids[0], "a better bird"}},
           {}, jack_);
  EXPECT_EQ(sent.status, 303) << sent.body;
  EXPECT_THAT(page("/@jack"), HasSubstr("alt=\"a better bird\""));
}

TEST_F(WebPhotosTest, photos_are_added_before_the_words_are_done_and_left_out_again) {
  const net::Response added = send("/posts", {{"text", "so far"}, {"act", "add"}},
                                   {tests::one_colour(300, 300), tests::one_colour(200, 200)}, jack_);
  EXPECT_EQ(added.status, 200);
  EXPECT_THAT(added.body, HasSubstr("\nso far</textarea>"));
  const auto ids = attached(added.body);
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_THAT(page("/@jack"), Not(HasSubstr("so far")));
  send("/posts", {{"text", "done"}, {"photo_id", ids[0]}, {"photo_id", ids[1]}, {"remove", ids[0]}}, {},
       jack_);
  EXPECT_THAT(page("/@jack"), AllOf(HasSubstr("done"), HasSubstr("class=\"photos n1\"")));
}

TEST_F(WebPhotosTest, what_is_no_photo_is_named_beside_the_words) {
  const net::Response refused = send("/posts", {{"text", "look"}}, {"no photo"}, jack_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("bird.jpg: File is no photo"), HasSubstr("\nlook</textarea>")));
  EXPECT_THAT(page("/@jack"), Not(HasSubstr("look")));
}

TEST_F(WebPhotosTest, an_edit_keeps_adds_and_leaves_out) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {.text = "look"}, {photo});
  const std::string path = "/posts/" + id.str() + "/edit";
  EXPECT_EQ(attached(page(path, &jack_)), std::vector{photo.id.str()});
  send(path, {{"text", "look"}, {"photo_id", photo.id.str()}, {"description_" + photo.id.str(), "a wren"}},
       {}, jack_);
  EXPECT_THAT(page("/@jack"), HasSubstr("alt=\"a wren\""));
  send(path, {{"text", "look again"}, {"photo_id", photo.id.str()}, {"remove", photo.id.str()}},
       {tests::one_colour(100, 100)}, jack_);
  EXPECT_THAT(page("/@jack"), AllOf(Not(HasSubstr(photo.name)), HasSubstr("class=\"photos n1\"")));
  EXPECT_THAT(page("/@jack/" + id.str() + "/history"), HasSubstr(photo.name));
}

TEST_F(WebPhotosTest, who_publishes_says_that_photos_may_upset_and_may_take_it_back) {
  const std::string cover = "<details><summary>Sensitive photo</summary>";
  const std::string box = "name=\"sensitive\" value=\"1\"";
  send("/posts", {{"text", "look"}, {"sensitive", "1"}}, {tests::one_colour(40, 40)}, jack_);
  EXPECT_THAT(page("/@jack"), HasSubstr(cover));
  const PostId id = site_.app().db.read(
      [](store::Read& read) { return read.values<PostId>("select id from posts where photos > 0").front(); });
  const std::string path = "/posts/" + id.str() + "/edit";
  const std::string form = page(path, &jack_);
  EXPECT_THAT(form, HasSubstr(box + " checked"));
  const std::string photo = attached(form).front();
  send(path, {{"text", "look!"}, {"photo_id", photo}, {"sensitive", "1"}}, {}, jack_);
  EXPECT_THAT(page("/@jack"), HasSubstr(cover));
  send(path, {{"text", "look"}, {"photo_id", photo}}, {}, jack_);
  EXPECT_THAT(page("/@jack"), AllOf(HasSubstr("<img src=\"/photos"), Not(HasSubstr(cover))));
  EXPECT_THAT(page("/compose", &jack_), AllOf(HasSubstr(box), Not(HasSubstr(box + " checked"))));
}

TEST_F(WebPhotosTest, nobody_attaches_what_another_has_uploaded) {
  const Photo photo = upload(mina_);
  const net::Response refused = send("/posts", {{"text", "mine"}, {"photo_id", photo.id.str()}}, {}, jack_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, Not(HasSubstr(photo.name)));
}

}  // namespace
}  // namespace hoopoe::web
