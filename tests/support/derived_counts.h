#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

// What holds of the tables after anything that people can do.
namespace hoopoe::tests {

// Every count that is kept, beside what it counts, where the two differ.
inline constexpr std::string_view wrong_counts =
    "select 'replies', post_id from post_counts c where replies <> "
    "(select count(*) from posts p where p.reply_to = c.post_id and p.deleted is null and p.visibility < 2) "
    "union all "
    "select 'reposts', post_id from post_counts c where reposts <> "
    "(select count(*) from posts p where p.repost_of = c.post_id and p.deleted is null and p.visibility < 2) "
    "union all "
    "select 'favourites', post_id from post_counts c where favourites <> "
    "(select count(*) from favourites f where f.post_id = c.post_id) union all "
    "select 'posts', account_id from account_counts c where posts <> "
    "(select count(*) from posts p where p.author_id = c.account_id and p.deleted is null and p.visibility < "
    "2) union all "
    "select 'followers', account_id from account_counts c where followers <> "
    "(select count(*) from follows f where f.target_id = c.account_id) union all "
    "select 'following', account_id from account_counts c where following <> "
    "(select count(*) from follows f where f.follower_id = c.account_id) union all "
    "select 'total posts', posts from totals where posts <> "
    "(select count(*) from posts where deleted is null and visibility < 2) union all "
    "select 'total accounts', accounts from totals where accounts <> "
    "(select count(*) from accounts where deleted is null)";

// What speaks of a post that is deleted, and not kept to be restored.
inline constexpr std::string_view leftovers =
    "with gone(post) as (select id from posts where deleted is not null and id not in (select post_id from "
    "takedowns)) "
    "select 'revisions', post from gone join revisions x on x.post_id = post "
    "union all select 'mentions', post from gone join mentions x on x.post_id = post "
    "union all select 'exchanges', post from gone join exchanges x on x.post_id = post "
    "union all select 'post_tags', post from gone join post_tags x on x.post_id = post "
    "union all select 'favourites', post from gone join favourites x on x.post_id = post "
    "union all select 'notifications', post from gone join notifications x on x.post_id = post "
    "union all select 'reposts', post from gone join posts r on r.repost_of = post and r.deleted is null "
    "union all select 'takedowns', t.post_id from takedowns t join posts p on p.id = t.post_id and p.deleted "
    "is null";

// Each row of such a list: "what of whom".
inline std::vector<std::string> rows(store::Database& db, std::string_view sql) {
  return db.read([&](store::Read& read) {
    return read.all(store::Sql::built(sql), [](const store::Row& row) {
      return row.get<std::string>(0) + " of " + std::to_string(row.get<std::int64_t>(1));
    });
  });
}

// Every row of every table: equal before and after when nothing was written.
inline std::vector<std::string> everything(store::Database& db) {
  return db.read([](store::Read& read) {
    std::vector<std::string> all;
    const auto tables = read.values<std::string>(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'");
    for (const std::string& table : tables) {
      const auto columns = read.value<std::string>(
          "select group_concat('quote(\"' || name || '\")', ' || '','' || ') from pragma_table_info($1)",
          table);
      const std::string sql = "select '" + table + ": ' || " + columns + " from " + table;
      for (std::string& row : read.values<std::string>(store::Sql::built(sql))) all.push_back(std::move(row));
    }
    return all;
  });
}

}  // namespace hoopoe::tests
