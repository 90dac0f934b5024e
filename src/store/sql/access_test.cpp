#include "store/sql/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "store/sql/error.h"

namespace hoopoe::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using BirdId = Id<struct BirdTag>;
enum class Rarity { common = 1, rare = 2 };

constexpr Time dawn = std::chrono::sys_days{std::chrono::year{2013} / 5 / 1} + std::chrono::hours{5};

class Access : public testing::Test {
 protected:
  Access() {
    connection_.run_script(sql::expand(
        "create table birds (id {id} primary key, parent {id}, name {text} not null unique, seen {time},"
        " rare {bool}, kind integer, song {bytes}, weight real) {strict};"
        "create index birds_of_parent on birds (parent, id)"));
  }

  void hatch(BirdId id, std::string_view name, BirdId parent = {}) {
    write_.execute("insert into birds (id, parent, name) values ($1, $3, $2)", id, name, parent);
  }

  sql::Connection connection_{{.file = ":memory:"}, sql::Role::writer};
  IdSource ids_{0};
  Write write_{connection_, ids_, dawn};
};

TEST_F(Access, every_type_comes_back_as_it_went_in) {
  const std::string name("hoo\0poe", 7);
  const std::array<std::byte, 3> song{std::byte{0}, std::byte{255}, std::byte{7}};
  write_.execute("insert into birds values ($1, $2, $3, $4, $5, $6, $7, $8)", BirdId{7}, BirdId{}, name, dawn,
                 true, Rarity::rare, song, 46.5);
  const Row* row = nullptr;
  sql::Rows rows = write_.query("select id, parent, name, seen, rare, kind, song, weight from birds");
  row = rows.first();
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->get<BirdId>(0), BirdId{7});
  EXPECT_EQ(row->get<int>(0), 7);
  EXPECT_EQ(row->get<BirdId>(1), BirdId{});
  EXPECT_EQ(row->get<std::optional<BirdId>>(1), std::nullopt);
  EXPECT_EQ(row->get<std::string>(2), name);
  EXPECT_EQ(row->get<std::string_view>(2), name);
  EXPECT_EQ(row->get<Time>(3), dawn);
  EXPECT_TRUE(row->get<bool>(4));
  EXPECT_EQ(row->get<Rarity>(5), Rarity::rare);
  EXPECT_EQ((row->get<std::array<std::byte, 3>>(6)), song);
  EXPECT_EQ(row->get<sql::Bytes>(6), sql::Bytes(song.begin(), song.end()));
  EXPECT_EQ((row->get<std::array<unsigned char, 3>>(6)), (std::array<unsigned char, 3>{0, 255, 7}));
  EXPECT_EQ(row->get<double>(7), 46.5);
}

TEST_F(Access, empty_text_and_empty_bytes_are_not_null) {
  write_.execute("insert into birds (name, song) values ($1, $2)", std::string_view(), sql::Bytes{});
  EXPECT_EQ(write_.value<std::string>("select name from birds"), "");
  EXPECT_EQ(write_.value<sql::Bytes>("select song from birds"), sql::Bytes{});
}

TEST_F(Access, nothing_is_null) {
  write_.execute("insert into birds (name, seen, rare) values ('wren', $1, $2)", std::optional<Time>(),
                 std::nullopt);
  EXPECT_TRUE(write_.exists("select 1 from birds where seen is null and rare is null"));
}

TEST_F(Access, reading_a_column_as_what_it_is_not_is_a_bug) {
  hatch(BirdId{1}, "hoopoe");
  EXPECT_THROW(write_.value<int>("select name from birds"), Bug);
  EXPECT_THROW(write_.value<std::string>("select seen from birds"), Bug);
  EXPECT_THROW(write_.value<std::uint8_t>("select 256"), Bug);
  EXPECT_THROW((write_.value<std::array<std::byte, 4>>("select x'00'")), Bug);
}

TEST_F(Access, parameters_go_by_their_number_and_may_repeat) {
  EXPECT_EQ(write_.value<std::string>("select $2 || $1 || $2", "a", "b"), "bab");
  EXPECT_THROW(write_.value<std::string>("select $1", "a", "b"), Bug);
  EXPECT_THROW(write_.value<std::string>("select $2", "a", "b"), Bug);
  EXPECT_THROW(write_.value<std::string>("select ?", "a"), Bug);
  EXPECT_THROW(write_.value<std::string>("select $name", "a"), Bug);
}

TEST_F(Access, rows_are_mapped_one_by_one) {
  hatch(BirdId{1}, "hoopoe");
  hatch(BirdId{2}, "bulbul", BirdId{1});
  const auto name = [](const Row& row) { return row.get<std::string>(0); };
  EXPECT_THAT(write_.all("select name from birds order by id", name), ElementsAre("hoopoe", "bulbul"));
  EXPECT_EQ(write_.one("select name from birds where parent = $1", name, BirdId{1}), "bulbul");
  EXPECT_EQ(write_.one("select name from birds where parent = $1", name, BirdId{9}), std::nullopt);
  EXPECT_THAT(write_.values<BirdId>("select id from birds order by id desc"),
              ElementsAre(BirdId{2}, BirdId{1}));
  EXPECT_EQ(write_.maybe<BirdId>("select id from birds where name = 'crow'"), std::nullopt);
  EXPECT_THROW(write_.value<BirdId>("select id from birds where name = 'crow'"), Bug);
}

TEST_F(Access, one_text_may_be_asked_again_while_its_rows_are_read) {
  hatch(BirdId{1}, "hoopoe");
  hatch(BirdId{2}, "bulbul");
  std::vector<std::string> pairs;
  for (const Row& outer : write_.query("select name from birds order by id")) {
    for (const Row& inner : write_.query("select name from birds order by id")) {
      pairs.push_back(outer.get<std::string>(0) + inner.get<std::string>(0));
    }
  }
  EXPECT_THAT(pairs, ElementsAre("hoopoehoopoe", "hoopoebulbul", "bulbulhoopoe", "bulbulbulbul"));
}

