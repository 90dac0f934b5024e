#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "tests/support/multipart.h"
#include "tests/support/pictures.h"

namespace hoopoe::api {
namespace {

using net::Method;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

class Photos : public testing::Test {
 protected:
  Reply send(const std::string& file, std::vector<tests::Part> parts, const std::string& path) {
    parts.push_back({.name = "file", .value = file, .filename = "a.jpg"});
    return square_.call(
        Method::post, path,
        {.token = jack_.token, .body = tests::multipart(parts), .content_type = tests::multipart_type});
  }
  Reply upload(std::vector<tests::Part> fields = {}, const std::string& path = "/api/v2/media") {
    return send(tests::one_colour(1280, 640), std::move(fields), path);
  }
  Reply put(const std::string& path, const std::string& form) {
    return square_.call(Method::put, path, {.token = jack_.token, .body = form});
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
};

TEST_F(Photos, AnUploadIsAMediaAttachmentThatIsReady) {
  const Reply photo = upload({{"description", "a bird"}, {"focus", "0.5,-1"}});
  ASSERT_EQ(photo.status, 200) << photo.body;
  EXPECT_THAT(
      differing_keys(photo.json(),
                     "id type url preview_url remote_url preview_remote_url text_url meta description "
                     "blurhash"),
      IsEmpty());
  EXPECT_EQ(photo.at("/type"), "image");
  EXPECT_THAT(photo.at("/url"), StartsWith("http://square.test/photos/"));
  EXPECT_EQ(photo.at("/description"), "a bird");
  EXPECT_EQ(photo.at("/meta/original/size"), "1280x640");
  EXPECT_EQ(photo.at("/meta/original/aspect"), "2E0");
  EXPECT_EQ(photo.at("/meta/small/width"), "640");
  EXPECT_EQ(photo.at("/meta/focus/y"), "-1E0");
  EXPECT_EQ(upload({}, "/api/v1/media").status, 200);
  EXPECT_EQ(square_.get("/api/v1/media/" + photo.at("/id"), jack_.token).body, photo.body);
}

TEST_F(Photos, ItsWordsChangeUntilAPostShowsItAndWithThePostAfterwards) {
  const std::string id = upload().at("/id");
  const Reply described = put("/api/v1/media/" + id, "description=a+wall&focus=0,0.25");
  EXPECT_EQ(described.at("/description"), "a wall");
  EXPECT_EQ(described.at("/meta/focus/y"), "2.5E-1");
  const Reply post = square_.post("/api/v1/statuses", jack_.token, "media_ids[]=" + id);
  ASSERT_EQ(post.status, 200) << post.body;
  EXPECT_EQ(post.at("/content"), "");
  EXPECT_EQ(post.at("/media_attachments/0/description"), "a wall");
  EXPECT_EQ(put("/api/v1/media/" + id, "description=late").status, 404);
  const std::string path = "/api/v1/statuses/" + post.at("/id");
  const Reply edited = put(path, "status=see&media_ids[]=" + id + "&media_attributes[][id]=" + id +
                                     "&media_attributes[][description]=a+bird");
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.at("/media_attachments/0/description"), "a bird");
  EXPECT_EQ(edited.at("/media_attachments/0/meta/focus/y"), "2.5E-1");
  const Reply history = square_.get(path + "/history");
  EXPECT_EQ(history.at("/0/media_attachments/0/description"), "a wall");
  EXPECT_EQ(history.at("/1/media_attachments/0/description"), "a bird");
  // What says nothing of photos leaves them as they are, and an empty list takes them out.
  EXPECT_EQ(put(path, "status=look").at("/media_attachments/0/id"), id);
  EXPECT_EQ(square_
                .call(Method::put, path,
                      {.token = jack_.token,
                       .body = R"({"status":"look","media_ids":[]})",
                       .content_type = "application/json"})
                .at("/media_attachments"),
            "[]");
}

TEST_F(Photos, AnEditThatSaysNothingOfItUncoversNoSensitivePhoto) {
  const Reply post =
      square_.post("/api/v1/statuses", jack_.token, "sensitive=true&media_ids[]=" + upload().at("/id"));
  const std::string path = "/api/v1/statuses/" + post.at("/id");
  EXPECT_EQ(put(path, "status=look").at("/sensitive"), "true");
  EXPECT_EQ(put(path, "status=look&sensitive=false").at("/sensitive"), "false");
}

TEST_F(Photos, OnlyMediaListsThePostsThatShowSome) {
  const std::string id = upload().at("/id");
  square_.publish(jack_, "words");
  const std::string shown = square_.publish(jack_, "see", R"({"media_ids":[")" + id + R"("]})");
  const auto listed = [&](const std::string& path) {
    return ids(square_.get(path + "?only_media=true").json());
  };
  EXPECT_THAT(listed("/api/v1/accounts/" + jack_.id() + "/statuses"), ElementsAre(shown));
  EXPECT_THAT(listed("/api/v1/timelines/public"), ElementsAre(shown));
}

TEST_F(Photos, APostThatIsDeletedToBeWrittenAnewLeavesThemToItsAuthor) {
  const auto publish = [&](const std::string& id) {
    return square_.publish(jack_, "see", R"({"media_ids":[")" + id + R"("]})");
  };
  const auto remove = [&](const std::string& path) {
    return square_.call(Method::delete_, "/api/v1/statuses/" + path, {.token = jack_.token});
  };
  const std::string id = upload().at("/id");
  const Reply deleted = remove(publish(id));
  EXPECT_EQ(deleted.at("/media_attachments/0/id"), id);
  EXPECT_EQ(square_.get("/api/v1/media/" + id, jack_.token).at("/preview_url"),
            deleted.at("/media_attachments/0/preview_url"));
  EXPECT_EQ(square_.get("/api/v1/media/" + id, jack_.token).status, 200);
  EXPECT_EQ(remove(publish(id) + "?delete_media=true").status, 200);
  EXPECT_EQ(square_.get("/api/v1/media/" + id, jack_.token).status, 404);
}

TEST_F(Photos, WhatIsRefusedSaysWhy) {
  const Reply no_photo = send("no photo", {}, "/api/v2/media");
  EXPECT_EQ(no_photo.status, 422);
  EXPECT_THAT(no_photo.at("/error"), StartsWith("Validation failed: File is no photo"));
  EXPECT_EQ(square_.post("/api/v2/media", jack_.token, "file=a").status, 422);
  EXPECT_EQ(upload({{"focus", "left"}}).status, 422);
  EXPECT_EQ(square_.post("/api/v1/statuses", jack_.token, "media_ids[]=12&status=a").status, 422);
  EXPECT_EQ(square_.post("/api/v1/statuses", jack_.token, "media_ids[]=bird&status=a").status, 422);
  const std::string id = upload().at("/id");
  EXPECT_EQ(square_.get("/api/v1/media/" + id, biz_.token).status, 404);
  EXPECT_EQ(square_.call(Method::delete_, "/api/v1/media/" + id, {.token = biz_.token}).status, 404);
  EXPECT_EQ(square_.call(Method::delete_, "/api/v1/media/" + id, {.token = jack_.token}).status, 200);
  EXPECT_EQ(square_.get("/api/v1/media/" + id, jack_.token).status, 404);
}

}  // namespace
}  // namespace hoopoe::api
