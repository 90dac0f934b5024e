#include "store/posts.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_store.h"

namespace hoopoe::store::posts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Posts : public testing::Test {
 protected:
  Post found(PostId id) {
    return store_.read([&](Read& read) { return find(read, id).value(); });
  }
  PostCounts counts_of(PostId id) {
    return store_.read([&](Read& read) { return counts(read, {id}).front(); });
  }
  PostId reply(AccountId author, PostId to) {
    return store_.publish(
        {.author = author, .reply_to = to, .reply_to_author = found(to).author, .text = "I hear you"});
  }
  void remove(PostId id, const std::vector<std::string>& tags = {}) {
    store_.write([&](Write& write) { erase(write, find(write, id).value(), tags); });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
};

TEST_F(Posts, a_post_comes_back_as_it_was_written) {
  const PostId id = store_.publish({.author = jack_,
                                    .visibility = Visibility::unlisted,
                                    .sensitive = true,
                                    .warning = "birds",
                                    .language = "fa",
                                    .text = "سلام \"'; drop table posts"});
  const Post post = found(id);
  EXPECT_EQ(post.author, jack_);
  EXPECT_EQ(post.text, "سلام \"'; drop table posts");
  EXPECT_EQ(post.warning, "birds");
  EXPECT_EQ(post.language, "fa");
  EXPECT_EQ(post.visibility, Visibility::unlisted);
  EXPECT_TRUE(post.sensitive);
  EXPECT_EQ(post.created, tests::first_of_october_2013);
}

TEST_F(Posts, ids_grow_even_while_the_clock_goes_back_and_the_server_restarts) {
  PostId newest;
  for (int day = 0; day < 20; ++day) {
    const PostId id = store_.publish({.author = jack_, .text = "tick"});
    EXPECT_GT(id, newest);
    newest = id;
    store_.clock().advance(day % 2 == 0 ? -std::chrono::hours(30) : std::chrono::hours(7));
    if (day % 5 != 0) continue;
    store_.close();
    store_.open();
  }
}

TEST_F(Posts, many_are_found_in_the_order_asked_for) {
  const PostId first = store_.publish({.author = jack_, .text = "one"});
  const PostId second = store_.publish({.author = jack_, .text = "two"});
  const auto posts = store_.read([&](Read& read) { return find_many(read, {second, PostId{7}, first}); });
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[0].id, second);
  EXPECT_EQ(posts[1].id, first);
}

TEST_F(Posts, a_tombstone_keeps_the_thread_joined) {
  const PostId root = store_.publish({.author = jack_, .text = "just setting up"});
  const PostId middle = reply(farah_, root);
  const PostId leaf = reply(jack_, middle);
  remove(middle);
  const Post tombstone = found(middle);
  EXPECT_TRUE(tombstone.deleted.has_value());
  EXPECT_EQ(tombstone.reply_to, root);
  EXPECT_EQ(tombstone.text, "");
  EXPECT_THAT(store_.read([&](Read& read) { return ancestors(read, leaf, 40); }), ElementsAre(root, middle));
  EXPECT_THAT(store_.read([&](Read& read) { return descendants(read, root, 60, 20); }),
              ElementsAre(middle, leaf));
  EXPECT_EQ(counts_of(root).replies, 0);
  EXPECT_EQ(counts_of(middle).replies, 1);
}

TEST_F(Posts, threads_are_bounded_in_number_and_in_depth) {
  std::vector<PostId> chain{store_.publish({.author = jack_, .text = "root"})};
  while (chain.size() < 8) chain.push_back(reply(farah_, chain.back()));
  EXPECT_THAT(store_.read([&](Read& read) { return ancestors(read, chain.back(), 3); }),
              ElementsAre(chain[4], chain[5], chain[6]));
  EXPECT_THAT(store_.read([&](Read& read) { return descendants(read, chain[0], 60, 2); }),
              ElementsAre(chain[1], chain[2]));
  EXPECT_THAT(store_.read([&](Read& read) { return descendants(read, chain[0], 4, 20); }),
              ElementsAre(chain[1], chain[2], chain[3], chain[4]));
}

TEST_F(Posts, deleting_erases_every_row_that_held_its_words_or_its_readers) {
  const PostId id =
      store_.publish({.author = jack_, .reply_to = {}, .text = "hello @farah #spring"}, {farah_}, {"spring"});
  remove(id, {"spring"});
  for (const char* table : {"revisions", "mentions", "exchanges", "favourites", "post_tags"}) {
    EXPECT_EQ(store_.number("select count(*) from " + std::string(table)), 0) << table;
  }
  EXPECT_EQ(store_.number("select count(person_id) + count(client_id) from posts"), 0);
}

