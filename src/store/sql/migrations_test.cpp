#include "store/sql/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ensure.h"
#include "embedded/aviary.h"
#include "store/sql/access.h"
#include "store/sql/data_lock.h"
#include "store/sql/error.h"

namespace hoopoe::store::sql {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Time noon = std::chrono::sys_days{std::chrono::year{2013} / 5 / 1} + std::chrono::hours{12};

// The test schema, as the product has its own: embedded, and in the order of its numbers.
std::vector<Migration> load_aviary() {
  std::vector<Migration> migrations;
  for (const embedded::File& file : embedded::aviary())
    migrations.push_back(migration_from(file.path, file.bytes));
  return migrations;
}

const std::vector<Migration> aviary = load_aviary();

class Migrations : public testing::Test {
 protected:
  void migrate_to(std::size_t number) { migrate(connection_, std::span(aviary).first(number), noon); }

  Connection connection_{{.file = ":memory:"}, Role::writer};
  Read read_{connection_, noon};
};

TEST_F(Migrations, a_file_name_gives_number_and_name) {
  const Migration migration = migration_from("store/schema/0012_people_and_posts.sql", "select 1");
  EXPECT_EQ(migration.number, 12);
  EXPECT_EQ(migration.name, "people_and_posts");
  for (const char* name : {"12_people.sql", "0012.sql", "0012_.sql", "people.sql", "0012_people.txt"}) {
    EXPECT_THROW(migration_from(name, ""), Bug) << name;
  }
}

TEST_F(Migrations, lie_inside_the_binary_byte_for_byte) {
  ASSERT_EQ(embedded::aviary().size(), 3U);
  const embedded::File* file = embedded::find(embedded::aviary(), "schema/0002_songs.sql");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->bytes, "alter table birds add column song {bytes};\n");
  EXPECT_EQ(embedded::find(embedded::aviary(), "schema/0002_songs"), nullptr);
}

TEST_F(Migrations, are_applied_once_and_recorded) {
  migrate_to(3);
  migrate_to(3);
  EXPECT_THAT(read_.values<std::string>("select name from schema_migrations order by number"),
              ElementsAre("birds", "songs", "nests"));
  EXPECT_EQ(read_.value<Time>("select min(applied_at) from schema_migrations"), noon);
}

TEST_F(Migrations, a_database_of_every_earlier_version_comes_to_the_newest) {
  for (std::size_t version = 0; version <= aviary.size(); ++version) {
    Connection connection({.file = ":memory:"}, Role::writer);
    migrate(connection, std::span(aviary).first(version), noon);
    migrate(connection, aviary, noon);
    EXPECT_EQ(
        Read(connection, noon)
            .value<std::string>(
                "select tree from nests join birds on id = bird where name = 'hoopoe' and song is null"),
        "cedar");
  }
}

TEST_F(Migrations, one_that_fails_leaves_nothing_of_itself) {
  std::vector<Migration> broken(aviary.begin(), aviary.begin() + 1);
  broken.push_back(
      {.number = 2, .name = "broken", .text = "create table eggs (id {id}); insert into fish values (1)"});
  EXPECT_THROW(migrate(connection_, broken, noon), SqlError);
  EXPECT_FALSE(read_.exists("select 1 from sqlite_schema where name = 'eggs'"));
  EXPECT_EQ(read_.value<int>("select count(*) from schema_migrations"), 1);
  migrate_to(3);
}

TEST_F(Migrations, data_of_a_newer_program_are_refused_in_clear_words) {
  migrate_to(3);
  try {
    migrate_to(2);
    FAIL() << "it went back";
  } catch (const OpenError& error) {
    EXPECT_THAT(error.what(), HasSubstr("newer hoopoe: they are at schema 3 (nests), this program knows 2"));
  }
}

TEST_F(Migrations, one_edited_after_its_release_is_noticed) {
  migrate_to(2);
  std::vector<Migration> edited = aviary;
  edited[1].text += " -- better";
  EXPECT_THROW(migrate(connection_, edited, noon), OpenError);
}

TEST_F(Migrations, a_gap_in_the_numbers_is_a_bug) {
  EXPECT_THROW(migrate(connection_, std::span(aviary).subspan(1), noon), Bug);
}

}  // namespace
}  // namespace hoopoe::store::sql