TEST_F(Access, lists_of_ids_and_of_texts) {
  for (int i = 1; i <= 5; ++i) hatch(BirdId{i}, "bird \"" + std::to_string(i) + "\\\n");
  const std::vector<BirdId> wanted{BirdId{5}, BirdId{2}, BirdId{99}};
  EXPECT_THAT(write_.values<BirdId>("select id from birds where id in {ids:$1} order by id", wanted),
              ElementsAre(BirdId{2}, BirdId{5}));
  // Read anew for the second half, after the first rows were given.
  EXPECT_THAT(write_.values<BirdId>("select id from birds where id in {ids:$1} union all "
                                    "select id from birds where id in {ids:$1}",
                                    wanted),
              SizeIs(4));
  EXPECT_THAT(write_.values<BirdId>("select id from birds where id in {ids:$1}", std::vector<BirdId>()),
              ElementsAre());
  const std::vector<std::string> names{"bird \"3\"\\\n", "bird \"3\\\n"};
  EXPECT_THAT(write_.values<BirdId>("select id from birds where name in {texts:$1}", names),
              ElementsAre(BirdId{3}));
}

// As the values themselves: another statement of the same text.
TEST_F(Access, lists_of_one_beside_longer_ones) {
  for (int i = 1; i <= 3; ++i) hatch(BirdId{i}, "bird \"" + std::to_string(i));
  const auto found = [&](const std::vector<BirdId>& ids, const std::vector<std::string>& names) {
    return write_.values<BirdId>(
        "select id from birds where name in {texts:$2} and id in {ids:$1} order by id", ids, names);
  };
  const std::vector<std::string> all{"bird \"1", "bird \"2", "bird \"3"};
  EXPECT_THAT(found({BirdId{2}}, all), ElementsAre(BirdId{2}));
  EXPECT_THAT(found({BirdId{2}, BirdId{3}}, {all[2]}), ElementsAre(BirdId{3}));
  EXPECT_THAT(found({BirdId{1}}, {all[0]}), ElementsAre(BirdId{1}));
  EXPECT_THAT(found({BirdId{1}, BirdId{3}}, all), ElementsAre(BirdId{1}, BirdId{3}));
  EXPECT_THAT(found({BirdId{1}}, {}), ElementsAre());
  EXPECT_EQ(write_.execute("delete from birds where id in {ids:$1}", std::vector{BirdId{1}}), 1);
  EXPECT_EQ(write_.execute("delete from birds where id in {ids:$1}", std::vector{BirdId{2}, BirdId{3}}), 2);
}

TEST_F(Access, a_change_says_how_many_rows) {
  hatch(BirdId{1}, "hoopoe");
  hatch(BirdId{2}, "bulbul");
  EXPECT_EQ(write_.execute("update birds set rare = true"), 2);
  EXPECT_EQ(write_.execute("insert into birds (id, name) values (1, 'crow') on conflict do nothing"), 0);
  EXPECT_EQ(write_.execute("delete from birds where id = $1", BirdId{2}), 1);
  EXPECT_EQ(write_.maybe<BirdId>("insert into birds (id, name) values (3, 'crow') returning id"), BirdId{3});
}

TEST_F(Access, a_broken_rule_is_told_from_a_broken_statement) {
  hatch(BirdId{1}, "hoopoe");
  EXPECT_THROW(hatch(BirdId{2}, "hoopoe"), sql::ConstraintViolation);
  EXPECT_THROW(hatch(BirdId{1}, "crow"), sql::ConstraintViolation);
  EXPECT_THROW(write_.execute("insert into birds (id, name) values (3, null)"), sql::ConstraintViolation);
  EXPECT_THROW(write_.execute("insert into birds (id, name) values (3, x'00')"), sql::ConstraintViolation);
  try {
    write_.execute("insert into fish values (1)");
    FAIL() << "there are no fish";
  } catch (const sql::SqlError& error) {
    EXPECT_THAT(error.what(), HasSubstr("no such table: fish"));
    EXPECT_FALSE(error.from_disk());
  }
}

TEST_F(Access, two_statements_in_one_are_a_bug) {
  EXPECT_THROW(write_.execute("delete from birds; delete from birds"), Bug);
}

TEST_F(Access, a_double_quoted_word_is_never_a_text) {
  EXPECT_THROW(write_.value<std::string>("select \"hoopoe\""), sql::SqlError);
}

TEST_F(Access, ids_rise_and_the_time_stands_still) {
  const auto first = write_.next_id<BirdId>();
  EXPECT_GT(write_.next_id<BirdId>(), first);
  EXPECT_EQ(time_of_id(first.value), dawn);
  EXPECT_EQ(write_.now(), dawn);
}

TEST_F(Access, a_statement_past_its_deadline_is_refused) {
  connection_.set_deadline(std::chrono::steady_clock::now() + milliseconds{20});
  try {
    write_.value<int>("with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n");
    FAIL() << "it cannot have ended";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.kind, RefusalKind::unavailable);
  }
  connection_.clear_deadline();
  EXPECT_EQ(write_.value<int>("select 1"), 1);
}

TEST_F(Access, explains_a_plan) {
  EXPECT_THAT(write_.explain("select id from birds where parent = $1 and id < $2 order by id desc"),
              ElementsAre(HasSubstr("USING COVERING INDEX birds_of_parent")));
  EXPECT_THAT(write_.explain("select id from birds where weight > $1"), ElementsAre("SCAN birds"));
}

}  // namespace
}  // namespace hoopoe::store
