#include "app/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "app/replies.h"
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

TEST_F(Conversations, a_long_thread_comes_in_parts_that_leave_nothing_out) {
  const PostId root = square_.publish(jack_, "root").post->id;
  std::vector<std::string> expected;
  for (int i = 0; i < 45; ++i) {
    const PostId reply = square_.publish(farah_, "reply " + std::to_string(i), root).post->id;
    square_.publish(jack_, "answer " + std::to_string(i), reply);
    expected.push_back("reply " + std::to_string(i));
    expected.push_back("answer " + std::to_string(i));
  }
  std::vector<std::string> found;
  std::vector<int> shown;
  PostId after;
  while (true) {
    const ConversationPart part = conversation_part(square_.app(), anonymous, root, after);
    EXPECT_EQ(part.replies, 90);
    EXPECT_EQ(part.before, static_cast<int>(found.size()));
    EXPECT_EQ(part.hidden, 0);
    EXPECT_TRUE(part.is_whole);
    shown.push_back(part.shown);
    std::ranges::copy(texts(part.descendants), std::back_inserter(found));
    if (!part.next) break;
    after = *part.next;
  }
  EXPECT_EQ(found, expected);
  EXPECT_THAT(shown, ElementsAre(40, 40, 10));
  const ConversationPart first = conversation_part(square_.app(), anonymous, root);
  EXPECT_EQ(first.descendants[0].depth, 1);
  EXPECT_EQ(first.descendants[1].depth, 2);
  EXPECT_EQ(conversation_part(square_.app(), anonymous, root, PostId{5}).before, 0)
      << "after nothing that is there";
}

TEST_F(Conversations, what_is_hidden_is_counted_with_all_below_it) {
  const PostId root = square_.publish(jack_, "root").post->id;
  const PostId rude = square_.publish(farah_, "rude", root).post->id;
  square_.publish(farah_, "ruder", rude);
  square_.publish(farah_, "kind", root);
  square_.publish(farah_, {.text = "@jack secret", .visibility = Visibility::mentioned, .reply_to = root});
  square_.run(set_reply(square_.app(), jack_, rude, Reply::hidden));
  const ConversationPart found = conversation_part(square_.app(), anonymous, root);
  EXPECT_EQ(found.replies, 3);
  EXPECT_EQ(found.shown, 1);
  EXPECT_EQ(found.hidden, 2);
  EXPECT_THAT(texts(found.descendants), ElementsAre("-", "kind"));
  EXPECT_EQ(conversation_part(square_.app(), jack_.account, root).replies, 4) << "who may read more";
}

TEST_F(Conversations, above_a_post_stand_the_nearest) {
  PostId last = square_.publish(jack_, "0").post->id;
  for (int i = 1; i <= part_ancestors + 1; ++i)
    last = square_.publish(jack_, std::to_string(i), last).post->id;
  const ConversationPart found = conversation_part(square_.app(), anonymous, last);
  EXPECT_EQ(found.ancestors.size(), part_ancestors);
  EXPECT_EQ(texts(found.ancestors).front(), "1");
  EXPECT_TRUE(found.ancestors.front().reply_to);
}

TEST_F(Conversations, stubs_at_the_end_make_no_part_of_their_own) {
  const PostId root = square_.publish(jack_, "root").post->id;
  for (int i = 0; i < part_replies; ++i) square_.publish(farah_, "reply", root);
  const PostId last = square_.publish(farah_, "gone", root).post->id;
  square_.run(delete_post(square_.app(), farah_, last));
  const ConversationPart part = conversation_part(square_.app(), anonymous, root);
  EXPECT_EQ(part.shown, part_replies);
  EXPECT_EQ(texts(part.descendants).back(), "-");
  EXPECT_FALSE(part.next);
}

}  // namespace
}  // namespace hoopoe::app
