#include "store/schema.h"

#include <gtest/gtest.h>

#include "tests/support/test_store.h"

namespace hoopoe::store {
namespace {

TEST(Schema, migrations_are_numbered_from_one_without_a_gap) {
  int number = 0;
  for (const sql::Migration& migration : schema()) EXPECT_EQ(migration.number, ++number);
  EXPECT_GT(number, 0);
}

TEST(Schema, a_new_store_opens_again_and_is_empty) {
  tests::TestStore store;
  store.close();
  store.open();
  EXPECT_EQ(store.number("select count(*) from posts"), 0);
  EXPECT_EQ(store.number("select accounts + posts from totals"), 0);
}

}  // namespace
}  // namespace hoopoe::store
