#include "store/sql/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/temporary_directory.h"
#include "store/sql/database.h"

namespace hoopoe::store::sql {
namespace {

using testing::IsEmpty;
using BirdId = Id<struct BirdTag>;

const std::vector<Migration> birds = {
    {.number = 1,
     .name = "birds",
     .text = "create table birds (id {id} primary key, parent {id}, name {text}) {strict};"
             "create index birds_of_parent on birds (parent, id);"
             "create table colours (name {text} primary key) {clustered}"}};

class Plan : public testing::Test {
 protected:
  std::vector<std::string> slow_steps(const PlanRules& rules = {}) {
    const std::vector<PlanFault> faults =
        database_.read([&](Read& read) { return plan_faults(read, log_.texts(), rules); });
    std::vector<std::string> steps;
    steps.reserve(faults.size());
    for (const PlanFault& fault : faults) steps.push_back(fault.step);
    return steps;
  }

  TemporaryDirectory directory_;
  StatementLog log_;
  Database database_{{.directory = directory_.path() / "data", .migrations = birds, .statements = &log_}};
};

TEST_F(Plan, statements_that_an_index_serves_are_no_fault) {
  database_.write_blocking([](Write& write) {
    write.execute("insert into birds (id, name) values ($1, 'wren')", write.next_id<BirdId>());
    write.execute("update birds set name = 'crow' where id = $1", BirdId{3});
  });
  database_.read([](Read& read) {
    const std::vector<BirdId> ids{BirdId{1}, BirdId{2}};
    read.values<BirdId>("select id from birds where parent = $1 and id < $2 order by id desc limit 20",
                        BirdId{1}, BirdId{9});
    read.values<BirdId>("select id from birds where id in {ids:$1}", ids);
    read.values<int>("with one(n) as (select 1) select n from one");
  });
  EXPECT_GT(log_.texts().size(), 5U);
  EXPECT_THAT(slow_steps(), IsEmpty());
}

TEST_F(Plan, scans_and_sorts_are_found_wherever_they_were_run) {
  database_.read(
      [](Read& read) { read.values<BirdId>("select b.id from birds as b where b.name = $1", "wren"); });
  EXPECT_THAT(slow_steps(), testing::ElementsAre("SCAN b"));
  database_.write_blocking([](Write& write) { write.execute("delete from birds where name = $1", "wren"); });
  EXPECT_EQ(slow_steps().size(), 2U);
  database_.read([](Read& read) {
    read.values<BirdId>("select id from birds where parent = $1 order by name limit 20", BirdId{1});
  });
  EXPECT_THAT(slow_steps(), testing::Contains("USE TEMP B-TREE FOR ORDER BY"));
}

TEST_F(Plan, small_tables_and_named_statements_are_exempt) {
  database_.read([](Read& read) {
    read.values<std::string>("select name from colours");
    read.values<BirdId>("select id from birds where name = $1", "wren");
  });
  EXPECT_EQ(slow_steps().size(), 2U);
  EXPECT_THAT(slow_steps({.small_tables = {"colours"}, .exempt = {"from birds where name"}}), IsEmpty());
}

}  // namespace
}  // namespace hoopoe::store::sql
