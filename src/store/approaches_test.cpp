#include "store/approaches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_store.h"

namespace hoopoe::store::approaches {
namespace {

TEST(Approaches, each_stranger_is_there_once_by_person_until_it_is_erased) {
  tests::TestStore store;
  const PersonId farah{1};
  const AccountId jack{11};
  const auto note = [&](PersonId who, AccountId whom) {
    store.write([&](Write& write) { insert(write, who, whom); });
  };
  const auto since = [&](Time when) {
    return store.read([&](Read& read) { return of_person(read, farah, when).size(); });
  };
  const Time start = store.clock().now();
  note(farah, jack);
  note(PersonId{2}, jack);
  store.clock().advance(milliseconds(5));
  note(farah, AccountId{12});
  EXPECT_EQ(since({}), 2U);
  EXPECT_EQ(since(start), 1U);
  note(farah, jack);
  EXPECT_EQ(since(start), 2U);
  EXPECT_TRUE(store.write([&](Write& write) { return erase_before(write, start, 1); }));
  EXPECT_FALSE(store.write([&](Write& write) { return erase_before(write, start, 1); }));
  EXPECT_EQ(store.number("select count(*) from approaches"), 2);
}

}  // namespace
}  // namespace hoopoe::store::approaches
