#include "app/photos.h"

#include <filesystem>
#include <fstream>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/edit.h"
#include "app/erase.h"
#include "app/expire.h"
#include "app/moderate.h"
#include "app/publish.h"
#include "app/rules.h"
#include "app/timelines.h"
#include "base/temporary_directory.h"
#include "store/held_posts.h"
#include "store/photos.h"
#include "tests/support/pictures.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;
using tests::refusal_of;

class PhotosTest : public testing::Test {
 protected:
  Photo upload(const Actor& who, std::string description = "a bird") {
    return square_.run(upload_photo(app_, who, tests::one_colour(120, 80),
                                    {.description = std::move(description), .focus = {}}));
  }
  PostView show(const Actor& who, const std::vector<Photo>& photos, std::string text = "look",
                Visibility visibility = Visibility::everyone) {
    Draft draft{.text = std::move(text), .visibility = visibility};
    for (const Photo& photo : photos) draft.photos.push_back({.id = photo.id});
    return square_.publish(who, std::move(draft));
  }
  PostView read(PostId id) {
    return square_.db().read([&](store::Read& read) { return view_post(read, jack_.account, id); });
  }
  bool is_served(const Photo& photo) {
    const auto found = find_photo(app_, photo.name, anonymous, Role::person);
    if (found) {
      EXPECT_EQ(found->readers, PhotoReaders::everyone);
    }
    return found && read_photo(app_, found->photo, PhotoSize::large, 0, 1) &&
           read_photo(app_, found->photo, PhotoSize::small, 0, 1);
  }
  // Where it is not for everyone: "owner", "moderator", "stranger", as far as each may look at it.
  std::vector<std::string> looked_at_by(const Photo& photo) {
    std::vector<std::string> lookers;
    const auto try_as = [&](const std::string& name, const Actor& actor, Role role) {
      const auto found = find_photo(app_, photo.name, actor.account, role);
      if (!found) return;
      lookers.push_back(name);
      EXPECT_EQ(found->readers, PhotoReaders::few);
    };
    try_as("owner", jack_, Role::person);
    try_as("moderator", mina_, Role::moderator);
    try_as("stranger", biz_, Role::person);
    return lookers;
  }
  bool is_file(const std::string& name) {
    return std::filesystem::exists(folder_.path() / "photos" / name.substr(0, 2) / name);
  }
  // Whether either of its files is there, served or not.
  bool is_on_disk(const Photo& photo) {
    return is_file(photo.file + ".jpg") || is_file(photo.file + ".webp");
  }
  void keep_house() {
    while (square_.db().write_blocking(erase_expired)) {
    }
    while (erase_photo_files(app_)) {
    }
  }
  static std::vector<PhotoId> ids(const std::vector<Photo>& photos) {
    std::vector<PhotoId> found;
    for (const Photo& photo : photos) found.push_back(photo.id);
    return found;
  }

  TemporaryDirectory folder_;
  tests::TestSquare square_{{.directory = folder_.path()}};
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
  const Actor biz_ = square_.person("biz");
  const Actor mina_ = square_.person("mina", Role::moderator);
};

TEST_F(PhotosTest, what_is_uploaded_is_served_and_waits_for_its_post) {
  const Photo photo = upload(jack_);
  EXPECT_EQ(photo.width, 120);
  EXPECT_EQ(photo.height, 80);
  EXPECT_TRUE(is_served(photo));
  EXPECT_EQ(unpublished_photo(app_, jack_.account, photo.id).description, "a bird");
  const PostView view = show(jack_, {photo});
  EXPECT_THAT(ids(view.post->photos), ElementsAre(photo.id));
  EXPECT_THAT(ids(read(view.post->id).post->photos), ElementsAre(photo.id));
  EXPECT_EQ(refusal_of([&] { unpublished_photo(app_, jack_.account, photo.id); }), RefusalKind::not_found);
}

TEST_F(PhotosTest, a_photo_is_words_enough) {
  EXPECT_EQ(show(jack_, {upload(jack_)}, "").post->text, "");
  EXPECT_EQ(refusal_of([&] { show(jack_, {}, ""); }), RefusalKind::invalid);
}

