#include "app/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;

class Conversations : public testing::Test {
 protected:
  static std::vector<std::string> texts(const std::vector<ConversationEntry>& entries) {
    std::vector<std::string> texts;
    texts.reserve(entries.size());
    for (const auto& entry : entries) texts.push_back(entry.view ? entry.view->post->text : "-");
    return texts;
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(Conversations, replies_stand_below_what_they_answer_in_the_order_of_time) {
  const PostId root = square_.publish(jack_, "root").post->id;
  const PostId a = square_.publish(farah_, "a", root).post->id;
  square_.publish(farah_, "b", root);
  square_.publish(jack_, "a1", a);
  const PostId a2 = square_.publish(farah_, "a2", a).post->id;
  EXPECT_THAT(texts(conversation(square_.app(), anonymous, root).descendants),
              ElementsAre("a", "a1", "a2", "b"));
  EXPECT_THAT(texts(conversation(square_.app(), anonymous, a2).ancestors), ElementsAre("root", "a"));
}

TEST_F(Conversations, what_is_deleted_or_hidden_leaves_a_stub_that_says_nothing) {
  const PostId root = square_.publish(jack_, "root").post->id;
  const PostId deleted = square_.publish(farah_, "canary one", root).post->id;
  const PostId leaf = square_.publish(jack_, "leaf", deleted).post->id;
  square_.publish(farah_, {.text = "canary two", .visibility = Visibility::mentioned, .reply_to = root});
  square_.run(delete_post(square_.app(), farah_, deleted));
  EXPECT_THAT(texts(conversation(square_.app(), anonymous, root).descendants), ElementsAre("-", "leaf"))
      << "who hid something with nothing below it is not given away";
  EXPECT_THAT(texts(conversation(square_.app(), anonymous, leaf).ancestors), ElementsAre("root", "-"));
  EXPECT_THAT(texts(conversation(square_.app(), anonymous, deleted).descendants), ElementsAre("leaf"));
}

TEST_F(Conversations, of_what_one_may_not_read_there_is_none) {
  const PostId secret =
      square_.publish(jack_, {.text = "secret", .visibility = Visibility::followers}).post->id;
  for (const PostId id : {secret, PostId{5}}) {
    EXPECT_EQ(tests::refusal_of([&] { conversation(square_.app(), farah_.account, id); }),
              RefusalKind::not_found);
  }
  EXPECT_NO_THROW(conversation(square_.app(), jack_.account, secret));
}

}  // namespace
}  // namespace hoopoe::app
