#include "api/stream_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::StartsWith;
using Form = StreamEncoder::Form;

class Encoding : public testing::Test {
 protected:
  app::LiveEvent deleted(std::int64_t post) {
    return {.id = EventId{7},
            .kind = EventKind::deleted,
            .post_id = PostId{post},
            .post = {},
            .notification = {}};
  }

  ApiSquare square_;
  StreamEncoders encoders_{square_.app()};
};

TEST_F(Encoding, KnowsTheStreamsOfMastodonAndNoOther) {
  for (const char* name :
       {"public", "public:media", "public:local", "public:local:media", "public:remote",
        "public:remote:media", "hashtag", "hashtag:local", "user", "user:notification", "direct"}) {
    EXPECT_NE(find_stream(name), nullptr) << name;
  }
  for (const char* name : {"", "User", "public:", "everyone", "list"})
    EXPECT_EQ(find_stream(name), nullptr) << name;
}

TEST_F(Encoding, AnEventSentByTheServerHasItsIdToResumeFrom) {
  const StreamName& stream = *find_stream("public");
  EXPECT_EQ(*encoders_.of(stream, Scopes(), Form::server_sent_events).encode(deleted(42), {}),
            "id: 7\nevent: delete\ndata: 42\n\n");
}

TEST_F(Encoding, AFrameNamesItsStreamAndADeletionIsABareId) {
  const app::Channel channel{.kind = app::Channel::Kind::tag, .account = {}, .tag = "twttr"};
  EXPECT_EQ(*encoders_.of(*find_stream("hashtag"), Scopes(), Form::frames).encode(deleted(42), channel),
            R"({"stream":["hashtag","twttr"],"event":"delete","payload":"42"})");
}

TEST_F(Encoding, NotificationsAreForThoseWithTheirScope) {
  const StreamName& user = *find_stream("user");
  const auto encoder = [&](std::string_view scopes, Form form) -> const StreamEncoder& {
    return encoders_.of(user, *Scopes::parse(scopes), form);
  };
  app::NotificationView view{.notification = {.id = NotificationId{5}}, .from = {}, .post = {}};
  const app::LiveEvent event{.id = EventId{8},
                             .kind = EventKind::notified,
                             .post_id = {},
                             .post = {},
                             .notification = std::make_shared<const app::NotificationView>(view)};
  EXPECT_EQ(encoder("read:statuses", Form::frames).encode(event, {}), nullptr);
  EXPECT_THAT(*encoder("read", Form::server_sent_events).encode(event, {}),
              StartsWith("id: 8\nevent: notification\ndata: {\"id\":\"5\""));
}

TEST_F(Encoding, TheNotificationStreamIsSilentAboutDeletions) {
  EXPECT_EQ(encoders_.of(*find_stream("user:notification"), Scopes(), Form::frames).encode(deleted(42), {}),
            nullptr);
}

TEST_F(Encoding, AResetIsAnEventOfItsOwn) {
  EXPECT_EQ(*encoders_.of(*find_stream("user"), Scopes(), Form::server_sent_events).reset(),
            "event: reset\ndata: {}\n\n");
}

}  // namespace
}  // namespace hoopoe::api