TEST_F(PhotosTest, they_stand_in_the_order_that_was_chosen) {
  const Photo first = upload(jack_);
  const Photo second = upload(jack_);
  const PostView view = show(jack_, {second, first});
  EXPECT_THAT(ids(view.post->photos), ElementsAre(second.id, first.id));
  EXPECT_THAT(ids(read(view.post->id).post->photos), ElementsAre(second.id, first.id));
}

TEST_F(PhotosTest, an_upload_is_its_uploaders_alone_and_for_one_post) {
  const Photo photo = upload(jack_);
  EXPECT_EQ(refusal_of([&] { unpublished_photo(app_, biz_.account, photo.id); }), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(describe_photo(app_, biz_, {.id = photo.id, .description = "mine"})),
            RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(delete_photo(app_, biz_, photo.id)), RefusalKind::not_found);
  EXPECT_EQ(refusal_of([&] { show(biz_, {photo}); }), RefusalKind::invalid);
  show(jack_, {photo});
  EXPECT_EQ(refusal_of([&] { show(jack_, {photo}); }), RefusalKind::invalid);
  EXPECT_EQ(square_.refusal(delete_photo(app_, jack_, photo.id)), RefusalKind::not_found);
  EXPECT_THAT(public_timeline(app_, anonymous, {}).posts, SizeIs(1));
}

TEST_F(PhotosTest, a_post_shows_four_at_most_and_none_twice) {
  std::vector<Photo> photos;
  for (int i = 0; i < 5; ++i) photos.push_back(upload(jack_));
  EXPECT_EQ(refusal_of([&] { show(jack_, photos); }), RefusalKind::invalid);
  EXPECT_EQ(refusal_of([&] { show(jack_, {photos[0], photos[0]}); }), RefusalKind::invalid);
  photos.pop_back();
  EXPECT_THAT(show(jack_, photos).post->photos, SizeIs(4));
}

TEST_F(PhotosTest, what_is_no_photo_or_has_too_many_words_is_refused_and_leaves_nothing) {
  const auto refused = [&](std::string bytes, std::string description) {
    return square_.refusal(
        upload_photo(app_, jack_, std::move(bytes), {.description = std::move(description), .focus = {}}));
  };
  EXPECT_EQ(refused("<svg xmlns='http://www.w3.org/2000/svg'/>", ""), RefusalKind::invalid);
  EXPECT_EQ(refused("", ""), RefusalKind::invalid);
  const std::string whole = tests::gradient(200, 200);
  EXPECT_EQ(refused(whole.substr(0, whole.size() / 2), ""), RefusalKind::invalid);
  EXPECT_EQ(refused(whole, std::string(1501, 'x')), RefusalKind::invalid);
  EXPECT_EQ(refused(whole, "\xff"), RefusalKind::invalid);
  EXPECT_EQ(refused(whole, "a\x1b[2Jbird"), RefusalKind::invalid);
  EXPECT_EQ(square_.db().read([](store::Read& read) {
    return read.value<int>(
        "select (select count(*) from photos) + (select count(*) from photo_files_to_erase)");
  }),
            0);
}

TEST_F(PhotosTest, a_description_belongs_to_the_revision_that_has_it) {
  const Photo photo = upload(jack_, "a brid");
  const PostId id = show(jack_, {photo}).post->id;
  const auto edit = [&](std::optional<std::vector<ChosenPhoto>> photos) {
    square_.run(edit_post(app_, jack_, id, {.text = "look", .photos = std::move(photos)}));
  };
  edit(std::vector{ChosenPhoto{.id = photo.id, .description = "a bird"}});
  EXPECT_EQ(read(id).post->photos.front().description, "a bird");
  edit(std::nullopt);
  edit(std::vector{ChosenPhoto{.id = photo.id}});
  const History said = history(app_, anonymous, id);
  ASSERT_THAT(said.versions, SizeIs(2)) << "what changes nothing is no revision";
  EXPECT_EQ(said.versions[0].revision.photos.front().description, "a brid");
  EXPECT_EQ(said.versions[1].revision.photos.front().description, "a bird");
}

