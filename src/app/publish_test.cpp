#include "app/publish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/conversation.h"
#include "app/timelines.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;

constexpr std::string_view question =
    "@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?";
// Exactly 140 characters, as Twitter counted on that evening.
constexpr std::string_view answer =
    "Evening, @Jack. As I told @camanpour, my efforts geared 2 ensure my ppl'll comfortably b able 2 access "
    "all "
    "info globally as is their #right.";
constexpr std::string_view thanks =
    "@HassanRouhani thank you. Please let us know how we can help to make it a reality.";

class Publish : public testing::Test {
 protected:
  std::vector<std::string> texts(const PostPage& page) {
    std::vector<std::string> texts;
    for (const PostView& view : page.posts) texts.push_back(view.post.text);
    return texts;
  }

  tests::TestSquare square_;
};

TEST_F(Publish, the_exchange_of_the_first_of_october_2013_is_said_and_read_in_order) {
  const Actor jack = square_.person("jack");
  const Actor rouhani = square_.person("HassanRouhani");
  const Actor amanpour = square_.person("camanpour");
  const PostView asked = square_.publish(jack, question);
  square_.clock().advance(std::chrono::minutes(41));
  EXPECT_EQ(square_.refusal(publish(square_.app(), rouhani,
                                    {.text = std::string(answer) + "!", .reply_to = asked.post.id})),
            RefusalKind::invalid);
  const PostView answered = square_.publish(rouhani, answer, asked.post.id);
  square_.clock().advance(std::chrono::minutes(7));
  const PostView thanked = square_.publish(jack, thanks, answered.post.id);

  EXPECT_EQ(answered.mentions.size(), 2U);
  const Conversation seen = conversation(square_.app(), anonymous, answered.post.id);
  ASSERT_EQ(seen.ancestors.size(), 1U);
  EXPECT_EQ(seen.ancestors[0].view->post.text, question);
  ASSERT_EQ(seen.descendants.size(), 1U);
  EXPECT_EQ(seen.descendants[0].view->post.text, thanks);
  EXPECT_THAT(texts(exchange(square_.app(), anonymous, rouhani.account, jack.account, {})),
              ElementsAre(thanks, answer, question));
  EXPECT_THAT(texts(exchange(square_.app(), anonymous, amanpour.account, rouhani.account, {})),
              ElementsAre(answer));
  EXPECT_EQ(iso8601(answered.post.created), "2013-10-01T17:41:00.000Z");
}

}  // namespace
}  // namespace hoopoe::app