// What is erased must not lie about on the disk either: secure_delete, set where connections are opened.
TEST_F(Posts, the_words_of_a_deleted_post_are_in_no_file_any_more) {
  const std::string canary = "the canary that nobody may ever hear of again";
  const auto is_on_disk = [&] {
    std::ifstream stream(store_.file(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    return bytes.find(canary) != std::string::npos;
  };
  for (int i = 0; i < 50; ++i) store_.publish({.author = jack_, .text = "noise"});
  const PostId id = store_.publish({.author = jack_, .text = canary, .client = {}});
  for (int i = 0; i < 50; ++i) store_.publish({.author = jack_, .text = "noise"});
  store_.close();
  ASSERT_TRUE(is_on_disk());
  store_.open();
  remove(id);
  store_.close();
  EXPECT_FALSE(is_on_disk());
}

TEST_F(Posts, one_live_repost_per_author_and_another_after_it_is_deleted) {
  const PostId original = store_.publish({.author = jack_, .text = "once"});
  const PostId repost = store_.publish({.author = farah_, .repost_of = original});
  EXPECT_EQ(store_.read([&](Read& read) { return find_repost(read, farah_, original); }), repost);
  EXPECT_THROW(store_.publish({.author = farah_, .repost_of = original}), sql::ConstraintViolation);
  remove(repost);
  EXPECT_EQ(store_.read([&](Read& read) { return find_repost(read, farah_, original); }), std::nullopt);
  const PostId again = store_.publish({.author = farah_, .repost_of = original});
  EXPECT_THAT(store_.read([&](Read& read) { return reposts_of(read, original, 10); }), ElementsAre(again));
  EXPECT_THAT(store_.read([&](Read& read) { return reposted(read, farah_, {original, repost}); }),
              ElementsAre(original));
}

TEST_F(Posts, mentions_are_those_of_shown_accounts) {
  const PostId id = store_.publish({.author = jack_, .text = "@farah @jack"}, {farah_, jack_});
  const auto handles = [&] {
    std::vector<std::string> handles;
    for (const auto& [post, mention] : store_.read([&](Read& read) { return mentions(read, {id}); })) {
      EXPECT_EQ(post, id);
      handles.push_back(mention.handle);
    }
    return handles;
  };
  EXPECT_THAT(handles(), UnorderedElementsAre("farah", "jack"));
  store_.write([&](Write& write) { accounts::set_suspended(write, farah_, write.now()); });
  EXPECT_THAT(handles(), ElementsAre("jack"));
  EXPECT_THAT(store_.read([&](Read& read) { return named_in(read, id); }),
              UnorderedElementsAre(farah_, jack_));
}

TEST_F(Posts, an_idempotency_key_names_one_wish_of_one_author_for_an_hour) {
  const PostId first = store_.publish({.author = jack_, .text = "once"});
  const PostId later = store_.publish({.author = jack_, .text = "once more"});
  const auto known = [&](AccountId author) {
    return store_.write(
        [&](Write& write) { return find_by_idempotency_key(write, author, "a wish", write.now()); });
  };
  const auto keep = [&](PostId post) {
    store_.write([&](Write& write) { insert_idempotency_key(write, jack_, "a wish", post); });
  };
  keep(first);
  EXPECT_EQ(known(jack_), first);
  EXPECT_EQ(known(farah_), std::nullopt);
  store_.clock().advance(std::chrono::hours(1) - milliseconds(1));
  EXPECT_EQ(known(jack_), first);
  store_.clock().advance(milliseconds(1));
  EXPECT_EQ(known(jack_), std::nullopt);
  keep(later);
  EXPECT_EQ(known(jack_), later);
}

TEST_F(Posts, an_authors_posts_are_given_in_slices_from_the_oldest) {
  std::vector<PostId> ids;
  ids.reserve(5);
  for (int i = 0; i < 5; ++i) ids.push_back(store_.publish({.author = jack_, .text = "tweet"}));
  remove(ids[1]);
  const auto slice = [&](PostId after) {
    return store_.read([&](Read& read) { return of_author(read, jack_, after, 2); });
  };
  EXPECT_THAT(slice({}), ElementsAre(ids[0], ids[2]));
  EXPECT_THAT(slice(ids[2]), ElementsAre(ids[3], ids[4]));
  EXPECT_THAT(slice(ids[4]), IsEmpty());
}

TEST_F(Posts, all_of_an_author_are_tombstones_and_reposts_too_newest_first) {
  const PostId first = store_.publish({.author = jack_, .text = "one"});
  const PostId gone = store_.publish({.author = jack_, .text = "two"});
  const PostId other = store_.publish({.author = farah_, .text = "three"});
  const PostId repost = store_.publish({.author = jack_, .repost_of = other});
  remove(gone);
  const auto ids = [&](const Page& page) {
    std::vector<PostId> found;
    for (const Post& post : store_.read([&](Read& read) { return all_of_author(read, jack_, page); })) {
      found.push_back(post.id);
    }
    return found;
  };
  EXPECT_THAT(ids({}), ElementsAre(repost, gone, first));
  EXPECT_THAT(ids({.max_id = repost.value, .limit = 1}), ElementsAre(gone));
  EXPECT_THAT(store_.read([&](Read& read) { return authors(read, {other, gone}); }),
              UnorderedElementsAre(std::pair(other, farah_), std::pair(gone, jack_)));
}

}  // namespace
}  // namespace hoopoe::store::posts