TEST_F(PhotosTest, an_edit_adds_and_leaves_out_and_the_history_shows_both) {
  const Photo first = upload(jack_);
  const Photo second = upload(jack_);
  const PostId id = show(jack_, {first}).post->id;
  square_.run(edit_post(app_, jack_, id, {.text = "look", .photos = {{{.id = second.id}}}}));
  EXPECT_THAT(ids(read(id).post->photos), ElementsAre(second.id));
  square_.run(edit_post(app_, jack_, id, {.text = "words alone", .photos = {{}}}));
  EXPECT_THAT(read(id).post->photos, IsEmpty());
  const History said = history(app_, anonymous, id);
  ASSERT_THAT(said.versions, SizeIs(3));
  EXPECT_THAT(ids(said.versions[0].revision.photos), ElementsAre(first.id));
  EXPECT_THAT(ids(said.versions[1].revision.photos), ElementsAre(second.id));
  // What it has shown, it may show again; another post may not.
  EXPECT_EQ(refusal_of([&] { show(jack_, {first}); }), RefusalKind::invalid);
  square_.run(edit_post(app_, jack_, id, {.text = "look", .photos = {{{.id = first.id}}}}));
  EXPECT_THAT(ids(read(id).post->photos), ElementsAre(first.id));
}

TEST_F(PhotosTest, a_deleted_post_takes_its_photos_along_at_once_and_from_the_disk_soon) {
  const Photo first = upload(jack_);
  const Photo left_out = upload(jack_);
  const PostId id = show(jack_, {first, left_out}).post->id;
  square_.run(edit_post(app_, jack_, id, {.text = "look", .photos = {{{.id = first.id}}}}));
  square_.run(delete_post(app_, jack_, id));
  EXPECT_FALSE(is_served(first));
  EXPECT_FALSE(is_served(left_out));
  keep_house();
  EXPECT_FALSE(is_on_disk(first));
  EXPECT_FALSE(is_on_disk(left_out));
}

TEST_F(PhotosTest, what_is_withdrawn_with_its_post_is_an_upload_under_another_name) {
  const Photo kept = upload(jack_, "first words");
  const Photo forgotten = upload(jack_);
  const PostId id = show(jack_, {kept, forgotten}).post->id;
  square_.run(edit_post(
      app_, jack_, id,
      {.text = "look", .photos = {{{.id = kept.id, .description = "better words"}, {.id = forgotten.id}}}}));
  square_.clock().advance(unpublished_photo_kept * 2);
  const PostView before = square_.run(delete_post(app_, jack_, id, PhotosThen::withdrawn));
  keep_house();
  ASSERT_THAT(ids(before.post->photos), ElementsAre(kept.id, forgotten.id));
  const Photo renamed = before.post->photos.front();
  EXPECT_TRUE(is_served(renamed)) << "apps show it beside the words, and send no token with pictures";
  EXPECT_EQ(refusal_of([&] { show(biz_, {renamed}); }), RefusalKind::invalid);
  const PostView anew = show(jack_, {renamed}, "to few", Visibility::followers);
  EXPECT_EQ(anew.post->photos.front().description, "better words");
  EXPECT_EQ(anew.post->photos.front().name, renamed.name);
  EXPECT_FALSE(is_served(kept)) << "whoever has the old address";
  EXPECT_THAT(looked_at_by(kept), IsEmpty());
  square_.clock().advance(unpublished_photo_kept + std::chrono::minutes(1));
  keep_house();
  EXPECT_TRUE(is_served(renamed));
  EXPECT_FALSE(is_on_disk(forgotten));
}

TEST_F(PhotosTest, an_upload_that_no_post_shows_is_gone_after_a_day) {
  const Photo forgotten = upload(jack_);
  const Photo shown = upload(jack_);
  show(jack_, {shown});
  square_.clock().advance(unpublished_photo_kept - std::chrono::minutes(1));
  keep_house();
  EXPECT_TRUE(is_served(forgotten));
  square_.clock().advance(std::chrono::minutes(2));
  keep_house();
  EXPECT_FALSE(is_on_disk(forgotten));
  EXPECT_TRUE(is_served(shown));
}

