#include "store/sql/dialect.h"

#include <gtest/gtest.h>

#include "base/ensure.h"

namespace hoopoe::store::sql {
namespace {

TEST(Dialect, spells_the_tokens_of_a_table) {
  EXPECT_EQ(
      expand("create table birds (id {id} primary key, seen {time}, rare {bool}, song {bytes}, name {text}) "
             "{strict}"),
      "create table birds (id integer primary key, seen integer, rare integer, song blob, name text) "
      "strict");
  EXPECT_EQ(expand("create table t (a {id}, primary key (a)) {clustered}"),
            "create table t (a integer, primary key (a)) strict, without rowid");
}

TEST(Dialect, a_list_is_one_parameter) {
  EXPECT_EQ(expand("where id in {ids:$2} and name in {texts:$1}"),
            "where id in (select value from json_each($2)) and name in (select value from json_each($1))");
}

TEST(Dialect, a_list_of_one_is_its_value) {
  const Sql sql = "where id in {ids:$2} and name in {texts:$1}";
  EXPECT_EQ(expand(sql.with(0b10)), "where id in ($2) and name in (select value from json_each($1))");
  EXPECT_EQ(expand(sql.with(0b11)), "where id in ($2) and name in ($1)");
}

TEST(Dialect, leaves_other_braces_alone) {
  EXPECT_EQ(expand("select '{}', '{\"a\":1}'"), "select '{}', '{\"a\":1}'");
}

TEST(Dialect, an_unknown_or_open_token_is_a_bug) {
  EXPECT_THROW(expand("{uuid}"), Bug);
  EXPECT_THROW(expand("{id"), Bug);
  EXPECT_THROW(expand("{blobs:$1}"), Bug);
  for (const char* const wrong : {"{ids:1}", "{ids:12}", "{ids:$1x}", "{ids:}", "{ids:$0}", "{ids:$33}"}) {
    EXPECT_THROW(expand(Sql::built(wrong)), Bug) << wrong;
  }
}

}  // namespace
}  // namespace hoopoe::store::sql
