#include "api/status_entity.h"

#include <gtest/gtest.h>

#include "tests/support/random_history.h"
#include "tests/support/test_square.h"

namespace hoopoe::api {
namespace {

TEST(StatusEntities, what_is_remembered_of_posts_is_what_the_tables_say) {
  std::size_t compared = 0;
  for (unsigned seed = 30; seed < 34; ++seed) {
    tests::TestSquare square;
    tests::RandomHistory history(square, seed);
    for (int i = 0; i < 300; ++i) {
      history.step();
      const auto of = history.random()() % (history.people().size() + 1);
      const app::Viewer viewer = of == 0 ? app::anonymous : history.people()[of - 1].account;
      const auto seen = [&](auto prepare) {
        return square.db().read([&](store::Read& read) {
          prepare(read);
          const auto views = app::view_posts(read, viewer, history.posts(), app::Muted::left_out);
          return statuses_json(square.app(), views).text;
        });
      };
      const std::string remembered = seen([](store::Read&) {});
      ASSERT_EQ(remembered, seen([](store::Read& read) { read.forget(); })) << seed << " after " << i;
      compared += remembered.size();
    }
  }
  EXPECT_GT(compared, 10'000'000U);
}

}  // namespace
}  // namespace hoopoe::api
