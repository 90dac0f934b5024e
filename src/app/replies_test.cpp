#include "app/replies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/block.h"
#include "app/conversation.h"
#include "app/follow.h"
#include "app/publish.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using tests::refusal_of;

class RepliesTest : public testing::Test {
 protected:
  PostId ask(ReplyRule rule, const std::string& text = "@sara what do you say?") {
    return square_.publish(jack_, {.text = text, .reply_rule = rule}).post->id;
  }
  std::optional<RefusalKind> answering(const Actor& actor, PostId id) {
    return refusal_of([&] { square_.publish(actor, "an answer", id); });
  }
  // Each place below a post: its words, or what stands for them.
  std::vector<std::string> below(PostId id, Viewer viewer = anonymous) {
    std::vector<std::string> seen;
    for (const ConversationEntry& entry : conversation(app_, viewer, id).descendants) {
      seen.push_back(entry.view ? entry.view->post->text : entry.hidden ? "hidden" : "stub");
    }
    return seen;
  }
  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
  const Actor sara_ = square_.person("sara");
  const Actor farah_ = square_.person("farah");
  const Actor omid_ = square_.person("omid");
};

TEST_F(RepliesTest, the_author_says_who_may_answer) {
  square_.run(follow(app_, jack_, farah_.account, {}));
  const PostId open = ask(ReplyRule::anyone);
  const PostId followed = ask(ReplyRule::followed);
  const PostId named = ask(ReplyRule::mentioned);
  for (const Actor& actor : {jack_, sara_, farah_, omid_}) {
    EXPECT_EQ(answering(actor, open), std::nullopt);
  }
  for (const Actor& actor : {jack_, sara_, farah_}) EXPECT_EQ(answering(actor, followed), std::nullopt);
  EXPECT_EQ(answering(omid_, followed), RefusalKind::forbidden);
  for (const Actor& actor : {jack_, sara_}) EXPECT_EQ(answering(actor, named), std::nullopt);
  for (const Actor& actor : {farah_, omid_}) EXPECT_EQ(answering(actor, named), RefusalKind::forbidden);
}

TEST_F(RepliesTest, the_rule_holds_for_the_whole_conversation) {
  const PostId root = ask(ReplyRule::mentioned);
  const PostId answer = square_.publish(sara_, "I say", root).post->id;
  const PostId further = square_.publish(jack_, "and then?", answer).post->id;
  EXPECT_EQ(answering(omid_, further), RefusalKind::forbidden);
  EXPECT_EQ(answering(sara_, further), std::nullopt);
  square_.run(delete_post(app_, jack_, root));
  EXPECT_EQ(answering(omid_, further), std::nullopt) << "with the post its rule is gone";
}

TEST_F(RepliesTest, a_hidden_reply_is_a_stub_below_and_whole_at_its_own_address) {
  const PostId root = square_.publish(jack_, "what do you say?").post->id;
  const PostId rude = square_.publish(omid_, "rude words", root).post->id;
  square_.publish(farah_, "be kind", rude);
  square_.run(set_reply(app_, jack_, rude, Reply::hidden));
  for (const Viewer viewer : {anonymous, jack_.account, omid_.account}) {
    EXPECT_THAT(below(root, viewer), ElementsAre("hidden"));
    EXPECT_THAT(below(rude, viewer), ElementsAre("be kind"));
  }
  EXPECT_EQ(square_.db().read([&](store::Read& read) { return view_post(read, anonymous, rude); }).post->text,
            "rude words");
  square_.run(set_reply(app_, jack_, rude, Reply::shown));
  EXPECT_THAT(below(root), ElementsAre("rude words", "be kind"));
}

TEST_F(RepliesTest, only_the_author_of_what_it_answers_hides_a_reply) {
  const PostId root = square_.publish(jack_, "what do you say?").post->id;
  const PostId reply = square_.publish(omid_, "this", root).post->id;
  const PostId further = square_.publish(farah_, "that", reply).post->id;
  const auto hiding = [&](const Actor& actor, PostId id) {
    return square_.refusal(set_reply(app_, actor, id, Reply::hidden));
  };
  EXPECT_EQ(hiding(farah_, reply), RefusalKind::not_found);
  EXPECT_EQ(hiding(omid_, reply), RefusalKind::not_found);
  EXPECT_EQ(hiding(jack_, further), RefusalKind::not_found);
  EXPECT_EQ(hiding(jack_, root), RefusalKind::not_found);
  EXPECT_EQ(hiding(omid_, further), std::nullopt);
  square_.run(block(app_, farah_, omid_.account));
  EXPECT_EQ(hiding(omid_, further), std::nullopt) << "who answers and then blocks does not escape it";
  EXPECT_THAT(below(root), ElementsAre("this", "hidden"));
}

}  // namespace
}  // namespace hoopoe::app
