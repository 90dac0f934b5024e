#include "app/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "store/reports.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ReportTest : public testing::Test {
 protected:
  Report wish(std::vector<PostId> posts = {}, std::string comment = "") {
    return {.id = {},
            .account = {},
            .target = jack_.account,
            .posts = std::move(posts),
            .category = ReportCategory::spam,
            .comment = std::move(comment),
            .created = {}};
  }
  std::vector<Report> open() {
    return square_.db().read([](store::Read& read) { return store::reports::open(read, {}, 10); });
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(ReportTest, waits_for_the_operators_until_it_is_closed) {
  const PostId post = square_.publish(jack_, "buy this").post->id;
  const Report made = square_.run(report(square_.app(), farah_, wish({post, post}, "look\nhere")));
  EXPECT_EQ(made.account, farah_.account);
  ASSERT_THAT(open(), SizeIs(1));
  const Report kept = open().front();
  EXPECT_EQ(kept.id, made.id);
  EXPECT_EQ(kept.target, jack_.account);
  EXPECT_EQ(kept.category, ReportCategory::spam);
  EXPECT_EQ(kept.comment, "look\nhere");
  EXPECT_THAT(kept.posts, ElementsAre(post));
  const auto close = [&] {
    return square_.db().write_blocking(
        [&](store::Write& write) { return store::reports::close(write, made.id); });
  };
  EXPECT_TRUE(close());
  EXPECT_FALSE(close());
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_TRUE(
      square_.db().read([&](store::Read& read) { return store::reports::find(read, made.id); })->closed);
}

TEST_F(ReportTest, holds_only_posts_of_the_target_that_the_reporter_may_read) {
  const PostId own = square_.publish(farah_, "my words").post->id;
  const PostId hidden =
      square_.publish(jack_, {.text = "for friends", .visibility = Visibility::followers}).post->id;
  const PostId post = square_.publish(jack_, "for all").post->id;
  EXPECT_THAT(square_.run(report(square_.app(), farah_, wish({own, hidden, post, PostId{5}}))).posts,
              ElementsAre(post));
}

TEST_F(ReportTest, of_nobody_oneself_or_with_too_long_a_comment_is_refused) {
  const auto refused = [&](const Actor& actor, const Report& wish) {
    return square_.refusal(report(square_.app(), actor, wish));
  };
  EXPECT_EQ(refused(jack_, wish()), RefusalKind::invalid);
  EXPECT_EQ(refused(farah_, wish({}, std::string(1001, 'x'))), RefusalKind::invalid);
  EXPECT_EQ(refused(farah_, wish({}, "\xff")), RefusalKind::invalid);
  Report nobody = wish();
  nobody.target = AccountId{5};
  EXPECT_EQ(refused(farah_, nobody), RefusalKind::not_found);
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_EQ(refused(farah_, wish({}, std::string(1000, 'x'))), std::nullopt);
}

TEST_F(ReportTest, nobody_hides_the_reports_of_others_under_their_own) {
  for (int i = 0; i < open_reports_max; ++i) square_.run(report(square_.app(), farah_, wish()));
  EXPECT_EQ(square_.refusal(report(square_.app(), farah_, wish())), RefusalKind::too_many);
  const ReportId first = open().front().id;
  square_.db().write_blocking([&](store::Write& write) { return store::reports::close(write, first); });
  EXPECT_EQ(square_.refusal(report(square_.app(), farah_, wish())), std::nullopt);
}

TEST_F(ReportTest, the_words_of_an_erased_account_go_with_it) {
  square_.run(report(square_.app(), farah_, wish({}, "my words")));
  while (square_.db().write_blocking(
      [&](store::Write& write) { return erase_account(write, farah_.account); })) {
  }
  EXPECT_EQ(open().front().comment, "");
}

}  // namespace
}  // namespace hoopoe::app