TEST_F(PhotosTest, the_files_of_an_upload_that_never_came_to_its_end_are_erased) {
  const std::string name(32, 'a');
  square_.db().write_blocking([&](store::Write& write) {
    store::photos::erase_files_from(write, name, write.now() + std::chrono::hours(1));
  });
  app_.blobs.write(name + ".jpg", "half");
  keep_house();
  EXPECT_TRUE(is_file(name + ".jpg"));
  square_.clock().advance(std::chrono::hours(1));
  // Who comes to the end now is too late: the files may be gone.
  const auto kept = square_.db().write_blocking([&](store::Write& write) {
    return store::photos::insert(
        write, {.id = {}, .owner = jack_.account, .created = {}, .name = name, .file = name});
  });
  EXPECT_FALSE(kept);
  keep_house();
  EXPECT_FALSE(is_file(name + ".jpg"));
}

TEST_F(PhotosTest, a_file_that_can_not_be_erased_stands_in_no_others_way_and_is_tried_again) {
  const Photo stuck = upload(jack_);
  const Photo other = upload(jack_);
  const auto path = folder_.path() / "photos" / stuck.file.substr(0, 2) / (stuck.file + ".webp");
  std::filesystem::remove(path);
  std::filesystem::create_directories(path / "in_the_way");
  square_.run(delete_photo(app_, jack_, stuck.id));
  square_.run(delete_photo(app_, jack_, other.id));
  keep_house();
  EXPECT_FALSE(is_on_disk(other));
  EXPECT_TRUE(is_on_disk(stuck));
  std::filesystem::remove_all(path);
  std::ofstream(path) << "the file";
  keep_house();
  EXPECT_TRUE(is_on_disk(stuck));
  square_.clock().advance(std::chrono::hours(1));
  keep_house();
  EXPECT_FALSE(is_on_disk(stuck));
}

TEST_F(PhotosTest, where_the_disk_has_no_room_none_is_taken_and_posts_go_on) {
  const media::Blobs& blobs = app_.blobs;
  EXPECT_TRUE(blobs.has_room());
  media::Blobs full(folder_.path() / "photos", std::numeric_limits<std::uintmax_t>::max());
  App app{.settings = app_.settings,
          .clock = app_.clock,
          .db = app_.db,
          .workers = app_.workers,
          .drawing = app_.drawing,
          .blobs = full,
          .live = app_.live,
          .homes = app_.homes,
          .bursts = app_.bursts,
          .public_url = app_.public_url,
          .host = app_.host};
  EXPECT_EQ(square_.refusal(upload_photo(app, jack_, tests::one_colour(10, 10), {})),
            RefusalKind::unavailable);
  square_.publish(jack_, "words");
}

TEST_F(PhotosTest, a_post_that_is_taken_down_shows_nothing_until_it_is_back) {
  const Photo photo = upload(jack_);
  const PostId id = show(jack_, {photo}).post->id;
  const Moderation act{.by = mina_.person, .reason = "not here"};
  square_.db().write_blocking([&](store::Write& write) { take_down_post(write, id, act); });
  keep_house();
  EXPECT_FALSE(is_served(photo));
  EXPECT_THAT(looked_at_by(photo), ElementsAre("moderator"));
  square_.db().write_blocking([&](store::Write& write) { restore_post(write, id, act); });
  EXPECT_TRUE(is_served(photo));
  EXPECT_THAT(read(id).post->photos, SizeIs(1));
}

TEST_F(PhotosTest, a_suspended_account_shows_nothing_and_a_deleted_one_keeps_nothing) {
  const Photo photo = upload(jack_);
  show(jack_, {photo});
  const Photo waiting = upload(jack_);
  square_.db().write_blocking([&](store::Write& write) { suspend(write, jack_.account); });
  EXPECT_FALSE(is_served(photo));
  EXPECT_FALSE(is_served(waiting));
  EXPECT_THAT(looked_at_by(photo), ElementsAre("moderator"));
  square_.db().write_blocking([&](store::Write& write) { unsuspend(write, jack_.account); });
  EXPECT_TRUE(is_served(photo));
  while (
      square_.db().write_blocking([&](store::Write& write) { return erase_account(write, jack_.account); })) {
  }
  EXPECT_FALSE(is_served(waiting));
  square_.clock().advance(unpublished_photo_kept + std::chrono::minutes(1));
  keep_house();
  EXPECT_FALSE(is_on_disk(photo));
  EXPECT_FALSE(is_on_disk(waiting));
}

TEST_F(PhotosTest, a_post_that_waits_for_a_moderator_keeps_its_photos) {
  square_.db().write_blocking([&](store::Write& write) {
    return add_rule(write, {.act = RuleAct::hold, .words = {"look"}}, {.by = mina_.person, .reason = ""});
  });
  const Photo released = upload(jack_, "first words");
  const Photo turned_down = upload(jack_);
  Draft draft{.text = "look here", .photos = {{.id = released.id, .description = "better words"}}};
  EXPECT_EQ(refusal_of([&] { square_.publish(jack_, draft); }), RefusalKind::held);
  EXPECT_EQ(refusal_of([&] { show(jack_, {turned_down}, "look there"); }), RefusalKind::held);
  EXPECT_EQ(refusal_of([&] { show(jack_, {released}, "another"); }), RefusalKind::invalid);
  EXPECT_FALSE(is_served(released));
  EXPECT_THAT(looked_at_by(released), ElementsAre("owner", "moderator"));
  square_.clock().advance(unpublished_photo_kept * 2);
  keep_house();
  const auto waiting =
      square_.db().read([&](store::Read& read) { return store::held_posts::of_author(read, jack_.account); });
  ASSERT_THAT(waiting, SizeIs(2));
  const Moderation act{.by = mina_.person, .reason = ""};
  const PostId made = square_.db().write_blocking(
      [&](store::Write& write) { return release_post(app_, write, waiting[0].id, act); });
  square_.db().write_blocking([&](store::Write& write) { turn_down_post(write, waiting[1].id, act); });
  ASSERT_THAT(ids(read(made).post->photos), ElementsAre(released.id));
  EXPECT_EQ(read(made).post->photos.front().description, "better words");
  keep_house();
  EXPECT_TRUE(is_served(released));
  EXPECT_TRUE(is_on_disk(turned_down)) << "to be said in other words";
  square_.clock().advance(unpublished_photo_kept + std::chrono::minutes(1));
  keep_house();
  EXPECT_FALSE(is_on_disk(turned_down));
}

TEST_F(PhotosTest, lists_of_photos_have_the_posts_that_show_some_and_that_one_may_read) {
  const PostId shown = show(jack_, {upload(jack_)}, "a #bird").post->id;
  const PostId private_one = show(jack_, {upload(jack_)}, "my #bird", Visibility::followers).post->id;
  const PostId emptied = show(jack_, {upload(jack_)}, "no #bird").post->id;
  square_.run(edit_post(app_, jack_, emptied, {.text = "no #bird", .photos = {{}}}));
  square_.publish(jack_, "words of a #bird");
  const auto posts = [](const PostPage& page) { return page.covered; };
  EXPECT_THAT(posts(photo_timeline(app_, anonymous, jack_.account, {})), ElementsAre(shown));
  EXPECT_THAT(posts(photo_timeline(app_, jack_.account, jack_.account, {})), ElementsAre(private_one, shown));
  EXPECT_THAT(posts(public_timeline(app_, anonymous, {}, Showing::photos)), ElementsAre(shown));
  EXPECT_THAT(posts(tag_timeline(app_, anonymous, "bird", {}, Showing::photos)), ElementsAre(shown));
}

TEST_F(PhotosTest, one_person_uploads_thirty_in_half_an_hour) {
  square_.settings().rate_limits_enabled = true;
  for (int i = 0; i < 30; ++i) upload(jack_);
  EXPECT_EQ(refusal_of([&] { upload(jack_); }), RefusalKind::too_many);
  upload(biz_);
}

TEST_F(PhotosTest, names_tell_nothing_and_never_come_again) {
  const Photo one = upload(jack_);
  const Photo same = upload(jack_);
  EXPECT_NE(one.name, same.name) << "a file that somebody has must not tell whether it was posted";
  EXPECT_EQ(one.name.size(), 32U);
  EXPECT_FALSE(find_photo(app_, "../hoopoe", jack_.account, Role::admin));
}

}  // namespace
}  // namespace hoopoe::app
